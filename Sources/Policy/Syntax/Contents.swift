// What categories hold.

/// The things of each category, once the declarations are read.
struct Contents: Sendable {
    var members: [Int: [Int]] = [:]
    /// The same but for what they hold through `everything` only; nil where none does.
    var named: [Int: [Int]]?
    var every: [Int] = []
    /// Categories that contain themselves; while there are any, no category is known to be empty.
    var cyclic: Set<Int> = []
}

extension Contents {
    func things(of symbol: Int, _ symbols: Symbols) -> [Int] {
        guard symbol >= 0 else { return [] }
        switch symbols.kind(symbol) {
        case .category: return members[symbol] ?? []
        case .everything: return every
        default: return [symbol]
        }
    }

    /// What is named so, where `everything` names nothing.
    func namedThings(of symbol: Int, _ symbols: Symbols) -> [Int] {
        if symbol >= 0, symbols.kind(symbol) == .everything { return [] }
        if let named, symbol >= 0, symbols.kind(symbol) == .category { return named[symbol] ?? [] }
        return things(of: symbol, symbols)
    }

    func isEmpty(_ symbol: Int, _ taken: Taken, _ symbols: Symbols) -> Bool {
        if symbols.kind(symbol) == .field { return taken == .messages }
        if symbols.kind(symbol) == .message { return taken == .fields }
        let hasOne = things(of: symbol, symbols).contains { taken == .both || (symbols.kind($0) == .field) == (taken == .fields) }
        return !hasOne && cyclic.isEmpty && !symbols.isUnread(within: symbol)
    }
}
