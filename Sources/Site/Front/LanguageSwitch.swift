// A change of language: a cookie, and back to the page.

import HTTP
import Office

extension Visit {
    /// The choice is remembered as long as the policy lets the browser remember it, or else as long as that is open.
    func switchLanguage(to language: Language) -> Reply {
        let asked = request.query["to"].flatMap { Route($0) } ?? .home
        let back = asked.methods.allow(.get) ? asked : .home, place = back.path + chosen(on: back)
        // What another site sent somebody to wasn't their choice.
        guard !request.isFromElsewhere else { return now(.see(place)) }
        return now(
            trying { () throws(NotDone) in
                let seconds = try office.secondsOfRemembering(privacySignal: request.privacySignal)
                let life: Cookie.Life = seconds.map { .seconds($0) } ?? .session
                var response = Response.see(place)
                response.cookies = [Cookie(Visit.languageCookie, language.code, life: life)]
                return response
            })
    }

    /// What was chosen on a page of the versions goes along.
    var returnChoice: String {
        guard route == .difference, let from = request.query["from"].flatMap({ Int64($0) }),
            let to = request.query["to"].flatMap({ Int64($0) })
        else { return "" }
        return "&between=\(from)-\(to)"
    }

    /// The two versions between which somebody looked.
    private func chosen(on back: Route) -> String {
        let rows = (request.query["between"] ?? "").split(separator: "-").compactMap { Int64($0) }
        guard back == .difference, rows.count == 2 else { return "" }
        return "?from=\(rows[0])&to=\(rows[1])"
    }
}
