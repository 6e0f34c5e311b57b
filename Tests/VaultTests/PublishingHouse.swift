// A small house of production: Putri keeps the policy, Agus stands up for the persons in its files.

import Crypto
import Engines
import Foundation
import Policy
import Store
import Testing
import TransparencyLog

@testable import Vault

final class PublishingHouse {
    let folder: URL
    let clock = ManualClock()
    private(set) var vault: Vault!
    private(set) var store: Store!

    static let putri = Officer(Subject(id: 11), role: "policy officer", number: 1)!
    static let agus = Officer(Subject(id: 12), role: "privacy officer", number: 1)!

    /// `isFounded`: the first version is published and in force.
    init(_ first: String = PublishingHouse.policy(), isFounded: Bool = true) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "publishing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "keys"), withIntermediateDirectories: true)
        let database = try data(), document = Array(first.utf8)
        let policy = try #require(Policy.compile(document, file: "policy.md").policy)
        try Vault.found(database, policy: policy, document: document, at: clock.now())
        database.close()
        try await open()
        if isFounded {
            try await publish(1)
            clock.advance(by: .seconds(60))
        }
    }

    deinit {
        vault?.close()
        store?.close()
        Engine.forget(folder.path)
        try? FileManager.default.removeItem(at: folder)
    }

    private func data() throws -> Store {
        try Store.open(Engine.data(in: folder.path, holding: .vault), migrations: Vault.migrations, clock: clock)
    }

    private func open() async throws {
        store = try data()
        vault = try await Vault.open(
            published: store, keyFolder: folder.appending(path: "keys").path, keys: Engine.keys(in: folder.path, holding: .keys),
            origin: "small/log", conditions: [Errand(holds: true)],
            clock: clock, randomness: SystemRandomness()
        ) { (_, _) throws(Refusal) in }
    }

    /// Another server on the same data and keys.
    func another() async throws -> (vault: Vault, store: Store) {
        let mine = (vault, store)
        defer { (vault, store) = mine }
        try await open()
        return (vault, store)
    }

    func reopen() async throws {
        vault?.close()
        vault = nil
        store.close()
        try await open()
    }

    /// What a start says of the database as it is now; nil: it opens.
    func refusesToOpen() async throws -> String? {
        do {
            try await reopen()
            return nil
        } catch let fault as HouseFault { return fault.sentence }
    }

    func propose(_ text: String, _ marks: Marks = Marks(), translations: [String: [UInt8]] = [:]) throws -> Int64 {
        let draft = try Draft(Array(text.utf8), translations: translations, marks: marks, in: store, at: clock.now())
        return try draft.propose(in: store, at: clock.now())
    }

    @discardableResult func publish(_ proposal: Int64) async throws -> Instant {
        #expect(try await vault.approve(proposal, by: Self.putri) == .first)
        guard case .published(let since) = try await vault.approve(proposal, by: Self.agus) else { throw NotPublished() }
        return since
    }

    struct NotPublished: Error {}

    func fault(_ body: () async throws -> Void) async throws -> String {
        do { try await body() } catch let fault as PublishingFault { return "\(fault)".split(separator: ".").first.map(String.init) ?? "" }
        return "nothing"
    }

    /// What an inspection names, but that a clock which was set stands far ahead, and that the officers of this house are nobody in it.
    func findings() throws -> [Finding] {
        try Vault.inspect(
            database: Engine.data(in: folder.path), keyFolder: folder.appending(path: "keys").path, keys: Engine.keys(in: folder.path),
            migrations: Vault.migrations, tables: [], now: clock.now()
        ).findings.filter { ![.clockDoubtful, .rowsOfNobody].contains($0.kind) }  // Its officers have no accounts.
    }

    func sql(_ sql: SQL) throws {
        try store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run(sql)
            return
        }
    }

    /// A day so many days after the present one.
    func day(_ after: Int) -> String { Day(Day(of: clock.now()).number + after).iso }

    static func policy(
        version: Int = 1, from: String = "2026-03-01", _ rules: String = "clerk may read name to serve, on an errand",
        prose: String = "to serve you"
    ) -> String {
        """
        # Small

        ```policy
        policy small, version \(version), from \(from)
        field name: text
        field email address: email
        field record of uses: document, record
        role clerk: serves
        role policy officer: keeps the rules
        role privacy officer: stands up for you
        source form: what you type
        purpose serve: \(prose) (contract)
        purpose keep the record: so that you see it (contract)
        condition an errand: you asked for something
        ```

        ## All {#all}

        Prose.

        ```policy
        collect name, email address from form to serve
        derive record of uses from name, email address to keep the record
        keep name, email address 10 years after collected, because "so long"
        keep record of uses 2 years after collected, because "so long"
        the person may read name, email address, record of uses
        the person may delete name
        when this policy changes: a new use of stored data needs a yes by email address
        when this policy changes: a change without new use is posted
        when this policy changes: a material change is also sent to people who refused messages
        when this policy changes: people whose contact is cut or whose account is deactivated or deleted are left alone
        \(rules)
        ```
        """
    }
}
