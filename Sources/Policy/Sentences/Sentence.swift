// What the policy says to people: sentences in passages, each with the rules that it stands on.
// Plain text is one way to show them; a page shows the same parts with links, and unfolds what a category holds.

/// Words of a language and, among them, names and texts of the policy.
public struct Wording: Sendable, Hashable {
    public enum Part: Sendable, Hashable {
        case text(String)
        /// A name as the policy declares it, and as it is said in the language; of a category also what it holds, as it is said.
        case name(String, said: String, holding: [String])
        /// A text of the document in its own language: a reason, the prose of a declaration.
        case quoted(String)
        /// The address of a rule, and the title of its clause.
        case rule(String, clause: String)
    }
    public private(set) var parts: [Part] = []

    public var text: String { text(unfolded: false) }

    /// On one line; unfolded, what a category holds stands behind it in brackets.
    public func text(unfolded: Bool) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .name(_, let said, let holding): !unfolded || holding.isEmpty ? said : "\(said) (\(holding.joined(separator: ", ")))"
            case .quoted(let text): "“\(text)”"
            case .rule(let address, let clause): clause.isEmpty ? address : "\(address) (“\(clause)”)"
            }
        }.joined()
    }

    var isEmpty: Bool { parts.isEmpty }

    mutating func append(_ part: Part) {
        if case .text(let more) = part {
            if more.isEmpty { return }
            if case .text(var text)? = parts.last {
                // Taken out first, so that what is there already isn't copied.
                parts.removeLast()
                text += more
                parts.append(.text(text))
                return
            }
        }
        parts.append(part)
    }

    mutating func append(_ other: Wording) { for part in other.parts { append(part) } }

    /// As at the beginning of a sentence.
    var capitalised: Wording {
        func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
        var wording = self
        switch parts.first {
        case .text(let text): wording.parts[0] = .text(capital(text))
        case .name(let name, let said, let holding): wording.parts[0] = .name(name, said: capital(said), holding: holding)
        case .quoted, .rule, nil: break
        }
        return wording
    }
}

/// `"\(who) may see \(things)"` puts wordings together.
extension Wording: ExpressibleByStringInterpolation {
    public init(stringLiteral text: String) { append(.text(text)) }
    public init(stringInterpolation: Interpolation) { self = stringInterpolation.wording }

    public struct Interpolation: StringInterpolationProtocol {
        var wording = Wording(stringLiteral: "")
        public init(literalCapacity: Int, interpolationCount: Int) {}
        public mutating func appendLiteral(_ text: String) { wording.append(.text(text)) }
        public mutating func appendInterpolation(_ other: Wording) { wording.append(other) }
        public mutating func appendInterpolation(_ text: String) { wording.append(.text(text)) }
        public mutating func appendInterpolation(_ number: Int) { wording.append(.text(String(number))) }
    }
}

/// One sentence, or two that belong together.
public struct Sentence: Sendable, Hashable {
    public let wording: Wording
    /// Addresses of the rules that it stands on.
    public let rules: [String]

    init(_ wording: Wording, rules: [String] = []) { (self.wording, self.rules) = (wording.capitalised, rules) }

    public var text: String { wording.text }
}

/// Sentences under a title, and passages inside: of a clause those of each who is concerned.
public struct Passage: Sendable, Hashable {
    public let title: Wording
    /// The anchor of the clause, where the passage is of one.
    public let anchor: String?
    public let sentences: [Sentence]
    public let passages: [Passage]

    init(_ title: Wording, anchor: String? = nil, _ sentences: [Sentence] = [], _ passages: [Passage] = []) {
        (self.title, self.anchor, self.sentences, self.passages) = (title.capitalised, anchor, sentences, passages)
    }
}
