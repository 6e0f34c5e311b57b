// Every table that has a subject is one that the doctor looks into: a new one can't be left out.

import Engines
import Store
import Testing
import Vault

@testable import Office

@Suite struct `Tables about people` {
    @Test func `are all looked into by the doctor`() async throws {
        let house = try await House()
        let found = try house.database { store in
            try store.read { (rows) throws(StoreFault) in
                try rows.all(
                    Engine.sql(
                        """
                        SELECT DISTINCT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                            WHERE t.type = 'table' AND c.name = 'subject' ORDER BY t.name
                        """,
                        onPostgres: """
                            SELECT relname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE attname = 'subject'
                                AND relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
                            """)
                ) { $0.text(0) }
            }
        }
        // Who there is stands in `subject`, and in `retained` who left but is kept by a law.
        let looked = (Vault.tablesAboutPeople + Office.Environment.tablesAboutPeople).map(\.name) + ["retained"]
        #expect(Set(found) == Set(looked))
    }
}
