// The languages of the site. Texts stand in both, side by side, so that one can't be forgotten.

enum Language: String, Hashable, Sendable, CaseIterable {
    case english = "en", indonesian = "id"

    var code: String { rawValue }
    var other: Language { self == .english ? .indonesian : .english }
    /// The language's name in itself.
    var name: String { self == .english ? "English" : "Indonesia" }

    /// The text in this language. Every sentence of the site goes through here.
    func callAsFunction(_ english: @autoclosure () -> String, id indonesian: @autoclosure () -> String) -> String {
        self == .english ? english() : indonesian()
    }

    /// What the browser asks for (RFC 9110, section 12.5.4): the best of ours, English if none is.
    init(accepting header: String?) {
        var best = (language: Language.english, weight: 0.0)
        for part in (header ?? "").split(separator: ",") {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let tag = pieces.first?.split(separator: "-").first, let language = Language(rawValue: tag.lowercased()) else { continue }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if weight > best.weight { best = (language, weight) }
        }
        self = best.language
    }
}
