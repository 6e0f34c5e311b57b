// On somebody's behalf: first who it is, then what they ask for, then doing it, each with its rule and what is there or missing for it.

import HTML
import Office
import Policy
import Vault

struct BehalfPage: Page {
    let behalf: Behalf
    let found: StaffCase
    let work: BehalfWork
    var hasForm: Bool { true }
    private var number: Int64 { behalf.summary.number }

    func title(_ visit: Visit) -> String {
        let title = BehalfTexts(say: visit.say).title(number)
        return errors(visit.say).isEmpty ? title : visit.say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let isByNumber = behalf.caller.reached == "telephone number"
        let untold = visit.house.offers.refusal(of: isByNumber ? .telephoneChangeNotice : .changeNotice)
        let words = BehalfTexts(say: visit.say, word: untold != nil ? .none : isByNumber ? .message : .mail)
        html(.div, .class("wrap")) { html in
            html(.a, .class("back"), .href(Route.deskCase(number).path), text: words.back(number))
            if let refused = work.refused { notice(&html, refused, visit) }
            if work.wait != nil { visit.note(&html, .wait, isFocused: true) { $0(.p, text: words.wait) } }
            if let news = work.news.flatMap(words.news) { visit.note(&html, isFocused: true) { $0(.p, text: news) } }
            visit.errors(&html, errors(visit.say))
            html(.div, .class("head")) { html in
                html(.h1, text: words.title(number))
                html(.p, .class("quiet")) { html in
                    if let name = found.customer?.value.name, !name.isEmpty {
                        html(.bdi, text: name)
                        html.text(". ")
                    }
                    html.text(words.lead)
                }
            }
            if let refusal = found.refusal { visit.notOffered(&html, refusal) }
            html(.div, .class("split")) { html in
                html(.div, .class("flow")) { html in
                    BehalfCaller(caller: behalf.caller, number: number, work: work, isFocused: isQuiet).draw(&html, visit)
                    for wished in behalf.wishes where wished.isAsked {
                        BehalfWish(
                            wished: wished, number: number, work: work, word: words.word, untold: untold, isFocused: isNext(wished)
                        ).draw(&html, visit)
                    }
                    if let day = behalf.deletedOn { visit.note(&html, .wait) { $0(.p, text: words.goes(on: visit.say.date(day))) } }
                }
                html(.div, .class("flow")) { html in
                    asking(&html, visit, words)
                    if behalf.caller.verified == nil {
                        BehalfCallBack(caller: behalf.caller, number: number, work: work).draw(&html, visit)
                    }
                }
            }
        }
    }

    private var isQuiet: Bool {
        work.news == nil && work.refused == nil && work.faults.isEmpty && work.wait == nil && work.caller == nil && work.address == nil
    }
    /// The first thing that is left to do has the keyboard, once it is known who calls.
    private func isNext(_ wished: Wished) -> Bool {
        isQuiet && (behalf.caller.verified != nil || behalf.caller.sent == nil)
            && behalf.wishes.first { $0.isAsked && $0.refusal == nil }?.wish == wished.wish
    }

    /// What they ask for, as far as it isn't written down yet.
    private func asking(_ html: inout HTML, _ visit: Visit, _ words: BehalfTexts) {
        let open = behalf.wishes.filter { !$0.isAsked }
        guard !open.isEmpty, behalf.caller.refusal == nil else { return }
        html(.form, .class("card flow"), .post, .action(Route.wish(number).path), .novalidate, .labelledby("asked-t")) { html in
            visit.token(&html)
            html(.h2, .id("asked-t"), .class("t3"), text: words.whatTheyAsk)
            visit.choices(
                &html, name: "wish", legend: words.whatTheyAskLead, error: work.faults.sentence(for: "wish", visit.say),
                open.map { ($0.wish.rawValue, words.name($0.wish)) }, chosen: "")
            html(.button, .class("btn plain wide"), text: words.writeDown)
        }
    }

    private func notice(_ html: inout HTML, _ refused: Refused, _ visit: Visit) {
        visit.note(&html, .bad, isFocused: true) { html in
            html(.p) { html in
                html(.b, text: visit.say.refusal(refused) + ". ")
                html.text(visit.say("Refused: ", id: "Ditolak: ") + visit.say.cause(refused) + ".")
            }
            html(.p) { visit.refusalChips(&$0, refused) }
            visit.whyNot(&html, refused)
            if refused.entry != nil, visit.house.offers.grants(.seeing) {
                html(.p, .class("hint"), text: DeskTexts(say: visit.say).recorded)
            }
        }
    }

    private func errors(_ say: Language) -> [(field: String, sentence: String)] {
        let words = BehalfTexts(say: say)
        var errors = work.faults.sentences(say).map { (field: BehalfTexts.anchor($0.field), sentence: $0.sentence) }
        if let sentence = work.caller.flatMap(words.fault) { errors.append(("code", sentence)) }
        if let sentence = work.address.flatMap(words.fault) { errors.append(("\(words.codeField(work.wish ?? .email))", sentence)) }
        return errors
    }
}

/// Who calls: a code to a channel that we knew, typed as it is read out.
struct BehalfCaller {
    let caller: CallerStanding
    let number: Int64
    let work: BehalfWork
    let isFocused: Bool

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, words = BehalfTexts(say: say)
        html(.section, .class("card flow"), .labelledby("who-t")) { html in
            html(.div, .class("row apart")) { html in
                html(.h2, .id("who-t"), .class("t3"), text: words.who)
                if caller.verified != nil { html(.span, .class("tag ok"), text: words.verified) }
            }
            if let refusal = caller.refusal { return visit.notOffered(&html, refusal) }
            if let rule = visit.house.rules.reading("full name", by: visit.role, to: "make sure it is you") {
                html(.p) { visit.chip(&$0, rule.address) }
            }
            if let (field, until) = caller.verified {
                html(.p, text: words.verified(by: field, until: say.time(until)))
            } else if let (field, until) = caller.sent {
                html(.p, text: words.sent(to: field, until: say.time(until)))
                check(&html, visit, words)
                html(.details) { html in
                    html(.summary, text: words.anotherCode)
                    send(&html, visit, words)
                }
            } else {
                if !caller.channels.isEmpty {
                    html(.p, text: words.codeLead)
                } else if caller.movedUntil == nil {
                    html(.p, text: words.noChannel)
                }
                send(&html, visit, words)
            }
        }
    }

    private func check(_ html: inout HTML, _ visit: Visit, _ words: BehalfTexts) {
        html(.form, .class("flow tight"), .post, .action(Route.callerCheck(number).path), .novalidate) { html in
            visit.token(&html)
            visit.field(
                &html,
                FormField(
                    id: "code", label: words.code, kind: .code, hint: words.codeHint, value: work.caller == nil ? "" : work.code,
                    error: work.caller.flatMap(words.fault), isFocused: isFocused))
            html(.button, .class("btn"), text: words.check)
        }
    }

    private func send(_ html: inout HTML, _ visit: Visit, _ words: BehalfTexts) {
        if let day = caller.movedUntil { html(.p, text: words.moved(caller.reached, until: visit.say.date(day))) }
        let open = caller.channels.filter { $0.refusal == nil }
        for refusal in caller.channels.compactMap(\.refusal) { visit.notOffered(&html, refusal) }
        guard !open.isEmpty else { return }
        html(.form, .class("flow tight"), .post, .action(Route.callerCode(number).path), .novalidate) { html in
            visit.token(&html)
            visit.choices(
                &html, name: "through", legend: words.whereto, error: work.faults.sentence(for: "through", visit.say),
                open.map { ($0.field, words.channel($0.field)) }, chosen: open[0].field)
            html(
                .button, .class(caller.sent == nil ? "btn" : "btn plain"), .when(isFocused && caller.sent == nil, .autofocus),
                text: words.sendCode)
        }
    }
}

/// Where no code reaches them: a call back, which is told to them and waits.
struct BehalfCallBack {
    let caller: CallerStanding
    let number: Int64
    let work: BehalfWork

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, words = BehalfTexts(say: say)
        guard caller.refusal == nil else { return }
        html(.section, .class("card flow"), .id("call-back"), .labelledby("back-t")) { html in
            html(.h2, .id("back-t"), .class("t3"), text: words.callBack)
            if let callBack = caller.callBack {
                return html(.p, text: words.standing(callBack.from.map { say.date($0) }))
            }
            html(.p, text: words.callBackLead)
            guard caller.isCallable else { return html(.p, text: FormFault.numberUnknown.sentence(say) + ".") }
            if let untold = caller.untold { return visit.notOffered(&html, untold) }
            if let error = work.faults.sentence(for: "call-back", say) { visit.why(&html, error, id: "back-e") }
            if let telephone = caller.number, !telephone.isEmpty {
                html(.p) { html in html(.a, .href("tel:" + telephone.filter { !$0.isWhitespace })) { $0(.bdi, text: telephone) } }
                html(.form, .post, .action(Route.callBack(number).path)) { html in
                    visit.token(&html)
                    html(.button, .class("btn plain wide"), text: words.spoke)
                }
            } else {
                html(.p) { $0(.a, .href(Route.deskCase(number).path + "#open"), text: words.openNumber) }
            }
        }
    }
}
