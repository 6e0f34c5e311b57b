// A house for a test, and browsers that visit it without a network.
import Crypto
import Engines
import Foundation
import HTTP
import Office
import Outbound
import Policy
import Store
import Synchronization
import Testing
import Vault

@testable import Site

/// The cast: Sari Wijaya is a customer; Budi answers for customer service; Ratna administers.
final class House {
    let folder: URL
    let clock: ManualClock
    private let randomness: SeededRandomness
    private let untranslated: Set<String>
    private let throttle: Throttle
    private let business: Business
    private(set) var store: Store
    private(set) var office: Office.Environment
    private(set) var site: Site

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let assets = try! Assets(directory: root.appending(path: "assets").path)
    private static let commonPasswords = try! CommonPasswords(
        [UInt8](Data(contentsOf: root.appending(path: "assets/common-passwords.txt"))))

    /// `untranslated`: anchors of clauses that have no translation; `lacking`: lines that the policy doesn't have;
    /// `isProduction`: it was founded under the policy, which nobody has published yet, `isTranslated`: with its Indonesian; `mail`: by which letters leave it.
    init(
        untranslated: Set<String> = [], lacking lines: [String] = [], tries: Int = 1_000, isProduction: Bool = false,
        isTranslated: Bool = false, staffNeedsSecondFactor: Bool = false, business: Business = Business(), mail: (any Carrier)? = nil,
        telephone: (any Carrier)? = nil, logPeriod: Int64 = 3_600
    ) async throws {
        self.business = business
        folder = Self.newFolder
        clock = ManualClock()
        try FileManager.default.createDirectory(at: folder.appending(path: "keys"), withIntermediateDirectories: true)
        randomness = SeededRandomness(seed: try Secret(bytes: [UInt8](repeating: 1, count: 32)))
        self.untranslated = untranslated
        // A loaded machine takes minutes over a test: nobody gets a try back meanwhile.
        throttle = Throttle(tries: tries, within: 6_000)
        (store, office, site) = try await Self.open(
            folder, lines, untranslated, throttle, clock, randomness, isProduction: isProduction, isTranslated: isTranslated,
            staffNeedsSecondFactor: staffNeedsSecondFactor, business: business, mail: mail, telephone: telephone, logPeriod: logPeriod)
    }

    /// The same data and the same moment as in a house that is closed, under the policy without these lines.
    init(copying other: House, lacking lines: [String] = []) async throws {
        (folder, clock, untranslated, throttle) = (Self.newFolder, other.clock, [], Throttle(tries: 1_000, within: 6_000))
        business = other.business
        try FileManager.default.copyItem(at: other.folder, to: folder)
        Engine.copy(from: other.folder.path, to: folder.path)
        randomness = SeededRandomness(seed: try Secret(bytes: [UInt8](repeating: 2, count: 32)))
        (store, office, site) = try await Self.open(folder, lines, untranslated, throttle, clock, randomness, business: business)
    }

    private static var newFolder: URL { FileManager.default.temporaryDirectory.appending(path: "voffice-\(UUID().uuidString)") }

    func close() { office.close() }

    /// Closes, and opens the same data under the policy without these lines, or under another document.
    func reopen(lacking lines: [String] = [], under document: [UInt8]? = nil) async throws {
        office.close()
        (store, office, site) = try await Self.open(
            folder, lines, untranslated, throttle, clock, randomness, business: business, document: document)
    }

    private static func open(
        _ folder: URL, _ lacking: [String], _ untranslated: Set<String>, _ throttle: Throttle, _ clock: ManualClock,
        _ randomness: SeededRandomness, isProduction: Bool = false, isTranslated: Bool = false, staffNeedsSecondFactor: Bool = false,
        business: Business, mail: (any Carrier)? = nil, telephone: (any Carrier)? = nil, document: [UInt8]? = nil,
        logPeriod: Int64 = 3_600
    ) async throws -> (Store, Office.Environment, Site) {
        let file = try document ?? [UInt8](Data(contentsOf: root.appending(path: "policy/voffice.policy.md")))
        var text = String(decoding: file, as: UTF8.self)
        for line in lacking {
            try #require(text.components(separatedBy: "\n\(line)\n").count == 2, "\(line) is a line of the policy")
            text = text.replacing("\n\(line)\n", with: "\n")
        }
        let document = Array(text.utf8), (compilation, translation) = try words(text, untranslated)
        let policy = try #require(compilation.policy)
        let store = try Store.open(
            Engine.data(in: folder.path), migrations: Vault.migrations + [Office.Environment.migrations], clock: clock)
        let settings = Settings(
            operatorName: "PT Alamat Kerja", address: "http://localhost:8080", isDevelopment: !isProduction,
            policyDiagnostics: compilation.diagnostics.filter { $0.severity == .error },
            commonPasswords: commonPasswords,
            staffNeedsSecondFactor: staffNeedsSecondFactor, business: business, logPeriod: logPeriod,
            standing: [StandingSetting(name: "mail_password_file", value: "/etc/voffice/mail-password", place: "voffice.conf:12")])
        let vault: Vault
        if isProduction {
            try Vault.found(
                store, policy: policy, document: document, translations: isTranslated ? ["id": translation.document] : [:], at: clock.now())
            vault = try await Vault.open(
                published: store, keyFolder: folder.appending(path: "keys").path, keys: Engine.keys(in: folder.path),
                origin: settings.logName,
                conditions: Office.Environment.conditions, events: Office.Environment.events, clock: clock, randomness: randomness,
                forget: Office.Environment.forget)
        } else {
            vault = try await Vault.open(
                store: store, keyFolder: folder.appending(path: "keys").path, keys: Engine.keys(in: folder.path), policy: policy,
                document: document, origin: settings.logName,
                conditions: Office.Environment.conditions, events: Office.Environment.events, clock: clock, randomness: randomness,
                forget: Office.Environment.forget)
        }
        let office = Office.Environment(
            store: store, vault: vault,
            outbound: Outbound(vault: vault, mail: mail ?? DevelopmentOutbox(clock: clock), telephone: telephone), settings: settings,
            clock: clock, randomness: randomness,
            hashing: Hashing(cost: Password.Cost(passes: 1, memory: 1 << 20)))
        let indonesian = isTranslated ? Translation(publishedIn: office) : translation
        return (store, office, Site(office: office, assets: assets, indonesian: indonesian, throttle: throttle))
    }

    private static let known = Mutex<[[String]: (Compilation, Translation)]>([:])

    /// A text compiled, and its translation: once for the many houses under it.
    private static func words(_ text: String, _ untranslated: Set<String>) throws -> (Compilation, Translation) {
        let key = [text] + untranslated.sorted()
        if let found = known.withLock({ $0[key] }) { return found }
        let compilation = Policy.compile(Array(text.utf8), file: "voffice.policy.md")
        let document = [UInt8](try Data(contentsOf: root.appending(path: "policy/voffice.id.md")))
        let translation = Translation(of: try #require(compilation.policy), document, file: "voffice.id.md", without: untranslated)
        known.withLock { $0[key] = (compilation, translation) }
        return (compilation, translation)
    }

    deinit {
        office.close()
        Engine.forget(folder.path)
        try? FileManager.default.removeItem(at: folder)
    }

    /// A mail that was given up, as the worker notes it.
    /// `line`: of whom it was for, who turned it down; nil: nobody did.
    func fail(mail key: String, because reason: String, line: Int? = nil, kind: String = "mail") throws {
        let now = clock.now()
        try store.writeAndWait { (rows) throws(StoreFault) in
            try rows.run(
                """
                INSERT INTO job (bucket, key, kind, payload, due, attempts, failed, reason, line, turned_down)
                    VALUES (1, \(key), \(kind), \([0] as [UInt8]), \(now), 1, \(now), \(reason), \(line.map(Int64.init)), \(line != nil))
                """)
            return
        }
    }

    func sari() async throws -> Browser {
        let sari = Browser(self)
        _ = try await sari.post("/register", ["name": "Sari Wijaya", "email": "sari@ladatimur.example", "telephone": "+62 812 5550 4417"])
        try await sari.enterCode()
        return sari
    }

    /// A question as it was asked while a page offered that, whatever the policy says of an answer now.
    func ask(_ browser: Browser, answering: Answering = .telephone) async throws -> Int64 {
        let token = try #require(browser.cookies["session"].flatMap(Token.init)), session = try #require(try office.session(token))
        return try await office.askForCall(session, text: "Please call.", telephone: "0812 5550 4417", answering: answering).number
    }

    func ratna() async throws -> Browser {
        let ratna = Browser(self), invitation = try #require(try await office.firstInvitation())
        _ = try await ratna.post("/begin/\(invitation.text)", ["name": "Ratna Dewi", "email": "ratna@office.example"])
        try await ratna.enterCode()
        return ratna
    }

    func budi() async throws -> Browser {
        let ratna = try await ratna(), budi = Browser(self)
        _ = try await ratna.post("/staff/team", ["name": "Budi Santoso", "email": "budi@office.example", "role": "customer service"])
        _ = try await budi.post("/sign-in", ["email": "budi@office.example"])
        try await budi.enterCode()
        return budi
    }
}

/// Keeps cookies, follows nothing.
final class Browser {
    let house: House
    var cookies: [String: String] = [:]
    var language = "en"
    var host = "localhost:8080"
    var address = Address.loopback

    init(_ house: House) { self.house = house }

    /// What the page says after a press that led there.
    func get(after place: String) async throws -> Answer {
        cookies["\(Visit.newsCookie)"] = Visit.mark(of: place)
        return try await get(place)
    }

    func get(_ path: String, headers: [(String, String)] = []) async throws -> Answer { try await send(.get, path, headers: headers) }

    /// From the form on `page`, with its token.
    func post(_ path: String, _ fields: [String: String], from page: String? = nil, headers: [(String, String)] = []) async throws -> Answer
    {
        var fields = fields
        if fields["form"] == nil { fields["form"] = try await get(page ?? path).token }
        let body = fields.map { "\(encoded($0.key))=\(encoded($0.value))" }.joined(separator: "&")
        return try await send(.post, path, body: Array(body.utf8), headers: headers)
    }

    func enterCode() async throws {
        let mail = try #require(house.office.outbox.first)
        let code = try #require(mail.text.firstMatch(of: /\d{6}/)).output
        _ = try await post("/sign-in/code", ["code": String(code)], from: "/sign-in/code")
    }

    func send(_ method: HTTP.Method, _ path: String, body: [UInt8] = [], headers: [(String, String)] = []) async throws -> Answer {
        let cookie = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let request = try Request(
            method, path,
            headers: [
                ("Host", host), ("Cookie", cookie), ("Accept-Language", language), ("Content-Type", "application/x-www-form-urlencoded"),
            ] + headers,
            body: body, address: address)
        let response =
            switch house.site.respond(to: request) {
            case .now(let response): response
            case .later(let work): await work()
            }
        for cookie in response.cookies { cookies["\(cookie.name)"] = cookie.value }
        return Answer(response)
    }

    private func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
}

struct Answer {
    let status: UInt16
    let text: String
    let location: String?
    let retryAfter: Int?
    /// What is sent to everyone alike.
    let asset: Asset?
    /// What of it is.
    let middle: Middle?

    init(_ response: Response) {
        status = response.status
        location = response.headers.first { "\($0.0)" == "Location" }?.1
        retryAfter = response.headers.first { "\($0.0)" == "Retry-After" }.flatMap { Int($0.1) }
        text = String(decoding: response.body.bytes, as: UTF8.self)
        if case .asset(let asset) = response.body { self.asset = asset } else { asset = nil }
        if case .framed(_, _, let middle, _) = response.body { self.middle = middle } else { middle = nil }
    }

    var token: String { text.matches(of: /name="form" value="([0-9a-f]+)"/).last.map { String($0.1) } ?? "" }
}
