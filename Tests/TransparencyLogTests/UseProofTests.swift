// The proof that a person's browser checks. Tests/Browser/verify.test.mjs reads the fixture that is written here.
import Crypto
import Foundation
import Testing
import TransparencyLog

@Suite struct UseProofTests {
    private let opening = UseOpening(
        common: utf8("2027-02-03T09:14:00Z read contact.telephone for calls, clause C6 (\"kept \\ sealed\")"),
        person: utf8("panggilan 17 dari Pak Hendra,\ncafé Ménteng ☎"), staff: utf8("Rani, calls desk"),
        saltedBy: SeededRandomness(seed: seed(1)))

    /// Entry 321 of 700 is the use; the log vouches for it, a witness too.
    private func proof() throws -> UseProof {
        var tree = StoredTree(321)
        tree.grow([opening.leaf.hash])
        tree.grow(leaves(322..<700))
        let signed = try Checkpoint(origin: origin, size: 700, root: tree.root).sign(by: office)
        let witnessed = try Note.add(witness, to: signed, at: 1_801_645_200)
        let receipt = Receipt(try tree.prove(leaf: 321, in: 700), checkpoint: witnessed)
        return UseProof(opening.forThePerson, receipt: receipt, log: office.verifier)
    }

    @Test func `a use is proved to its person, who learns nothing of the staff`() throws {
        let proof = try proof()
        #expect(try proof.verify(witnesses: [witness.verifier]).witnesses == [witness.verifier])
        #expect(!String(decoding: try proof.json(), as: UTF8.self).contains("Rani"))
        let other = UseOpening(common: opening.person, person: opening.common, staff: opening.staff)
        #expect(throws: LogFault.inconsistent) { try UseProof(other, receipt: proof.receipt, log: proof.log).verify() }
    }

    @Test func `its JSON is JSON, and says what the parts say`() throws {
        let json = try #require(JSONSerialization.jsonObject(with: Data(proof().json())) as? [String: Any])
        let person = try #require(json["person"] as? [String: String])
        #expect(person["text"] == "panggilan 17 dari Pak Hendra,\ncafé Ménteng ☎")
        #expect((json["common"] as? [String: String])?["text"]?.hasSuffix(#"("kept \ sealed")"#) == true)
        #expect(json["staff"] as? [String: String] == ["code": Base64.encode(opening.staff.code.bytes)])
        #expect(json["index"] as? Int == 321)
        #expect((json["path"] as? [String])?.count == 10)
        #expect(json["key"] as? String == office.verifier.description)
    }

    @Test func `every control character is escaped, and what isn't UTF-8 has no JSON`() throws {
        let proof = try proof()
        func json(of text: [UInt8]) throws -> [UInt8] {
            let opening = UseOpening(common: .open(text, salt: seed(4)), person: opening.person, staff: opening.staff)
            return try UseProof(opening, receipt: proof.receipt, log: proof.log).json()
        }
        let controls = [UInt8](0..<0x20)
        let read = try #require(JSONSerialization.jsonObject(with: Data(json(of: controls))) as? [String: Any])
        #expect((read["common"] as? [String: String])?["text"] == String(decoding: controls, as: UTF8.self))
        #expect(try json(of: controls).allSatisfy { $0 >= 0x20 })
        #expect(throws: LogFault.malformed(.text)) { try json(of: [0x61, 0xff]) }
    }

    @Test func `the browser's fixture is what this code makes`() throws {
        let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/proof.json")
        let json = Data(try proof().json())
        if ProcessInfo.processInfo.environment["VOFFICE_WRITE_FIXTURES"] != nil { try json.write(to: fixture) }
        #expect(try Data(contentsOf: fixture) == json)
    }
}
