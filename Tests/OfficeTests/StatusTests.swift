// What everybody may ask of the service costs no more when there is much to do.

import Store
import Testing

@testable import Office

@Suite struct `The status of the service` {
    @Test(arguments: Environment.Sign.allCases) func `is looked up, and no row of what is to be done is gone through for it`(
        _ sign: Environment.Sign
    ) async throws {
        let house = try await House(), jobs = sign.jobs(at: house.clock.now())
        let plan = try house.database { store in
            try store.read { (rows) throws(StoreFault) in try rows.all("EXPLAIN QUERY PLAN \(jobs)") { $0.text(3) } }
        }
        #expect(!plan.isEmpty && plan.allSatisfy { $0.hasPrefix("SEARCH job USING") && $0.contains("INDEX") }, "\(plan)")
    }
}
