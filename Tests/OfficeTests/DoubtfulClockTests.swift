// A clock that stands far ahead ends nothing, until somebody who knows says that it is right.

import Engines
import Office
import Policy
import Testing
import Vault

@Suite struct `With a clock that stands far ahead` {
    private static let year = Swift.Duration.seconds(400 * 86_400)

    /// A house where Sari told of what her term ends in a year, and a member of staff has an app.
    private func lived() async throws -> (House, App) {
        let house = try await House(), sari = try await house.customer()
        _ = try await house.office.askForCall(sari, text: "The courier came twice.", telephone: "+62 812 5550 4417")
        let app = try await house.app(of: try await house.administrator())
        try await house.office.vault.publish(Publishing())
        #expect(try await house.office.forgetWhatHasRunOut() == nil)
        return (house, app)
    }

    private func texts(_ house: House) throws -> Int64 { try house.rows("SELECT count(*) FROM record") }

    @Test func `nothing goes, however often the house starts and whatever it signs, also while customers come in`() async throws {
        let (house, _) = try await lived(), held = try texts(house)
        house.clock.advance(by: Self.year)
        for start in 1...3 {
            try await house.reopen()
            for _ in 1...2 {
                #expect(try await house.office.forgetWhatHasRunOut()?.contains("clock") == true, "start \(start)")
                house.clock.advance(by: .seconds(3_600))
                try await house.office.vault.publish(Publishing())
            }
            let challenge = try await house.office.startSignIn(email: "sari@ladatimur.example")
            _ = try await house.confirm(challenge, "sari@ladatimur.example")
            #expect(try texts(house) == held, "start \(start)")
        }
        // Set right, the house goes on by itself.
        house.clock.advance(by: .seconds(-398 * 86_400))
        try await house.office.vault.publish(Publishing())
        #expect(try await house.office.forgetWhatHasRunOut() == nil)
        #expect(try texts(house) == held)
    }

    @Test func `since the house was closed so long, it goes on when one of the staff comes in by an app, or the operator says so`()
        async throws
    {
        for isByApp in [true, false] {
            let (house, app) = try await lived(), held = try texts(house)
            house.clock.advance(by: Self.year)
            try await house.reopen()
            #expect(try await house.office.forgetWhatHasRunOut() != nil)
            try await house.office.vault.publish(Publishing())
            if isByApp {
                guard
                    case .signedIn = try await house.office.confirmFactor(
                        try await house.first("ratna@office.example"), code: app.next(house))
                else { throw House.Unexpected() }
            } else {
                try house.believeClock()
            }
            #expect(try await house.office.forgetWhatHasRunOut() == nil)
            #expect(try texts(house) < held)
        }
    }

    @Test func `the doctor says what it waits for, also of one that stands behind`() async throws {
        let (house, _) = try await lived()
        func told() throws -> [String] {
            try Vault.inspect(
                database: Engine.data(in: house.folder.path), keyFolder: house.folder.appending(path: "keys").path,
                keys: Engine.keys(in: house.folder.path),
                migrations: Vault.migrations + [Office.Environment.migrations], tables: [], now: house.clock.now()
            ).findings.filter { $0.kind == .clockDoubtful }.map(\.what)
        }
        #expect(try told() == [])
        house.clock.advance(by: Self.year)
        try await house.office.vault.publish(Publishing())
        let ahead = try told()
        #expect(ahead.count == 1 && ahead[0].contains("2026-03-01T02:00:00Z") && ahead[0].contains("nothing is forgotten"))
        house.clock.advance(by: .seconds(-402 * 86_400))
        #expect(try told().first?.contains("stay too long") == true)
        try house.believeClock()
        #expect(try told() == [])
    }
}
