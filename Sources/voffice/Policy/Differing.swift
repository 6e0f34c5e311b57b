// `diff`, `who` and `what`: cells of flows, as JSON and as sentences.
import JSON
import Policy
import Store
import Vault

enum Differing {
    static func diff(_ call: Call) throws(WrongUse) -> Int32 {
        guard let old = try call.policy(call.operands[0]), let new = try call.policy(call.operands[1]) else { return 1 }
        let difference = new.difference(from: old)
        let house = try call.options["--database"]?.last.map { named throws(WrongUse) in try database(named) }
        let concerned: Concerned
        do throws(PublishingFault) { concerned = try counted(difference, [old, new], in: house) } catch {
            throw WrongUse(message: error.description)
        }
        if call.isJSON {
            let faults: [(String, JSON)] = difference.isExact ? [] : [("diagnostics", .list([new.entangled.json]))]
            let hint: [(String, JSON)] = Voice(new).hint(from: old).map { [("hint", JSON.string($0))] } ?? []
            Terminal.say(JSON.object(faults + hint + difference.json(concerned: concerned)).text)
        } else {
            if !difference.isExact { call.say([new.entangled]) }
            let voice = try call.voice(new, call.operands[1]), former = try call.formerVoice(old, call.operands[0])
            if let hint = voice.hint(from: old) { Terminal.say(hint) }
            Terminal.say(voice.passage(of: difference, from: old, former: former, concerned: concerned).text())
        }
        return difference.isExact ? 0 : 1
    }

    /// What is named there: a data directory, or the address of a database where a house's data lie on a server.
    private static func database(_ named: String) throws(WrongUse) -> Database {
        guard named.contains("://") else {
            guard PolicyPublishing.holdsHouse(named) else {
                throw WrongUse(message: "\(named) holds no house. --database takes what the setting `data` or `database` names.")
            }
            let file = DataDirectory.database(of: named)
            if DataDirectory.isThere(file) { return .file(file) }
            let configuration = Serve.readConfiguration(), database = configuration.databases.data(of: named)
            guard case .server = database, File.mark(named) == File.mark(configuration.data) else {
                throw WrongUse(message: "The data of \(named) lie on a server: name the database, as its setting `database` does.")
            }
            return database
        }
        let database: Database, isBegun: Bool
        do throws(PostgresServer.Unfit) { database = .server(try PostgresServer(named)) } catch {
            throw WrongUse(message: "--database: \(error.sentence).")
        }
        do throws(StoreFault) { isBegun = try database.isBegun() } catch { throw WrongUse(message: "\(error)") }
        guard isBegun else { throw WrongUse(message: "--database: \(database.place) holds no house.") }
        return database
    }

    /// Whom it concerns, where a house is named.
    private static func counted(_ difference: Difference, _ policies: [Policy], in house: Database?) throws(PublishingFault) -> Concerned {
        guard let house else { return Concerned() }
        let store = try PolicyPublishing.store(house)
        defer { store.close() }
        return try difference.concerned(policies: policies, in: store)
    }

    static func who(_ call: Call) throws(WrongUse) -> Int32 {
        guard let policy = try call.policy(call.operands[0]) else { return 1 }
        guard let cells = policy.cells(about: call.operands[1]) else {
            throw WrongUse(unknown: call.operands[1], as: "field, category or message", near: policy.thing(near: call.operands[1]))
        }
        return try say(cells, policy, call, none: \.nobodyMay)
    }

    static func what(_ call: Call) throws(WrongUse) -> Int32 {
        guard let policy = try call.policy(call.operands[0]) else { return 1 }
        guard let cells = policy.cells(of: call.operands[1]) else {
            let kinds = "actor, source, recipient, purpose or condition"
            throw WrongUse(unknown: call.operands[1], as: kinds, near: policy.party(near: call.operands[1]))
        }
        if cells.isEmpty, !call.isJSON, let closed = policy.rules(closedBy: call.operands[1]) {
            let delayed = policy.rules(delayedBy: call.operands[1])
            Terminal.say(try call.voice(policy, call.operands[0]).opensNothing(stoppedBy: closed, delayed: delayed))
            return 0
        }
        return try say(cells, policy, call) { $0.permitsNothing(call.operands[1]) ?? $0.nobodyMay }
    }

    private static func say(_ cells: [Cell], _ policy: Policy, _ call: Call, none: (Voice) -> String) throws(WrongUse) -> Int32 {
        if !cells.allSatisfy(\.isExact) {
            call.say([policy.entangled])
            return 1
        }
        let voice = try call.voice(policy, call.operands[0])
        if call.isJSON {
            Terminal.say(JSON.object([("cells", .list(cells.map { .object($0.json + [("rules", .strings($0.rules))]) }))]).text)
        } else if cells.isEmpty {
            Terminal.say(none(voice))
        } else {
            Terminal.say(voice.passages(of: cells).map { $0.text(withAddresses: true) }.joined(separator: "\n"))
        }
        return 0
    }
}

extension Cell {
    var json: [(String, JSON)] {
        [
            ("verb", .string("\(verb)")), ("who", .string(who)), ("thing", .string(thing)), ("purpose", .maybe(purpose)),
            ("via", .maybe(via)),
            ("carrier", .maybe(carrier)), ("starter", .maybe(starter)),
        ] + condition
    }

    /// `when` alone, as the shape has it; where that would be too long it is null, and stands with `unless` in `between`.
    private var condition: [(String, JSON)] {
        if let alternatives { return [("when", .list(alternatives.map(\.condition)))] }
        let between: [(String, JSON)] = [("when", .list(when.map(\.condition))), ("unless", .list(unless.map(\.condition)))]
        return [("when", .null), ("between", .object(between))]
    }
}

extension Changed {
    func json(_ more: String, _ less: String, _ one: (Item) -> JSON) -> JSON {
        .object([(more, .list(self.more.map(one))), (less, .list(self.less.map(one)))])
    }
}

extension Tag {
    func json(_ first: String, _ second: String) -> JSON { .object([(first, .string(name)), (second, .string(tag))]) }
}

extension Counting {
    fileprivate var json: JSON {
        func all(_ numbers: [Numbers]) -> JSON {
            .list(
                numbers.map {
                    .object([("people", .int($0.people)), ("budget", .string($0.budgetText)), ("per", .string($0.per.text))])
                })
        }
        return .object([
            ("who", .string(who)), ("thing", .string(thing)), ("purpose", .maybe(purpose)), ("before", all(before)), ("now", all(now)),
        ])
    }
}

extension Difference {
    /// Where it isn't exact, `uncompared` names the rules that couldn't be compared. `concerned` is the number of people whom it asks at most, `touched` of
    /// those about whom something is stored that it treats otherwise, where they were counted.
    func json(concerned: Concerned = Concerned()) -> [(String, JSON)] {
        func plain(_ name: String) -> JSON { .string(name) }
        let keep: [(String, JSON)] = [
            ("lengthened", .strings(terms.more)), ("shortened", .strings(terms.less)), ("law", .strings(law)),
            ("because", .strings(because)),
        ]
        let promises: [(String, JSON)] = [
            ("never", never.json("more", "less", plain)), ("tell", tell.json("more", "less", plain)),
            ("along", along.json("more", "less", plain)),
        ]
        let compared: [(String, JSON)] = isExact ? [] : [("exact", .bool(false)), ("uncompared", .strings(uncompared))]
        return compared + [
            ("widened", .list(widened.map { .object($0.json) })), ("narrowed", .list(narrowed.map { .object($0.json) })),
            ("keep", .object(keep)), ("compulsory", compulsory.json("added", "removed", plain)),
            ("carries", carries.json("more", "less", plain)),
            ("promises", .object(promises)), ("recipients", recipients.json("added", "removed", plain)),
            ("countries", countries.json("added", "removed") { $0.json("recipient", "country") }),
            ("formerly", .list(formerly.map { $0.json("name", "was") })), ("apart", apart.json("added", "removed") { .strings($0) }),
            ("setters", setters.json("widened", "narrowed", plain)),
            ("marks", marks.json("added", "removed") { $0.json("purpose", "mark") }),
            ("held", held.json("added", "removed") { $0.json("field", "mark") }), ("kept_in", keptIn.json("added", "removed", plain)),
            ("meaning", .strings(meaning)), ("wording_only", .strings(wordingOnly)),
            ("asked_through", askedThrough.json("added", "removed", plain)),
            ("statistics", .list(statistics.map(\.json))), ("budgets", budgets.json("more", "less", plain)),
            (
                "demands",
                .object(
                    [("yes", .strings(demands.yes)), ("posted", .bool(demands.posted)), ("material", .bool(demands.material))]
                        + (concerned.asked.map { [("concerned", .int($0))] } ?? [])
                        + (concerned.touched.map { [("touched", .int($0))] } ?? []))
            ),
        ]
    }
}
