// A change of language: a cookie, and back to the page.

import HTTP
import Office

extension Visit {
    /// The choice is remembered as long as the policy lets the browser remember it, or else as long as that is open.
    func switchLanguage(to language: Language) -> Reply {
        let asked = request.query["to"].flatMap { Route($0) } ?? .home
        let back = asked.methods.allow(.get) ? asked : .home
        // What another site sent somebody to wasn't their choice.
        guard !request.isFromElsewhere else { return now(see(back)) }
        return now(
            trying { () throws(NotDone) in
                let seconds = try office.secondsOfRemembering(privacySignal: request.privacySignal)
                let life: Cookie.Life = seconds.map { .seconds($0) } ?? .session
                return see(back, setting: [Cookie(Visit.languageCookie, language.code, life: life)])
            })
    }
}
