// `decide` and `explain`.
import JSON
import Policy

enum Deciding {
    static func decide(_ call: Call) throws(WrongUse) -> Int32 {
        guard let policy = try call.policy(call.operands[0]) else { return 1 }
        let collected = call.options["--collected"] ?? []
        if collected.count > 1 {
            throw WrongUse(message: "a datum was collected under one version: give --collected once, and others with --agreed")
        }
        if collected.isEmpty, call.has("--agreed") {
            throw WrongUse(message: "--agreed needs --collected: the version under which the data came")
        }
        var older: [Policy] = []
        for path in collected + (call.options["--agreed"] ?? []) {
            guard let each = try call.policy(path) else { return 1 }
            older.append(each)
        }
        let governing = Governing(policy, collected: older.first, agreed: Array(older.dropFirst()))
        let answers = governing.answers(to: try File.standardInput())
        if call.isJSON {
            let verdicts = answers.map { answer in JSON.object([("line", .int(answer.line))] + answer.json) }
            Terminal.say(JSON.object([("verdicts", .list(verdicts))]).text)
        } else {
            for answer in answers { Terminal.say("\(answer.line): \(answer.sentence)") }
        }
        return answers.allSatisfy(\.isReadable) ? 0 : 1
    }

    static func explain(_ call: Call) throws(WrongUse) -> Int32 {
        guard let policy = try call.policy(call.operands[0]) else { return 1 }
        let answers = Governing(policy).answers(to: Array(call.operands[1].utf8))
        if answers.count > 1 { throw WrongUse(message: "explain takes one flow; decide reads one a line") }
        guard let answer = answers.first else {
            throw WrongUse(
                message: "no flow is given; write one as in an example, such as: customer service reads email address to answer you")
        }
        let text = try call.voice(policy, call.operands[0]).passage(of: answer).text(unfolded: false)
        if call.isJSON { Terminal.say(JSON.object(answer.json + [("text", .string(text))]).text) } else { Terminal.say(text) }
        return answer.isReadable ? 0 : 1
    }
}

extension Answer {
    var isReadable: Bool { if case .success = result { true } else { false } }

    var json: [(String, JSON)] {
        switch result {
        case .success(let outcome): outcome.json
        case .failure(let fault): [("error", .object([("code", .string(fault.code)), ("column", .int(fault.column))]))]
        }
    }

    var sentence: String {
        switch result {
        case .success(let outcome): outcome.sentence
        case .failure(let fault): "can't be read (column \(fault.column)): \(fault.told)"
        }
    }
}

extension Needs {
    /// A conjunction; `by` belongs to what a flow needs, not to a condition.
    var condition: JSON { .object([("set", .strings(set)), ("clear", .strings(clear))]) }
    var json: JSON { .object([("set", .strings(set)), ("clear", .strings(clear)), ("by", .strings(by))]) }
}

extension Outcome {
    var json: [(String, JSON)] {
        let age = version.map { [("version", JSON.int($0))] } ?? []
        guard let why else {
            if let reasons { return [("verdict", .string("yes")), ("rules", .strings(rules)), ("reasons", .strings(reasons))] + age }
            return [
                ("verdict", .string("yes")), ("rules", .strings(rules)), ("obligations", .list(obligations.map(Self.obligation))),
                ("along", .strings(along)),
            ] + age
        }
        let no = [("verdict", JSON.string("no"))]
        switch why {
        case .needs(let needs): return no + [("why", .string("needs")), ("needs", needs.json)] + age
        case .forbidden(let by, let needs):
            return no + [("why", .string("forbidden")), ("by", .string(by)), ("needs", needs?.json ?? .null)] + age
        case .noRule: return no + [("why", .string("no rule"))] + age
        case .keptByLaw(let by): return no + [("why", .string("kept by law")), ("by", .string(by))] + age
        case .notKept: return no + [("why", .string("not kept"))] + age
        }
    }

    private static func obligation(_ told: (obligation: Obligation, version: Int?)) -> JSON {
        var entries: [(String, JSON)] = [("rule", .string(told.obligation.rule))]
        if let ends = told.obligation.ends {
            entries += [("tell", .string("once")), ("ends", .list(ends.map(\.condition)))]
        } else {
            entries.append(("tell", .string("at once")))
        }
        if let version = told.version { entries.append(("version", .int(version))) }
        return .object(entries)
    }
}
