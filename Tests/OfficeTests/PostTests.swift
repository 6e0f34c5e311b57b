// Letters leave by jobs, after the answer: tried again, seen when they fail, and of nobody who has left.

import Foundation
import Office
import Outbound
import Store
import Synchronization
import Testing
import Vault

@Suite struct `A letter` {
    @Test func `that the mail server doesn't take three times is there after the fourth, and its code is good`() async throws {
        let server = MailServer { $0 < 4 ? .later(after: 1) : nil }
        let house = try await House(mail: server)
        let challenge = try await house.office.register(Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: ""))
        for (tries, pause) in [(1, 15), (2, 30), (3, 60)] {
            let due = house.clock.now() + .seconds(pause)
            try await until { try house.rows("SELECT count(*) FROM job WHERE attempts = \(tries) AND due = \(due)") == 1 }
            house.clock.advance(by: .seconds(pause))
            await house.office.work()
            await server.waits(for: tries + 1)
        }
        try await until { try house.rows("SELECT count(*) FROM job") == 0 }
        guard case .signedIn = try await house.office.confirm(challenge, code: try #require(server.codes.last)) else {
            throw House.Unexpected()
        }
        #expect(Set(server.codes).count == 1)
        #expect(try house.office.failedWork().isEmpty)
    }

    @Test func `isn't waited for: who has an account and who has none are answered while the mail server keeps silent`() async throws {
        let server = MailServer(isSilent: true)
        let house = try await House(mail: server)
        _ = try await house.office.register(Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: ""))
        await server.waits(for: 1)
        let sari = Subject(id: try house.rows("SELECT subject FROM challenge"))
        #expect(try await house.office.vault.claim(LookupAddress(email: "sari@ladatimur.example"), for: sari))
        for email in ["sari@ladatimur.example", "nobody@ladatimur.example"] { _ = try await house.office.startSignIn(email: email) }
        // Another's letter doesn't wait for hers; her second one does.
        _ = try await house.office.register(Registration(name: "Dewi Lestari", email: "dewi@tokobaru.example", telephone: ""))
        await server.waits(for: 2)
        await house.office.work()
        #expect(server.tries == 2 && server.taken == 0)
        server.speak()
        await server.waits(for: 3)
    }

    @Test func `by telephone that fails is told of the gateway, not of the mail server`() async throws {
        let house = try await House(mail: MailServer { _ in nil }, telephone: MailServer { _ in .never("no such number") })
        _ = try await house.office.register(Registration(name: "Wulan Sari", email: "", telephone: "+62 812 5550 9001"))
        try await until { try !house.office.failedWork().isEmpty }
        let told = try house.office.failedWork()
        #expect(told.count == 1 && told[0].hasPrefix("text message “") && told[0].contains("the telephone gateway refuses"))
        #expect(try house.office.status().mail == .works)
    }

    @Test func `that stays in the house is in the outbox with the answer, also of many at once`() async throws {
        let house = try await House(), office = house.office
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<12 {
                group.addTask {
                    let email = "person\(number)@ladatimur.example"
                    _ = try await office.register(Registration(name: "Person \(number)", email: email, telephone: ""))
                    #expect(office.outbox.contains { $0.to == email })
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `to everybody leaves the code of one in the outbox`() async throws {
        let house = try await House()
        let outbox = DevelopmentOutbox(clock: house.clock)
        let office = try await House(mail: outbox).office
        try await outbox.carry(Letter(subject: "Your code: 123456", text: ""), to: "sari@ladatimur.example", once: IdempotencyKey("code"))
        for number in 1...400 {
            let notice = Letter(subject: "Our policy changes", text: "")
            try await outbox.carry(notice, to: "person\(number)@ladatimur.example", once: IdempotencyKey("notice \(number)"))
        }
        #expect(office.outbox.last?.subject == "Your code: 123456")
        #expect(office.outbox.first?.to == "person400@ladatimur.example")
        #expect(office.outbox.count == 51)
    }

    @Test func `is decided anew, and not lost, where another version of the policy begins while it is sent`() async throws {
        let away: SQL = "UPDATE policy_force SET name = 'another ' || name"
        let folder = Mutex<URL?>(nil)
        // The second time another version begins between the entry and its outcome.
        let server = MailServer { number in
            guard number == 2 else { return .later(after: 1) }
            if let data = folder.withLock({ $0 }) { try? House.change(away, in: data) }
            return nil
        }
        let house = try await House(mail: server)
        _ = try await house.office.register(Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: ""))
        try await until { try house.rows("SELECT count(*) FROM job WHERE reason IS NOT NULL") == 1 }
        try House.change(away, in: house.folder)
        house.clock.advance(by: .seconds(15))
        await house.office.work()
        try await until { try house.rows("SELECT count(*) FROM job WHERE attempts = 2 AND reason = 'it must be decided anew'") == 1 }
        #expect(server.tries == 1)

        try House.change("UPDATE policy_force SET name = substr(name, 9)", in: house.folder)
        folder.withLock { $0 = house.folder }
        house.clock.advance(by: .seconds(30))
        await house.office.work()
        try await until { try house.rows("SELECT count(*) FROM job") == 0 }
        #expect(server.taken == 1)
        #expect(try house.office.failedWork().isEmpty)
    }

    @Test func `that fails for good is seen by the operator, without a word of whom it was for`() async throws {
        let server = MailServer { _ in .never("550 sari@ladatimur.example: no such mailbox") }
        let house = try await House(mail: server)
        _ = try await house.office.register(Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: ""))
        await server.waits(for: 1)
        try await until { try !house.office.failedWork().isEmpty }
        #expect(try house.office.failedWork() == ["mail “confirmation code” failed after 1 try: the mail server refuses it for good"])
        #expect(try !house.everyByte().holds("sari@ladatimur"))
    }

    @Test func `isn't sent when the code in it is over`() async throws {
        let server = MailServer { _ in .later(after: 700) }
        let house = try await House(mail: server)
        _ = try await house.office.register(Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: ""))
        await server.waits(for: 1)
        try await until { try house.rows("SELECT count(*) FROM job WHERE reason IS NOT NULL") == 1 }
        house.clock.advance(by: .seconds(700))
        // The worker of before may still be at it, and finds that it is due.
        await house.office.work()
        try await until { try !house.office.failedWork().isEmpty }
        let told = "mail “confirmation code” failed after 2 tries: its time was over before the mail server took it"
        #expect(try house.office.failedWork() == [told])
        #expect(server.tries == 1)
    }

    @Test func `that waits holds its code sealed, and goes with the person who leaves`() async throws {
        let server = MailServer { $0 == 1 ? nil : .later(after: 1) }
        let house = try await House(mail: server)
        let challenge = try await house.office.register(Registration(name: "Sari Wijaya", email: "sari@ladatimur.example", telephone: ""))
        await server.waits(for: 1)
        guard case .signedIn(let sari) = try await house.office.confirm(challenge, code: try #require(server.codes.last)) else {
            throw House.Unexpected()
        }
        _ = try await house.office.startSignIn(email: "sari@ladatimur.example")
        await server.waits(for: 2)
        try await until { try house.rows("SELECT count(*) FROM job WHERE reason IS NOT NULL") == 1 }
        #expect(try !house.everyByte().holds(try #require(server.codes.last)))

        _ = try await house.office.leave(sari)
        let codes = { server.subjects.count { $0.contains("is your code") } }, tries = codes()
        house.clock.advance(by: .seconds(60))
        await house.office.work()
        try await until { try house.rows("SELECT count(*) FROM job") == 0 }
        #expect(codes() == tries)
    }
}

func until(_ holds: () throws -> Bool) async throws {
    while try !holds() { try await Task.sleep(for: .milliseconds(2)) }
}

/// A mail server as it may be: it fails as it is told, or keeps silent.
final class MailServer: Carrier {
    private struct State {
        var letters: [Letter] = [], taken = 0, isSilent: Bool
    }
    private let state: Mutex<State>
    private let failing: @Sendable (Int) -> CarrierFault?

    init(isSilent: Bool = false, failing: @escaping @Sendable (Int) -> CarrierFault? = { _ in nil }) {
        self.failing = failing
        state = Mutex(State(isSilent: isSilent))
    }

    var tries: Int { state.withLock { $0.letters.count } }
    var taken: Int { state.withLock { $0.taken } }
    /// The codes in the letters that it was given, taken or not.
    var codes: [String] { state.withLock { $0.letters.map { String($0.subject.prefix(6)) } } }
    var subjects: [String] { state.withLock { $0.letters.map(\.subject) } }
    func keepSilent() { state.withLock { $0.isSilent = true } }
    func speak() { state.withLock { $0.isSilent = false } }

    func carry(_ letter: Letter, to address: String, once key: IdempotencyKey) async throws(CarrierFault) {
        let tries = state.withLock { state in
            state.letters.append(letter)
            return state.letters.count
        }
        while state.withLock({ $0.isSilent }) { try? await Task.sleep(for: .milliseconds(2)) }
        if let fault = failing(tries) { throw fault }
        state.withLock { $0.taken += 1 }
    }

    func waits(for tries: Int) async {
        while self.tries < tries { try? await Task.sleep(for: .milliseconds(2)) }
    }
}
