// Measures the vault by itself: recorded reads, collections, corrections, erasures, an export, proofs, growth, memory, start.
//
// Usage: VaultBench FOLDER SMALL LARGE ITEMS SECONDS
// Makes a house in FOLDER, measures it with SMALL people in it and again with LARGE, erases somebody with ITEMS items, and prints name and
// figure, a line each. Each load lasts SECONDS.
import Glibc

let words = Array(CommandLine.arguments[1...])
guard words.count == 5, let small = Int(words[1]), let large = Int(words[2]), let items = Int(words[3]), let seconds = Int(words[4]) else {
    print("usage: VaultBench FOLDER SMALL LARGE ITEMS SECONDS")
    exit(2)
}
try await Bench(folder: words[0], seconds: seconds).run(small: small, large: large, items: items)
