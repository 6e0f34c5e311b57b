// One command of the program, with what it says about itself: help, man pages and the shells' completion are all made from this.

struct Command: Sendable {
    /// What may stand in a place, so that a shell can offer it.
    enum Value: Sendable, Equatable {
        case file, folder, text
        /// One of a few words.
        case words([String])
    }

    struct Option: Sendable {
        let name: String
        /// What stands behind it, as the usage calls it; nil where nothing does.
        var value: String?
        var kind = Value.text
        let meaning: String
    }

    /// `policy check`, one after the other.
    let words: [String]
    /// What stands behind the name, a line for each way to call it.
    var usage = [""]
    var operands = 0...0
    /// What operands are; none where there are none.
    var takes: [Value] = []
    let purpose: String
    var detail = ""
    var options: [Option] = []
    var isJSON = true
    /// What an exit code 1 means: "with an error in the document".
    let findings: String
    let run: @Sendable (Call) async throws(WrongUse) -> Int32

    var name: String { words.joined(separator: " ") }
    var lines: [String] { usage.map { "voffice \(name)" + ($0.isEmpty ? "" : " \($0)") } }

    /// Its own options, and those that every command has.
    var allOptions: [Option] {
        options + (isJSON ? [Option(name: "--json", meaning: "prints JSON")] : [])
            + [Option(name: "--help", meaning: "says what this command does")]
    }

    /// The exit codes of the whole program, with what they mean here.
    var codes: [(code: Int, meaning: String)] {
        [
            (0, "where all is well"), (1, findings),
            (2, "for wrong use (an unknown command, option or name, a file that can't be read)"),
        ]
    }
}

/// Commands that share a first word.
struct Group: Sendable {
    let words: [String]
    let purpose: String

    var name: String { words.joined(separator: " ") }
}
