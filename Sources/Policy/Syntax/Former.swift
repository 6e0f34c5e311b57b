// What declarations say that they were: two can't have been one thing, and nothing was what is always there.

extension Reader {
    /// Refuses what `formerly` can't mean, and doubts what it hardly can.
    mutating func checkFormer() {
        guard symbols.all.contains(where: { $0.formerly != nil }) else { return }
        refuseTwins()
        doubtStrangers()
    }

    /// Two things that are the same old one.
    private mutating func refuseTwins() {
        /// The old one was of one kind, or recipient and source. What only keeps its name may be new, and of another kind; what is
        /// predefined was never anything else.
        func isSame(_ one: Symbol, _ other: Symbol) -> Bool {
            one.kind == other.kind || one.place == nil
                || one.formerly != nil && other.formerly != nil && Set([one.kind, other.kind]) != [.recipient, .source]
        }
        var claimed: [String: [Symbol]] = [:]
        for symbol in symbols.all where !symbol.isGuessed && !(symbol.isUnread && symbol.kind != .category) {
            let name = Words.fold(symbol.formerly?.name ?? symbol.name), others = claimed[name] ?? []
            claimed[name] = others + [symbol]
            guard let other = others.first(where: { isSame($0, symbol) }) else { continue }
            let place = symbol.formerly?.place ?? other.formerly?.place ?? symbol.place ?? Place()
            if other.place == nil {
                report.error(
                    "duplicate-name", place, "“\(other.name)” is there in every version, so “\(symbol.name)” wasn't it.",
                    "Write the name that “\(symbol.name)” had, or leave “formerly” out.")
            } else {
                report.error(
                    "duplicate-name", place,
                    "“\(symbol.name)” and “\(other.name)” can't both be the former “\(symbol.formerly?.name ?? symbol.name)”.",
                    "Leave one “formerly” out.")
            }
        }
    }

    /// The former name is that of another kind of thing. It may have changed hands; but it hardly did.
    private mutating func doubtStrangers() {
        let named = Dictionary(symbols.all.map { (Words.fold($0.name), $0) }) { first, _ in first }
        for symbol in symbols.all {
            guard let former = symbol.formerly, let other = named[Words.fold(former.name)], other.place != nil, other.formerly == nil,
                other.kind != symbol.kind, !(symbol.kind == .source && other.isAlsoSource || other.kind == .source && symbol.isAlsoSource),
                Set([symbol.kind, other.kind]) != [.recipient, .source]
            else { continue }
            doubt(
                former.place, "“\(other.name)” is \(other.kind.described), which “\(symbol.name)” can't have been.",
                "Leave “formerly” out, unless \(symbol.kind.described) had that name in an older version.")
        }
    }
}
