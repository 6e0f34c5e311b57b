// refused: 'row' is borrowed and cannot be consumed
import Store

struct Kept: ~Copyable { let row: Row }
func keep(_ rows: borrowing Snapshot<StoreFault>) throws(StoreFault) {
    _ = try rows.first("SELECT 1") { row in
        let kept = Kept(row: row)
        _ = consume kept
        return 1
    }
}
