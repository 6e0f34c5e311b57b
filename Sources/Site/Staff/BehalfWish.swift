// One thing that a caller asked for, on the page on which it is done.

import HTML
import Office
import Policy
import Vault

/// One thing that they asked for: what the policy wants for it, what they will see, and the form that does it.
struct BehalfWish {
    let wished: Wished
    let number: Int64
    let work: BehalfWork
    let word: BehalfTexts.Word, untold: Refused?
    let isFocused: Bool

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, words = BehalfTexts(say: say, word: word), wish = wished.wish, id = "wish-\(words.id(wish))"
        html(.section, .class("card flow"), .id(of: id), .labelledby(of: "\(id)-t")) { html in
            html(.h2, .id(of: "\(id)-t"), .class("t3"), text: words.name(wish))
            if let rule = wished.rule { html(.p) { visit.chip(&$0, rule) } }
            html(.ul, .class("checks"), .role("list")) { html in
                for (condition, holds) in wished.evidence {
                    html(.li, .class(holds ? "line ok" : "line bad")) { html in
                        Drawings.icon(&html, holds ? .yes : .nope)
                        html(.p, text: DeskTexts(say: say).evidence(say.literal(condition).capitalised, holds: holds))
                    }
                }
            }
            takingBack(&html, visit, words)
            if let refusal = wished.refusal { return refused(&html, refusal, visit, words) }
            html(.p, .class("hint"), text: DeskTexts(say: say).willSee(visit.house.offers.grants(.seeing)))
            html(.p, .class("said"), text: words.willRead(say.actor(visit.session?.staff?.shown ?? ""), wish, number))
            if let untold { visit.notOffered(&html, untold) }
            form(&html, visit, words)
        }
    }

    private func takingBack(_ html: inout HTML, _ visit: Visit, _ words: BehalfTexts) {
        html(.form, .post, .action(Route.wish(number).path)) { html in
            visit.token(&html)
            html(.input, .type("hidden"), .name("wish"), .value(wished.wish.rawValue))
            html(.button, .class("btn plain"), .name("back"), .value("yes"), text: words.takeBack)
        }
    }

    /// What only lacks a condition is in the list above; what no rule lets anybody do is named.
    private func refused(_ html: inout HTML, _ refusal: Refused, _ visit: Visit, _ words: BehalfTexts) {
        if refusal.missing != nil || wished.rule == nil { return visit.notOffered(&html, refusal) }
        switch refusal.why {
        case .needs, .forbidden:
            html(.p, .class("hint"), text: words.lacking)
            html(.p) { visit.refusalChips(&$0, refusal) }
            visit.whyNot(&html, refusal)
        case .noRule, .noTerm, .keptByLaw: visit.notOffered(&html, refusal)
        }
    }

    private func form(_ html: inout HTML, _ visit: Visit, _ words: BehalfTexts) {
        let wish = wished.wish, isTyped = work.wish == wish
        if wished.awaitsCode {
            html(.p, text: words.newCodeSent(wish))
            html(.form, .class("flow tight"), .post, .action(Route.newAddress(number).path), .novalidate) { html in
                visit.token(&html)
                html(.input, .type("hidden"), .name("wish"), .value(wish.rawValue))
                visit.field(
                    &html,
                    FormField(
                        id: words.codeField(wish), name: "code", label: words.code, kind: .code, hint: words.codeHint,
                        value: isTyped ? work.code : "", error: isTyped ? work.address.flatMap(words.fault) : nil, isFocused: isFocused))
                html(.button, .class("btn"), text: words.check)
            }
            html(.details) { html in
                html(.summary, text: words.anotherAddress(wish))
                value(&html, visit, words)
            }
        } else if wish.field != nil {
            if let refused = refusalOfNew(visit) { return visit.notOffered(&html, refused) }
            value(&html, visit, words)
        } else {
            html(.p, text: words.consequence(wish))
            html(.form, .post, .action(Route.change(number).path)) { html in
                visit.token(&html)
                html(.input, .type("hidden"), .name("wish"), .value(wish.rawValue))
                html(.button, .class(wish == .waking ? "btn" : "btn risk"), .when(isFocused, .autofocus), text: words.button(wish))
            }
        }
    }

    private func value(_ html: inout HTML, _ visit: Visit, _ words: BehalfTexts) {
        let wish = wished.wish, isTyped = work.wish == wish
        html(.form, .class("flow tight"), .post, .action(Route.change(number).path), .novalidate) { html in
            visit.token(&html)
            html(.input, .type("hidden"), .name("wish"), .value(wish.rawValue))
            visit.field(
                &html,
                FormField(
                    id: words.valueField(wish), name: "value", label: words.new(wish),
                    kind: wish == .email ? .email : wish == .telephone ? .telephone : .text,
                    hint: wish == .name ? nil : words.newHint(wish),
                    rule: wish == .name ? nil : visit.house.rules.taking(wish.rawValue, from: "help desk"),
                    value: isTyped ? work.value : "", error: isTyped ? work.faults.first?.sentence(visit.say) : nil,
                    isFocused: isFocused && !wished.awaitsCode))
            html(.button, .class("btn"), text: words.button(wish))
        }
    }

    /// Why no code would go to a new address, or it couldn't be taken in.
    private func refusalOfNew(_ visit: Visit) -> Refused? {
        switch wished.wish {
        case .email: visit.house.offers.refusal(of: .toldAddress)
        case .telephone: visit.house.offers.refusal(of: .toldNumber)
        default: nil
        }
    }
}
