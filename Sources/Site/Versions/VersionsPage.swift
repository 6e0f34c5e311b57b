// Every version that was published, for anyone: its state, its signatures, its document.

import Crypto
import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    /// Those that were ever to be in force; what is merely proposed is nobody's business yet.
    func published() throws(NotDone) -> [Edition] { try office.editions().filter { $0.row != nil } }

    private func published(_ row: Int64) throws(NotDone) -> Edition {
        guard let edition = try published().first(where: { $0.row == row }) else { throw .notFound }
        return edition
    }

    func versions() -> Response {
        trying { () throws(NotDone) -> Response in
            let page = VersionsPage(editions: try published())
            return try alike(page.editions.map(\.stamp).joined(separator: "\n")) { show(page) }
        }
    }

    func version(_ row: Int64) -> Reply {
        later { () async throws(NotDone) -> Response in
            let edition = try published(row)
            do throws(NotDone) {
                return try alike(
                    edition.stamp,
                    framing: { () throws(NotDone) -> VersionPage in
                        guard let policy = try office.policy(of: edition) else { throw .notFound }
                        let isPresent = policy.documentDigest == self.policy.documentDigest
                        let translation = isPresent ? house.indonesian : Translation(of: policy, publishedIn: office)
                        let draft = try office.draft(of: edition)
                        return VersionPage(edition: edition, row: row, policy: policy, translation: translation, draft: draft)
                    })
            } catch {
                guard case .refused(.damaged(let what)) = error else { throw error }
                Trouble.log("version \(edition.number) of the policy: \(what)")
                return show(AlteredVersionPage(edition: edition), status: 409)
            }
        }
    }

    /// The bytes whose digest is signed.
    func versionDocument(_ row: Int64) -> Response {
        trying { () throws(NotDone) -> Response in
            guard let document = try office.document(of: try published(row)) else { throw .notFound }
            return Response(200, document, .text)
        }
    }

    func versionNote(_ row: Int64) -> Response {
        trying { () throws(NotDone) -> Response in
            guard let note = try published(row).signed else { throw .notFound }
            return Response(200, note, .text)
        }
    }
}

extension Edition {
    /// What of it may change after it was published.
    var stamp: String {
        "\(number) \(state) \([since, until].map { $0.map { WallTime($0).machine } ?? "" }) \(leaf ?? 0)"
    }
}

struct VersionsPage: Page {
    let editions: [Edition]

    func title(_ visit: Visit) -> String { VersionTexts(say: visit.say).title }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = VersionTexts(say: visit.say)
        html(.div, .class("wrap slim flow")) { html in
            html(.h1, text: words.title)
            html(.p, .class("lead"), text: words.lead)
            visit.comparison(&html, editions)
            html(.div, .class("card")) { html in
                html(.ul, .class("todo"), .role("list")) { html in
                    for edition in editions {
                        html(.li) { html in
                            html(.div) { html in
                                html(.b) { $0(.a, .href(Route.version(edition.row ?? 0).path), text: words.name(edition)) }
                                html(.p, .class("quiet"), text: words.span(edition))
                            }
                            html(.span, .class(words.tone(edition)), text: words.state(edition))
                        }
                    }
                }
            }
        }
    }
}

/// In place of one that the database doesn't hold any more as it was signed.
struct AlteredVersionPage: Page {
    let edition: Edition

    func title(_ visit: Visit) -> String { VersionTexts(say: visit.say).name(edition) }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = VersionTexts(say: visit.say)
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.versions.path), text: words.back)
            html(.h1, text: title(visit))
            visit.note(&html, .bad, isFocused: true) { $0(.p, text: words.altered) }
        }
    }
}

struct VersionPage: Page {
    let edition: Edition
    let row: Int64
    let policy: Policy
    let translation: Translation
    /// What it changes; nil: it is the first.
    let draft: Draft?

    func title(_ visit: Visit) -> String { VersionTexts(say: visit.say).name(edition) }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = VersionTexts(say: visit.say)
        html(.div, .class("wrap flow")) { html in
            html(.a, .class("back"), .href(Route.versions.path), text: words.back)
            html(.div, .class("head")) { html in
                html(.div, .class("row apart")) { html in
                    html(.h1, text: words.name(edition))
                    html(.span, .class(words.tone(edition)), text: words.state(edition))
                }
                html(.p, .class("quiet"), text: words.span(edition))
                if visit.say != .english {
                    let isTranslated = !translation.clauses.isEmpty
                    html(.p, .class("hint"), text: PolicyTexts(say: visit.say).languageNote(isTranslated: isTranslated))
                }
            }
            html(.section, .class("card flow"), .labelledby("signed")) { signed(&$0, words) }
            if let draft {
                html(.section, .class("card flow"), .labelledby("changes")) { html in
                    html(.h2, .id("changes"), .class("t3"), text: words.changes)
                    visit.changes(&html, draft)
                }
            }
            let clauses = Clauses(policy, translation, visit.say)
            _ = clauses.opening(&html)
            clauses.draw(&html, title: words.name(edition))
        }
    }

    private func signed(_ html: inout HTML, _ words: VersionTexts) {
        html(.h2, .id("signed"), .class("t3"), text: words.signed)
        html(.ul, .class("flow tight"), .role("list")) { html in
            for approval in edition.approvals { html(.li, text: words.approval(approval)) }
            if edition.proposal == nil { html(.li, text: words.loaded) }
            if let leaf = edition.leaf { html(.li, text: words.entry(leaf)) }
            html(.li) { html in
                html.text(words.documentDigest + " ")
                html(.code, text: edition.document.hex)
            }
        }
        if let note = edition.signed {
            html(.p, .class("hint"), text: words.signedBy)
            html(.pre, .lang("en"), text: String(decoding: note, as: UTF8.self))
        }
        html(.p) { $0(.a, .href(Route.versionDocument(row).path), text: words.document) }
    }
}
