// The check of a copy that a person took along: what holds and what doesn't, in sentences. assets/copy.js makes the same check in a browser,
// in the same words, and Tests/export.py holds the two against each other.

import Crypto
import JSON
import TransparencyLog

struct Check {
    /// What is wrong; nothing, where all holds.
    private(set) var wrong: [String] = []
    private(set) var found: [String] = []
    /// Nothing else is wrong than that the house itself says, signed, that entries of this person's were lost: what is in the copy holds.
    var isOnlyCut: Bool { !found.isEmpty && !wrong.isEmpty }
    /// The key that it names.
    private(set) var key = ""

    /// - Parameters:
    ///   - bytes: data.json.
    ///   - archive: every file of the archive that it came in; nil where there is none.
    ///   - known: the log's key from elsewhere; nil where there is none to compare with.
    init(_ bytes: [UInt8], in archive: [(name: String, bytes: [UInt8])]?, key known: String?) {
        guard let copy = Value(reading: bytes) else {
            wrong = ["it isn't a copy from a vOffice house, or it was cut: it isn't JSON."]
            return
        }
        guard copy.members == Value.names(in: bytes) else {
            wrong = ["a name stands twice in one object, so that readers would differ in what it says."]
            return
        }
        if let format = copy["format"]?.text, format != "voffice/export/2" {
            wrong = ["its format is \(format), not voffice/export/2."]
            return
        }
        wrong = Shape.copy.faults(of: copy, at: "")
        guard wrong.isEmpty, let (checkpoint, statement) = signed(copy, known) else { return }
        compare(copy, statement, checkpoint)
        compare(copy["held"]?.list ?? [], with: statement.held, "held value") { $0["field"]?.text ?? "" }
        compare(copy["files"]?.list ?? [], with: statement.files, "file") { $0["name"]?.text ?? "" }
        followChain(copy, statement, checkpoint)
        if let archive { compare(archive, copy) }
        guard wrong.count == (statement.cut == nil ? 0 : 1) else { return }
        found = [
            "From \(statement.house), taken on \(statement.at.replacing("T", with: " ", maxReplacements: 1).replacing("Z", with: " UTC")).",
            "Everything is signed with \(key); the log had \(checkpoint.size) entries then.",
            "\(statement.held.count) held values are what was signed.",
            "\(statement.last - statement.first + 1) entries of the record of uses, \(statement.first) to \(statement.last): none \(statement.cut == nil ? "" : "of these ")is missing, each is in the log.",
        ]
        if statement.first > 1 { found.append("Entries before \(statement.first) weren't kept any more; that was signed.") }
        found.append(
            archive == nil
                ? "What came beside data.json wasn't checked: give the whole archive for that."
                : "The files beside data.json are what was signed.")
    }

    /// The checkpoint and the statement, where both are signed with the copy's key and that is the known one.
    private mutating func signed(_ copy: Value, _ known: String?) -> (Checkpoint, ExportStatement)? {
        key = copy["key"]?.text ?? ""
        guard let verifier = try? NoteVerifier(parsing: key), verifier.kind == .signature else {
            wrong.append("key isn't the key of a log.")
            return nil
        }
        if let known, !known.utf8.elementsEqual(key.utf8) { wrong.append("it is signed with \(key), which isn't the log's key.") }
        let signed = try? SignedCheckpoint.open([UInt8]((copy["checkpoint"]?.text ?? "").utf8), of: verifier)
        if signed == nil { wrong.append("checkpoint isn't signed with the key.") }
        let note = try? Note.open([UInt8]((copy["statement"]?.text ?? "").utf8), knowing: [verifier])
        if note == nil { wrong.append("statement isn't signed with the key.") }
        guard let signed, let note else { return nil }
        guard let statement = try? ExportStatement(parsing: note.text) else {
            wrong.append("statement isn't one of a copy.")
            return nil
        }
        return (signed.checkpoint, statement)
    }

    private mutating func compare(_ copy: Value, _ statement: ExportStatement, _ checkpoint: Checkpoint) {
        for (name, signed) in [("house", statement.house), ("at", statement.at), ("subject", statement.subject)]
        where !(copy[name]?.text ?? "").utf8.elementsEqual(signed.utf8) {
            wrong.append("\(name) isn't what was signed.")
        }
        if checkpoint.size != statement.size || checkpoint.root != statement.root {
            wrong.append("checkpoint isn't the one of the statement.")
        }
        if let cut = statement.cut { wrong.append("the statement itself says that entries before \(cut) were lost.") }
    }

    /// Things with a salt, against the codes that were signed.
    private mutating func compare(_ things: [Value], with signed: [Digest], _ noun: String, _ name: (Value) -> String) {
        let codes = things.map { thing -> Digest? in
            thing["salt"]?.secret.map { UsePart.open(thing.json(without: "salt").canonicalBytes, salt: $0).code }
        }
        let known = Set(signed), present = Set(codes.compactMap { $0 })
        for (number, thing) in things.enumerated() where codes[number].map(known.contains) != true {
            wrong.append("\(noun) \(number + 1) (\(name(thing))) isn't what was signed.")
        }
        let missing = signed.count { !present.contains($0) }
        if missing > 0 {
            wrong.append("\(noun): \(missing) of \(signed.count) that were signed are missing or changed.")
        } else if codes != signed {
            wrong.append("\(noun): not once each, in the order that was signed.")
        }
    }

    private mutating func followChain(_ copy: Value, _ statement: ExportStatement, _ checkpoint: Checkpoint) {
        var expected = statement.first, newest: Digest?
        for use in copy["uses"]?.list ?? [] {
            let number = use["sequence"]?.number ?? 0
            if number != expected { wrong.append("entry \(expected) is missing, or not in its place.") }
            let former = number == expected ? newest : nil
            (expected, newest) = (number + 1, nil)
            guard let entry = Entry(use) else {
                wrong.append("entry \(number) doesn't open.")
                continue
            }
            guard let link = entry.link else {
                wrong.append("entry \(number) doesn't say where it stands.")
                continue
            }
            if link.subject != statement.subject || link.sequence != number {
                wrong.append("entry \(number) is another person's, or of another place.")
            }
            if let former, link.previous != former.hex { wrong.append("entry \(number) doesn't follow on the one before it.") }
            if !entry.isAsAtTheTime(by: checkpoint) {
                wrong.append("entry \(number) was told late, and isn't what was in the log at the time.")
            }
            if !entry.isProved(by: checkpoint) { wrong.append("entry \(number) isn't proved to be in the log.") }
            newest = entry.leaf
        }
        if expected != statement.last + 1 || newest != statement.head {
            wrong.append("the newest entry isn't the one that was signed as such, \(statement.last).")
        }
    }

    private mutating func compare(_ archive: [(name: String, bytes: [UInt8])], _ copy: Value) {
        let files = copy["files"]?.list ?? []
        for file in files {
            let name = file["name"]?.text ?? ""
            guard let found = archive.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
                wrong.append("\(name) is missing from the archive.")
                continue
            }
            if SHA256.hash(found.bytes) != file["sha256"]?.digest { wrong.append("\(name) isn't what was signed.") }
        }
        var awaited = Set(["data.json"] + files.compactMap { $0["name"]?.text })
        for (name, _) in archive where awaited.remove(name) == nil { wrong.append("\(name) doesn't belong into the archive.") }
    }
}
