// What changes from one version to the next, exactly, and what the change demands.

/// A cell: a flow by names, and the condition under which it differs or is permitted.
public struct Cell: Sendable, Hashable {
    public var verb: Verb
    public var who, thing: String
    public var purpose, via, carrier, starter: String?
    /// Alternatives; `by` is empty in each.
    public var when: [Needs]
    /// Alternatives of which none may hold; nearly always empty, and never where `when` alone would be short enough.
    public var unless: [Needs] = []
    /// False where the condition is too much to work out or to write down; then it has none.
    public var isExact = true
    /// Addresses of the permitting rules; empty in a difference.
    public var rules: [String] = []
}

public struct Changed<Item: Sendable & Hashable>: Sendable, Hashable {
    public var more: [Item] = [], less: [Item] = []
    public var isEmpty: Bool { more.isEmpty && less.isEmpty }
}

/// A statistic with its numbers, one for each rule on it.
public struct Counting: Sendable, Hashable {
    public struct Numbers: Sendable, Hashable {
        public let people: Int, budget: Double, per: Duration
        public var budgetText: String { budget.amount }
    }
    public let who, thing: String, purpose: String?
    public let before, now: [Numbers]
}

/// How many people a change is about, at most: a record may hold other items of its class alone, so those who have nothing of it may be counted.
public struct Concerned: Sendable, Hashable {
    /// Whose yes it needs; nil: nobody's, whatever is stored.
    public let asked: Int?
    /// Of whom something is stored that it treats otherwise, more freely or less; nil: it is about nothing that is stored.
    public let touched: Int?

    public init(asked: Int? = nil, touched: Int? = nil) { (self.asked, self.touched) = (asked, touched) }
}

/// A name with something of it: a recipient and a country, a purpose and a mark, a new name and an old one.
public struct Tag: Sendable, Hashable {
    public let name, tag: String
}

public struct Difference: Sendable {
    public var widened: [Cell] = [], narrowed: [Cell] = []
    /// Fields: `more` is lengthened.
    public var terms = Changed<String>()
    public var law: [String] = [], because: [String] = []
    public var compulsory = Changed<String>(), carries = Changed<String>()
    public var never = Changed<String>(), tell = Changed<String>(), along = Changed<String>()
    public var recipients = Changed<String>()
    public var countries = Changed<Tag>()
    /// Each new name with the old one.
    public var formerly: [Tag] = []
    /// Each new name with the old one that it says it was, where that was another kind of thing.
    public var strangers: [Tag] = []
    /// Names that both versions declare, each as another kind of thing, where no rule but a promise may speak of them.
    var others: [String] = []
    public var apart = Changed<[String]>()
    /// Conditions: `more` is wider.
    public var setters = Changed<String>()
    public var marks = Changed<Tag>(), held = Changed<Tag>()
    public var keptIn = Changed<String>()
    /// Names whose prose changed, and those of them that were marked: the words changed, and not what they mean.
    public var meaning: [String] = [], wordingOnly: [String] = []
    /// The field through which people are asked for a yes.
    public var askedThrough = Changed<String>()
    /// The numbers of each statistic that differs.
    public var statistics: [Counting] = []
    /// Who may learn more of one person in all, or less: the budgets of all their statistics together.
    public var budgets = Changed<String>()
    public var demands = Demands()
    /// The flows and what goes along with them, as the sentences tell of them.
    var acts = Acts()
    /// Of each name that means something else, or that others may set, the fields for which that needs a yes.
    var reach: [String: Set<String>] = [:]

    /// False where the conditions of both versions are too entangled to compare: then everything counts as changed, and what could be
    /// compared is there for people to read.
    public var isExact = true
    /// The rules that couldn't be compared then, and kinds of promises that couldn't.
    public var uncompared: [String] = []

    /// Nobody needs to hear of it: what is different is posted at least.
    public var isNothing: Bool { !demands.posted && !demands.material && demands.yes.isEmpty && widened.isEmpty && narrowed.isEmpty }

    /// Fields that it treats otherwise, more freely or less, by their new names and their old ones.
    public var touched: Set<String> {
        var fields = Set(demands.yes + terms.more + terms.less + keptIn.more + keptIn.less)
        for cell in widened + narrowed { fields.formUnion([cell.thing] + [cell.via].compactMap(\.self)) }
        for tag in held.more + held.less { fields.insert(tag.name) }
        for names in reach.values { fields.formUnion(names) }
        return fields.union(formerly.filter { fields.contains($0.name) }.map(\.tag))
    }

    public struct Demands: Sendable {
        /// Fields for which each person concerned must say yes, if something of theirs is stored.
        public var yes: [String] = []
        public var posted = false, material = false
    }
}

/// The changed flows for people to read: each is permitted or no longer, or counts as new, or is counted by other numbers.
struct Acts: Sendable {
    var begins: [Cell] = [], ends: [Cell] = []
    /// Permitted before under the same names, of which one stands for another kind of thing now.
    var anew: [Cell] = []
    /// Statistics that both versions permit.
    var recounted: [(cell: Cell, isWider: Bool, isNarrower: Bool)] = []
    /// What must go along with what is given, or no longer.
    var along: [(cell: Cell, what: [String], isMore: Bool)] = []

    var cells: [Cell] { begins + ends + anew + recounted.map(\.cell) + along.map(\.cell) }
    var conditions: [String] { cells.flatMap(\.conditions) }
}

extension Policy {
    /// The difference from an older version to this one. Names in `wordingOnly` changed in wording, not in meaning.
    public func difference(from old: Policy, wordingOnly: Set<String> = []) -> Difference {
        func compare(asMet: Bool) -> Difference {
            var comparison = Comparison(
                self, old, wordingOnly: Set(wordingOnly.compactMap(model.find)), Logic(limit: Limits.comparison, asMet: asMet))
            return comparison.run()
        }
        if digest == old.digest { return Difference() }
        for asMet in [false, true] {
            let difference = compare(asMet: asMet)
            if difference.isExact { return difference }
        }
        return Comparison.partly(self, old, wordingOnly: Set(wordingOnly.compactMap(model.find)))
    }
}

/// Two versions under one numbering of names and conditions: those of the new one, and behind them what only the old one has.
struct Comparison {
    let new: Policy, old: Policy
    let names: Correspondence
    let logic: Logic
    let now: Reasoning, before: Reasoning
    /// What the other version has under the same name as another kind of thing; in the common numbering, both ways.
    let lookalikes: [Int: Int]
    let shared: Shared
    let wordingOnly: Set<Int>
    var difference = Difference()
    /// Fields that need a yes, by symbol of the new version.
    var yes: Set<Int> = []
    var posted = false, material = false

    init(_ new: Policy, _ old: Policy, wordingOnly: Set<Int>, _ logic: Logic) {
        (self.new, self.old, self.wordingOnly, self.logic) = (new, old, wordingOnly, logic)
        let names = Correspondence(new.model, old.model)
        self.names = names
        let symbols = new.model.symbols, former = old.model.symbols
        now = Reasoning(new, logic)
        before = Reasoning(old, logic) { names.new[$0].map { symbols[$0].bit } ?? 1000 + former[$0].bit }
        lookalikes = Self.lookalikes(new.model, old.model, names)
        shared = Shared(symbols) { names.old[$0] != nil }
    }

    private static func lookalikes(_ new: Model, _ old: Model, _ names: Correspondence) -> [Int: Int] {
        var found: [Int: Int] = [:]
        for (index, symbol) in new.symbols.all.enumerated() where symbol.place != nil && names.old[index] == nil {
            guard let other = old.find(symbol.name), names.new[other] == nil else { continue }
            found[index] = new.symbols.all.count + other
            found[new.symbols.all.count + other] = index
        }
        return found
    }

    var newSymbols: Symbols { new.model.symbols }
    var oldSymbols: Symbols { old.model.symbols }

    /// A symbol of the old version in the common numbering.
    func common(_ oldSymbol: Int) -> Int { oldSymbol < 0 ? oldSymbol : names.new[oldSymbol] ?? newSymbols.all.count + oldSymbol }
    func name(_ common: Int) -> String {
        common < newSymbols.all.count ? newSymbols[common].name : oldSymbols[common - newSymbols.all.count].name
    }
    func isShared(_ symbol: Int) -> Bool { symbol >= 0 && symbol < newSymbols.all.count && names.old[symbol] != nil }

    mutating func run() -> Difference {
        compareFlows()
        difference.isExact = isExact
        if !difference.isExact { return difference }
        compareTerms()
        comparePromises()
        compareParties()
        compareMeaning()
        compareAsking()
        compareBudgets()
        difference.isExact = isExact
        difference.demands = Difference.Demands(yes: yes.sorted().map(name), posted: posted, material: material)
        return difference
    }

    var isExact: Bool {
        !logic.isExhausted && (difference.widened + difference.narrowed + difference.acts.cells).allSatisfy(\.isExact)
    }

    /// What differs and needs nobody's yes is posted.
    mutating func post(_ isDifferent: Bool, isMaterial: Bool = false) {
        if isDifferent {
            posted = true
            if isMaterial { material = true }
        }
    }

    /// Asks for a yes on fields of which something may be stored; where there is none, it is posted.
    mutating func ask(_ fields: some Sequence<Int>) {
        let stored = fields.filter(isShared)
        if stored.isEmpty { posted = true }
        yes.formUnion(stored)
    }
}
