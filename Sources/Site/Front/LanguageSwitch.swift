// A change of language: a cookie, and back to the page.

import HTTP

extension Visit {
    func switchLanguage(to language: Language) -> Reply {
        let asked = request.query["to"].flatMap { Route($0) } ?? .home
        let back = asked.methods.allow(.get) ? asked : .home
        let year = 365 * 24 * 3600
        return now(see(back, setting: [Cookie(Visit.languageCookie, language.code, life: .seconds(year))]))
    }
}
