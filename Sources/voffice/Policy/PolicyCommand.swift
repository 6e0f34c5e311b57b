// `voffice policy ...`: works with a policy from the command line.
import JSON
import Policy

enum PolicyCommand {
    /// 0 fine; 1 findings; 2 wrong use.
    static func run(_ arguments: [String]) -> Int32 {
        do throws(WrongUse) {
            guard let name = arguments.first, let command = commands[name] else {
                throw WrongUse(message: arguments.isEmpty ? "which command?" : "no such command: \(arguments[0])")
            }
            var call = try Call(Array(arguments.dropFirst()), takes: command.options)
            guard command.operands.contains(call.operands.count) else { throw WrongUse(message: "\(name) takes: \(command.usage)") }
            return try command.run(&call)
        } catch {
            Terminal.complain("voffice policy: \(error.message)\n\(usage)")
            return 2
        }
    }

    private struct Command {
        let usage: String
        let operands: ClosedRange<Int>
        var options: Set<String> = []
        let run: (inout Call) throws(WrongUse) -> Int32
    }

    private static var commands: [String: Command] {
        [
            "check": Command(usage: "DOC...", operands: 1...1000, run: Checking.check),
            "test": Command(usage: "DOC", operands: 1...1, run: Checking.test),
            "decide": Command(
                usage: "DOC [--collected OLD [--agreed OTHER]...] < flows", operands: 1...1, options: ["--collected", "--agreed"],
                run: Deciding.decide),
            "explain": Command(usage: "DOC FLOW", operands: 2...2, run: Deciding.explain),
            "diff": Command(usage: "OLD NEW", operands: 2...2, run: Differing.diff),
            "fmt": Command(
                usage: "[--check] DOC, or --stamp DOC TRANSLATION", operands: 1...2, options: ["--check", "--stamp"], run: Formatting.format
            ),
            "export": Command(usage: "DOC --as dpv|json|html", operands: 1...1, options: ["--as"], run: Exporting.export),
            "coverage": Command(usage: "DOC", operands: 1...1, run: Exporting.coverage),
            "publish": Command(
                usage: "FILE [--wording-only NAME]... [--material]", operands: 1...1, options: ["--wording-only", "--material"],
                run: PolicyPublishing.publish),
            "versions": Command(usage: "", operands: 0...0, run: PolicyPublishing.versions),
            "who": Command(usage: "DOC THING", operands: 2...2, run: Differing.who),
            "what": Command(usage: "DOC ACTOR|PURPOSE|CONDITION", operands: 2...2, run: Differing.what),
        ]
    }

    static var usage: String {
        "commands:\n" + commands.sorted { $0.key < $1.key }.map { "    voffice policy \($0.key) \($0.value.usage)" }.joined(separator: "\n")
    }
}

struct WrongUse: Error { let message: String }

/// The words of one call.
struct Call {
    private(set) var operands: [String] = []
    private(set) var options: [String: [String]] = [:]
    var isJSON: Bool { options["--json"] != nil }

    private static let withValue: Set<String> = [
        "--collected", "--agreed", "--database", "--as", "--uses", "--key", "--since", "--wording-only",
    ]

    init(_ words: [String], takes known: Set<String>) throws(WrongUse) {
        var index = 0
        while index < words.count {
            let word = words[index]
            index += 1
            guard word.hasPrefix("--"), word != "--" else {
                operands.append(word)
                continue
            }
            guard known.contains(word) || word == "--json" else { throw WrongUse(message: "unknown option: \(word)") }
            var value = ""
            if Self.withValue.contains(word) {
                guard index < words.count else { throw WrongUse(message: "\(word) needs a value") }
                value = words[index]
                index += 1
            }
            options[word, default: []].append(value)
        }
    }

    func has(_ option: String) -> Bool { options[option] != nil }

    /// The policy of a document; nil after its errors are printed. Failed examples stop only `check` and `test`.
    func policy(_ path: String) throws(WrongUse) -> Policy? {
        let compilation = Policy.compile(try File.read(path), file: path)
        let errors = compilation.diagnostics.filter { $0.severity == .error && $0.code != "example-fails" }
        guard errors.isEmpty, let policy = compilation.policy else {
            say(compilation.diagnostics)
            return nil
        }
        return policy
    }

    func say(_ diagnostics: [Diagnostic], digest: String? = nil) {
        if isJSON {
            var entries: [(String, JSON)] = [("diagnostics", .list(diagnostics.map(\.json)))]
            if let digest { entries.append(("digest", .string(digest))) }
            Terminal.say(JSON.object(entries).text)
        } else {
            for diagnostic in diagnostics { Terminal.say(diagnostic.text) }
        }
    }
}

extension Diagnostic {
    var json: JSON {
        .object([
            ("file", .string(file)), ("severity", .string(severity.rawValue)), ("code", .string(code)), ("line", .int(line)),
            ("column", .int(column)), ("length", .int(length)), ("message", .string(message)), ("suggestion", .string(suggestion)),
        ])
    }
}
