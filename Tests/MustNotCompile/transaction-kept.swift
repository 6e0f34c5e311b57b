// refused: 'rows' is borrowed and cannot be consumed
import Store

final class Drawer { init(_ rows: consuming Transaction<StoreFault>) {} }
func keep(_ store: Store) async throws(StoreFault) {
    try await store.write { rows throws(StoreFault) in _ = Drawer(rows) }
}
