// What a house that was moved remembers of where it was: its root there opens the copy that was left until it is forgotten, seven days after
// somebody confirmed the move.

public import Policy
public import Store

/// The file `former` in the data directory.
public struct FormerHouse: Sendable, Equatable {
    /// So long after somebody confirmed it the way back stays open.
    public static let days = 7

    /// Where its keys lie.
    public let keyFolder: String
    public let moved: Instant
    /// When somebody said that the new one is to be kept; nil: nobody has.
    public internal(set) var confirmed: Instant?
    private let path: String

    public init(of keyFolder: String, movedAt moved: Instant, into data: String) {
        (self.keyFolder, self.moved, path) = (keyFolder, moved, Self.path(data))
    }

    /// nil: the house was never moved, or its former root is forgotten.
    public init?(in data: String) throws(KeyFault) {
        path = Self.path(data)
        guard let bytes = try DurableFile.read(path) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count >= 4, lines[0] == Self.title, let moved = Int64(lines[2]) else { throw .changed(path) }
        (keyFolder, self.moved) = (lines[1], Instant(microseconds: moved))
        confirmed = Int64(lines[3]).map(Instant.init(microseconds:))
    }

    /// The day from which on the root is forgotten; nil: nobody confirmed the move.
    public var due: Day? { confirmed.map { Day(Day(of: $0).number + Self.days) } }

    public func write() throws(KeyFault) {
        let confirmed = confirmed.map { "\($0.microseconds)" } ?? "-"
        try DurableFile.write(Array("\(Self.title)\n\(keyFolder)\n\(moved.microseconds)\n\(confirmed)\n".utf8), to: path)
    }

    /// From now on the days run; a second time it changes nothing.
    public mutating func confirm(at now: Instant) throws(KeyFault) {
        if confirmed == nil { confirmed = now }
        try write()
    }

    /// Whether there is a root that can be forgotten.
    var hasRoot: Bool { ((try? roots.generations()) ?? []).isEmpty == false }

    /// Forgets the former root, where it is time. Gives whether it did.
    func forgetIfDue(at now: Instant, besides own: String) throws(KeyFault) -> Bool {
        guard let due, Day(of: now) >= due, keyFolder != own else { return false }
        for root in try roots.generations() { try roots.forget(root) }
        DurableFile.remove(path)
        return true
    }

    private var roots: FileRoots { FileRoots(folder: keyFolder, named: "root") }
    private static let title = "voffice former house 1"
    private static func path(_ data: String) -> String { data + "/former" }
}

extension FormerHouse {
    /// What an operator has to know of it.
    public func findings(at now: Instant) -> [Finding] {
        guard let due else {
            let what = "the house was moved on \(Day(of: moved).iso), and nobody has confirmed it: what \(keyFolder) opens stays open"
            return [Finding(.limit, what)]
        }
        guard Day(of: now).number > due.number else { return [] }
        return [Finding(.formerRoot, "the root in \(keyFolder) was to be forgotten on \(due.iso)")]
    }
}

extension Vault {
    /// Once an hour: the root of where the house was before it was moved; not by a clock that stands far ahead of what is known.
    public func forgetFormerRoot(_ data: String) throws(HouseFault) -> Bool {
        do throws(Refusal) { guard try clockAhead() == nil else { return false } } catch { throw .refusal(error) }
        do throws(KeyFault) {
            return try FormerHouse(in: data)?.forgetIfDue(at: clock.now(), besides: keys.rings.folder) ?? false
        } catch { throw .keys(error) }
    }
}
