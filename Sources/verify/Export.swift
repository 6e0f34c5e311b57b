// The parts of an export that can be checked, and the check (assets/export-1.schema.json).

import Crypto
import Foundation
import TransparencyLog

struct Export: Decodable {
    let format: String, house: String, subject: String
    let uses: [Use]
    let head: Head?
    let checkpoint: String?
    let key: String

    struct Head: Decodable { let sequence: Int, leaf: String }
    struct Part: Decodable { let text: String?, salt: String?, code: String? }
    struct Use: Decodable {
        let sequence: Int
        let damaged: Bool?
        let common: Part?, person: Part?, staff: Part?
        let index: Int?, path: [String]?
        /// Of what couldn't be told at the time: the entry of then.
        let withheld: Entry?

        var entry: Entry { Entry(common: common, person: person, staff: staff, index: index, path: path) }
    }
    struct Entry: Decodable {
        let common: Part?, person: Part?, staff: Part?
        let index: Int?, path: [String]?
    }
}

/// What was found, in sentences.
struct Report {
    private(set) var lines: [String] = []
    private(set) var holds = true

    mutating func found(_ line: String) { lines.append(line) }
    mutating func wrong(_ line: String) {
        lines.append("WRONG: \(line)")
        holds = false
    }
}

extension Export {
    /// - Parameter known: the log's key from elsewhere; nil where there is none to compare with.
    func check(key known: String?) -> Report {
        var report = Report()
        guard format == "voffice/export/1" else {
            report.wrong("the format is \(format); this program knows voffice/export/1.")
            return report
        }
        let signed = signedCheckpoint(&report, known)
        var newer: (sequence: Int, leaf: Digest)?, proved = 0, waiting = 0
        for use in uses {
            guard let opening = use.entry.opening else {
                report.wrong("entry \(use.sequence) doesn't open.")
                newer = nil
                continue
            }
            let leaf = opening.leaf.hash
            if let link = use.link {
                if link.subject != subject || link.sequence != use.sequence {
                    report.wrong("entry \(use.sequence) is another person's or another place's.")
                }
                if let newer, newer.sequence + 1 != use.sequence || link.previous != newer.leaf {
                    report.wrong("something is missing or was changed between entries \(newer.sequence) and \(use.sequence).")
                }
            } else {
                report.wrong("entry \(use.sequence) doesn't say where it stands.")
            }
            if !use.isAsAtTheTime(by: signed?.checkpoint) {
                report.wrong("entry \(use.sequence) was told late, and isn't what was in the log at the time.")
            }
            switch use.entry.isProved(leaf, by: signed?.checkpoint) {
            case true?: proved += 1
            case false?: report.wrong("entry \(use.sequence) isn't in the log where it should be.")
            case nil: waiting += 1
            }
            newer = (use.sequence, leaf)
        }
        checkEnd(&report, newer)
        report.found("\(uses.count) entries, \(proved) of them proved to be in the log.")
        if waiting > 0 { report.found("\(waiting) were recorded too late to be in it yet.") }
        if let first = uses.first, first.sequence > 1 { report.found("Entries before \(first.sequence) aren't kept any more.") }
        report.found(
            report.holds
                ? "Every entry of the record of uses holds. What is held of you is the house's word: nothing signs it."
                : "Not everything holds. Keep this file: it is evidence.")
        return report
    }

    private func signedCheckpoint(_ report: inout Report, _ known: String?) -> SignedCheckpoint? {
        guard let checkpoint else { return nil }
        if let known, known != key { report.wrong("the log was signed with \(key), not with the key that you gave.") }
        guard let verifier = try? NoteVerifier(parsing: key),
            let signed = try? SignedCheckpoint.open([UInt8](checkpoint.utf8), of: verifier)
        else {
            report.wrong("the log's signature doesn't hold.")
            return nil
        }
        report.found("From \(house). The log of \(signed.checkpoint.size) entries is signed with \(key).")
        return signed
    }

    private func checkEnd(_ report: inout Report, _ newest: (sequence: Int, leaf: Digest)?) {
        switch (head, newest) {
        case (nil, nil): return
        case (let head?, let newest?):
            if head.sequence != newest.sequence || digest(head.leaf) != newest.leaf {
                report.wrong("the newest entries are missing or changed.")
            }
        default: report.wrong("entries are missing.")
        }
    }
}

extension Export.Use {
    /// What was told late names the leaf that it had from the first, of which it repeats each line. Of all else: true.
    func isAsAtTheTime(by checkpoint: Checkpoint?) -> Bool {
        guard let text = common?.text, let named = text.range(of: "\nwithheld ") else { return withheld == nil }
        guard let withheld, let leaf = withheld.opening?.leaf.hash,
            text[named.upperBound...].split(separator: "\n").first.map(String.init) == leaf.hex,
            withheld.common?.text == text[..<named.lowerBound] + "\n"
        else { return false }
        return withheld.isProved(leaf, by: checkpoint) ?? true
    }

    /// Whose entry it is, its number, and the leaf of the one before, as the person's part says.
    var link: (subject: String, sequence: Int, previous: Digest?)? {
        guard let lines = person?.text?.split(separator: "\n"), lines.count == 3, lines[0].hasPrefix("subject "),
            lines[1].hasPrefix("seq "),
            lines[2].hasPrefix("prev "), let sequence = Int(lines[1].dropFirst(4))
        else { return nil }
        return (String(lines[0].dropFirst(8)), sequence, Hex.decode(String(lines[2].dropFirst(5))).flatMap { Digest(bytes: $0) })
    }

}

extension Export.Entry {
    var opening: UseOpening? {
        guard let common = part(common), let person = part(person), let staff = part(staff) else { return nil }
        return UseOpening(common: common, person: person, staff: staff)
    }

    /// nil: it wasn't in the log yet.
    func isProved(_ leaf: Digest, by checkpoint: Checkpoint?) -> Bool? {
        guard let index, let path else { return nil }
        let hashes = path.compactMap(digest)
        guard let checkpoint, hashes.count == path.count else { return false }
        do throws(LogFault) {
            try InclusionProof(index: index, size: checkpoint.size, path: hashes).verify(leaf, in: checkpoint.root)
            return true
        } catch { return false }
    }

    private func part(_ part: Export.Part?) -> UsePart? {
        if let text = part?.text, let salt = part?.salt.flatMap({ Base64.decode($0) }).flatMap({ try? Secret(bytes: $0) }) {
            return .open([UInt8](text.utf8), salt: salt)
        }
        return part?.code.flatMap(digest).map { .closed($0) }
    }
}

private func digest(_ base64: String) -> Digest? { Base64.decode(base64).flatMap { Digest(bytes: $0) } }
