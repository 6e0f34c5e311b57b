// What the house signs of a copy that somebody takes along.
import Crypto
import Testing
import TransparencyLog

@Suite struct `The statement of a copy` {
    private func statement(cut: Int? = nil, held: Int = 3, files: Int = 2) -> ExportStatement {
        ExportStatement(
            house: "https://office.example", at: "2027-02-03T09:14:00Z", subject: "12", uses: 4...17, head: leaves(0..<1)[0], cut: cut,
            tree: Checkpoint(origin: origin, size: 321, root: leaves(1..<2)[0]), held: leaves(2..<2 + held), files: leaves(9..<9 + files))
    }

    @Test(arguments: [nil, 5], [0, 3]) func `is read as it was written`(cut: Int?, count: Int) throws {
        let statement = statement(cut: cut, held: count, files: count)
        #expect(try ExportStatement(parsing: statement.text) == statement)
    }

    @Test func `is another one, or none, where a byte of it is another`() {
        let statement = statement(cut: 5)
        for changed in oneByteChanged(statement.text) { #expect((try? ExportStatement(parsing: changed)) != statement) }
        for length in 0..<statement.text.count { #expect((try? ExportStatement(parsing: statement.text.prefix(length) + [])) != statement) }
    }

    @Test func `is no checkpoint, though the same key signs both`() throws {
        let note = try statement().sign(by: office)
        #expect(try Note.open(note, knowing: [office.verifier]).text == statement().text)
        #expect(throws: LogFault.malformed(.checkpoint)) { try SignedCheckpoint.open(note, of: office.verifier) }
        #expect(throws: LogFault.malformed(.statement)) {
            try ExportStatement(parsing: Checkpoint(origin: origin, size: 321, root: Merkle.empty).text)
        }
    }
}
