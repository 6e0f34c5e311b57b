// A stored value with what must be known of it: where it came from, when, under which version of the policy.

import Store

/// One field of a record. The version is that of collection; a correction keeps it.
struct Entry: Sendable, Hashable {
    var field: String
    var value: [UInt8]
    /// The source that the policy names.
    var source: String
    /// The row of the policy version under which it was collected.
    var version: Int64
    var collected: Instant
    /// Addresses of the rules that let it in.
    var rules: [String]
    /// When it was put right; `source` is then where the right value came from.
    var corrected: Instant? = nil
    /// Where it lies; not stored.
    var item: Int64 = 0
    /// What the present version calls the field, where it is another name; not stored.
    var renamed: String? = nil
    var name: String { renamed ?? field }
}

/// A record's plain form, sealed whole: `count, (field, source, version, collected, rules, value)*`, then for each that was put right
/// `place, corrected`; numbers as 8 bytes little-endian, texts as their length and UTF-8.
enum EntryCoding {
    static func encode(_ entries: [Entry]) -> [UInt8] {
        var out = Encoder()
        out.integer(Int64(entries.count))
        for entry in entries {
            out.text(entry.field)
            out.text(entry.source)
            out.integer(entry.version)
            out.integer(entry.collected.microseconds)
            out.text(entry.rules.joined(separator: " "))
            out.blob(entry.value)
        }
        for (place, entry) in entries.enumerated() {
            guard let corrected = entry.corrected else { continue }
            out.integer(Int64(place))
            out.integer(corrected.microseconds)
        }
        return out.bytes
    }

    static func decode(_ bytes: [UInt8]) throws(Refusal) -> [Entry] {
        var input = Decoder(bytes)
        guard let count = input.integer(), count >= 0, count < 4_096 else { throw .damaged("record") }
        var entries: [Entry] = []
        for _ in 0..<count {
            guard let field = input.text(), let source = input.text(), let version = input.integer(),
                let collected = input.integer(), let rules = input.text(), let value = input.blob()
            else { throw .damaged("record") }
            entries.append(
                Entry(
                    field: field, value: value, source: source, version: version, collected: Instant(microseconds: collected),
                    rules: rules.split(separator: " ").map(String.init)))
        }
        while let place = input.integer() {
            guard entries.indices.contains(Int(place)), let corrected = input.integer() else { throw .damaged("record") }
            entries[Int(place)].corrected = Instant(microseconds: corrected)
        }
        return entries
    }
}
