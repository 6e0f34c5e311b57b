// The words of one call: what they name, and what goes wrong with them.
import JSON
import Policy

struct WrongUse: Error {
    let message: String
}

extension WrongUse {
    /// A name that the policy doesn't declare, or declares as something else.
    init(unknown name: String, as kinds: String, near: String?) {
        message = "“\(name)” is no \(kinds) of this policy." + (near.map { " Did you mean “\($0)”?" } ?? "")
    }
}

struct Call {
    private(set) var operands: [String] = []
    private(set) var options: [String: [String]] = [:]
    var isJSON: Bool { options["--json"] != nil }

    init(_ words: [String], for command: Command) throws(WrongUse) {
        try self.init(words, takes: command.allOptions)
        guard command.operands.contains(operands.count) else {
            throw WrongUse(message: operands.count < command.operands.lowerBound ? "something is missing" : "that is too much")
        }
    }

    private init(_ words: [String], takes allowed: [Command.Option]) throws(WrongUse) {
        let known = allowed.map(\.name)
        var rest = words[...], areOptionsOver = false
        while let word = rest.popFirst() {
            if word == "--", !areOptionsOver { areOptionsOver = true; continue }
            guard word.hasPrefix("--"), !areOptionsOver else {
                operands.append(word)
                continue
            }
            guard known.contains(word) else {
                let near = Policy.nearest(to: word, among: known).map { " Did you mean \($0)?" } ?? ""
                throw WrongUse(message: "there is no option \(word).\(near)")
            }
            var value = ""
            if let expected = allowed.first(where: { $0.name == word })?.value {
                guard let next = rest.popFirst() else { throw WrongUse(message: "\(word) needs \(expected) behind it") }
                value = next
            }
            options[word, default: []].append(value)
        }
    }

    func has(_ option: String) -> Bool { options[option] != nil }

    /// The value of an option that takes one of a few words.
    func choice(_ option: String, of words: [String], orElse usual: String? = nil) throws(WrongUse) -> String {
        if let values = options[option], values.count > 1 {
            throw WrongUse(message: "\(option) stands there twice: \(values.joined(separator: ", ")). Leave one of them out.")
        }
        guard let value = options[option]?.last ?? usual else {
            throw WrongUse(message: "\(option) is missing: \(words.joined(separator: ", "))")
        }
        guard words.contains(value) else { throw WrongUse(message: "\(option) takes one of: \(words.joined(separator: ", "))") }
        return value
    }

    /// The policy of a document; nil after its errors are printed. Failed examples stop only `check` and `test`.
    func policy(_ path: String) throws(WrongUse) -> Policy? { policy(try File.read(path), path) }

    func policy(_ document: [UInt8], _ path: String) -> Policy? {
        let compilation = Policy.compile(document, file: path)
        let errors = compilation.diagnostics.filter { $0.severity == .error && $0.code != "example-fails" }
        guard errors.isEmpty, let policy = compilation.policy else {
            say(compilation.diagnostics)
            if !isJSON { Terminal.complain("\(path) has errors; nothing else can be said of it before they are mended.") }
            return nil
        }
        return policy
    }

    /// The policy's voice in the language that is asked for, with the words of the translation beside it.
    func voice(_ policy: Policy, _ path: String) throws(WrongUse) -> Voice {
        let tongue = try tongue(), named = options["--words"]?.last
        let translation = try named.map { path throws(WrongUse) in try File.read(path) } ?? translation(beside: path, tongue)
        return Voice(policy, in: tongue, translation: translation)
    }

    /// That of an older version, where a translation lies beside it.
    func formerVoice(_ policy: Policy, _ path: String) throws(WrongUse) -> Voice? {
        let tongue = try tongue()
        return translation(beside: path, tongue).map { Voice(policy, in: tongue, translation: $0) }
    }

    private func tongue() throws(WrongUse) -> Tongue {
        let language = try choice("--language", of: Tongue.allCases.map(\.rawValue), orElse: Tongue.english.rawValue)
        return Tongue(rawValue: language) ?? .english
    }

    private func translation(beside path: String, _ tongue: Tongue) -> [UInt8]? {
        let name = path.hasSuffix(".policy.md") ? path.dropLast(10) : path.hasSuffix(".md") ? path.dropLast(3) : path[...]
        return try? File.read("\(name).\(tongue.rawValue).md")
    }

    /// So many findings are shown to people; more than that nobody reads, and a few mended ones take many others with them.
    private static let mostShown = 200

    /// Errors before warnings where there are too many, in the order of the documents.
    private func shown(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard diagnostics.count > Self.mostShown else { return diagnostics }
        let errors = diagnostics.indices.filter { diagnostics[$0].severity == .error }.prefix(Self.mostShown)
        let warnings = diagnostics.indices.filter { diagnostics[$0].severity != .error }.prefix(Self.mostShown - errors.count)
        return (errors + warnings).sorted().map { diagnostics[$0] }
    }

    func say(_ diagnostics: [Diagnostic], digest: String? = nil) {
        if isJSON {
            var entries: [(String, JSON)] = [("diagnostics", .list(diagnostics.map(\.json)))]
            if let digest { entries.append(("digest", .string(digest))) }
            Terminal.say(JSON.object(entries).text)
        } else {
            for diagnostic in shown(diagnostics) { Terminal.say(diagnostic.text) }
            let rest = diagnostics.count - Self.mostShown
            if rest > 0 { Terminal.say("… and \(Terminal.count(rest, "more finding")); --json lists all of them.\n") }
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
