// `voffice policy ...`: works with a policy from the command line.
import JSON
import Policy

enum PolicyCommand {
    /// 0 fine; 1 findings; 2 wrong use.
    static func run(_ arguments: [String]) -> Int32 {
        guard let name = arguments.first else {
            Terminal.complain(overview)
            return 2
        }
        if ["help", "--help", "-h"].contains(name) { return help(arguments.dropFirst().first) }
        guard let command = all.first(where: { $0.name == name }) else {
            Terminal.complain("voffice policy: there is no command “\(name)”.\(suggestion(name))\n\n\(overview)")
            return 2
        }
        if arguments.contains("--help") || arguments.contains("-h") {
            Terminal.say(command.manual)
            return 0
        }
        do throws(WrongUse) {
            var call = try Call(Array(arguments.dropFirst()), for: command)
            return try command.run(&call)
        } catch {
            Terminal.complain("voffice policy \(name): \(error.message)\n\(command.lines)\nMore: voffice policy \(name) --help")
            return 2
        }
    }

    private static func help(_ name: String?) -> Int32 {
        guard let name else {
            Terminal.say(overview)
            return 0
        }
        guard let command = all.first(where: { $0.name == name }) else {
            Terminal.complain("voffice policy: there is no command “\(name)”.\(suggestion(name))")
            return 2
        }
        Terminal.say(command.manual)
        return 0
    }

    private static func suggestion(_ name: String) -> String {
        Policy.nearest(to: name, among: all.map(\.name)).map { " Did you mean “\($0)”?" } ?? ""
    }

    static var overview: String {
        let width = all.map(\.name.count).max() ?? 0
        let commands = all.map { "    \($0.name)\(String(repeating: " ", count: width - $0.name.count))  \($0.purpose)" }
        return """
            voffice policy COMMAND ... works with a policy, a Markdown file such as policy/voffice.policy.md.

            \(commands.joined(separator: "\n"))

            Each takes --json. It ends with 0 where all is well, 1 with findings, 2 for wrong use.
            More about one of them: voffice policy COMMAND --help
            """
    }
}

/// A subcommand with what it says about itself.
struct Command {
    struct Option {
        let name: String
        /// What stands behind it; nil where nothing does.
        var value: String?
        let meaning: String
    }
    let name: String
    /// What stands behind the name, a line for each way to call it.
    let usage: [String]
    let operands: ClosedRange<Int>
    let purpose: String
    let detail: String
    var options: [Option] = []
    /// What an exit code 1 means.
    let findings: String
    let run: (inout Call) throws(WrongUse) -> Int32

    var lines: String { usage.map { "    voffice policy \(name) \($0)" }.joined(separator: "\n") }

    var manual: String {
        let options = options + [Option(name: "--json", meaning: "prints JSON; Tests/Conformance/README.md has the shapes")]
        let shown = options.map { option in
            let head = "\(option.name) \(option.value ?? "")"
            return "    \(head)\(String(repeating: " ", count: max(1, 20 - head.count)))\(option.meaning)"
        }
        return """
            \(lines)

            \(purpose.prefix(1).uppercased() + purpose.dropFirst()).
            \(detail)

            \(shown.joined(separator: "\n"))

            Ends with 0 where all is well, 1 \(findings), 2 for wrong use (an unknown option or name, a file that can't be read).
            """
    }
}
