// The first page: what this office is, and why its policy is no promise but the program.

import HTML
import Office
import Policy

struct HomePage: Page {
    func title(_ visit: Visit) -> String { HomeTexts(say: visit.say, rights: visit.house.offers).title }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = HomeTexts(say: visit.say, rights: visit.house.offers)
        html(.div, .class("wrap")) { html in
            html(.div, .class("split even")) { html in
                html(.div, .class("flow")) { html in
                    html(.h1, .class("hero"), text: words.title)
                    html(.p, .class("lead"), text: words.lead)
                    html(.p, .class("row")) { html in
                        let offers = visit.house.offers
                        if visit.session == nil {
                            if visit.mayRegister {
                                html(.a, .class("btn"), .href(Route.register.path), text: words.register)
                            }
                            html(.a, .class("btn plain"), .href(Route.signIn.path), text: words.signIn)
                        } else if let member = visit.session?.staff {
                            let place = visit.firstPlace(of: member)
                            html(.a, .class("btn"), .href(place.path), text: place == .desk ? words.desk : words.work)
                        } else {
                            html(.a, .class("btn"), .href(Route.privacy.path), text: words.yourData)
                            if offers.refusal(of: .call) == nil {
                                html(.a, .class("btn plain"), .href(Route.newCase.path), text: words.ask)
                            }
                        }
                    }
                }
                html(.figure, .class("flow")) { html in
                    html(.svg, .viewBox("0 0 460 290"), .role("img"), .label(words.envelope)) { $0.raw(Drawings.envelope) }
                    html(.figcaption, .class("hint"), text: words.caption)
                }
            }
        }
        plans(&html, visit, words)
        program(&html, visit, words)
        start(&html, visit, words)
    }

    /// What the operator sells, with its prices; nothing where they told of none.
    private func plans(_ html: inout HTML, _ visit: Visit, _ words: HomeTexts) {
        let plans = visit.office.settings.business.plans
        guard !plans.isEmpty else { return }
        html(.section, .class("wrap flow part"), .labelledby("plans")) { html in
            html(.h2, .id("plans"), text: words.plans)
            html(.ul, .class("cols"), .role("list")) { html in for plan in plans { visit.plan(&html, plan, level: .h3) } }
            html(.p) { $0(.a, .href(Route.plans.path), text: words.plansAndPlaces) }
        }
    }

    private func program(_ html: inout HTML, _ visit: Visit, _ words: HomeTexts) {
        let standing = visit.house.rules.reading("telephone number", by: "customer service")
        html(.section, .class("band"), .labelledby("program")) { html in
            html(.div, .class("wrap split even")) { html in
                html(.div, .class("flow")) { html in
                    html(.h2, .id("program"), text: words.program)
                    html(.p, text: words.programLead)
                    // A clause says what its rules allow; without one of them its words would promise what doesn't happen.
                    let isMailed = visit.house.offers.refusal(of: .mailAnswer) == nil
                    if isMailed, let clause = standing.flatMap({ visit.policy.heading(ofRule: $0.address)?.clause }) {
                        let (said, isForeign) = visit.translated(clause)
                        html(.blockquote, .class("said flow tight"), .when(isForeign, .lang("en"))) { html in
                            html.raw(Trusted(madeSafeBy: "Markdown", said.prose.leadingToPolicy))
                        }
                        html(.p, .class("row")) { visit.chips(&$0, clause.rules.prefix(1).map(\.address)) }
                    }
                    html(.p) { $0(.a, .href(Route.policy.path), text: words.readPolicy) }
                }
                html(.div, .class("card flow")) { html in
                    html(.h3, text: words.example)
                    html(.ol, .class("uses stacked"), .role("list")) { html in
                        if let standing { example(&html, visit, words.exampleRead, standing.address, refused: false) }
                        if let cause = refusal(standing) {
                            example(&html, visit, words.exampleRefused(cause), standing?.address, refused: true)
                        }
                    }
                }
            }
        }
    }

    /// Why the policy would refuse it without a case, as the record of uses writes it; nil: it wouldn't.
    private func refusal(_ standing: StandingRules.Standing?) -> String? {
        guard let standing else { return "no, no rule" }
        return standing.conditions.isEmpty ? nil : "no, needs " + standing.conditions.joined(separator: " and ")
    }

    private func example(_ html: inout HTML, _ visit: Visit, _ sentence: String, _ rule: String?, refused: Bool) {
        html(.li) { html in
            html(.p, text: sentence)
            html(.p, .class("row")) { html in
                if let rule { visit.chip(&html, rule, refuses: refused) } else { visit.chipOfNoRule(&html) }
                html(.span, .class("proof")) { html in
                    Drawings.icon(&html, .proof)
                    html.text(visit.say("Proved", id: "Terbukti"))
                }
            }
        }
    }

    private func start(_ html: inout HTML, _ visit: Visit, _ words: HomeTexts) {
        html(.section, .class("wrap flow part"), .labelledby("start")) { html in
            html(.h2, .id("start"), text: words.start)
            if let refused = visit.house.offers.refusal(of: .account) { return visit.notOffered(&html, refused) }
            html(.ol, .class("cols"), .role("list")) { html in
                for (step, sentence) in words.steps {
                    html(.li) { html in
                        html(.b, text: step)
                        html(.p, .class("quiet"), text: sentence)
                    }
                }
            }
        }
    }
}
