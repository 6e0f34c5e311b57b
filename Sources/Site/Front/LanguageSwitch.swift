// A change of language: a cookie, and back to the page.

import HTTP

extension Visit {
    /// The choice is remembered for a year, or as long as the browser is open where it asks not to be followed.
    func switchLanguage(to language: Language) -> Reply {
        let asked = request.query["to"].flatMap { Route($0) } ?? .home
        let back = asked.methods.allow(.get) ? asked : .home
        let life: Cookie.Life = request.privacySignal ? .session : .seconds(365 * 24 * 3600)
        return now(see(back, setting: [Cookie(Visit.languageCookie, language.code, life: life)]))
    }
}
