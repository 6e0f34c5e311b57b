// Which known name a misspelt one is nearest to.

extension Symbols {
    /// The first of the nearest names, nil where none is near: at most a third of the letters differ.
    func nearest(to written: String, where isAllowed: (Symbol) -> Bool) -> String? {
        let text = Array(Words.fold(written).unicodeScalars.prefix(80))
        var best: (name: String, distance: Int)?
        for symbol in all.prefix(5000) where isAllowed(symbol) {
            let name = Array(symbol.name.lowercased().unicodeScalars.prefix(80))
            let limit = min(best?.distance ?? .max, max(2, max(text.count, name.count) / 3 + 1))
            guard abs(name.count - text.count) < limit else { continue }
            let distance = Self.distance(text, name)
            if distance < limit { best = (symbol.name, distance) }
        }
        return best?.name ?? ending(in: " " + Words.fold(written), where: isAllowed)
    }

    /// The only name that ends in these words: `person` for `the person`.
    private func ending(in words: String, where isAllowed: (Symbol) -> Bool) -> String? {
        if words.utf8.count < 4 { return nil }
        let found = all.prefix(5000).filter { isAllowed($0) && $0.name.lowercased().hasSuffix(words) }
        return found.count == 1 ? found[0].name : nil
    }

    /// How many letters are put in, left out, exchanged or swapped with their neighbour.
    static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var before: [Int] = [], last = Array(0...b.count), next = last
        for i in 0..<a.count {
            next[0] = i + 1
            for j in 0..<b.count {
                next[j + 1] = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, next[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { next[j + 1] = min(next[j + 1], before[j - 1] + 1) }
            }
            (before, last) = (last, next)
        }
        return last[b.count]
    }
}
