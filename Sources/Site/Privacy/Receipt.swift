// The receipt of one use: what was done, by which rule, and the proof that the entry is in the log as shown.

import HTML
import HTTP
import JSON
import Office
import Policy
import Vault

extension Visit {
    func use(_ number: Int64, _ session: Session) -> Response {
        trying { () throws(NotDone) -> Response in
            do throws(NotDone) {
                return show(
                    ReceiptPage(
                        entry: try office.use(number, of: session), complaints: try office.ownComplaints(about: number, of: session)))
            } catch {
                // What doesn't open was changed after it was written: the person hears it as that.
                guard case .refused(.damaged) = error else { throw error }
                return show(SpoiltReceiptPage(number: number))
            }
        }
    }

    /// For the verifier in the browser, and to keep.
    func proof(_ number: Int64, _ session: Session) -> Response {
        trying { () throws(NotDone) -> Response in
            do throws(NotDone) {
                guard let proof = try office.proof(of: number, of: session) else { throw .notFound }
                return Response(200, proof, .json)
            } catch {
                guard case .refused(.damaged(let what)) = error else { throw error }
                return Response(404, Array(withoutProof(number, what).text.utf8), .json)
            }
        }
    }

    /// Of an entry that was changed or lost after it was written there is no proof, and that is what is to be known.
    private func withoutProof(_ number: Int64, _ what: String) -> JSON {
        .object([
            ("format", .string("voffice/no-proof/1")), ("entry", .int(Int(number))), ("damaged", .string(what)),
            (
                "meaning",
                .string(
                    say(
                        "This entry, or its place in the log, was changed or lost after it was written, so nothing proves it. Tell the privacy officer.",
                        id: """
                            Entri ini, atau tempatnya dalam log, diubah atau hilang setelah ditulis, jadi tidak ada buktinya. Beri tahu petugas \
                            privasi.
                            """))
            ),
        ])
    }
}

/// Of an entry whose bytes no longer open.
struct SpoiltReceiptPage: Page {
    let number: Int64

    func title(_ visit: Visit) -> String { visit.say("Receipt of use \(number)", id: "Tanda terima pemakaian \(number)") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = ReceiptTexts(say: visit.say)
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href("\(Route.privacy.path)#uses"), text: words.back)
            html(.p, .class("quiet"), text: title(visit))
            html(.h1, text: words.mismatch)
            visit.note(&html, .bad) { $0(.p, text: words.mismatchLead) }
        }
    }
}

struct ReceiptPage: Page {
    let entry: ChainEntry
    /// What they complained of it, and what they were about to.
    var complaints: [OwnComplaint] = []
    var text = "", faults: [FormFault] = []
    var hasProof: Bool { true }
    var hasForm: Bool { true }
    private var use: RecordedUse { entry.use }

    func title(_ visit: Visit) -> String { visit.say("Receipt of use \(entry.sequence)", id: "Tanda terima pemakaian \(entry.sequence)") }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = ReceiptTexts(say: visit.say)
        html(.div, .class("wrap")) { html in
            html(.a, .class("back"), .href("\(Route.privacy.path)#uses"), text: words.back)
            visit.errors(&html, faults.sentences(visit.say))
            html(.div, .class("head")) { html in
                html(.p, .class("quiet"), text: title(visit))
                html(.h1) { UseSentence(use: use, say: visit.say, repeated: entry.repeated).draw(&$0) }
                html(.p, .class("row")) { html in
                    html(.time, .datetime(WallTime(use.at).machine), text: visit.say.exact(use.at))
                    if use.wasRefused {
                        html(.span, .class("tag bad"), text: words.refused)
                    } else if use.intent == nil {
                        html(.span, .class("tag ok"), text: words.allowed)
                    }
                }
            }
            if let late = visit.say.toldLate(use) {
                visit.note(&html, .info) { html in
                    html(.p, text: late)
                    if let original = entry.original { html(.p, text: words.original(original)) }
                }
            }
            html(.div, .class("split")) { html in
                html(.div, .class("flow")) { html in
                    facts(&html, visit, words)
                    if visit.office.isOfStaff(use), !complaints.isEmpty || visit.office.answersWhoItWas {
                        OwnComplaints(sequence: entry.sequence, use: use, complaints: complaints, text: text, faults: faults).draw(
                            &html, visit)
                    }
                }
                proof(&html, visit, words)
                html(.section, .class("flow"), .labelledby("how")) { html in
                    html(.h2, .id("how"), text: words.how)
                    html(.p, text: words.joined)
                    html(.p, text: words.limits)
                }
            }
        }
    }

    private func facts(_ html: inout HTML, _ visit: Visit, _ words: ReceiptTexts) {
        let say = visit.say
        html(.dl, .class("sum")) { html in
            fact(&html, words.who) { $0.text(say.actor(use.actor).capitalised) }
            if !use.isOfVersion { fact(&html, words.what) { $0.text(say.things(use.things).capitalised) } }
            if let purpose = use.purpose { fact(&html, words.purpose) { $0.text(say.name(purpose).capitalised) } }
            if let matter = use.matter {
                fact(&html, words.matter) { html in
                    if use.isOfHold {
                        html.text(words.hold(matter))
                    } else if use.isOfComplaint {
                        let name = visit.say("Complaint \(matter)", id: "Keluhan \(matter)")
                        // Whoever complained has it there; whoever it is of doesn't.
                        let own = visit.session.flatMap { try? visit.office.complaints(of: $0) }?.first { $0.number == matter }
                        if let own { html(.a, .href(Route.use(own.sequence).path + "#who-t"), text: name) } else { html.text(name) }
                    } else if use.isOfVersion {
                        html(.a, .href(Route.version(matter).path), text: words.version(use.things.first ?? ""))
                    } else {
                        html(.a, .href(Route.ownCase(matter).path), text: words.case(matter))
                    }
                }
            }
            if let intent = use.intent { fact(&html, words.outcomeOf) { $0(.a, .href(Route.use(intent).path), text: words.entry(intent)) } }
            if use.wasRefused { fact(&html, words.cause) { $0.text(say.cause(ofOutcome: use.outcome).capitalised) } }
            if use.wasRefused || !use.rules.isEmpty {
                fact(&html, words.rule) { html in
                    html(.div, .class("flow tight")) { html in
                        html(.p) {
                            visit.chips(&$0, use.rules, refuse: use.wasRefused, withAddress: true, of: use.formerVersion ?? use.version)
                        }
                        visit.lacking(&html, use)
                        for rule in visit.office.vault.policy(named: use.formerVersion ?? use.version).map({ use.rules.compactMap($0.rule) }
                        ) ?? [] {
                            html(.blockquote, .class("said"), .lang("en"), text: rule.text)
                        }
                    }
                }
            }
            fact(&html, words.version) { html in
                html.text(use.version.versionNumber + ", ")
                html(.code, text: use.version.versionFingerprint)
            }
        }
        html(.details) { html in
            html(.summary, text: words.entry)
            html(.pre, text: entry.text)
        }
    }

    private func fact(_ html: inout HTML, _ name: String, _ value: (inout HTML) -> Void) {
        html(.div) { html in
            html(.dt, text: name)
            html(.dd, content: value)
        }
    }

    private func proof(_ html: inout HTML, _ visit: Visit, _ words: ReceiptTexts) {
        html(.aside, .class("card flow tall"), .labelledby("proved")) { html in
            switch entry.proof {
            case .signed(let number):
                seal(&html, .proof, words.proved)
                html(.p, text: words.provedLead)
                html(.ul, .class("checks"), .role("list")) { html in
                    for check in words.checks(number) {
                        html(.li, .class("line ok")) { html in
                            Drawings.icon(&html, .yes)
                            html(.p, text: check)
                        }
                    }
                }
                html(.p, .class("hint"), text: words.yourself)
                html(
                    .div, .class("note ok"), .data(.proof, Route.proof(entry.sequence).path), .data(.text, entry.text),
                    .data(.personText, entry.personText)
                ) { html in
                    html(.output, .polite, text: words.needsScript)
                    // The script puts the entry here that it verified.
                    html(.pre)
                }
                html(.p, .class("noprint")) {
                    $0(.a, .class("btn plain wide"), .href(Route.proof(entry.sequence).path), text: words.download)
                }
            case .recorded:
                seal(&html, .pending, words.pending)
                html(.p, text: words.pendingLead)
                html(.p) { $0(.a, .class("btn plain wide"), .href(Route.use(entry.sequence).path), text: words.again) }
            case .mismatch:
                html(.h2, .id("proved"), text: words.mismatch)
                visit.note(&html, .bad) { $0(.p, text: words.mismatchLead) }
            }
        }
    }

    private func seal(_ html: inout HTML, _ icon: Drawings.Icon, _ words: String) {
        html(.div, .class("row")) { html in
            Drawings.icon(&html, icon, large: true)
            html(.h2, .id("proved"), text: words)
        }
    }
}
