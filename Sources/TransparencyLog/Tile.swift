// Where a tile lies and what it is called: C2SP tlog-tiles (c2sp.org/tlog-tiles).
//
//     tile/<level>/<index>[.p/<width>]    x001/x234/067 is index 1234067
//
// A tile holds 256 consecutive hashes: of leaves at level 0, of full tiles of the level below elsewhere.
// The last tile of a level may be narrower; such a one has no hash in the level above.

public struct Tile: Hashable, Sendable {
    public static let fullWidth = 256

    public let level: Int
    public let index: Int
    /// How many hashes it holds, 1...256.
    public let width: Int

    public init(level: Int, index: Int, width: Int = Tile.fullWidth) {
        precondition((0...63).contains(level) && index >= 0 && (1...Tile.fullWidth).contains(width), "no tile lies there")
        (self.level, self.index, self.width) = (level, index, width)
    }

    public var isFull: Bool { width == Tile.fullWidth }

    /// The address below the log's prefix under which the hashes are published.
    public var path: String { "tile/\(level)/\(place)" }

    /// The address of the entries that a tile of level 0 hashes.
    public var entriesPath: String { "tile/entries/\(place)" }

    /// Reads `path` back; nil for anything that `path` doesn't give.
    public init?(path: String) {
        let parts = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let level = Int(parts[1]) else { return nil }
        self.init(place: parts[2], level: level)
        guard path.utf8.elementsEqual(self.path.utf8) else { return nil }
    }

    /// Reads `entriesPath` back.
    public init?(entriesPath path: String) {
        let parts = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        self.init(place: parts[2], level: 0)
        guard path.utf8.elementsEqual(entriesPath.utf8) else { return nil }
    }

    /// The index in groups of three digits, and the width of a partial tile.
    private var place: String {
        var rest = index / 1000
        var place = Self.threeDigits(index % 1000)
        while rest > 0 {
            place = "x\(Self.threeDigits(rest % 1000))/\(place)"
            rest /= 1000
        }
        return isFull ? place : "\(place).p/\(width)"
    }

    private static func threeDigits(_ number: Int) -> String {
        String(repeating: "0", count: 3 - String(number).count) + String(number)
    }

    /// Lenient: whoever calls it compares with what it prints.
    private init?(place: Substring, level: Int) {
        var parts = place.split(separator: "/", omittingEmptySubsequences: false)
        var width = Tile.fullWidth
        if parts.count > 1, parts[parts.count - 2].hasSuffix(".p") {
            guard let partial = Int(parts.removeLast()) else { return nil }
            width = partial
            parts[parts.count - 1].removeLast(2)
        }
        var index = 0
        for part in parts {
            guard let group = Int(part.hasPrefix("x") ? part.dropFirst() : part), (0..<1000).contains(group) else { return nil }
            let (shifted, tooLong) = index.multipliedReportingOverflow(by: 1000)
            guard !tooLong, shifted <= Int.max - group else { return nil }
            index = shifted + group
        }
        guard (0...63).contains(level), (1...Tile.fullWidth).contains(width) else { return nil }
        self.init(level: level, index: index, width: width)
    }
}
