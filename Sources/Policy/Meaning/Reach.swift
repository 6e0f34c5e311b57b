// Which flows a rule reaches: for each part of a flow any value, or those of a list.

/// The values of one part of a flow. A part that a flow doesn't have is `absent`.
struct Choice: Sendable, Hashable {
    static let absent = -1
    /// Sorted, each once; nil is any value, and none too.
    let list: [Int]?

    static let any = Choice(list: nil)
    static let none = Choice(list: [absent])

    private init(list: [Int]?) { self.list = list }
    init(_ list: [Int]) { self.list = Self.isSorted(list) ? list : Self.sortedOnce(list) }

    var isEmpty: Bool { list?.isEmpty ?? false }

    func contains(_ value: Int) -> Bool {
        guard let list else { return true }
        var low = 0, high = list.count
        while low < high {
            let middle = (low + high) / 2
            if list[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < list.count && list[low] == value
    }

    func isSubset(of other: Choice) -> Bool {
        guard other.list != nil else { return true }
        return list?.allSatisfy(other.contains) ?? false
    }

    private static func sortedOnce(_ list: [Int]) -> [Int] {
        let sorted = list.sorted()
        if isSorted(sorted) { return sorted }
        var once: [Int] = []
        for each in sorted where once.last != each { once.append(each) }
        return once
    }

    private static func isSorted(_ list: [Int]) -> Bool {
        for index in list.indices.dropFirst() where list[index - 1] >= list[index] { return false }
        return true
    }
}

/// The flows of one verb that a rule reaches.
struct Reach: Sendable, Hashable {
    var verb: Verb
    var who = Choice.any, thing = Choice.any, purpose = Choice.any, via = Choice.any, carrier = Choice.any, starter = Choice.any

    var isEmpty: Bool { who.isEmpty || thing.isEmpty || purpose.isEmpty || via.isEmpty || carrier.isEmpty || starter.isEmpty }

    /// Names in its lists.
    var listed: Int {
        (who.list?.count ?? 0) + (thing.list?.count ?? 0) + (purpose.list?.count ?? 0) + (via.list?.count ?? 0)
            + (carrier.list?.count ?? 0) + (starter.list?.count ?? 0)
    }

    func contains(_ flow: Flow) -> Bool {
        verb == flow.verb && who.contains(flow.who.symbol) && thing.contains(flow.thing.symbol) && purpose.contains(flow.purpose.symbol)
            && via.contains(flow.via.symbol) && carrier.contains(flow.carrier.symbol) && starter.contains(flow.starter.symbol)
    }

    func isSubset(of other: Reach) -> Bool {
        verb == other.verb && who.isSubset(of: other.who) && thing.isSubset(of: other.thing) && purpose.isSubset(of: other.purpose)
            && via.isSubset(of: other.via) && carrier.isSubset(of: other.carrier) && starter.isSubset(of: other.starter)
    }
}

extension Name? {
    var symbol: Int { self.map { $0.symbol } ?? Choice.absent }
}
