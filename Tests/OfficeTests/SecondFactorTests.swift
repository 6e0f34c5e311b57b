// The code of an app after the first factor, and the codes for when the app is lost.

import COath
import Crypto
import Foundation
import Office
import Store
import Testing
import Vault

@Suite struct `A second factor` {
    private static let email = "sari@ladatimur.example", words = "tujuh perahu di Kapuas"

    @Test func `is asked for after a code by e-mail and after a password`() async throws {
        let house = try await House(), app = try await house.app(of: try await house.customer())
        let mailed = try await house.office.startSignIn(email: Self.email)
        guard case .secondFactor(let first) = try await house.office.confirm(mailed, code: try house.code(to: Self.email)) else {
            throw House.Unexpected()
        }
        guard case .signedIn(let session) = try await house.office.confirmFactor(first, code: app.next(house)) else {
            throw House.Unexpected()
        }
        #expect(session.isStrong)
        try await house.office.setPassword(Self.words, again: Self.words, in: session)
        guard case .secondFactor(let second) = try await house.office.signIn(email: Self.email, password: Self.words) else {
            throw House.Unexpected()
        }
        guard case .signedIn = try await house.office.confirmFactor(second, code: app.next(house)) else { throw House.Unexpected() }
    }

    @Test func `takes no step twice, and none before it`() async throws {
        let house = try await House(), app = try await house.app(of: try await house.customer())
        let challenges = [try await house.first(), try await house.first(), try await house.first()]
        let earlier = app.code(house), code = app.next(house)
        guard case .signedIn = try await house.office.confirmFactor(challenges[0], code: code) else { throw House.Unexpected() }
        for (challenge, replayed) in zip(challenges.dropFirst(), [code, earlier]) {
            guard case .wrong = try await house.office.confirmFactor(challenge, code: replayed) else { throw House.Unexpected() }
        }
        guard case .signedIn = try await house.office.confirmFactor(try await house.first(), code: app.next(house)) else {
            throw House.Unexpected()
        }
    }

    @Test func `signs in one of two who send the same code at once`() async throws {
        let house = try await House(), app = try await house.app(of: try await house.customer())
        let challenges = [try await house.first(), try await house.first()], code = app.next(house), office = house.office
        let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
            for challenge in challenges {
                group.addTask { if case .signedIn = try await office.confirmFactor(challenge, code: code) { true } else { false } }
            }
            return try await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 } == 1)
    }

    @Test func `becomes one only when a code of it comes back`() async throws {
        let house = try await House(), sari = try await house.customer()
        let draft = try await house.office.draftOfFactor(in: sari)
        #expect(draft.address.hasPrefix("otpauth://totp/PT%20Alamat%20Kerja:sari%40ladatimur.example?secret=\(draft.secret)&issuer="))
        await #expect { try await house.office.setFactor(draft.sealed, code: "000000", in: sari) } throws: {
            if case NotDone.form([.codeWrong]) = $0 { true } else { false }
        }
        #expect(try house.office.waysIn(of: sari).factor == nil)
        #expect(try await house.office.draftOfFactor(in: sari, again: draft.sealed).secret == draft.secret, "and a slip keeps the secret")
        // A draft is good in its own session alone.
        let dewi = try await house.customer("Dewi Lestari", "dewi@tokobaru.example")
        await #expect(throws: NotDone.self) {
            try await house.office.setFactor(draft.sealed, code: App(draft.secret).code(house), in: dewi)
        }
        #expect(try house.office.waysIn(of: dewi).factor == nil)
    }

    @Test func `is missed by the doctor where its row was taken out, and isn't where she removed it`() async throws {
        let house = try await House(), sari = try await house.customer()
        _ = try await house.app(of: sari)
        #expect(try house.findings() == [])
        try House.change("DELETE FROM second_factor", in: house.folder)
        #expect(try house.findings() == ["rows-lost: the row of the second factor of item 0 of person \(sari.subject.id)"])
        try House.change("INSERT INTO second_factor (subject, step) VALUES (\(sari.subject), 0)", in: house.folder)
        try await house.office.removeFactor(in: sari)
        #expect(try house.findings() == [])
    }

    @Test func `is gone when it is removed`() async throws {
        let house = try await House(), sari = try await house.customer()
        _ = try await house.app(of: sari)
        try await house.office.removeFactor(in: sari)
        #expect(try await house.signIn(Self.email).isStrong == false)
        #expect(try !house.office.holdings(of: sari).contains { ["second factor", "recovery codes"].contains($0.field) })
    }

    @Test func `isn't opened by a code that was mailed, nor a mailed code's page by it`() async throws {
        let house = try await House(), app = try await house.app(of: try await house.customer())
        let mailed = try await house.office.startSignIn(email: Self.email), code = try house.code(to: Self.email)
        guard case .expired = try await house.office.confirmFactor(mailed, code: app.next(house)) else { throw House.Unexpected() }
        guard case .secondFactor(let next) = try await house.office.confirm(mailed, code: code) else { throw House.Unexpected() }
        guard case .expired = try await house.office.confirm(next, code: code) else { throw House.Unexpected() }
    }

    @Test func `gets slower to guess, and never locks its owner out`() async throws {
        let house = try await House(), app = try await house.app(of: try await house.customer())
        var waits: [Int] = []
        for _ in 0..<60 {
            let challenge = try await house.first()
            for guess in 0..<5 {
                do throws(NotDone) { _ = try await house.office.confirmFactor(challenge, code: "11111\(guess)") } catch {
                    guard case .tooMany(let seconds) = error else { throw error }
                    waits.append(seconds)
                    house.clock.advance(by: .seconds(seconds))
                    break
                }
            }
            house.clock.advance(by: .seconds(1))
        }
        #expect(waits.allSatisfy { $0 <= 3_601 } && waits.contains { $0 > 500 })
        house.clock.advance(by: .seconds(3_601))
        guard case .signedIn = try await house.office.confirmFactor(try await house.first(), code: app.next(house)) else {
            throw House.Unexpected()
        }
    }

    @Test func `lies in the vault, where the disk shows nothing of it`() async throws {
        let house = try await House(), sari = try await house.customer(), app = try await house.app(of: sari)
        let codes = try await house.office.draftOfRecoveryCodes(in: sari)
        try await house.office.keepRecoveryCodes(codes.sealed, in: sari)
        let bytes = try house.everyByte()
        #expect(!bytes.holds(app.text) && !bytes.holds(Hex.encode(app.secret)) && codes.codes.allSatisfy { !bytes.holds($0) })
    }
}

@Suite struct `Recovery codes` {
    @Test func `bring in once each, and are told of`() async throws {
        let house = try await House(), sari = try await house.customer()
        _ = try await house.app(of: sari)
        let draft = try await house.office.draftOfRecoveryCodes(in: sari)
        #expect(Set(draft.codes).count == 10)
        try await house.office.keepRecoveryCodes(draft.sealed, in: sari)
        let neverKept = try await house.office.draftOfRecoveryCodes(in: sari)
        guard case .wrong = try await house.office.confirmFactor(try await house.first(), code: neverKept.codes[0]) else {
            throw House.Unexpected()
        }
        guard case .signedIn(let session) = try await house.office.confirmFactor(try await house.first(), code: draft.codes[3].uppercased())
        else {
            throw House.Unexpected()
        }
        #expect(session.isStrong && house.office.outbox.contains { $0.subject.hasPrefix("How you sign in") })
        #expect(try house.office.waysIn(of: session).recoveryCodes == 9)
        guard case .wrong = try await house.office.confirmFactor(try await house.first(), code: draft.codes[3]) else {
            throw House.Unexpected()
        }
        guard case .signedIn = try await house.office.confirmFactor(try await house.first(), code: " \(draft.codes[9]) ") else {
            throw House.Unexpected()
        }
    }

    @Test func `replace the former ones whole`() async throws {
        let house = try await House(), sari = try await house.customer()
        _ = try await house.app(of: sari)
        let former = try await house.office.draftOfRecoveryCodes(in: sari)
        try await house.office.keepRecoveryCodes(former.sealed, in: sari)
        let new = try await house.office.draftOfRecoveryCodes(in: sari)
        try await house.office.keepRecoveryCodes(new.sealed, in: sari)
        guard case .wrong = try await house.office.confirmFactor(try await house.first(), code: former.codes[0]) else {
            throw House.Unexpected()
        }
        guard case .signedIn = try await house.office.confirmFactor(try await house.first(), code: new.codes[0]) else {
            throw House.Unexpected()
        }
    }

    @Test func `are kept once, and those of an older page never after others`() async throws {
        let house = try await House(), sari = try await house.customer(), office = house.office
        _ = try await house.app(of: sari)
        func isKept(_ draft: RecoveryDraft) async throws -> Bool {
            do throws(NotDone) { try await office.keepRecoveryCodes(draft.sealed, in: sari) } catch {
                guard case .form(let faults) = error, faults == [.codesOld] else { throw error }
                return false
            }
            return true
        }
        func opens(_ code: String) async throws -> Bool {
            if case .signedIn = try await office.confirmFactor(try await house.first(), code: code) { true } else { false }
        }
        let old = try await office.draftOfRecoveryCodes(in: sari), new = try await office.draftOfRecoveryCodes(in: sari)
        #expect(try await isKept(new))
        #expect(try await !isKept(new))
        #expect(try await !isKept(old))
        #expect(try await opens(new.codes[0]))
        #expect(try await !opens(new.codes[0]), "it was used")
        #expect(try await !opens(old.codes[0]))
        #expect(try await opens(new.codes[1]))
    }
}

/// An authenticator app.
struct App {
    let text: String
    let secret: [UInt8]

    init(_ text: String) {
        self.text = text
        var bits = 0, value = 0, bytes: [UInt8] = []
        for letter in text {
            value = value << 5 | Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").firstIndex(of: letter)!
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(value >> bits & 255))
            }
        }
        secret = bytes
    }

    /// What it shows now.
    func code(_ house: House) -> String {
        var code = [CChar](repeating: 0, count: 16)
        _ = secret.withUnsafeBytes {
            oath_totp_generate(
                $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, time_t(house.clock.now().seconds), 30, 0, 6, &code)
        }
        return String(decoding: code.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The code of the next step.
    func next(_ house: House) -> String {
        house.clock.advance(by: .seconds(30))
        return code(house)
    }
}

extension House {
    /// Sets an app up for whoever is signed in.
    func app(of session: Session) async throws -> App {
        let draft = try await office.draftOfFactor(in: session), app = App(draft.secret)
        try await office.setFactor(draft.sealed, code: app.code(self), in: session)
        return app
    }

    /// Somebody's first factor, a code to their address, is right: what comes next.
    func first(_ email: String = "sari@ladatimur.example") async throws -> Token {
        clock.advance(by: .seconds(601))
        // From somewhere else each time: of one network fewer codes go out in a day.
        let challenge = try await office.startSignIn(email: email, from: Asker(network: Array("\(clock.now())".utf8)))
        guard case .secondFactor(let next) = try await office.confirm(challenge, code: try code(to: email)) else {
            throw Unexpected()
        }
        return next
    }
}
