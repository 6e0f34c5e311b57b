// Receipts and what the house puts into its log.
import Crypto
import Testing
import TransparencyLog

@Suite struct ReceiptTests {
    private let tree = StoredTree(700)
    private let leaf = leaves(321..<322)[0]

    private func receipt(extra: [UInt8]? = nil) throws -> Receipt {
        let checkpoint = try Checkpoint(origin: origin, size: 700, root: tree.root).sign(by: office)
        return Receipt(try tree.prove(leaf: 321, in: 700), checkpoint: checkpoint, extra: extra)
    }

    @Test func `a receipt's text goes there and back, and verifies offline`() throws {
        for extra in [nil, [], utf8("salt")] {
            let receipt = try receipt(extra: extra)
            let read = try Receipt(parsing: receipt.text)
            #expect(read == receipt)
            #expect(try read.verify(leaf, in: office.verifier).checkpoint.size == 700)
        }
        let text = String(decoding: try receipt(extra: utf8("salt")).text, as: UTF8.self)
        #expect(text.hasPrefix("c2sp.org/tlog-proof@v1\nextra c2FsdA==\nindex 321\n"))
        #expect(text.contains("\n\n\(origin)\n700\n"))
    }

    @Test func `the only leaf of a log needs no path`() throws {
        let alone = StoredTree(1)
        let checkpoint = try Checkpoint(origin: origin, size: 1, root: alone.root).sign(by: office)
        let read = try Receipt(parsing: Receipt(alone.prove(leaf: 0, in: 1), checkpoint: checkpoint).text)
        try read.verify(leaves(0..<1)[0], in: office.verifier)
    }

    @Test func `one byte changed in a receipt is refused`() throws {
        for changed in oneByteChanged(try receipt().text) {
            #expect(throws: LogFault.self) { try Receipt(parsing: changed).verify(leaf, in: office.verifier) }
        }
    }

    @Test func `a receipt is for its leaf and its log`() throws {
        let receipt = try receipt()
        #expect(throws: LogFault.inconsistent) { try receipt.verify(leaves(320..<321)[0], in: office.verifier) }
        #expect(throws: LogFault.unknownSigner) { try receipt.verify(leaf, in: stranger.verifier) }
    }

    @Test(arguments: [
        "", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2\nindex 0\n\n", "c2sp.org/tlog-proof@v1\nindex 00\n\n",
        "c2sp.org/tlog-proof@v1\nindex -1\n\n",
        "c2sp.org/tlog-proof@v1\nindex\n\n", "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n", "c2sp.org/tlog-proof@v1\nindex 0\n",
        "c2sp.org/tlog-proof@v1\n\n",
        "c2sp.org/tlog-proof@v1\nextra c2F\nindex 0\n\n", "c2sp.org/tlog-proof@v1\nextra c2FsdA==\nextra c2FsdA==\nindex 0\n\n",
    ])
    func `what isn't a receipt is malformed`(text: String) {
        #expect(throws: LogFault.malformed(.receipt)) { try Receipt(parsing: utf8(text)) }
    }
}

@Suite struct LeafTests {
    private let commitment = Merkle.leaf([7])

    @Test func `a leaf's data goes there and back, and hashes as RFC 6962 has it`() throws {
        for leaf in [Leaf.closed(commitment), .open(utf8("policy 4")), .open([])] {
            #expect(try Leaf(data: leaf.data) == leaf)
            #expect(leaf.hash == SHA256.hash([0x00] + leaf.data))
        }
        #expect(Leaf.closed(commitment).data == [0x01] + commitment.bytes)
        #expect(Leaf.open([9]).data == [0x02, 9])
        for data in [[], [0x00], [0x03, 1], [0x01], [0x01] + commitment.bytes + [0]] {
            #expect(throws: LogFault.malformed(.entries)) { try Leaf(data: data) }
        }
    }

    @Test func `entries go there and back, and a cut or overlong one is refused`() throws {
        let entries = try Entries([.closed(commitment), .open([UInt8](repeating: 5, count: 300)), .open([])])
        #expect(entries.bytes.prefix(3) == [0, 33, 1])
        #expect(try Entries(bytes: entries.bytes) == entries)
        for length in [1, 2, 34, 36, entries.bytes.count - 1] {
            #expect(throws: LogFault.malformed(.entries)) { try Entries(bytes: [UInt8](entries.bytes.prefix(length))) }
        }
        #expect(throws: LogFault.malformed(.entries)) { try Entries([]) }
        #expect(throws: LogFault.malformed(.entries)) { try Entries([.open([UInt8](repeating: 5, count: 65_535))]) }
        #expect(try Entries([.open([UInt8](repeating: 5, count: 65_534))]).bytes.count == 65_537)
        #expect(throws: LogFault.malformed(.entries)) { try Entries([Leaf](repeating: .open([]), count: 257)) }
    }
}

@Suite struct UseOpeningTests {
    private let common = utf8("2027-02-03T09:14:00Z read contact.telephone for calls, clause C6")
    private let person = utf8("call 17 from Pak Hendra")
    private let staff = utf8("Rani, calls desk")

    private func opening(_ salts: UInt8 = 1) -> UseOpening {
        UseOpening(common: common, person: person, staff: staff, saltedBy: SeededRandomness(seed: seed(salts)))
    }

    @Test func `the person checks a use without learning who of the staff it was`() throws {
        let whole = opening(), theirs = whole.forThePerson
        try whole.verify(against: whole.commitment)
        try theirs.verify(against: whole.commitment)
        guard case .closed(let code) = theirs.staff else { Issue.record("the staff's part is open"); return }
        #expect(code == whole.staff.code)
    }

    @Test func `the commitment is the one that the format says`() {
        let salts = (1...3).map { seed($0) }
        let opening = UseOpening(
            common: .open(common, salt: salts[0]), person: .open(person, salt: salts[1]), staff: .open(staff, salt: salts[2]))
        let codes = zip([common, person, staff], salts).flatMap { HMACSHA256.code(for: $0, under: $1).bytes }
        #expect(opening.commitment == SHA256.hash(utf8("voffice/use/1") + codes))
        // Computed by Python's hmac and hashlib.
        #expect(opening.commitment.hex == "5ed896c91525396b477d98cd7dac2c2992df7925e0cbf3188f0d2d1257bba50f")
    }

    @Test func `one byte changed in a part, a salt or a code is refused`() {
        let whole = opening(), commitment = whole.commitment
        for changed in oneByteChanged(common) {
            #expect(throws: LogFault.inconsistent) {
                guard case .open(_, let salt) = whole.common else { return }
                try UseOpening(common: .open(changed, salt: salt), person: whole.person, staff: whole.staff).verify(against: commitment)
            }
        }
        for changed in oneByteChanged(whole.staff.code.bytes) {
            #expect(throws: LogFault.inconsistent) {
                let staff = UsePart.closed(Digest(bytes: changed)!)
                try UseOpening(common: whole.common, person: whole.person, staff: staff).verify(against: commitment)
            }
        }
        for changed in oneByteChanged([UInt8](repeating: 9, count: 32)) {
            #expect(throws: LogFault.inconsistent) {
                let part = UsePart.open(person, salt: try Secret(bytes: changed))
                try UseOpening(common: whole.common, person: part, staff: whole.staff).verify(against: commitment)
            }
        }
    }

    @Test func `parts don't stand in for each other`() {
        let whole = opening()
        #expect(throws: LogFault.inconsistent) {
            try UseOpening(common: whole.person, person: whole.common, staff: whole.staff).verify(against: whole.commitment)
        }
    }

    @Test func `the same use is another leaf each time`() {
        #expect(opening(1).leaf != opening(2).leaf)
        let once = UseOpening(common: common, person: person, staff: staff, saltedBy: SystemRandomness())
        #expect(Set([once.common.code, once.person.code, once.staff.code]).count == 3)
    }
}
