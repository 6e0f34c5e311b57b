// refused: 'store' is inaccessible due to 'internal' protection level
import Office
import Store

func look(_ office: Environment) throws(StoreFault) -> Bool {
    try office.store.read { rows throws(StoreFault) in try rows.exists("SELECT 1 FROM session") }
}
