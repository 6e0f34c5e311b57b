// `voffice log ...`: checks a published log from its files, and proofs without any.

import Crypto
import JSON
import TransparencyLog

enum LogCommand {
    static let usage = """
        commands:
            voffice log verify FOLDER --key KEY [--since CHECKPOINT]    checks every byte of a mirror (setting `mirror`)
            voffice log prove FOLDER NUMBER --key KEY                   prints a proof that entry NUMBER is in the log
            voffice log check RECEIPT ENTRY --key KEY                   checks such a proof; ENTRY is the leaf in hex
        KEY is the log's verifier key, as the page “Signed log” shows it, or a file that holds it.
        """

    /// 0 all is well; 1 the log or the proof isn't what it should be; 2 wrong use.
    static func run(_ arguments: [String]) -> Int32 {
        do throws(WrongUse) {
            guard let name = arguments.first else { throw WrongUse(message: "which command?") }
            if ["help", "--help", "-h"].contains(name) {
                Terminal.say(usage)
                return 0
            }
            let call = try Call(
                Array(arguments.dropFirst()),
                takes: [
                    .init(name: "--key", value: "KEY", meaning: "the log's verifier key, or a file that holds it"),
                    .init(name: "--since", value: "CHECKPOINT", meaning: "an older checkpoint that the log must extend"),
                ])
            switch (name, call.operands.count) {
            case ("verify", 1): return try verify(call)
            case ("prove", 2): return try prove(call)
            case ("check", 2): return try check(call)
            case ("verify", _), ("prove", _), ("check", _): throw WrongUse(message: "\(name) takes other words")
            default: throw WrongUse(message: "no such command: \(name)")
            }
        } catch {
            Terminal.complain("voffice log: \(error.message)\n\(usage)")
            return 2
        }
    }
}

extension LogCommand {
    private static func verify(_ call: Call) throws(WrongUse) -> Int32 {
        let log = try verifier(call), folder = call.operands[0]
        let former = try call.options["--since"]?.last.map { (path) throws(WrongUse) in try checkpoint(path, of: log) }
        do throws(Audit.Finding) {
            let audit = try Audit(of: log, extending: former) { path in try? File.read("\(folder)/\(path)") }
            let checkpoint = audit.signed.checkpoint
            if call.isJSON {
                Terminal.say(
                    JSON.object([
                        ("size", .int(checkpoint.size)), ("root", .string(Base64.encode(checkpoint.root.bytes))),
                        ("open", .int(audit.open.count)),
                    ]).text)
            } else {
                Terminal.say(
                    "All \(checkpoint.size) entries of \(checkpoint.origin) lead to the root that it signed, \(Base64.encode(checkpoint.root.bytes))."
                )
                if let former { Terminal.say("The \(former.size) entries of the older checkpoint are among them, unchanged.") }
            }
            return 0
        } catch {
            Terminal.complain("voffice log: \(sentence(error))")
            return 1
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
            Terminal.say(
                String(decoding: Receipt(try tiles.prove(leaf: number, in: checkpoint.size), checkpoint: note).text, as: UTF8.self))
            return 0
        } catch {
            Terminal.complain(
                error == .outOfRange
                    ? "voffice log: there is no entry \(number); the log has \(checkpoint.size), from 0."
                    : "voffice log: \(folder) lacks what the proof needs (\(error)). `voffice log verify` says more.")
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
            Terminal.say(
                "This is entry \(receipt.index) of \(signed.checkpoint.origin), which had \(signed.checkpoint.size) when it signed for it.")
            return 0
        } catch {
            Terminal.complain("voffice log: the proof doesn't hold: \(error)")
            return 1
        }
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
