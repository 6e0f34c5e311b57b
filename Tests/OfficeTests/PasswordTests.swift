// Signing in by a password.

import Crypto
@testable import Office
import Store
import Testing
import Vault

@Suite struct `A password` {
    private static let email = "sari@ladatimur.example", words = "tujuh perahu di Kapuas"

    @Test func `brings in whoever set it, and nobody else`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        try await house.office.setPassword(Self.words, again: Self.words, in: sari)
        #expect(try house.office.waysIn(of: sari).password == house.clock.now())
        let session = try await house.come(Self.email, Self.words)
        #expect(session?.subject == sari.subject && session?.token != sari.token)
        #expect(try await house.come("SARI@ladatimur.example ", Self.words) != nil)
        for wrong in ["tujuh perahu di kapuas", Self.words + " ", "", "a\u{0}b", String(repeating: "x", count: 5_000)] {
            #expect(try await house.come(Self.email, wrong) == nil)
            house.clock.advance(by: .seconds(600))
        }
        #expect(try await house.come("nobody@ladatimur.example", Self.words) == nil)
    }

    @Test func `ends all other sessions when it is set, and is told of`() async throws {
        let house = try await House()
        let laptop = try await house.customer(), phone = try await house.signIn(Self.email)
        try await house.office.setPassword(Self.words, again: Self.words, in: phone)
        #expect(try house.office.session(laptop.token) == nil && house.office.session(phone.token) != nil)
        #expect(house.office.outbox.first?.subject.hasPrefix("How you sign in") == true)
    }

    @Test func `is changed by somebody who has just come in`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        house.clock.advance(by: .seconds(601))
        for change in [
            { () async throws in try await house.office.setPassword(Self.words, again: Self.words, in: sari) },
            { () async throws in try await house.office.removePassword(in: sari) },
        ] {
            await #expect { try await change() } throws: { if case NotDone.signInAnew = $0 { true } else { false } }
        }
        #expect(try house.office.waysIn(of: sari).password == nil)
    }

    @Test func `is gone when it is removed, and nothing of it is held`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        try await house.office.setPassword(Self.words, again: Self.words, in: sari)
        try await house.office.removePassword(in: sari)
        #expect(try await house.come(Self.email, Self.words) == nil)
        #expect(try !house.office.holdings(of: sari).contains { $0.field == "password check" })
        let newest = try #require(try house.office.uses(of: sari, before: nil, limit: 20).first { $0.use.verb == "delete" })
        #expect(newest.use.things == ["password check"] && newest.use.rules == ["leaving.1"])
    }

    @Test func `is gone when its owner turns everybody out`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        try await house.office.setPassword(Self.words, again: Self.words, in: sari)
        _ = try #require(try await house.come(Self.email, Self.words))
        #expect(try await house.office.raiseAlarm(try #require(house.alarm)) != nil)
        #expect(try await house.come(Self.email, Self.words) == nil)
    }

    @Test func `lets nobody in who was at the door when its owner turned everybody out`() async throws {
        let house = try await House()
        let sari = try await house.customer()
        try await house.office.setPassword(Self.words, again: Self.words, in: sari)
        _ = try #require(try await house.come(Self.email, Self.words))
        let begun = house.clock.now()
        house.clock.advance(by: .seconds(1))
        #expect(try await house.office.raiseAlarm(try #require(house.alarm)) != nil)
        await #expect(throws: NotDone.self) { try await house.office.openSession(of: sari.subject, from: nil, begun: begun) }
        _ = try await house.office.openSession(of: sari.subject, from: nil, begun: house.clock.now())
    }

    @Test(arguments: [
        ("", "", FormFault.passwordMissing), ("seven77", "seven77", .passwordShort(least: 8)), ("password1", "password1", .passwordCommon),
        ("PassWord1", "PassWord1", .passwordCommon), ("Sari Wijaya 1975!", "Sari Wijaya 1975!", .passwordCommon),
        ("ladatimur2026", "ladatimur2026", .passwordCommon), ("voffice-2026", "voffice-2026", .passwordCommon),
        ("wijaya sari", "wijaya sari", .passwordCommon), ("0812 5550 4417", "0812 5550 4417", .passwordCommon),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa", .passwordCommon), ("        ", "        ", .passwordCommon),
        ("two\nlines here", "two\nlines here", .passwordUnfit(most: 256)), ("tujuh perahu", "tujuh perau", .passwordsDiffer),
    ])
    func `that can't be one is refused with what to do`(_ password: String, _ again: String, _ fault: FormFault) async throws {
        let house = try await House(), sari = try await house.customer()
        await #expect { try await house.office.setPassword(password, again: again, in: sari) } throws: {
            if case NotDone.form([fault]) = $0 { true } else { false }
        }
        #expect(try house.office.waysIn(of: sari).password == nil)
    }

    @Test func `may be of any letters, at least eight and of 256 bytes at most`() async throws {
        let house = try await House(), sari = try await house.customer()
        for words in ["八個字的密碼真的", "🌊🌧🌊🌊🌊🌊🌊🌊", "        x", String(repeating: "éè", count: 64)] {
            try await house.office.setPassword(words, again: words, in: sari)
            #expect(try await house.come(Self.email, words) != nil)
        }
    }

    @Test func `is hashed anew at the next sign-in when hashing gets dearer`() async throws {
        let house = try await House(), sari = try await house.customer()
        try await house.office.setPassword(Self.words, again: Self.words, in: sari)
        house.clock.advance(by: .seconds(60))
        let before = try #require(try house.office.waysIn(of: sari).password)
        try await house.reopen(cost: Password.Cost(passes: 2, memory: 1 << 20))
        #expect(try await house.come(Self.email, "something else") == nil)
        #expect(try house.office.waysIn(of: sari).password == before)
        #expect(try await house.come(Self.email, Self.words) != nil)
        #expect(try #require(try house.office.waysIn(of: sari).password) > before)
        #expect(try await house.come(Self.email, Self.words) != nil)
    }

    @Test func `lies in the vault, where the disk shows nothing of it`() async throws {
        let house = try await House(), sari = try await house.customer()
        try await house.office.setPassword(Self.words, again: Self.words, in: sari)
        let bytes = try house.everyByte()
        #expect(!bytes.holds(Self.words) && !bytes.holds("argon2id"))
    }

    @Test func `is one of staff too, as long as they work here`() async throws {
        let house = try await House()
        _ = try await house.clerk()
        let budi = try await house.signIn("budi@office.example")
        try await house.office.setPassword(Self.words, again: Self.words, in: budi)
        #expect(try await house.come("budi@office.example", Self.words)?.staff?.role == "customer service")
        house.clock.advance(by: .seconds(40 * 86_400))
        _ = try await house.office.vault.sweep()
        #expect(try await house.come("budi@office.example", Self.words) != nil)
    }
}

@Suite struct `Guessing a password` {
    private static let email = "sari@ladatimur.example", words = "tujuh perahu di Kapuas"

    @Test(arguments: [email, "nobody@ladatimur.example"])
    func `gets slower the more guesses miss, alike for known addresses and others`(_ email: String) async throws {
        let house = try await House(), sari = try await house.customer()
        try await house.office.setPassword(Self.words, again: Self.words, in: sari)
        var waits: [Int] = []
        for _ in 0..<400 {
            do throws(NotDone) { _ = try await house.office.signIn(email: email, password: "guess") } catch {
                guard case .tooMany(let seconds) = error else { throw error }
                waits.append(seconds)
                house.clock.advance(by: .seconds(seconds))
            }
        }
        // Five at once, then five in ten minutes; after 20 one in ten minutes; after 100 one an hour.
        #expect(Array(waits.prefix(3)) == [601, 601, 601] && waits.allSatisfy { $0 <= 3_601 } && waits.contains { $0 > 3_500 })
        let challenge = try await house.office.startSignIn(email: Self.email)
        _ = try await house.confirm(challenge, Self.email)
        house.clock.advance(by: .seconds(3_601))
        #expect(try await house.come(Self.email, Self.words) != nil, "the owner comes in within the hour")
    }

    @Test func `by strangers leaves the owner's own browser alone, which has tries of its own`() async throws {
        let house = try await House(), sari = try await house.customer(), office = house.office
        try await office.setPassword(Self.words, again: Self.words, in: sari)
        func waits(_ password: String, from browser: Token?) async throws -> Bool {
            do throws(NotDone) { _ = try await office.signIn(email: Self.email, password: password, from: browser) } catch {
                guard case .tooMany = error else { throw error }
                return true
            }
            return false
        }
        let known = try #require(sari.browser)
        for _ in 0..<5 { #expect(try await !waits("guess", from: nil)) }
        #expect(try await waits(Self.words, from: nil))
        #expect(try await waits(Self.words, from: Token(from: house.randomness)), "whoever makes a mark up is a stranger")
        #expect(try await !waits(Self.words, from: known))
        for _ in 0..<5 { #expect(try await !waits("guess", from: known)) }
        #expect(try await waits("guess", from: known))
    }

    @Test func `doesn't count what was right`() async throws {
        let house = try await House(), sari = try await house.customer()
        try await house.office.setPassword(Self.words, again: Self.words, in: sari)
        for _ in 0..<30 { #expect(try await house.come(Self.email, Self.words) != nil) }
    }
}

@Suite struct `Who has an account` {
    private static let known = "sari@ladatimur.example", unknown = "nobody@ladatimur.example"

    @Test func `can't be seen where no rule lets us check a password`() async throws {
        let rule = "the site may read sign-in keys to make sure it is you"
        let house = try await House(policy: House.policyText.replacing("\n" + rule + "\n", with: "\n"))
        _ = try await house.customer()
        for email in [Self.known, Self.unknown] {
            let no = await refused { () async throws(NotDone) in _ = try await house.office.signIn(email: email, password: "guess") }
            #expect(no?.why == .noRule)
        }
    }

    @Test func `can't be seen by wrong codes, however often others are asked for`() async throws {
        let house = try await House()
        _ = try await house.customer()
        for renewals in 0..<4 {
            var answers: [[String]] = []
            for email in [Self.known, Self.unknown] {
                let challenge = try await house.office.startSignIn(email: email)
                var seen: [String] = []
                for guess in 0..<7 {
                    seen.append("\(try await house.office.confirm(challenge, code: "00000\(guess)"))")
                    if guess < renewals {
                        house.clock.advance(by: .seconds(11))
                        try await house.office.sendAnotherCode(challenge)
                    }
                }
                answers.append(seen)
                house.clock.advance(by: .seconds(90_000))
            }
            #expect(answers[0] == answers[1], "with \(renewals) renewals")
        }
    }

    @Test func `can't be seen by inviting them to the staff`() async throws {
        let house = try await House()
        let ratna = try #require(try await house.administrator().staff), sari = try await house.customer()
        for email in [Self.known, Self.unknown] {
            try await house.office.invite(name: "Budi Santoso", email: email, role: "customer service", by: ratna)
            let team = try await house.office.team(for: ratna)
            #expect(team.contains { $0.email == email && $0.role == "customer service" })
        }
        // The customer keeps address and account, and is told.
        #expect(house.office.outbox.first { $0.to == Self.known }?.text.contains("has a customer's account already") == true)
        let again = try await house.signIn(Self.known)
        #expect(again.subject == sari.subject && again.staff == nil)
        #expect(try await house.signIn(Self.unknown).staff != nil)
    }

    @Test func `can't be seen by the first administrator either`() async throws {
        let house = try await House()
        _ = try await house.customer()
        let invitation = try #require(try await house.office.firstInvitation())
        let challenge = try await house.office.begin(invitation, name: "Ratna Dewi", email: Self.known)
        guard case .taken = try await house.office.confirm(challenge, code: try house.code(to: Self.known)) else {
            throw House.Unexpected()
        }
        #expect(try house.office.isInvitation(invitation))
    }
}

extension House {
    /// nil: the password isn't theirs.
    func come(_ email: String, _ password: String) async throws -> Session? {
        if case .signedIn(let session) = try await office.signIn(email: email, password: password) { session } else { nil }
    }
}
