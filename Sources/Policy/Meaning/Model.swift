// What is looked up off the hot path: names, rules, retention, in one shared value.
internal import Crypto
internal import Synchronization

final class Model: Sendable {
    let document: Document
    let header: Header
    let expansion: Expansion
    /// For each field the `keep` rules that reach it, in document order.
    let keepings: [Int: [Int]]
    /// The prohibitions and permissions of each verb, as the table numbers them.
    let prohibitions: [[Int]], permissions: [[Int]]

    let digest = Once<Digest>(), documentDigest = Once<Digest>(), clauses = Once<[Clause]>(), opening = Once<String>()
    let versionText = Once<String>(), conditions = Once<[String]>(), byAddress = Once<[String: Rule]>(), places = Once<[String: Int]>()
    let terms = Once<[Int: [Term]]>(), retentionClasses = Once<[Int: Int64]>()
    private let texts = Once<[String]>()
    private let spellings = Once<[String: Int]>()

    /// The rules in canonical form.
    var rules: [String] { texts.value { document.rules.indices.map(document.canonical) } }

    init(_ document: Document, _ header: Header) {
        (self.document, self.header) = (document, header)
        let expansion = Expansion(document)
        self.expansion = expansion
        var keepings: [Int: [Int]] = [:]
        for (index, keeping) in expansion.keepings.enumerated() {
            for field in keeping.fields { keepings[field, default: []].append(index) }
        }
        self.keepings = keepings
        func byVerb(_ verbs: [Verb]) -> [[Int]] {
            var lists = [[Int]](repeating: [], count: Verb.allCases.count)
            for (index, verb) in verbs.enumerated() { lists[Int(verb.rawValue)].append(index) }
            return lists
        }
        prohibitions = byVerb(expansion.prohibitions.map { $0.reach.verb })
        permissions = byVerb(expansion.permissions.map { $0.reach.verb })
    }

    var symbols: Symbols { document.symbols }
    func address(_ rule: Int) -> String { document.rules[rule].address }
    /// The rule of an address; nil: there is none.
    func place(of address: String) -> Int? {
        places.value {
            Dictionary(document.rules.enumerated().map { ($1.address, $0) }, uniquingKeysWith: { first, _ in first })
        }[address]
    }
    func name(_ symbol: Int) -> String { symbols[symbol].name }

    /// The symbol of a name, however it is spelled; most are asked for as they were declared.
    func find(_ name: String) -> Int? {
        let known = spellings.value {
            let names = symbols.all.indices.map { (self.name($0), read(self.name($0))) }
            return Dictionary(names.compactMap { name, found in found.map { (name, $0) } }, uniquingKeysWith: { first, _ in first })
        }
        return known[name] ?? read(name)
    }

    private func read(_ name: String) -> Int? {
        let isPlain = name.utf8.allSatisfy { (0x20..<0x80).contains($0) }
        let parts = isPlain ? name.split(separator: " ") : name.split(whereSeparator: \.isWhitespace)
        var words: [Int32] = []
        for part in parts {
            guard let word = document.words.find(String(part)) else { return nil }
            words.append(word)
        }
        return words.isEmpty ? nil : symbols.find(words)
    }

    func needs(_ conjunction: [Literal]) -> Needs {
        Needs(
            set: conjunction.filter(\.mustHold).map { name($0.condition) },
            clear: conjunction.filter { !$0.mustHold }.map { name($0.condition) })
    }

    /// What of a conjunction isn't so.
    func lacking(_ conjunction: [Literal], _ facts: Facts) -> [Literal] {
        conjunction.filter { facts[Name(index: UInt32(symbols[$0.condition].bit))] != $0.mustHold }
    }
}

extension Formula {
    /// The conjunction with the fewest literals that aren't so, the first on a tie.
    func nearest(_ model: Model, _ facts: Facts) -> [Literal]? {
        map { model.lacking($0, facts) }.enumerated().min { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }?.element
    }
}

/// A value that is made when it is first asked for.
final class Once<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)

    func value(_ make: () -> Value) -> Value {
        made.withLock { made in
            if let made { return made }
            let value = make()
            made = value
            return value
        }
    }
}
