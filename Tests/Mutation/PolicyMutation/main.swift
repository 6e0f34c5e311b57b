// Every word and mark of a policy's rules in turn taken out, doubled, exchanged with the next and for some others: is the document
// refused, does the difference show it, or is it without effect? Prints those without effect, a line each, in the order of the document.
// Not tried: the addresses of rules, which mean nothing, and words that differ in capitals only.
//
// Usage: PolicyMutation DOC [OTHERS]    OTHERS: for how many other words each is exchanged (3)
import Glibc
import Policy

struct Mutant: Sendable {
    let piece: Int
    let bytes: [UInt8]
    let title: String
}

/// What came of some mutants.
struct Outcome: Sendable {
    var refused = 0, shown = 0, without: [(piece: Int, title: String)] = []
}

/// The same numbers for the same document on every machine.
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}

struct Experiment: Sendable {
    let document: [UInt8]
    let pieces: [Policy.Piece]
    let before: Policy
    let others: Int

    init(_ document: [UInt8], others: Int) {
        (self.document, self.others) = (document, others)
        pieces = Policy.pieces(of: document)
        before = Policy.compile(document, file: "policy.md").policy!
    }

    func text(_ piece: Int) -> String { String(decoding: document[pieces[piece].bytes], as: UTF8.self) }

    /// The word between brackets at the end of a rule is its address and nothing else of it.
    func isAddress(_ piece: Int) -> Bool {
        let before = document[..<pieces[piece].bytes.lowerBound].reversed().first { ![0x20, 0x0A].contains($0) }
        return before == UInt8(ascii: "[")
    }

    func mutants(of piece: Int) -> [Mutant] {
        let range = pieces[piece].bytes, word = text(piece)
        func mutant(_ range: Range<Int>, _ new: String, _ title: String) -> Mutant {
            var bytes = document
            bytes.replaceSubrange(range, with: Array(new.utf8))
            return Mutant(piece: piece, bytes: bytes, title: title)
        }
        var all = [mutant(range, "", "“\(word)” taken out"), mutant(range, word + " " + word, "“\(word)” doubled")]
        if piece + 1 < pieces.count, pieces[piece + 1].line == pieces[piece].line {
            let next = pieces[piece + 1].bytes, other = text(piece + 1)
            let between = String(decoding: document[range.upperBound..<next.lowerBound], as: UTF8.self)
            if word != other {
                all.append(
                    mutant(
                        range.lowerBound..<next.upperBound, other + (between.isEmpty ? " " : between) + word, "“\(word)” behind “\(other)”")
                )
            }
        }
        var random = Seeded(state: UInt64(range.lowerBound))
        // Words compare without regard to capitals.
        var tried: Set<String> = [word.lowercased()]
        for _ in 0..<others {
            let other = text(Int.random(in: 0..<pieces.count, using: &random))
            if tried.insert(other.lowercased()).inserted { all.append(mutant(range, other, "“\(other)” for “\(word)”")) }
        }
        return all
    }

    func run(_ range: Range<Int>) -> Outcome {
        var outcome = Outcome()
        for piece in range where !pieces[piece].isForPeople && !isAddress(piece) {
            for mutant in mutants(of: piece) {
                let compilation = Policy.compile(mutant.bytes, file: "policy.md")
                guard let after = compilation.policy, !compilation.diagnostics.contains(where: { $0.severity == .error }) else {
                    outcome.refused += 1
                    continue
                }
                if after.digest == before.digest || after.difference(from: before).isNothing {
                    outcome.without.append((piece, mutant.title))
                } else {
                    outcome.shown += 1
                }
            }
        }
        return outcome
    }
}

func together(_ experiment: Experiment, _ step: Int) async -> Outcome {
    await withTaskGroup(of: Outcome.self) { group in
        for start in stride(from: 0, to: experiment.pieces.count, by: step) {
            group.addTask { experiment.run(start..<min(start + step, experiment.pieces.count)) }
        }
        var all = Outcome()
        for await one in group {
            all.refused += one.refused
            all.shown += one.shown
            all.without += one.without
        }
        return all
    }
}

func bytes(of path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { fatalError("can't read \(path)") }
    defer { fclose(file) }
    var bytes = [UInt8](), chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return bytes
}

let arguments = CommandLine.arguments
let experiment = Experiment(bytes(of: arguments[1]), others: arguments.count > 2 ? Int(arguments[2])! : 3)
let step = 50
let outcomes = await together(experiment, step)
let lines = String(decoding: experiment.document, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
for (piece, title) in outcomes.without.sorted(by: { ($0.piece, $0.title) < ($1.piece, $1.title) }) {
    let line = experiment.pieces[piece].line
    let before = experiment.pieces[..<piece].reversed().prefix { $0.line == line }.count
    print("\(lines[line - 1].prefix(90)) | word \(before + 1): \(title)")
}
print("\(outcomes.refused) refused, \(outcomes.shown) shown, \(outcomes.without.count) without effect")
