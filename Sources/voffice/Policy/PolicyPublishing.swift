// `publish` and `versions`: what the two officers of the house are asked to approve, and what they approved.

import Crypto
import JSON
import Office
import Policy
import Site
import Store
import Vault

enum PolicyPublishing {
    static func publish(_ call: Call) throws(WrongUse) -> Int32 {
        let path = call.operands[0], clock = SystemClock()
        guard try call.policy(path) != nil else { return 1 }
        let marks = Marks(wordingOnly: call.options["--wording-only"] ?? [], isMaterial: call.has("--material"))
        let isJSON = call.isJSON, language = try call.choice("--language", of: Tongue.allCases.map(\.rawValue), orElse: "en")
        let tongue = Tongue(rawValue: language) ?? .english
        return try withStore(call, tongue) { (store) throws(PublishingFault) in
            let document: [UInt8]
            do throws(WrongUse) { document = try File.read(path) } catch { throw .unreadable(errors: 1) }
            let translations = Serve.readTranslations(beside: path)
            let draft = try Draft(document, translations: translations, marks: marks, in: store, at: clock.now())
            let concerned = try draft.concerned(in: store)
            if !isJSON { say(draft, concerned, in: tongue) }
            let number = try draft.propose(in: store, at: clock.now())
            if isJSON {
                Terminal.say(json(draft, concerned, number).text)
            } else {
                Terminal.say(PublishingWords(tongue: tongue).proposed(number, from: draft.note.from))
            }
        }
    }

    static func versions(_ call: Call) throws(WrongUse) -> Int32 {
        let isJSON = call.isJSON
        return try withStore(call, .english) { (store) throws(PublishingFault) in
            let editions: [Edition]
            do throws(Refusal) { editions = try Edition.all(in: store, at: SystemClock().now()) } catch { throw .tampered("The database") }
            if isJSON {
                Terminal.say(JSON.object([("versions", .list(editions.map(json)))]).text)
            } else {
                for edition in editions { Terminal.say(line(edition)) }
            }
        }
    }

    /// The database of the house, which may be open in a server meanwhile. What it refuses is said in the language; with --json also as JSON.
    private static func withStore(_ call: Call, _ tongue: Tongue, _ body: (Store) throws(PublishingFault) -> Void) throws(WrongUse) -> Int32
    {
        let configuration = Serve.readConfiguration()
        guard holdsHouse(configuration.data) else {
            throw WrongUse(message: "\(configuration.data) holds no house. `voffice init --production` makes one (setting `data`).")
        }
        do throws(PublishingFault) {
            let store = try store(configuration.databases.data(of: configuration.data))
            defer { store.close() }
            try body(store)
            return 0
        } catch {
            switch error {
            case .unknownName, .unchangedName: throw WrongUse(message: error.description)
            default: break
            }
            let reason = tongue == .english ? error.description : error.said(in: tongue.rawValue)
            if call.isJSON { Terminal.say(JSON.object([("refused", .string(reason))]).text) }
            Terminal.complain("voffice policy: \(reason)")
            return 1
        }
    }
}

extension PolicyPublishing {
    static func holdsHouse(_ folder: String) -> Bool { (try? File.read(folder + "/stamp")) != nil }

    /// The data of a house.
    static func store(_ database: Database) throws(PublishingFault) -> Store {
        do throws(StoreFault) {
            return try Store.open(database, migrations: Vault.migrations + [Environment.migrations])
        } catch { throw .store(error) }
    }

    private static func say(_ draft: Draft, _ concerned: Concerned, in tongue: Tongue) {
        Terminal.say(draft.passage(in: tongue, concerned: concerned).text())
        let words = PublishingWords(tongue: tongue)
        for language in draft.lostTranslations { Terminal.say(words.lost(translation: language)) }
        let faults = draft.faultsOfTranslations.count
        if faults > 0 { Terminal.say(words.faulty(translation: faults)) }
        Terminal.say((draft.note.isMaterial ? words.marked + " " : "") + words.earliest(draft.earliest(from: SystemClock().now())))
    }

    private static func json(_ draft: Draft, _ concerned: Concerned, _ number: Int64) -> JSON {
        .object([
            ("proposal", .int(Int(number))), ("version", .int(draft.note.number)), ("from", .string(draft.note.from.iso)),
            ("document", .string(draft.note.document.hex)), ("digest", .string(draft.note.rules.hex)),
            ("waits", .string(draft.note.waiting.rawValue)), ("lost_translations", .strings(draft.lostTranslations)),
            ("faults_of_translations", .int(draft.faultsOfTranslations.count)),
            ("approved_by", .strings(Officer.roles)),
            ("difference", .object(draft.difference.json(concerned: concerned))),
        ])
    }

    private static func json(_ edition: Edition) -> JSON {
        .object([
            ("version", .int(edition.number)), ("state", .string(edition.state.rawValue)), ("from", .maybe(edition.note?.from.iso)),
            ("document", .string(edition.document.hex)), ("digest", .string(edition.rules)),
            ("proposal", edition.proposal.map { .int(Int($0)) } ?? .null),
            (
                "approvals",
                .list(edition.approvals.map { .object([("by", .string("\($0.role) \($0.number)")), ("at", .int(Int($0.at.seconds)))]) })
            ),
            ("since", edition.since.map { .int(Int($0.seconds)) } ?? .null),
            ("until", edition.until.map { .int(Int($0.seconds)) } ?? .null),
            ("log", edition.leaf.map { .int(Int($0)) } ?? .null),
            ("note", .maybe(edition.signed.map { String(decoding: $0, as: UTF8.self) })),
        ])
    }

    private static func line(_ edition: Edition) -> String {
        let from = edition.note.map { "from \($0.from.iso)" } ?? "loaded as it stood"
        let approvals = edition.approvals.map { "\($0.role) \($0.number)" }.joined(separator: " and ")
        return "version \(edition.number)  \(edition.state.rawValue)  \(from)  rules \(edition.rules)"
            + (edition.state == .proposed ? "  proposal \(edition.proposal ?? 0)" : "")
            + (approvals.isEmpty ? "" : "  approved by \(approvals)")
    }
}

extension Draft {
    /// The first day on which it can begin, if it is approved now: after its waiting time, and after the version that it follows.
    fileprivate func earliest(from now: Instant) -> Day {
        let waited = note.waiting.earliest(from: now)
        return parent.from > Day(of: now) ? max(waited, Day(parent.from.number + 1)) : waited
    }
}
