// What was just done, which the page that follows says: only to the browser in which it was done, so that no link makes us say it.

import Crypto
import HTTP

extension Visit {
    /// By which we know what we said to this browser last.
    static let newsCookie: StaticString = "news"

    /// What this page says was done; nil where the address says so and we didn't.
    var news: String? {
        guard let told = request.query["now"], request.cookie(Visit.newsCookie) == Self.mark(of: "\(request.path)?now=\(told)") else {
            return nil
        }
        return told
    }

    static func mark(of place: some StringProtocol) -> String {
        String(SHA256.hash(Array("voffice/news/1|\(place)".utf8)).hex.prefix(32))
    }
}

extension Reply {
    /// Where it leads to a page that says what was done, this browser may read it there for ten minutes.
    func withNews() -> Reply {
        switch self {
        case .now(let response): .now(response.withNews())
        case .later(let work): .later { await work().withNews() }
        }
    }
}

extension Response {
    fileprivate func withNews() -> Response {
        guard status == 303, let place = headers.first(where: { "\($0.0)" == "Location" })?.1.prefix(while: { $0 != "#" }),
            place.contains("?now=")
        else { return self }
        var response = self
        response.cookies.append(Cookie(Visit.newsCookie, Visit.mark(of: place), life: .seconds(600)))
        return response
    }
}
