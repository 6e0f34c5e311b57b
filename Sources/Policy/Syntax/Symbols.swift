// Every name of a document, declared or predefined, and the tree of words by which names are found in a text.

enum Kind: UInt16, Sendable {
    case field = 1, category = 2, purpose = 4, role = 8, person = 16, recipient = 32, source = 64, condition = 128, event = 256
    case message = 512, actor = 1024, everything = 2048, anyone = 4096, anyStaff = 8192, anyoneOutside = 16384, anyPurpose = 32768

    var title: String {
        switch self {
        case .actor: "predefined actor"
        case .person: "kind of person"
        case .everything: "category"
        case .anyoneOutside: "word for all recipients, behind “to” of a “never” or “tell”"
        case .anyone, .anyStaff, .anyPurpose: "word for all of a kind, for “never” and “tell” only"
        default: "\(self)"
        }
    }

    /// With its article.
    var described: String { "\(self == .event ? "an" : "a") \(title)" }
}

struct Kinds: OptionSet, Sendable {
    let rawValue: UInt16
    init(rawValue: UInt16) { self.rawValue = rawValue }
    init(_ kinds: Kind...) { rawValue = kinds.reduce(0) { $0 | $1.rawValue } }
    func contains(_ kind: Kind) -> Bool { rawValue & kind.rawValue != 0 }

    static let things = Kinds(.field, .category, .message, .everything)
    static let wildcards = Kinds(.everything, .anyone, .anyStaff, .anyoneOutside, .anyPurpose)
    static let actors = Kinds(.role, .person, .actor)
}

/// Who makes a condition true.
struct Setters: Sendable, Hashable {
    enum Manner: Sendable, Hashable {
        case byItself, any, all, sending(Duration)
        var text: String {
            switch self {
            case .byItself: ""
            case .any: "or"
            case .all: "and"
            case .sending(let duration): "sending \(duration.text) ago"
            }
        }
    }
    var manner = Manner.byItself
    /// Symbols: actors, sources, recipients; the message for `sending`.
    var names: [Int] = []

    /// The site alone, which is what holds where nobody is named.
    var isTheSite: Bool { manner == .any && names.allSatisfy { $0 == Symbols.theSite } }
}

struct Symbol: Sendable {
    var name: String
    var words: [Int32]
    var kind: Kind
    /// A recipient that is declared as a source too.
    var isAlsoSource = false
    /// Nil for what is predefined.
    var place: Place?
    var prose = "", sourceProse = ""
    var formerly: (name: String, place: Place)?
    var fieldKind = FieldKind.text
    var isSealed = false, isRecord = false
    var marks: Set<String> = []
    var type = ""
    var countries: [String] = []
    /// Roles, of which nobody may have one beside this.
    var apart: [Int] = []
    var setters = Setters()
    /// Of a category: what stands in its list, and what is taken away. Of a message: what it carries.
    var members: [Int] = [], except: [Int] = []
    /// Its declaration doesn't read to the end, or names what isn't declared: nothing is said of what it lacks.
    var isUnread = false, lacksMembers = false
    /// The first word of its declaration is misspelt; what it was meant to declare is told nowhere else.
    var isGuessed = false
    /// The bit of a condition.
    var bit = 0

    /// What its declaration says in words; of a recipient that is a source too, what either does.
    var meaning: String { prose.isEmpty ? sourceProse : prose }
    var isPromotional: Bool { marks.contains("promotional") }
}

struct Symbols: Sendable {
    static let thePerson = 0, theSite = 1, everything = 2, anyone = 3, anyStaff = 4, anyoneOutside = 5, anyPurpose = 6, collected = 7
    /// The predefined conditions, in the order of their bits.
    static let conditions = [
        "in aggregate", "account active", "account deactivated", "account deleted", "contact cut", "legal term over", "refused", "asked",
    ]
    static let inAggregate = 0, active = 1, deactivated = 2, deleted = 3, cut = 4, termOver = 5, refused = 6, asked = 7

    private static let others: [(name: String, kind: Kind)] = [
        ("the person", .actor), ("the site", .actor), ("everything", .everything), ("anyone", .anyone), ("any staff", .anyStaff),
        ("anyone outside", .anyoneOutside), ("any purpose", .anyPurpose), ("collected", .event),
    ]
    static let predefinedNames = others.map(\.name) + conditions
    /// What every document begins with.
    static let predefined = Symbols()

    private(set) var all: [Symbol] = []
    private(set) var conditions: [Int] = []
    /// The word `unless` stands in a name.
    private(set) var haveUnless = false
    private var steps = Steps()
    private var ends: [Int32] = [-1]

    private init() {
        for (name, kind) in Self.others + Self.conditions.map({ ($0, Kind.condition) }) {
            add(Symbol(name: name, words: name.split(separator: " ").map { Words.language.find(String($0))! }, kind: kind))
        }
    }

    subscript(_ index: Int) -> Symbol {
        get { all[index] }
        set { all[index] = newValue }
    }

    /// Without a copy of the whole symbol.
    func kind(_ index: Int) -> Kind { all[index].kind }
    func fieldKind(_ index: Int) -> FieldKind { all[index].fieldKind }
    func isUnread(_ index: Int) -> Bool { all[index].isUnread }

    /// The same of a category that holds itself in no way, with all categories in it.
    func isUnread(within index: Int) -> Bool {
        var open = [index], seen: Set<Int> = []
        while let next = open.popLast() {
            guard seen.insert(next).inserted else { continue }
            if all[next].isUnread { return true }
            if all[next].kind == .category { open += all[next].members }
        }
        return false
    }
    func isAlsoSource(_ index: Int) -> Bool { all[index].isAlsoSource }
    func bit(of condition: Int) -> Int { all[condition].bit }

    /// Without a look at what is there already.
    mutating func add(_ symbol: Symbol) {
        var node: Int32 = 0
        for word in symbol.words {
            if word == Keyword.unless.rawValue { haveUnless = true }
            if let next = steps.next(node, word) {
                node = next
            } else {
                steps.add(node, word, to: Int32(ends.count))
                node = Int32(ends.count)
                ends.append(-1)
            }
        }
        ends[Int(node)] = Int32(all.count)
        var symbol = symbol
        if symbol.kind == .condition {
            symbol.bit = conditions.count
            conditions.append(all.count)
        }
        all.append(symbol)
    }

    func step(_ node: Int32, _ word: Int32) -> Int32? { steps.next(node, word) }

    /// The symbol whose words end at this node of the tree.
    func end(_ node: Int32) -> Int? { ends[Int(node)] >= 0 ? Int(ends[Int(node)]) : nil }

    func find(_ words: some Sequence<Int32>) -> Int? {
        var node: Int32 = 0
        for word in words {
            guard let next = step(node, word) else { return nil }
            node = next
        }
        return end(node)
    }
}

/// The branches of the tree: from a node by a word to a node.
private struct Steps: Sendable {
    private var keys = [UInt64](repeating: .max, count: 256), nodes = [Int32](repeating: 0, count: 256)
    private var count = 0
    private let seed = UInt64.random(in: 0...UInt64.max) | 1

    func next(_ node: Int32, _ word: Int32) -> Int32? {
        let key = Self.key(node, word), slot = slot(of: key)
        return keys[slot] == key ? nodes[slot] : nil
    }

    mutating func add(_ node: Int32, _ word: Int32, to next: Int32) {
        if count * 2 >= keys.count { grow() }
        let key = Self.key(node, word), slot = slot(of: key)
        (keys[slot], nodes[slot], count) = (key, next, count + 1)
    }

    private static func key(_ node: Int32, _ word: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: word))
    }

    /// Where the key is, or would be.
    private func slot(of key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: folded(key ^ seed, seed)) & (keys.count - 1)
        while keys[slot] != key, keys[slot] != .max { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }

    private mutating func grow() {
        let (old, targets) = (keys, nodes)
        keys = [UInt64](repeating: .max, count: old.count * 4)
        nodes = [Int32](repeating: 0, count: keys.count)
        for (key, node) in zip(old, targets) where key != .max {
            let slot = slot(of: key)
            (keys[slot], nodes[slot]) = (key, node)
        }
    }
}
