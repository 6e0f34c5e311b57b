// What somebody may have meant who wrote a name that isn't there.

extension Policy {
    /// The nearest field, category or message.
    public func thing(near written: String) -> String? { model.symbols.nearest(to: written) { Kinds.things.contains($0.kind) } }

    /// The nearest name that `cells(of:)` knows.
    public func party(near written: String) -> String? {
        let kinds = Kinds(.role, .person, .actor, .source, .recipient, .purpose, .condition)
        return model.symbols.nearest(to: written) { kinds.contains($0.kind) }
    }

    /// Whether a word has more marks on one letter than any language needs, and takes long to compare with another.
    public static func isOverloaded(_ word: String) -> Bool { Source.hasTooManyMarks(word) }

    /// The nearest of some words, if one is near.
    public static func nearest(to written: String, among words: [String]) -> String? {
        let text = Array(written.unicodeScalars.prefix(80))
        let distances = words.map { (word: $0, distance: Symbols.distance(text, Array($0.unicodeScalars))) }
        guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, best.word.unicodeScalars.count / 3) ? best.word : nil
    }
}
