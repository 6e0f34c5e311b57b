// Notes, checkpoints and receipts: the published example, and refusal of anything changed.
import Crypto
import Testing
import TransparencyLog

@Suite struct NoteTests {
    // The example of C2SP signed-note.
    @Test func `the specification's note opens with its key`() throws {
        let key = try NoteVerifier(parsing: "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
        let note = utf8(
            """
            This is an example message.

            — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

            """)
        let opened = try Note.open(note, knowing: [key])
        #expect(opened.text == utf8("This is an example message.\n"))
        #expect(opened.signers == [key])
        #expect(key.description == "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    }

    @Test func `what is signed opens, and one byte changed anywhere doesn't`() throws {
        let note = try Note.sign(utf8("policy 4\n\nfrom 2027-01-01\n"), by: [office])
        #expect(try Note.open(note, knowing: [office.verifier]).text == utf8("policy 4\n\nfrom 2027-01-01\n"))
        for changed in oneByteChanged(note) {
            #expect(throws: LogFault.self) { try Note.open(changed, knowing: [office.verifier]) }
        }
        for length in note.indices {
            #expect(throws: LogFault.self) { try Note.open([UInt8](note.prefix(length)), knowing: [office.verifier]) }
        }
    }

    @Test func `signatures of unknown keys are passed over, but a known one must be right`() throws {
        let text = utf8("policy 4\n"), other = utf8("policy 5\n")
        let both = try Note.sign(text, by: [stranger, office])
        #expect(try Note.open(both, knowing: [office.verifier]).signers == [office.verifier])
        #expect(throws: LogFault.unknownSigner) { try Note.open(both, knowing: []) }
        #expect(throws: LogFault.unknownSigner) { try Note.open(both, knowing: [witness.verifier]) }
        let moved = text + [UInt8](try Note.sign(other, by: [office]).dropFirst(other.count))
        #expect(throws: LogFault.badSignature) { try Note.open(moved, knowing: [office.verifier]) }
    }

    @Test(arguments: [
        "text\n", "text\n\n", "text\n— a AAAAAAA=\n", "text\n\n— a AAAAAAA=", "text\n\n- a AAAAAAA=\n", "text\n\n— a AAAA\n",
        "text\n\n— a+b AAAAAAA=\n",
        "text\n\n—  AAAAAAA=\n", "text\n\n— a AAAAAAA= \n", "te\u{7}xt\n\n— a AAAAAAA=\n", "te\txt\n\n— a AAAAAAA=\n",
        "text\r\n\r\n— a AAAAAAA=\r\n", "",
    ])
    func `what isn't a note is malformed`(note: String) {
        #expect(throws: LogFault.malformed(.note)) { try Note.open(utf8(note), knowing: [office.verifier]) }
    }

    @Test func `bytes that aren't UTF-8 are no note`() throws {
        let note = try Note.sign(utf8("policy 4\n"), by: [office])
        #expect(throws: LogFault.malformed(.note)) { try Note.open([0xc3] + note, knowing: [office.verifier]) }
        #expect(throws: LogFault.malformed(.note)) { try Note.sign([0xff, 0x0a], by: [office]) }
        #expect(throws: LogFault.malformed(.note)) { try Note.sign(utf8("no newline"), by: [office]) }
    }

    @Test func `a key with one byte changed is another or none`() throws {
        let text = office.verifier.description
        #expect(try NoteVerifier(parsing: text) == office.verifier)
        for changed in oneByteChanged(utf8(text)) {
            #expect(throws: LogFault.malformed(.key)) { try NoteVerifier(parsing: String(decoding: changed, as: UTF8.self)) }
        }
        for name in ["", "a b", "a+b", "a\u{a0}b", "a\nb", "a\0"] {
            #expect(throws: LogFault.malformed(.key)) { try NoteVerifier(name: name, key: office.verifier.key) }
        }
    }
}

@Suite struct CheckpointTests {
    private let checkpoint = Checkpoint(origin: origin, size: 70_000, root: Merkle.leaf([7]))

    @Test func `a checkpoint's text goes there and back`() throws {
        #expect(checkpoint.text == utf8("\(origin)\n70000\n\(Base64.encode(Merkle.leaf([7]).bytes))\n"))
        #expect(try Checkpoint(parsing: checkpoint.text) == checkpoint)
        let extended = Checkpoint(origin: origin, size: 0, root: Merkle.empty, extensions: ["development", "é"])
        #expect(try Checkpoint(parsing: extended.text) == extended)
    }

    @Test(arguments: [
        "", "o\n", "o\n1\n", "\n1\nROOT\n", "o\n01\nROOT\n", "o\n-1\nROOT\n", "o\n+1\nROOT\n", "o\n 1\nROOT\n", "o\n1e3\nROOT\n",
        "o\n\nROOT\n",
        "o\n99999999999999999999\nROOT\n", "o\n1\nROOT", "o\n1\nROOT \n", "o\n1\nAAAA\n", "o\n1\n\n", "o\n1\nROOT\n\n",
        "o\n1\nROOT\n\nx\n", "o\n1\nROOT\nx",
        "o\n0\nROOT\n", "o\r\n1\r\nROOT\r\n", "o\n١\nROOT\n",
    ])
    func `what isn't a checkpoint is malformed`(text: String) {
        let root = Base64.encode(Merkle.leaf([7]).bytes)
        let parts = text.split(separator: "ROOT", omittingEmptySubsequences: false).joined(separator: root)
        #expect(throws: LogFault.malformed(.checkpoint)) { try Checkpoint(parsing: utf8(parts)) }
    }

    @Test func `a signed checkpoint opens for its log alone, with the witnesses that are known`() throws {
        let signed = try checkpoint.sign(by: office)
        let witnessed = try Note.add(witness, to: signed, at: 1_774_000_000)
        #expect(try SignedCheckpoint.open(signed, of: office.verifier).checkpoint == checkpoint)
        #expect(try SignedCheckpoint.open(signed, of: office.verifier, witnesses: [witness.verifier]).witnesses == [])
        #expect(try SignedCheckpoint.open(witnessed, of: office.verifier).witnesses == [])
        #expect(try SignedCheckpoint.open(witnessed, of: office.verifier, witnesses: [witness.verifier]).witnesses == [witness.verifier])
        #expect(throws: LogFault.unknownSigner) { try SignedCheckpoint.open(signed, of: stranger.verifier) }
        #expect(throws: LogFault.unknownSigner) {
            try SignedCheckpoint.open(Note.sign(checkpoint.text, by: [witness], at: 1), of: office.verifier, witnesses: [witness.verifier])
        }
    }

    @Test func `a checkpoint of another log is refused though our key signed it`() throws {
        let other = Checkpoint(origin: "other.example/log", size: 3, root: Merkle.leaf([7]))
        #expect(throws: LogFault.malformed(.checkpoint)) { try SignedCheckpoint.open(other.sign(by: office), of: office.verifier) }
    }

    @Test func `one byte changed in a witnessed checkpoint is refused`() throws {
        let witnessed = try Note.add(witness, to: checkpoint.sign(by: office), at: 1_774_000_000)
        for changed in oneByteChanged(witnessed) {
            // A witness's line whose name or key id is changed is an unknown witness's: then it counts for nothing.
            guard let opened = try? SignedCheckpoint.open(changed, of: office.verifier, witnesses: [witness.verifier]) else { continue }
            #expect(opened.witnesses == [] && opened.checkpoint == checkpoint)
        }
    }

    // The cosigned example of C2SP tlog-cosignature was made with a key that isn't printed; so only the form is checked.
    @Test func `a cosignature states its time and isn't a plain signature`() throws {
        let note = try Note.sign(checkpoint.text, by: [witness], at: 1_774_000_000)
        let line = String(decoding: note, as: UTF8.self).split(separator: "\n").last!
        let bytes = Base64.decode(String(line.split(separator: " ")[2]))!
        #expect(bytes.count == 4 + 8 + 64)
        #expect(bytes[4..<12].reduce(0) { $0 << 8 | UInt64($1) } == 1_774_000_000)
        let message = utf8("cosignature/v1\ntime 1774000000\n") + checkpoint.text
        try witness.verifier.key.verify([UInt8](bytes[12...]), of: message)
    }
}
