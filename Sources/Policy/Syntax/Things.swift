// What a list of things stands for: the fields and messages behind categories.

extension Symbols {
    /// The fields and messages of each category, and which categories contain themselves.
    /// `tooLarge` is the one at which they hold too much, if they do; what comes behind it holds nothing.
    func resolveCategories() -> (members: [Int: [Int]], cycles: [Int], tooLarge: Int?) {
        let resolution = Resolution(of: self, every: everyThing)
        return (resolution.members, resolution.cycles.sorted(), resolution.tooLarge)
    }

    /// The same where `everything` names nothing, which makes a difference only if a category holds it.
    var namedMembers: [Int: [Int]]? {
        let holdsAll = all.contains { $0.kind == .category && $0.members.contains(Self.everything) }
        return holdsAll ? Resolution(of: self, every: []).members : nil
    }

    var everyThing: [Int] { all.indices.filter { all[$0].kind == .field || all[$0].kind == .message } }
}

/// Tarjan's strongly connected components, without recursion, so that no chain of categories is too long.
private struct Resolution {
    let symbols: Symbols
    /// Counted once: each category may be of everything.
    private let every: [Int]
    var members: [Int: [Int]] = [:]
    var cycles: [Int] = []
    var tooLarge: Int?
    private var held = 0
    private var order: [Int: Int] = [:], low: [Int: Int] = [:]
    private var path: [Int] = [], onPath: Set<Int> = []

    /// - Parameter every: what `everything` stands for.
    init(of symbols: Symbols, every: [Int]) {
        (self.symbols, self.every) = (symbols, every)
        for index in symbols.all.indices where symbols.kind(index) == .category { visit(from: index) }
    }

    private func needs(_ index: Int) -> [Int] {
        (symbols[index].members + symbols[index].except).filter { symbols.kind($0) == .category }
    }

    private mutating func visit(from start: Int) {
        guard order[start] == nil else { return }
        var work = [(node: start, next: 0, needs: needs(start))]
        enter(start)
        while let top = work.last {
            if top.next < top.needs.count {
                work[work.count - 1].next += 1
                let child = top.needs[top.next]
                if order[child] == nil {
                    enter(child)
                    work.append((child, 0, needs(child)))
                } else if onPath.contains(child) {
                    low[top.node] = min(low[top.node]!, order[child]!)
                }
            } else {
                work.removeLast()
                if let parent = work.last { low[parent.node] = min(low[parent.node]!, low[top.node]!) }
                if low[top.node] == order[top.node] { leave(top.node) }
            }
        }
    }

    private mutating func enter(_ node: Int) {
        (order[node], low[node]) = (order.count, order.count)
        path.append(node)
        onPath.insert(node)
    }

    private mutating func leave(_ node: Int) {
        var component: [Int] = []
        repeat {
            component.append(path.removeLast())
            onPath.remove(component.last!)
        } while component.last != node
        if component.count > 1 || needs(node).contains(node) {
            cycles += component
            for each in component { members[each] = [] }
        } else if tooLarge != nil {
            members[node] = []
        } else {
            members[node] = symbols.expand(symbols[node].members, except: symbols[node].except, members, every: every)
            held += members[node]!.count
            if held > Limits.held { tooLarge = node }
        }
    }
}

extension Symbols {
    /// In document order of what is listed, each once.
    func expand(_ items: [Int], except: [Int], _ members: [Int: [Int]], every: [Int]) -> [Int] {
        func one(_ index: Int) -> [Int] {
            guard index >= 0 else { return [] }
            switch all[index].kind {
            case .category: return members[index] ?? []
            case .everything: return every
            default: return [index]
            }
        }
        if except.isEmpty {
            if items.count == 1 { return one(items[0]) }
            // Single things in the order of their declaration: nothing is there twice.
            let areSingle = items.allSatisfy { $0 >= 0 && (all[$0].kind == .field || all[$0].kind == .message) }
            if areSingle, zip(items, items.dropFirst()).allSatisfy({ $0 < $1 }) { return items }
        }
        let taken = Set(except.flatMap(one))
        var seen: Set<Int> = []
        return items.flatMap(one).filter { !taken.contains($0) && seen.insert($0).inserted }
    }
}
