// A vault alone, with a policy of a few rules: a clerk may read a customer's name while there is an errand.

import Crypto
import Engines
import Foundation
import Policy
import Store
import Testing
import TransparencyLog

@testable import Vault

final class SmallHouse {
    let folder: URL
    let clock: ManualClock
    private(set) var vault: Vault
    private(set) var store: Store
    let errand: Errand
    private let randomness: any Randomness

    init(
        _ policy: String = SmallHouse.policy(), errand: Bool? = true, randomness: any Randomness = SystemRandomness()
    ) async throws {
        self.randomness = randomness
        clock = ManualClock()
        folder = FileManager.default.temporaryDirectory.appending(path: "vault-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "keys"), withIntermediateDirectories: true)
        self.errand = Errand(holds: errand)
        (vault, store) = try await Self.open(folder, policy, clock, self.errand, randomness)
    }

    /// A house that is in a folder already.
    init(at folder: URL, clock: ManualClock) async throws {
        (self.folder, self.clock, errand) = (folder, clock, Errand(holds: true))
        randomness = SystemRandomness()
        (vault, store) = try await Self.open(folder, SmallHouse.policy(), clock, errand, randomness)
    }

    deinit {
        close()
        Engine.forget(folder.path)
        try? FileManager.default.removeItem(at: folder)
    }

    func close() {
        vault.close()
        store.close()
    }

    func open(_ policy: String = SmallHouse.policy()) async throws {
        (vault, store) = try await Self.open(folder, policy, clock, errand, randomness)
    }

    func reopen(_ policy: String = SmallHouse.policy()) async throws {
        close()
        try await open(policy)
    }

    /// Another server on the same data and keys, which are there as long as it is.
    struct Another {
        let house: SmallHouse, vault: Vault, store: Store

        func close() {
            vault.close()
            store.close()
        }
    }

    func another() async throws -> Another {
        let (vault, store) = try await Self.open(folder, SmallHouse.policy(), clock, errand, randomness)
        return Another(house: self, vault: vault, store: store)
    }

    private static func open(
        _ folder: URL, _ text: String, _ clock: ManualClock, _ errand: Errand, _ randomness: any Randomness
    ) async throws -> (Vault, Store) {
        let compilation = Policy.compile(Array(text.utf8), file: "policy.md")
        let policy = try #require(compilation.policy, "\(compilation.diagnostics)")
        let store = try Store.open(Engine.data(in: folder.path, holding: .vault), migrations: Vault.migrations, clock: clock)
        let vault = try await Vault.open(
            store: store, keyFolder: folder.appending(path: "keys").path, keys: Engine.keys(in: folder.path, holding: .keys),
            policy: policy, document: Array(text.utf8), origin: "small/log",
            conditions: [errand], clock: clock, randomness: randomness
        ) { (_, _) throws(Refusal) in }
        return (vault, store)
    }

    static func policy(
        version: Int = 1, _ rule: String = "clerk may read name to serve, on an errand",
        taxNumber: String = "keep tax number 10 years after collected, by law \"KUP art. 28\""
    ) -> String {
        """
        # Small

        ```policy
        policy small, version \(version), from 2026-01-01
        field name: text
        field tax number: text
        field deletion receipt: token, record
        field record of uses: document, record
        role clerk: serves
        source form: what you type
        purpose serve: to serve you (contract)
        purpose keep the record: so that you see it (contract)
        condition an errand: you asked for something
        event your deletion: the moment when you left
        ```

        ## All {#all}

        Prose.

        ```policy
        collect name, tax number from form to serve
        derive record of uses from name, tax number to keep the record
        keep name 10 years after collected, because "so long"
        keep record of uses 2 years after collected, because "so long"
        the person may read name, tax number, record of uses
        the person may delete name, tax number
        \(taxNumber)
        derive deletion receipt from record of uses to keep the record
        keep deletion receipt 12 months after your deletion, because "so long"
        \(rule)
        ```
        """
    }

    func sari() async throws -> Subject {
        try await vault.admit(GivenName(name: "Sari Wijaya")) { (subject, _) throws(Refusal) in subject }
    }

    let clerk = Actor.staff(Subject(id: 7), role: "clerk", number: 1)

    func read(_ subject: Subject) async throws(Refusal) -> String {
        let grant: Grant<Name> = try await vault.grant(of: subject, by: clerk, on: Basis())
        return try vault.read(grant).value.name
    }

    func refusal(_ subject: Subject) async throws -> Refused? {
        do throws(Refusal) { _ = try await read(subject) } catch {
            guard case .policy(let refused) = error else { throw error }
            return refused
        }
        return nil
    }

    /// What somebody who can write the database does to hide the newest entries: takes them out, and moves the end of the chain back.
    func cutChain(of person: Subject, to sequence: Int64) throws {
        let leaf = try store.read { (rows) throws(StoreFault) in
            try rows.first("SELECT leaf FROM use_record WHERE subject = \(person) AND seq = \(sequence)") { $0.blob(0) }
        }
        let head = try Leaf(data: try #require(leaf)).hash.bytes
        try sql("DELETE FROM use_record WHERE subject = \(person) AND seq > \(sequence)")
        try sql("DELETE FROM leaf_waiting WHERE subject = \(person) AND seq > \(sequence)")
        try sql("UPDATE chain SET seq = \(sequence), head = \(head) WHERE subject = \(person)")
    }

    /// The operator says that it is so late.
    func believeClock() throws {
        let doubt = try HouseClock.doubt(of: Engine.data(in: folder.path), at: clock.now(), believing: true)
        #expect(doubt == nil)
    }

    /// What an inspection names.
    func findings() throws -> [Finding] {
        try Vault.inspect(
            database: Engine.data(in: folder.path), keyFolder: folder.appending(path: "keys").path,
            keys: Engine.keys(in: folder.path),
            migrations: Vault.migrations, tables: [], now: clock.now()
        ).findings
    }

    func sql(_ sql: SQL) throws {
        try store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run(sql)
            return
        }
    }
}

extension Tables {
    static let vault = Tables("vault", Vault.migrations), keys = Tables("keys", Vault.keyMigrations)
}

struct GivenName: Collecting {
    static let declared: UseDeclaration = .collect("name", from: "form", to: "serve")
    let name: String
    var values: [Given] { [Given("name", name)] }
}

struct GivenTaxNumber: Collecting {
    static let declared: UseDeclaration = .collect("tax number", from: "form", to: "serve")
    let number = "0912 3456 7890 1234"
    var values: [Given] { [Given("tax number", number)] }
}

struct Name: Reading {
    static let declared: UseDeclaration = .read("name", by: "clerk", to: "serve")
    let name: String
    init(_ record: borrowing Opened) throws(Refusal) { name = record.text("name") ?? "" }
}
