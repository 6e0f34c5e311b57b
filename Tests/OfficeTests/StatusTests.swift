// What everybody may ask of the service costs no more when there is much to do.

import Engines
import Outbound
import Store
import Testing
import Vault

@testable import Office

@Suite struct `The status of the service` {
    @Test(.enabled(if: Only.sqlite(.plans)), arguments: Environment.Sign.allCases)
    func `is looked up, and no row of what is to be done is gone through for it`(
        _ sign: Environment.Sign
    ) async throws {
        let house = try await House(), jobs = sign.jobs(at: house.clock.now(), since: [:])
        let plan = try house.database { store in
            try store.read { (rows) throws(StoreFault) in try rows.all("EXPLAIN QUERY PLAN \(jobs)") { $0.text(3) } }
        }
        #expect(!plan.isEmpty && plan.allSatisfy { $0.hasPrefix("SEARCH job USING") && $0.contains("INDEX") }, "\(plan)")
    }

    @Test func `is late only where an entry has waited for half a minute, however long nothing was entered before`() async throws {
        let house = try await House()
        _ = try await house.customer()
        while try await house.office.vault.sequence() > 0 {}
        house.clock.advance(by: .seconds(36))
        _ = try await house.office.register(Registration(name: "Dewi", email: "dewi@tokobaru.example", telephone: ""))
        #expect(try house.rows("SELECT count(*) FROM leaf_waiting") > 0)
        #expect(try house.office.status().isFine)
        house.clock.advance(by: .seconds(29))
        #expect(try house.office.status().isFine)
        house.clock.advance(by: .seconds(2))
        #expect(try house.office.status().log == .late)
        while try await house.office.vault.sequence() > 0 {}
        #expect(try house.office.status().isFine)
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
        #expect(try house.ofJobs().isEmpty, "and the doctor calls for nobody")
    }

    @Test(.enabled(if: Only.sqlite(.plans))) func `looks through no more refusals than some`() async throws {
        let house = try await House(), jobs = Environment.refusals(of: "mail", since: house.clock.now())
        let plan = try house.database { store in
            try store.read { (rows) throws(StoreFault) in try rows.all("EXPLAIN QUERY PLAN \(jobs)") { $0.text(3) } }
        }
        #expect(
            plan.contains { $0.hasPrefix("SEARCH job USING") && $0.contains("INDEX") } && !plan.contains { $0.hasPrefix("SCAN") }, "\(plan)"
        )
    }

    /// A letter to each of so many people, refused unless it is the `taken`th of all.
    private func written(to people: Int, taken: Int = 0) async throws -> House {
        let house = try await House(mail: MailServer { $0 == taken ? nil : .never("550") })
        for number in 1...people {
            house.clock.advance(by: .seconds(1))
            _ = try await house.office.register(Registration(name: "Nobody", email: "nobody\(number)@nowhere.example", telephone: ""))
            let failed = taken > 0 && number >= taken ? number - 1 : number
            try await until {
                try house.rows("SELECT count(*) FROM job WHERE failed IS NOT NULL") == failed
                    && house.rows("SELECT count(*) FROM job") == failed
            }
        }
        return house
    }

    @Test func `is told by a server that refuses whomever a letter is for, and not while it takes one now and then`() async throws {
        let few = try await written(to: Environment.refusedInARow - 1)
        #expect(try few.office.status().isFine)
        let refusing = try await written(to: Environment.refusedInARow)
        #expect(try refusing.office.status().mail == .stands && refusing.office.status().refusesEverybody)
        let taking = try await written(to: Environment.refusedInARow + 1, taken: 3)
        #expect(try taking.office.status().isFine, "the addresses are wrong, not the server")
        refusing.clock.advance(by: .seconds(86_400 + 60))
        #expect(try refusing.office.status().isFine, "nothing was sent for a day, so nothing is known")
    }

    @Test func `is told by the doctor too, who asks the database alone, and with what to do`() async throws {
        let refusing = try await written(to: Environment.refusedInARow), found = try refusing.mailFindings()
        #expect(found.map(\.kind) == [.mailRefused] && found.allSatisfy(\.isFault) && found[0].kind.next.contains("`mail_from`"))
        #expect(try await written(to: Environment.refusedInARow - 1).mailFindings().isEmpty)
        #expect(try await written(to: Environment.refusedInARow + 1, taken: 3).mailFindings().isEmpty, "one was taken in between")
        #expect(found[0].kind.next.contains("first letter that it takes"))
        let mended = try await written(to: Environment.refusedInARow + 1, taken: Environment.refusedInARow + 1)
        #expect(try mended.mailFindings().isEmpty && mended.office.status().isFine, "one was taken since")
        refusing.clock.advance(by: .seconds(86_400 + 60))
        #expect(try refusing.mailFindings().isEmpty)
    }

    @Test func `is told by a log that isn't signed any more, until it is again`() async throws {
        let house = try await House()
        _ = try await house.office.register(Registration(name: "Sari", email: "sari@ladatimur.example", telephone: ""))
        try await house.office.vault.sequence()
        try House.change("UPDATE log_placing SET size = size + 1", in: house.folder)
        _ = try await house.office.register(Registration(name: "Budi", email: "budi@ladatimur.example", telephone: ""))
        await #expect(throws: Refusal.self) { try await house.office.vault.sequence() }
        #expect(try house.office.status().log == .stands && !house.office.canSign && house.office.canWrite)
        try House.change("UPDATE log_placing SET size = size - 1", in: house.folder)
        try await house.office.vault.sequence()
        #expect(try house.office.status().log == .works && house.office.canSign)
    }

    @Test func `is told by a server that takes nothing: late at first, and standing once a letter was given up`() async throws {
        let house = try await registered(with: .later(after: 60))
        #expect(try house.office.status().mail == .late)
        house.clock.advance(by: .seconds(700))
        await house.office.work()
        try await until { try house.rows("SELECT count(*) FROM job WHERE failed IS NULL") == 0 }
        #expect(try house.office.status().mail == .stands && house.office.status().work == .late)
        #expect(try house.ofJobs() == ["job-failed"])
        house.clock.advance(by: .seconds(1))
        _ = try await house.office.register(Registration(name: "Sari", email: "sari@ladatimur.example", telephone: ""))
        try await until { try house.office.status().isFine }
        try await house.reopen()
        #expect(try house.office.status().isFine && house.office.failedWork().count == 1, "what was given up is listed all the same")
    }

    @Test func `isn't told by a letter that only had no time left when the server had long taken another`() async throws {
        let house = try await registered(with: .later(after: 300))
        house.clock.advance(by: .seconds(150))
        _ = try await house.office.register(Registration(name: "Sari", email: "sari@ladatimur.example", telephone: ""))
        try await until { try house.rows("SELECT count(*) FROM mail_taken") == 1 }
        house.clock.advance(by: .seconds(460))
        await house.office.work()
        #expect(try house.rows("SELECT count(*) FROM job WHERE failed IS NOT NULL") == 1)
        #expect(try house.office.status().isFine)
        try await house.reopen()
        #expect(try house.office.status().isFine)
    }

    private func texting(_ gateway: MailServer, people: Int = 1) async throws -> House {
        let house = try await House(telephone: gateway)
        for number in 1...people {
            house.clock.advance(by: .seconds(1))
            _ = try await house.office.register(Registration(name: "Wulan", email: "", telephone: "+62 812 5550 900\(number)"))
            try await until { try house.rows("SELECT count(*) FROM job WHERE reason IS NOT NULL") == number }
        }
        return house
    }

    @Test func `is told by a gateway that takes no text message, on a line of its own, until it takes one`() async throws {
        let bare = try await House()
        #expect(try bare.office.status().messages == nil, "there is no gateway")
        let house = try await texting(MailServer { $0 == 1 ? .later(after: 60) : nil })
        #expect(try house.office.status().messages == .late && house.office.status().mail == .works && !house.office.status().isFine)
        house.clock.advance(by: .seconds(700))
        await house.office.work()
        #expect(try house.office.status().messages == .stands && house.office.status().work == .late)
        #expect(try house.office.status().mail == .works)
        house.clock.advance(by: .seconds(1))
        _ = try await house.office.register(Registration(name: "Sari", email: "sari@ladatimur.example", telephone: ""))
        #expect(try house.office.status().messages == .stands, "that a mail was taken says nothing of messages")
        _ = try await house.office.register(Registration(name: "Tono", email: "", telephone: "+62 812 5550 9008"))
        try await until { try house.office.status().isFine }
    }

    @Test func `is told by a gateway that refuses whomever a message is for, and not by one number that isn't anybody's`() async throws {
        let one = try await texting(MailServer { _ in .never("404") })
        #expect(try one.office.status().isFine)
        let house = try await texting(MailServer { _ in .never("404") }, people: Environment.refusedInARow)
        #expect(try house.office.status().gatewayRefusesEverybody && house.office.status().messages == .stands)
        #expect(try !house.office.status().refusesEverybody && house.office.status().mail == .works)
    }

    @Test func `is told by a clock that stands far ahead, since what was to go stays`() async throws {
        let house = try await House()
        _ = try await house.customer()
        while try await house.office.vault.sequence() > 0 {}
        #expect(try house.office.status().isFine)
        house.clock.advance(by: .seconds(35 * 86_400))
        #expect(try house.office.status().forgetting == .stands && !house.office.status().isFine)
        try house.believeClock()
        #expect(try house.office.status().isFine)
    }
}

extension House {
    fileprivate func mailFindings() throws -> [Finding] {
        try Environment.findingsOfMail(in: Engine.data(in: folder.path), at: clock.now())
    }

    /// What the doctor says of jobs.
    fileprivate func ofJobs() throws -> [String] { try findings().map { String($0.prefix { $0 != ":" }) }.filter { $0.hasPrefix("job") } }
}
