// refused: value of type 'Snapshot<StoreFault>' has no member 'run'
import Store

func tidy(_ store: Store) throws(StoreFault) {
    try store.read { rows throws(StoreFault) in try rows.run("DELETE FROM room") }
}
