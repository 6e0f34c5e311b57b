// Measures the vault by itself: recorded reads, collections, corrections, erasures, an export, proofs, growth, memory, start.
//
// Usage: VaultBench FOLDER SMALL LARGE ITEMS SECONDS
//        VaultBench FOLDER
//        VaultBench FOLDER checks PEOPLE SECONDS
//        VaultBench FOLDER mixes PEOPLE ITEMS OPERATIONS ROUNDS
// Makes a house in FOLDER, measures it with SMALL people in it and again with LARGE, erases somebody with ITEMS items, and prints name and
// figure, a line each. Each load lasts SECONDS. With FOLDER alone it opens the house that is there, as a start does.
import Glibc

let words = Array(CommandLine.arguments[1...])
if words.count == 1 {
    try await Bench(folder: words[0], seconds: 0).start()
    exit(0)
}
if words.count == 4, words[1] == "only", let seconds = Int(words[3]) {
    try await Bench(folder: words[0], seconds: seconds).only(words[2])
    exit(0)
}
if words.count == 4, words[1] == "checks", let people = Int(words[2]), let seconds = Int(words[3]) {
    try await Bench(folder: words[0], seconds: seconds).checks(people)
    exit(0)
}
if words.count == 6, words[1] == "mixes", let people = Int(words[2]), let items = Int(words[3]), let operations = Int(words[4]),
    let rounds = Int(words[5])
{
    try await Bench(folder: words[0], seconds: 0).mixes(people, items, operations, rounds: rounds)
    exit(0)
}
guard words.count == 5, let small = Int(words[1]), let large = Int(words[2]), let items = Int(words[3]), let seconds = Int(words[4]) else {
    print(
        """
        usage: VaultBench FOLDER [SMALL LARGE ITEMS SECONDS | only bare|reads|collections|corrections|exports|erasures SECONDS | checks PEOPLE SECONDS
                                  | mixes PEOPLE ITEMS OPERATIONS ROUNDS]
        """
    )
    exit(2)
}
try await Bench(folder: words[0], seconds: seconds).run(small: small, large: large, items: items)
