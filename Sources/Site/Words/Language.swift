// The languages of the site. Texts stand in both, side by side, so that one can't be forgotten; the policy's names come from
// the policy and its translation.

public import Policy

/// One of them, with what the policy's translation has for its names, reasons and prose.
struct Language: Sendable {
    enum Tongue: String, Sendable { case english = "en", indonesian = "id" }
    private let tongue: Tongue
    private let words: [String: String], texts: [String: String]

    static let english = Language(.english), indonesian = Language(.indonesian), allCases = [english, indonesian]

    private init(_ tongue: Tongue, words: [String: String] = [:], texts: [String: String] = [:]) {
        (self.tongue, self.words, self.texts) = (tongue, words, texts)
    }

    init?(code: String) {
        guard let tongue = Tongue(rawValue: code) else { return nil }
        self.init(tongue)
    }

    var code: String { tongue.rawValue }
    var other: Language { tongue == .english ? .indonesian : .english }
    /// The language's name in itself.
    var name: String { tongue == .english ? "English" : "Indonesia" }

    /// The text in this language. Every sentence of the site goes through here.
    func callAsFunction(_ english: @autoclosure () -> String, id indonesian: @autoclosure () -> String) -> String {
        tongue == .english ? english() : indonesian()
    }

    /// The same language with a translation's words. English reads the policy's own.
    func knowing(_ translation: Translation) -> Language {
        tongue == .english ? self : Language(tongue, words: translation.words, texts: translation.texts)
    }

    /// A name of the policy; as the policy has it where nobody translated it.
    func word(for name: String) -> String { words[name] ?? name }

    /// A reason or the prose of a name; as the policy has it where nobody translated it.
    func text(_ original: String) -> String { texts[original] ?? original }
    /// Whether it stands in another language than the page.
    func isForeign(_ original: String) -> Bool { tongue != .english && texts[original] == nil }

    /// What the browser asks for (RFC 9110, section 12.5.4): the best of ours, English if none is.
    init(accepting header: String?) {
        var best = (language: Language.english, weight: 0.0)
        for part in (header ?? "").split(separator: ",") {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let tag = pieces.first?.split(separator: "-").first, let language = Language(code: tag.lowercased()) else { continue }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if weight > best.weight { best = (language, weight) }
        }
        self = best.language
    }
}

extension Language: Hashable {
    static func == (a: Language, b: Language) -> Bool { a.tongue == b.tongue }
    func hash(into hasher: inout Hasher) { hasher.combine(tongue) }
}

/// The Indonesian of the policy: clauses by anchor, words by name, reasons and prose by the policy's own text. Empty where there is none.
public struct Translation: Sendable {
    let clauses: [String: Clause]
    let words: [String: String], texts: [String: String]
    /// Its text.
    let document: [UInt8]
    /// Says rules as sentences.
    let voice: Voice?
    /// What stands before the first clause, as HTML.
    let opening: String

    public init() { (clauses, words, texts, document, voice, opening) = ([:], [:], [:], [], nil, "") }

    var isEmpty: Bool { document.isEmpty }

    /// `without`: anchors of clauses that are left out.
    public init(of policy: Policy, _ document: [UInt8], file: String, without: Set<String> = []) {
        clauses = policy.clauses(in: document, file: file).filter { !without.contains($0.key) }
        words = policy.words(in: document, file: file)
        texts = policy.texts(in: document, file: file)
        self.document = document
        voice = Voice(policy, in: .indonesian, translation: document)
        opening = policy.opening(in: document, file: file)
    }
}
