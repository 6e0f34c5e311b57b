// What everybody may ask of the service costs no more when there is much to do.

import Engines
import Outbound
import Store
import Testing
import Vault

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

    private func registered(with fault: CarrierFault) async throws -> House {
        let house = try await House(mail: MailServer { $0 == 1 ? fault : nil })
        _ = try await house.office.register(Registration(name: "Nobody", email: "bounce@nowhere.example", telephone: ""))
        try await until { try house.rows("SELECT count(*) FROM job WHERE reason IS NOT NULL") == 1 }
        return house
    }

    /// Anybody can give an address where nobody is, or a number.
    @Test(arguments: [CarrierFault.never("550"), .thisLater(after: 60)])
    func `isn't told by one recipient who isn't there, nor when their code is over`(_ fault: CarrierFault) async throws {
        let house = try await registered(with: fault)
        #expect(try house.office.status().isFine)
        house.clock.advance(by: .seconds(700))
        await house.office.work()
        try await until { try house.rows("SELECT count(*) FROM job WHERE failed IS NULL") == 0 }
        #expect(try house.office.status().isFine)
        #expect(try house.office.failedWork().count == 1, "the administrator sees it all the same")
        #expect(try house.findings().isEmpty, "and the doctor calls for nobody")
    }

    @Test func `is told by a server that takes nothing: late at first, and standing once a letter was given up`() async throws {
        let house = try await registered(with: .later(after: 60))
        #expect(try house.office.status().mail == .late)
        house.clock.advance(by: .seconds(700))
        await house.office.work()
        try await until { try house.rows("SELECT count(*) FROM job WHERE failed IS NULL") == 0 }
        #expect(try house.office.status().mail == .stands && house.office.status().work == .late)
        #expect(try house.findings() == ["job-failed"])
    }
}

extension House {
    /// What the doctor says of jobs.
    fileprivate func findings() throws -> [String] {
        try Vault.inspect(
            database: Engine.data(in: folder.path), keyFolder: folder.appending(path: "keys").path, keys: Engine.keys(in: folder.path),
            migrations: Vault.migrations + [Office.Environment.migrations], tables: Office.Environment.tablesAboutPeople, now: clock.now()
        ).findings.map(\.kind.rawValue).filter { $0.hasPrefix("job") }
    }
}
