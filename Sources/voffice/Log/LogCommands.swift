// `voffice log ...`: checks a published log from its files, and proofs without any.

import Crypto
import JSON
import TransparencyLog
import Vault

enum LogCommands {
    private static let key = Command.Option(
        name: "--key", value: "KEY", kind: .file,
        meaning: "the log's verifier key as the page “Signed log” shows it, or a file that holds it")

    static let all = [
        Command(
            words: ["log", "verify"], usage: ["FOLDER --key KEY [--since CHECKPOINT]"], operands: 1...1, takes: [.folder],
            purpose: "checks every byte of a mirror of the log (setting `mirror`)",
            detail: "Partial tiles of earlier checkpoints are read too, as far as they are there: which there were, the log doesn't say.",
            options: [
                key, .init(name: "--since", value: "CHECKPOINT", kind: .file, meaning: "an older checkpoint that the log must extend"),
            ], findings: "where the log isn't what it signed", run: { (call) throws(WrongUse) in try verify(call) }),
        Command(
            words: ["log", "prove"], usage: ["FOLDER NUMBER --key KEY"], operands: 2...2, takes: [.folder],
            purpose: "prints a proof that an entry is in the log",
            detail: "NUMBER counts from 0. The proof is a text of its own form (C2SP tlog-proof), which `voffice log check` reads.",
            options: [key], isJSON: false, findings: "where there is no such entry, or the mirror lacks what the proof needs",
            run: { (call) throws(WrongUse) in try prove(call) }),
        Command(
            words: ["log", "check"], usage: ["RECEIPT ENTRY --key KEY"], operands: 2...2, takes: [.file],
            purpose: "checks such a proof", detail: "ENTRY is the leaf in hex.", options: [key],
            findings: "where the proof doesn't hold", run: { (call) throws(WrongUse) in try check(call) }),
    ]
}

extension LogCommands {
    private static func verify(_ call: Call) throws(WrongUse) -> Int32 {
        let folder = call.operands[0]
        guard DataDirectory.isThere(folder) else { throw WrongUse(message: "there is no folder \(folder)") }
        let log = try verifier(call)
        let former = try call.options["--since"]?.last.map { (path) throws(WrongUse) in try checkpoint(path, of: log) }
        do throws(Audit.Finding) {
            let read = { (path: String) -> [UInt8]? in try? File.read("\(folder)/\(path)") }
            let audit = try Audit(of: log, extending: former, read: read)
            let earlier = try audit.check(superseded: MirrorFiles.partialTiles(in: folder), read: read)
            let checkpoint = audit.signed.checkpoint
            if call.isJSON {
                Terminal.say(
                    JSON.object([
                        ("ok", .bool(true)), ("size", .int(checkpoint.size)), ("root", .string(Base64.encode(checkpoint.root.bytes))),
                        ("open", .int(audit.open.count)),
                        ("earlier", .int(earlier)),
                    ]).text)
            } else {
                Terminal.say(
                    "All \(checkpoint.size) entries of \(checkpoint.origin) lead to the root that it signed, \(Base64.encode(checkpoint.root.bytes))."
                )
                Terminal.say("\(earlier) partial tiles of earlier checkpoints are here too, each the beginning of what stands now.")
                if let former { Terminal.say("The \(former.size) entries of the older checkpoint are among them, unchanged.") }
            }
            return 0
        } catch {
            return failed(call, sentence(error))
        }
    }

    private static func sentence(_ finding: Audit.Finding) -> String {
        switch finding {
        case .missing(let path): "\(path) is missing or can't be read. Fetch it again; if it stays away, the log hides something."
        case .altered(let path): "\(path) isn't what the log signed. Keep a copy and tell those who rely on this log."
        case .notSigned: "the checkpoint isn't signed with this key. Is it another log's, or another key's?"
        case .rewritten(let size): "the log is another one now than when it had \(size) entries. Keep both checkpoints: they prove it."
        }
    }

    private static func prove(_ call: Call) throws(WrongUse) -> Int32 {
        let log = try verifier(call), folder = call.operands[0]
        guard let number = Int(call.operands[1]), number >= 0 else {
            throw WrongUse(message: "\(call.operands[1]) isn't the number of an entry")
        }
        let note = try File.read(folder + "/checkpoint"), checkpoint = try checkpoint(folder + "/checkpoint", of: log)
        do throws(LogFault) {
            let tiles = PublishedTiles(size: checkpoint.size) { path in try? File.read("\(folder)/\(path)") }
            let receipt = Receipt(try tiles.prove(leaf: number, in: checkpoint.size), checkpoint: note)
            Terminal.say(String(decoding: receipt.text.dropLast(), as: UTF8.self))
            return 0
        } catch {
            Terminal.complain(
                error == .outOfRange
                    ? "voffice log: there is no entry \(number); the log has \(checkpoint.size), from 0."
                    : "voffice log: \(folder) lacks what the proof needs (\(error.sentence)). `voffice log verify` says more.")
            return 1
        }
    }

    private static func check(_ call: Call) throws(WrongUse) -> Int32 {
        let log = try verifier(call)
        guard let leaf = Hex.decode(call.operands[1]), !leaf.isEmpty else { throw WrongUse(message: "the entry is expected in hex") }
        let text = try File.read(call.operands[0])
        do throws(LogFault) {
            let receipt = try Receipt(parsing: text)
            let signed = try receipt.verify(Merkle.leaf(leaf), in: log)
            if call.isJSON {
                Terminal.say(
                    JSON.object([
                        ("ok", .bool(true)), ("entry", .int(receipt.index)), ("origin", .string(signed.checkpoint.origin)),
                        ("size", .int(signed.checkpoint.size)),
                    ]).text)
                return 0
            }
            Terminal.say(
                "This is entry \(receipt.index) of \(signed.checkpoint.origin), which had \(signed.checkpoint.size) when it signed for it.")
            return 0
        } catch {
            return failed(call, "the proof doesn't hold: \(error.sentence)")
        }
    }

    private static func failed(_ call: Call, _ sentence: String) -> Int32 {
        if call.isJSON { Terminal.say(JSON.object([("ok", .bool(false)), ("what", .string(sentence))]).text) }
        Terminal.complain("voffice log: \(sentence)")
        return 1
    }

    private static func verifier(_ call: Call) throws(WrongUse) -> NoteVerifier {
        guard let key = call.options["--key"]?.last else {
            throw WrongUse(message: "--key is needed: without it anybody could have signed")
        }
        let text = (try? File.read(key)).map { String(decoding: $0, as: UTF8.self) } ?? key
        guard let verifier = try? NoteVerifier(parsing: String(text.prefix { !$0.isNewline })) else {
            throw WrongUse(message: "\(key) is neither a verifier key (name+hash+key) nor a file with one")
        }
        return verifier
    }

    private static func checkpoint(_ path: String, of log: NoteVerifier) throws(WrongUse) -> Checkpoint {
        guard let signed = try? SignedCheckpoint.open(try File.read(path), of: log) else {
            throw WrongUse(message: "\(path) is no checkpoint that this key signed")
        }
        return signed.checkpoint
    }
}
