// `voffice` as a whole: every command that there is, and the way from the words of a call to one of them.

import Policy

enum Program {
    static let version = "0.1"
    /// Of its man pages: the day on which what they say was last looked through.
    static let day = "2026-12-01"

    static let groups = [
        Group(words: ["policy"], purpose: "works with a policy, a Markdown file such as policy/voffice.policy.md"),
        Group(words: ["log"], purpose: "checks a published log of uses from its files, and proofs without any"),
        Group(words: ["admin"], purpose: "looks after the house that the settings name, open or not"),
        Group(words: ["admin", "keys"], purpose: "works with the keys of the house"),
    ]

    static let commands =
        HouseCommands.all + PolicyCommands.all + LogCommands.all + BackupCommands.all + AdminCommands.all + OwnCommands.all

    /// 0 all is well; 1 findings, or it couldn't be done; 2 wrong use.
    static func run(_ words: [String]) async -> Int32 {
        if words.contains(where: Policy.isOverloaded) {
            Terminal.complain("voffice: a word has more marks on one letter than any language needs; leave most of them out")
            return 2
        }
        var rest = words[...], path: [String] = [], asks = false
        while let next = rest.first {
            if isHelp(next) || (next == "help" && !isThere(path + [next])) {
                asks = true
            } else if isThere(path + [next]) {
                path.append(next)
            } else if path.isEmpty, next == "--version" {
                path = ["version"]
            } else {
                break
            }
            rest.removeFirst()
        }
        if asks || rest.prefix(while: { $0 != "--" }).contains(where: isHelp) { return Help.say(path, rest) }
        guard let command = commands.first(where: { $0.words == path }) else { return Help.complain(of: path, rest) }
        do throws(WrongUse) { return try await command.run(try Call(Array(rest), for: command)) } catch {
            let lines = command.lines.map { "    \($0)" }.joined(separator: "\n")
            Terminal.complain("voffice \(command.name): \(error.message)\n\(lines)\nMore: voffice \(command.name) --help")
            return 2
        }
    }

    /// Whether a command is, or begins with, these words.
    static func isThere(_ words: [String]) -> Bool { commands.contains { $0.words.starts(with: words) } }

    private static func isHelp(_ word: String) -> Bool { word == "--help" || word == "-h" }

    /// What can follow these words: the next word of commands, each once, with what it is for.
    static func next(after path: [String]) -> [(word: String, purpose: String)] {
        var found: [(word: String, purpose: String)] = []
        for command in commands where command.words.count > path.count && command.words.starts(with: path) {
            let word = command.words[path.count]
            guard !found.contains(where: { $0.word == word }) else { continue }
            let words = path + [word]
            let purpose = groups.first { $0.words == words }?.purpose ?? commands.first { $0.words == words }?.purpose
            found.append((word, purpose ?? ""))
        }
        return found
    }

    /// Everything that a call can begin with: commands, and what they have in common.
    static var paths: [[String]] {
        var paths: [[String]] = []
        for command in commands {
            for count in 1...command.words.count where !paths.contains(Array(command.words.prefix(count))) {
                paths.append(Array(command.words.prefix(count)))
            }
        }
        return paths
    }
}
