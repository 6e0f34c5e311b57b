// "May ... see my ...?": the question as a form, and what the rules answer. Nothing that is asked says who asks.

import HTML
import HTTP
import Office
import Policy

extension Visit {
    /// Says rules as sentences, in the reader's language as far as there is a translation.
    var voice: Voice { say == .english ? Voice(policy) : house.indonesian.voice ?? Voice(policy) }

    func ask() -> Response {
        let answers = house.answers, who = request.query["who"], what = request.query["what"]
        guard let who, let what else { return show(AskPage(question: nil)) }
        guard answers.mayBeAsked(about: who), answers.things.contains(what) else {
            return show(AskPage(question: nil, isUnknown: true), status: 404)
        }
        return show(AskPage(question: (who, what)))
    }

    /// The form, on the policy's page and above each answer.
    func askForm(_ html: inout HTML, who: String? = nil, what: String? = nil, isTitled: Bool = false) {
        let answers = house.answers, words = AskTexts(say: say)
        html(.form, .class("ask card flow tight"), .action(Route.question.path)) { html in
            html(.h2, .class(isTitled ? "t3" : "hide"), text: words.title)
            html(.div, .class("row")) { html in
                html(.div, .class("field")) { html in
                    html(.label, .for("who"), text: words.may)
                    html(.select, .id("who"), .name("who")) { html in
                        group(&html, words.staff, answers.staff, chosen: who)
                        group(&html, words.outsiders, answers.outsiders, chosen: who)
                        group(&html, words.byItself, [Answers.site], chosen: who)
                    }
                }
                html(.div, .class("field")) { html in
                    html(.label, .for("what"), text: words.see)
                    html(.select, .id("what"), .name("what")) { html in
                        for thing in answers.things { option(&html, thing, chosen: what) }
                    }
                }
                html(.button, .class("btn"), text: words.ask)
            }
        }
    }

    private func group(_ html: inout HTML, _ title: String, _ names: [String], chosen: String?) {
        html(.optgroup, .grouped(title)) { html in for name in names { option(&html, name, chosen: chosen) } }
    }

    private func option(_ html: inout HTML, _ name: String, chosen: String?) {
        html(.option, .value(name), .when(name == chosen, .selected), text: say.actor(name).capitalised)
    }
}

struct AskPage: Page {
    let question: (who: String, what: String)?
    /// Somebody or something was asked about that this version doesn't name.
    var isUnknown = false

    func title(_ visit: Visit) -> String {
        let words = AskTexts(say: visit.say)
        return question.map { words.question($0.who, $0.what) } ?? words.title
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = AskTexts(say: visit.say)
        html(.div, .class("wrap")) { html in
            html(.a, .class("back"), .href(Route.policy.path), text: words.back)
            if question == nil {
                html(.div, .class("head")) { html in
                    html(.h1, text: words.title)
                    html(.p, .class("lead"), text: words.lead)
                }
            }
            if isUnknown { visit.note(&html, .wait) { $0(.p, text: words.unknown) } }
            visit.askForm(&html, who: question?.who, what: question?.what)
            guard let question else { return html(.div, .class("part")) { visit.alsoAsked(&$0) } }
            let uses = visit.house.answers.uses(of: question.what, by: question.who, visit.policy)
            html(.div, .class("split part")) { html in
                html(.div, .class("flow")) { html in
                    verdict(&html, visit, words, question, uses)
                    if !uses.isEmpty { cases(&html, visit, words, uses) }
                }
                html(.aside, .class("flow"), .label(words.more)) { html in
                    html(.div, .class("card flow")) { html in
                        let isSeen = visit.house.offers.grants(.seeing), isRecorded = visit.house.answers.recorded.contains(question.what)
                        html(.h2, .class("t3"), text: words.ifItHappens)
                        html(.p, text: isRecorded ? words.shown(isSeen: isSeen) : words.unrecorded(question.what))
                        if isRecorded, isSeen { html(.p) { $0(.a, .href(Route.privacy.path), text: words.ownUses) } }
                    }
                    visit.alsoAsked(&html)
                }
            }
        }
    }

    private func verdict(
        _ html: inout HTML, _ visit: Visit, _ words: AskTexts, _ question: (who: String, what: String), _ uses: [Cell]
    ) {
        let isAlways = uses.contains(where: \.isAlways)
        let forbidding = uses.isEmpty ? visit.house.answers.prohibitions(of: question.what, by: question.who, visit.policy) : []
        html(.div, .class(uses.isEmpty ? "verdict bad flow tight" : isAlways ? "verdict ok flow tight" : "verdict wait flow tight")) {
            html in
            html(.p, .class("quiet"), text: words.question(question.who, question.what))
            html(.h1, .class("hero"), text: uses.isEmpty ? words.no : isAlways ? words.yes : words.onlyIf)
            html(
                .p, .class("lead"),
                text: uses.isEmpty
                    ? words.refused(isForbidden: !forbidding.isEmpty) : isAlways ? words.allowed : words.otherwise)
            if !forbidding.isEmpty { html(.p) { visit.chips(&$0, forbidding, refuse: true) } }
            html(.p, .class("row")) { html in
                html(.span, .class("hint"), text: words.version(visit.policy.version.number))
            }
        }
    }

    private func cases(_ html: inout HTML, _ visit: Visit, _ words: AskTexts, _ uses: [Cell]) {
        let plain = uses.map(\.plain)
        draw(&html, visit, words, plain)
        for meanings in visit.voice.meanings(of: plain) {
            html(.h2, .class("t3"), text: meanings.title.text)
            html(.ul, .class("flow tight")) { html in
                for sentence in meanings.sentences { html(.li, text: sentence.wording.text(unfolded: false)) }
            }
        }
        if plain != uses {
            html(.details) { html in
                html(.summary, text: words.inFull)
                draw(&html, visit, words, uses)
            }
        }
    }

    private func draw(_ html: inout HTML, _ visit: Visit, _ words: AskTexts, _ cells: [Cell]) {
        let voice = visit.voice
        for clause in voice.passages(of: cells) {
            html(.section, .class("flow tight")) { html in
                html(.h2, .class("t3"), text: clause.title.text)
                for sentence in clause.passages.flatMap(\.sentences) {
                    html(.p) { html in
                        html.text(sentence.wording.text(unfolded: false) + " ")
                        visit.chips(&html, sentence.rules)
                    }
                }
            }
        }
    }
}

/// The words around the policy's own.
struct AskTexts {
    let say: Language

    var title: String { say("Ask the policy", id: "Tanya kebijakan") }
    var lead: String {
        say(
            "Choose somebody and something that we hold of you. The rules that run here give the answer.",
            id: "Pilih seseorang dan sesuatu yang kami simpan tentang Anda. Aturan yang berjalan di sini menjawabnya.")
    }
    var back: String { say("Back to the policy", id: "Kembali ke kebijakan") }
    var may: String { say("May", id: "Bolehkah") }
    var see: String { say("see or use my", id: "melihat atau memakai") }
    var ask: String { say("Ask", id: "Tanya") }
    var staff: String { say("Who works here", id: "Yang bekerja di sini") }
    var outsiders: String { say("Outside", id: "Pihak luar") }
    func question(_ who: String, _ what: String) -> String {
        say(
            "May \(say.actor(who)) see or use my \(say.thing(what))?",
            id: "Bolehkah \(say.actor(who)) melihat atau memakai \(say.thing(what)) saya?")
    }
    var no: String { say("No", id: "Tidak") }
    var yes: String { say("Yes", id: "Ya") }
    var onlyIf: String { say("Only in these cases", id: "Hanya dalam hal ini") }
    var byItself: String { say("The program by itself", id: "Program itu sendiri") }
    func refused(isForbidden: Bool) -> String {
        isForbidden
            ? say(
                "A rule forbids it, so it is refused, and the try is recorded.",
                id: "Sebuah aturan melarangnya, jadi ditolak, dan percobaannya dicatat.")
            : say(
                "No rule allows it, so it is refused, and the try is recorded.",
                id: "Tidak ada aturan yang mengizinkannya, jadi ditolak, dan percobaannya dicatat.")
    }
    var allowed: String {
        say("For what is written below, and for nothing else.", id: "Untuk yang tertulis di bawah ini, dan tidak untuk yang lain.")
    }
    var otherwise: String {
        say("At any other time, and for anything else, it is refused.", id: "Di luar itu, dan untuk hal lain, ditolak.")
    }
    func version(_ number: Int) -> String { say("By version \(number) of the policy", id: "Menurut versi \(number) kebijakan") }
    var inFull: String { say("Every case, in full", id: "Semua hal, selengkapnya") }
    var more: String { say("More about this answer", id: "Lebih lanjut tentang jawaban ini") }
    var ifItHappens: String { say("If it happens", id: "Bila itu terjadi") }
    /// Of what no rule lets be entered in the record of uses.
    func unrecorded(_ what: String) -> String {
        say(
            "No rule lets us record a use of your \(say.thing(what)), so each use by somebody who works here or outside is refused.",
            id: """
                Tidak ada aturan yang membolehkan kami mencatat pemakaian \(say.thing(what)) Anda, jadi setiap pemakaian oleh yang bekerja \
                di sini atau pihak luar ditolak.
                """)
    }
    /// `isSeen`: whoever comes new may read their own record.
    func shown(isSeen: Bool) -> String {
        guard isSeen else {
            return say(
                "Each use by somebody who works here or outside is recorded. Refused tries too.",
                id: "Setiap pemakaian oleh yang bekerja di sini atau pihak luar dicatat. Percobaan yang ditolak juga.")
        }
        return say(
            "Each use by somebody who works here or outside is in your list: who, when, for what, by which rule, with a proof. Refused tries too.",
            id: """
                Setiap pemakaian oleh yang bekerja di sini atau pihak luar ada di daftar Anda: siapa, kapan, untuk apa, menurut aturan mana, \
                dengan bukti. Percobaan yang ditolak juga.
                """)
    }
    var ownUses: String { say("See who used your data", id: "Lihat siapa memakai data Anda") }
    var unknown: String {
        say(
            "The policy in force names nobody or nothing like that. Choose from the lists.",
            id: "Kebijakan yang berlaku tidak menyebut siapa pun atau apa pun seperti itu. Pilih dari daftar.")
    }
}
