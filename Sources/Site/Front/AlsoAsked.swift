// What people ask first, with what the rules answer: beside a question to the policy, and before one to us.

import HTML

extension Visit {
    /// The five questions of the policy's page, each leading to the clause that says most of it.
    func alsoAsked(_ html: inout HTML) {
        let words = PolicyTexts(say: say)
        html(.section, .class("card flow"), .labelledby("also")) { html in
            html(.h2, .id("also"), .class("t3"), text: words.alsoAsked)
            html(.ul, .class("flow tight"), .role("list")) { html in
                for (question, answer, anchor) in words.answers(house.answers.glance) {
                    html(.li) { html in
                        html(.a, .href(Route.policy.path + (anchor.map { "#\($0)" } ?? "")), text: question)
                        html(.p, .class("quiet"), text: answer)
                    }
                }
            }
        }
    }
}
