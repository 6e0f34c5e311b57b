// One word of the house's own policy exchanged for another: it is refused, or the difference shows it, or nothing changes.
import Glibc
import Testing

@testable import Policy

/// `make mutation` tries them all.
@Suite struct `A word exchanged in our policy` {
    @Test(arguments: 0..<4)
    func `is refused, shown, or without effect`(part: Int) throws {
        let bytes = try document(), before = try #require(Policy.compile(bytes, file: "policy.md", checked: false).policy)
        let pieces = Policy.pieces(of: bytes).filter { !$0.isForPeople }
        var random = Seeded(state: UInt64(part)), refused = 0, shown = 0, without: [String] = []
        for _ in 0..<125 {
            let piece = pieces.randomElement(using: &random)!, other = pieces.randomElement(using: &random)!
            let (word, new) = (bytes[piece.bytes], bytes[other.bytes])
            if word == new { continue }
            var mutant = bytes
            mutant.replaceSubrange(piece.bytes, with: new)
            let compilation = Policy.compile(mutant, file: "policy.md")
            guard let after = compilation.policy, !compilation.diagnostics.contains(where: { $0.severity == .error }) else {
                refused += 1
                continue
            }
            if !after.difference(from: before).isNothing {
                shown += 1
            } else if after.digest != before.digest {
                without.append("line \(piece.line): \(String(decoding: word, as: UTF8.self)) -> \(String(decoding: new, as: UTF8.self))")
            }
        }
        #expect(refused > 60 && shown > 4, "\(refused) refused, \(shown) shown")
        #expect(without.isEmpty, "\(without.joined(separator: "\n"))")
    }

    private func document() throws -> [UInt8] {
        let path = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/policy/voffice.policy.md"
        let file = try #require(fopen(path, "rb"))
        defer { fclose(file) }
        var bytes = [UInt8](), chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes
    }
}
