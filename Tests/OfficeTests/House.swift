// A house for a test: a data directory of its own, the shipped policy, a clock that stands still, randomness that repeats.

import Crypto
import Engines
import Foundation
import Office
import Outbound
import Policy
import Store
import Synchronization
import Testing

@testable import Vault

/// The cast: Sari Wijaya runs a trading firm and is a customer; Budi answers for customer service; Ratna administers.
final class House {
    let folder: URL
    let clock = ManualClock()
    let randomness: SeededRandomness
    private let mail: any Carrier, telephone: (any Carrier)?
    private(set) var office: Office.Environment

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let policyText = try! String(contentsOf: root.appending(path: "policy/voffice.policy.md"), encoding: .utf8)
    private static let commonPasswords = try! CommonPasswords(
        [UInt8](Data(contentsOf: root.appending(path: "assets/common-passwords.txt"))))

    /// `mail`, `telephone`: the carriers, where messages are to leave the house.
    init(
        policy: String = House.policyText, seed: UInt8 = 1, mail: (any Carrier)? = nil, telephone: (any Carrier)? = nil
    ) async throws {
        (self.mail, self.telephone) = (mail ?? DevelopmentOutbox(clock: clock), telephone)
        folder = FileManager.default.temporaryDirectory.appending(path: "voffice-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "keys"), withIntermediateDirectories: true)
        randomness = SeededRandomness(seed: try Secret(bytes: [UInt8](repeating: seed, count: 32)))
        office = try await House.open(folder, policy, "http://localhost:8080", clock, randomness, self.mail, telephone)
    }

    deinit {
        // Whatever a test did: nobody of whom something is over is passed over by the next sweep.
        #expect((try? office.vault.overlooked()) ?? [] == [])
        office.close()
        Engine.forget(folder.path)
        try? FileManager.default.removeItem(at: folder)
    }

    /// Closes and opens again, as a restart does.
    func reopen(
        policy: String = House.policyText, address: String = "http://localhost:8080", cost: Password.Cost = House.cheap
    ) async throws {
        office.close()
        office = try await House.open(folder, policy, address, clock, randomness, mail, telephone, cost)
    }

    private static let known = Mutex<[String: Compilation]>([:])

    /// A text compiled: once for the many houses under it.
    private static func compile(_ text: String) -> Compilation {
        if let found = known.withLock({ $0[text] }) { return found }
        let compilation = Policy.compile(Array(text.utf8), file: "voffice.policy.md")
        known.withLock { $0[text] = compilation }
        return compilation
    }

    private static func open(
        _ folder: URL, _ text: String, _ address: String, _ clock: ManualClock, _ randomness: SeededRandomness,
        _ mail: any Carrier, _ telephone: (any Carrier)?, _ cost: Password.Cost = House.cheap
    ) async throws -> Office.Environment {
        let document = Array(text.utf8)
        let compilation = compile(text)
        let policy = try #require(compilation.policy, "\(compilation.diagnostics)")
        let store = try Store.open(
            Engine.data(in: folder.path, holding: .office), migrations: Vault.migrations + [Office.Environment.migrations], clock: clock)
        let settings = Settings(
            operatorName: "PT Alamat Kerja", address: address, isDevelopment: true,
            policyDiagnostics: compilation.diagnostics.filter { $0.severity == .error },
            commonPasswords: commonPasswords)
        let vault = try await Vault.open(
            store: store, keyFolder: folder.appending(path: "keys").path, keys: Engine.keys(in: folder.path, holding: .keys),
            policy: policy, document: document, origin: settings.logName,
            conditions: Office.Environment.conditions, events: Office.Environment.events, clock: clock, randomness: randomness,
            forget: Office.Environment.forget)
        return Office.Environment(
            store: store, vault: vault, outbound: Outbound(vault: vault, mail: mail, telephone: telephone), settings: settings,
            clock: clock, randomness: randomness,
            hashing: Hashing(cost: cost))
    }

    /// The operator says that it is so late.
    func believeClock() throws {
        let doubt = try HouseClock.doubt(of: Engine.data(in: folder.path), at: clock.now(), believing: true)
        #expect(doubt == nil)
    }

    /// The code in the newest mail to an address.
    func code(to address: String) throws -> String {
        let mail = try #require(office.outbound.outbox.first { $0.to == address && $0.subject.contains("is your code") })
        return String(mail.subject.prefix(6))
    }

    func customer(
        _ name: String = "Sari Wijaya", _ email: String = "sari@ladatimur.example", telephone: String = "+62 812 5550 4417"
    ) async throws -> Session {
        let challenge = try await office.register(Registration(name: name, email: email, telephone: telephone))
        return try await confirm(challenge, email)
    }

    func administrator() async throws -> Session {
        let invitation = try #require(try await office.firstInvitation())
        let challenge = try await office.begin(invitation, name: "Ratna Dewi", email: "ratna@office.example")
        return try await confirm(challenge, "ratna@office.example")
    }

    func clerk(_ role: String = "customer service", _ email: String = "budi@office.example") async throws -> StaffMember {
        let administrator = try await administrator()
        try await office.invite(name: "Budi Santoso", email: email, role: role, by: try #require(administrator.staff))
        let challenge = try await office.startSignIn(email: email)
        return try #require(try await confirm(challenge, email).staff)
    }

    func confirm(_ challenge: Token, _ email: String) async throws -> Session {
        guard case .signedIn(let session) = try await office.confirm(challenge, code: try code(to: email)) else {
            throw Unexpected()
        }
        return session
    }

    struct Unexpected: Error {}

    /// What hashing a password costs in tests.
    static let cheap = Password.Cost(passes: 1, memory: 1 << 20)

    /// Every byte that the house has on the disk.
    func everyByte() throws -> [UInt8] {
        var bytes: [UInt8] = []
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey]))
        for case let file as URL in files where try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
            bytes += [UInt8](try Data(contentsOf: file))
        }
        return bytes + Engine.everyByte(in: folder.path)
    }
}

extension Tables {
    static let office = Tables("office", Vault.migrations + [Office.Environment.migrations]), keys = Tables("keys", Vault.keyMigrations)
}

extension [UInt8] {
    func holds(_ text: String) -> Bool { Data(self).range(of: Data(text.utf8)) != nil }
}

/// The refusal of the policy that a verb throws; nil where it throws none.
func refused(_ body: () async throws(NotDone) -> Void) async -> Refused? {
    do throws(NotDone) { try await body() } catch {
        if case .refused(.policy(let refused)) = error { return refused }
    }
    return nil
}

extension House {
    /// A second connection to the data, as somebody at the machine has.
    @discardableResult
    func database<T>(_ body: (Store) throws -> T) throws -> T { try House.database(in: folder, body) }

    private static func database<T>(in folder: URL, _ body: (Store) throws -> T) throws -> T {
        let store = try Store.open(Engine.data(in: folder.path), migrations: [])
        defer { store.close() }
        return try body(store)
    }

    /// What the doctor finds, each as `kind: what`.
    func findings() throws -> [String] {
        try Vault.inspect(
            database: Engine.data(in: folder.path), keyFolder: folder.appending(path: "keys").path, keys: Engine.keys(in: folder.path),
            migrations: Vault.migrations + [Office.Environment.migrations], tables: Office.Environment.tablesAboutPeople,
            presence: Office.Environment.presence, now: clock.now()
        ).faults.map { "\($0.kind.rawValue): \($0.what)" }
    }

    func rows(_ sql: SQL) throws -> Int64 {
        try database { store in try store.read { (rows) throws(StoreFault) in try rows.first(sql) { $0.identity(0) } ?? 0 } }
    }

    /// What a crash right after step (a) of an erasure leaves.
    func interruptErasure(of subject: Subject) async throws {
        let vault = office.vault
        try await vault.store.write { (rows) throws(Refusal) in
            try vault.note(erasureOf: subject, [UInt8](repeating: 7, count: 32), Day(0), in: rows)
        }
    }

    static func change(_ sql: SQL, in folder: URL) throws {
        try database(in: folder) { store in
            try store.writeAndWait { (rows) throws(StoreFault) in
                try rows.run(sql)
                return
            }
        }
    }
}
