// The list of uses, narrowed to those that somebody looks for.

import Policy
public import Vault

/// A part of the list, the newest first.
public struct UsesFound: Sendable {
    public var entries: [ChainEntry]
    /// Where the search goes on; nil: there is nothing older.
    public let next: Int64?
    /// So many were looked through that the rest is for another page.
    public let isCut: Bool
}

extension Environment {
    /// - Parameters:
    ///   - before: the sequence number to go on from.
    ///   - fits: opened one after the other, until `limit` fit; a long list is looked through in parts.
    public func uses(
        of session: Session, before: Int64?, limit: Int, where fits: (RecordedUse) -> Bool
    ) throws(NotDone) -> UsesFound {
        var found: [ChainEntry] = [], from = before, looked = 0
        while true {
            let part = try uses(of: session, before: from, limit: Self.part)
            found += part.filter { fits($0.use) }
            guard found.count <= limit else {
                return UsesFound(entries: Array(found.prefix(limit)), next: found[limit - 1].sequence, isCut: false)
            }
            guard part.count == Self.part, let last = part.last else { return UsesFound(entries: found, next: nil, isCut: false) }
            (from, looked) = (last.sequence, looked + part.count)
            if looked >= 20 * Self.part { return UsesFound(entries: found, next: from, isCut: true) }
        }
    }

    private static let part = 200
}
