// The house that is measured: a policy of a few rules, people with three values, messages that are items of their own.

import Crypto
import Glibc
import JSON
import Policy
import Store
import Vault

struct SmallOffice: Sendable {
    let store: Store, vault: Vault

    static let text = """
        # Bench

        ```policy
        policy bench, version 1, from 2026-01-01
        field name: text
        field email: email
        field telephone: phone
        field message: message
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
        collect name, email, telephone, message from form to serve
        derive record of uses from name, email, telephone, message to keep the record
        derive deletion receipt from record of uses to keep the record
        keep name, email, telephone, message 10 years after collected, because "so long"
        keep record of uses 2 years after collected, because "so long"
        keep deletion receipt 12 months after your deletion, because "so long"
        the person may read, correct, delete name, email, telephone, message
        the person may read record of uses
        clerk may read name, email, telephone, message to serve, on an errand
        ```
        """

    static func open(in folder: String) async throws -> SmallOffice {
        let document = Array(text.utf8), compilation = Policy.compile(document, file: "bench.md")
        guard let policy = compilation.policy else { fatalError("\(compilation.diagnostics)") }
        let data = try server("voffice", as: "office"), keys = try server("keys", as: "keeper")
        let store = try Store.open(data ?? .file(folder + "/data.sqlite"), migrations: Vault.migrations)
        let vault = try await Vault.open(
            store: store, keyFolder: folder + "/keys", keys: keys, policy: policy, document: document, origin: "bench/log",
            conditions: [Errand()],
            clock: SystemClock(), randomness: SystemRandomness()
        ) { (_, _) throws(Refusal) in }
        return SmallOffice(store: store, vault: vault)
    }

    /// A database of the PostgreSQL whose socket lies in the folder that the environment names; nil: it names none, and SQLite is measured.
    private static func server(_ name: String, as role: String) throws -> Database? {
        guard let folder = getenv("VOFFICE_BENCH_POSTGRES") else { return nil }
        var server = try PostgresServer("postgres:///\(name)?host=\(String(cString: folder))&user=\(role)")
        if let parts = getenv("VOFFICE_BENCH_PARTS").flatMap({ Int(String(cString: $0)) }) { server.parts = parts }
        return .server(server)
    }

    func close() {
        vault.close()
        store.close()
    }

    func admit() async throws(Refusal) -> Subject { try await vault.admit(Person()) { (subject, _) throws(Refusal) in subject } }

    func read(_ subject: Subject) async throws(Refusal) -> String {
        let grant: Grant<Contact> = try await vault.grant(of: subject, by: .staff(Subject(id: 7), role: "clerk", number: 1), on: Basis())
        return try vault.read(grant).value.name
    }

    func write(_ item: Int64, for subject: Subject) async throws(Refusal) {
        try await vault.collect(Message(), of: subject, item: item, on: Basis(item: item)) { (_, _) throws(Refusal) in }
    }

    /// Everything that is held of somebody, as the file that they get.
    func export(_ own: OwnSession) async throws(Refusal) {
        let held = try vault.holdings(of: own)
        _ = try await vault.export(of: own, held: held).json(from: "bench").bytes
    }

    func correct(_ subject: Subject, to name: String) async throws(Refusal) {
        try await vault.correct(Given("name", name), from: "form", of: subject) { (_) throws(Refusal) in }
    }
}

struct Person: Collecting {
    static let declared: UseDeclaration = .collect("name", "email", "telephone", from: "form", to: "serve")
    var values: [Given] {
        [Given("name", "Sari Wijaya"), Given("email", "sari@ladatimur.example"), Given("telephone", "+62 812 5550 4417")]
    }
}

struct Message: Collecting {
    static let declared: UseDeclaration = .collect("message", from: "form", to: "serve")
    var values: [Given] { [Given("message", "The courier came twice, and rang at the wrong door both times.")] }
}

struct Contact: Reading {
    static let declared: UseDeclaration = .read("name", "email", "telephone", by: "clerk", to: "serve")
    let name: String
    init(_ record: borrowing Opened) throws(Refusal) { name = record.text("name") ?? "" }
}
