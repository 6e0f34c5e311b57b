// What lies between any two versions, in sentences: chosen in a form, for anyone.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    /// Of two versions that were chosen; else the form alone.
    func difference() -> Reply {
        guard let from = request.query["from"], let to = request.query["to"] else {
            return now(trying { () throws(NotDone) -> Response in show(DifferencePage(editions: try published())) })
        }
        return later { () async throws(NotDone) -> Response in
            let editions = try published()
            func chosen(_ row: String) -> Edition? { editions.first { $0.row.map(String.init) == row } }
            guard let old = chosen(from), let new = chosen(to) else {
                return show(DifferencePage(editions: editions, isUnknown: true), status: 404)
            }
            let stamp = editions.map(\.stamp).joined(separator: "\n")
            return try alike(
                stamp, at: "\(from) \(to)",
                framing: { () throws(NotDone) -> DifferencePage in
                    guard let before = try office.policy(of: old), let now = try office.policy(of: new) else { throw .notFound }
                    let difference = now.difference(from: before, wordingOnly: try wordingOnly(from: old, to: new, editions))
                    let former = try voice(of: before)
                    let passages = try voice(of: now).passages(of: difference, from: before, former: former)
                    let isForeign = say == .english ? false : try !isTranslated(now)
                    return DifferencePage(editions: editions, between: (old, new), passages: passages, isForeign: isForeign)
                })
        }
    }

    /// Names whose prose changed in wording only, as the notes of the versions on the way say.
    private func wordingOnly(from old: Edition, to new: Edition, _ editions: [Edition]) throws(NotDone) -> Set<String> {
        var steps: [(policy: Policy, marked: Set<String>)] = []
        for edition in new.path(from: old, among: editions) ?? [] {
            guard let policy = try office.policy(of: edition) else { return [] }
            steps.append((policy, Set(edition.note?.wordingOnly ?? [])))
        }
        return Policy.wordingOnly(through: steps)
    }

    /// A version in the reader's language; in English, whole, where nobody translated it.
    func voice(of version: Policy) throws(NotDone) -> Voice {
        if say != .english, version.documentDigest == policy.documentDigest, let voice = house.indonesian.voice { return voice }
        return try office.voice(of: version, in: try isTranslated(version) ? Tongue(rawValue: say.code) ?? .english : .english)
    }

    private func isTranslated(_ version: Policy) throws(NotDone) -> Bool {
        if version.documentDigest == policy.documentDigest { return house.indonesian.voice != nil }
        return try office.translation(into: "id", of: version) != nil
    }

    /// The form by which two versions are chosen; nothing where there is one alone.
    func comparison(_ html: inout HTML, _ editions: [Edition], from: Int64? = nil, to: Int64? = nil) {
        guard editions.count > 1 else { return }
        let words = VersionTexts(say: say)
        html(.form, .class("ask card flow tight"), .action(Route.difference.path)) { html in
            html(.h2, .class("t3"), text: words.compare)
            html(.div, .class("row")) { html in
                for (id, title, chosen) in [
                    ("from" as StaticString, words.older, from ?? editions[1].row), ("to", words.newer, to ?? editions[0].row),
                ] {
                    html(.div, .class("field")) { html in
                        html(.label, .for(id), text: title)
                        html(.select, .id(id), .name(id)) { html in
                            for edition in editions {
                                let name = "\(words.name(edition)), \(words.span(edition))"
                                html(.option, .value("\(edition.row ?? 0)"), .when(edition.row == chosen, .selected), text: name)
                            }
                        }
                    }
                }
                html(.button, .class("btn"), text: words.compareThem)
            }
        }
    }
}

struct DifferencePage: Page {
    let editions: [Edition]
    var between: (old: Edition, new: Edition)? = nil
    var passages: [Passage]? = nil
    /// The newer one wasn't translated.
    var isForeign = false
    /// One was chosen that isn't there.
    var isUnknown = false

    func title(_ visit: Visit) -> String {
        let words = VersionTexts(say: visit.say)
        return between.map { words.changes(from: $0.old, to: $0.new) } ?? words.compare
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = VersionTexts(say: visit.say)
        html(.div, .class("wrap flow")) { html in
            html(.a, .class("back"), .href(Route.versions.path), text: words.back)
            html(.h1, text: title(visit))
            if let between {
                html(.p, .class("quiet"), text: "\(words.span(between.old)); \(words.span(between.new))")
            }
            if isUnknown { visit.note(&html, .wait) { $0(.p, text: words.unknown) } }
            visit.comparison(&html, editions, from: between?.old.row, to: between?.new.row)
            if between == nil, editions.count < 2 { html(.p, text: words.onlyOne) }
            guard let passages else { return }
            if passages.isEmpty { html(.p, text: words.nothingChanged) }
            if isForeign { html(.p, .class("hint"), text: words.untranslated) }
            html(.div, .class("flow slim"), .when(isForeign, .lang("en"))) { html in for passage in passages { visit.draw(&html, passage) }
            }
        }
    }
}
