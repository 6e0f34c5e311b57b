// An entry of the record of uses: what it says, what its leaf is, and whether the log has it.

import Crypto
import Foundation
import TransparencyLog

struct Entry {
    let value: Value
    let leaf: Digest

    /// nil: it doesn't open.
    init?(_ value: Value) {
        guard let common = Self.part(value["common"]), let person = Self.part(value["person"]), let staff = Self.part(value["staff"]) else {
            return nil
        }
        (self.value, leaf) = (value, UseOpening(common: common, person: person, staff: staff).leaf.hash)
    }

    private var text: String? { value["common"]?["text"]?.text }

    /// Whose entry it is, its number, and the leaf of the one before, as the person's part says.
    var link: (subject: String, sequence: Int, previous: String)? {
        guard
            let lines = value["person"]?["text"]?.text?.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .map({ String(Substring($0)) }), lines.count == 4, lines[3].isEmpty,
            lines[0].hasPrefix("subject "), lines[1].hasPrefix("seq "), lines[2].hasPrefix("prev "),
            let sequence = Int(lines[1].dropFirst(4))
        else { return nil }
        return (String(lines[0].dropFirst(8)), sequence, String(lines[2].dropFirst(5)))
    }

    func isProved(by checkpoint: Checkpoint) -> Bool {
        guard let index = value["index"]?.number, case .list(let path)? = value["path"] else { return false }
        let proof = InclusionProof(index: index, size: checkpoint.size, path: path.compactMap(\.digest))
        return (try? proof.verify(leaf, in: checkpoint.root)) != nil
    }

    /// What was told late names the leaf that it had from the first, of which it repeats each line. Of all else: true.
    func isAsAtTheTime(by checkpoint: Checkpoint) -> Bool {
        let then = value["withheld"]
        guard let text, let named = text.range(of: "\nwithheld ") else { return then == nil }
        guard let then, let entry = Entry(then) else { return false }
        // It was in the log before it was told, so its proof is there.
        return text[named.upperBound...].hasPrefix(entry.leaf.hex + "\n") && entry.text == text[..<named.lowerBound] + "\n"
            && entry.isProved(by: checkpoint)
    }

    private static func part(_ part: Value?) -> UsePart? {
        if let text = part?["text"]?.text, let salt = part?["salt"]?.secret { return .open([UInt8](text.utf8), salt: salt) }
        return part?["code"]?.digest.map { .closed($0) }
    }
}
