// Help in the terminal: of the program, of commands that share a first word, and of one command; and all of it as JSON.

import JSON
import Policy

enum Help {
    /// Of the words behind `help`, or before `--help`; `rest` is what led no further.
    static func say(_ path: [String], _ rest: ArraySlice<String> = []) -> Int32 {
        if let command = Program.commands.first(where: { $0.words == path }) {
            Terminal.say(manual(command))
            return 0
        }
        if let lost = path.indices.first(where: { !Program.isThere(Array(path[...$0])) }) {
            return complain(of: Array(path[..<lost]), path[lost...])
        }
        guard rest.first?.hasPrefix("-") ?? true else { return complain(of: path, rest) }
        Terminal.say(overview(path))
        return 0
    }

    /// Where the words are no command.
    static func complain(of path: [String], _ rest: ArraySlice<String>) -> Int32 {
        let name = (["voffice"] + path).joined(separator: " ")
        if let word = rest.first {
            let near = Policy.nearest(to: word, among: Program.next(after: path).map(\.word)).map { " Did you mean “\($0)”?" } ?? ""
            Terminal.complain("\(name): there is no \(word.hasPrefix("-") ? "option" : "command") “\(word)”.\(near)\n")
        }
        Terminal.complain(overview(path))
        return 2
    }

    static func manual(_ command: Command) -> String {
        let options = command.allOptions.map { option in
            (option.value.map { "\(option.name) \($0)" } ?? option.name, option.meaning)
        }
        let ends = command.codes.map { "\($0.code) \($0.meaning)" }.joined(separator: ", ")
        return """
            \(command.lines.map { "    \($0)" }.joined(separator: "\n"))

            \(sentence(command.purpose))
            \(command.detail.isEmpty ? "" : command.detail + "\n")
            \(columns(options))

            Ends with \(ends).
            """
    }

    static func overview(_ path: [String]) -> String {
        if path.isEmpty {
            return """
                vOffice, a virtual office whose privacy policy is a program.

                \(columns(Program.next(after: []).map { ("voffice \($0.word)", $0.purpose) }))

                Settings are read from voffice.conf, or from VOFFICE_... in the environment. A command ends with 0 where all is well, 1 with
                findings or where it couldn't be done, 2 for wrong use; many take --json.
                More about one of them: voffice help COMMAND
                """
        }
        let name = "voffice " + path.joined(separator: " ")
        let group = Program.groups.first { $0.words == path }
        let below = Program.commands.filter { $0.words.starts(with: path) }
        return """
            \(name) COMMAND ... \(group?.purpose ?? "").

            \(columns(below.map { ($0.words.dropFirst(path.count).joined(separator: " "), $0.purpose) }))

            It ends with 0 where all is well, 1 with findings or where it couldn't be done, 2 for wrong use.
            More about one of them: \(name) COMMAND --help
            """
    }

    static func sentence(_ purpose: String) -> String { purpose.prefix(1).uppercased() + purpose.dropFirst() + "." }

    private static func columns(_ rows: [(String, String)]) -> String {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { "    \($0)\(String(repeating: " ", count: width - $0.count))  \($1)" }.joined(separator: "\n")
    }
}

extension Help {
    /// The whole description, for tools.
    static var json: JSON {
        .object([
            ("program", .string("voffice")), ("version", .string(Program.version)),
            ("commands", .list(Program.commands.map(json))),
        ])
    }

    private static func json(_ command: Command) -> JSON {
        .object([
            ("words", .strings(command.words)), ("usage", .strings(command.lines)), ("purpose", .string(command.purpose)),
            ("detail", .string(command.detail)), ("json", .bool(command.isJSON)),
            (
                "options",
                .list(
                    command.allOptions.map {
                        .object([("name", .string($0.name)), ("value", .maybe($0.value)), ("meaning", .string($0.meaning))])
                    })
            ),
            ("ends_with", .object(command.codes.map { (String($0.code), .string($0.meaning)) })),
        ])
    }
}
