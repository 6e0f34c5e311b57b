// What isn't forgotten at this moment although no rule may keep it: the line that did may be out by mistake.

public import Store
import Vault

/// Fields that stay although no rule may keep them any more, for the line that did may be out by mistake.
public struct NotForgotten: Sendable {
    /// Until the errors of the policy are mended.
    let lost: Set<String>
    /// Until these moments.
    let changed: [String: Instant]

    var fields: Set<String> { lost.union(changed.keys) }

    public enum End: Sendable, Hashable { case mended, at(Instant) }
    func end(of field: String, at now: Instant) -> End? {
        if lost.contains(field) { return .mended }
        return changed[field].flatMap { $0 > now ? .at($0) : nil }
    }

    /// For the operator; nil: there is none.
    var sentence: String? {
        var sentences: [String] = []
        if !lost.isEmpty {
            sentences.append(
                "the policy has errors and other terms than it had for \(Self.list(lost)), so these aren't forgotten until the errors are mended"
            )
        }
        let changed = changed.filter { !lost.contains($0.key) }
        for end in Set(changed.values).sorted() {
            let fields = changed.filter { $0.value == end }.keys
            sentences.append(
                """
                the policy keeps \(Self.list(fields)) otherwise than the version before, so nothing of these is forgotten until \
                \(end.iso); if a line is out by mistake, put it back before that and start again
                """)
        }
        return sentences.isEmpty ? nil : sentences.joined(separator: "; ")
    }

    private static func list(_ fields: some Sequence<String>) -> String { fields.sorted().joined(separator: ", ") }
}
