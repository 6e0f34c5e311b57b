// For machines that look around: what may be searched, where the pages are, and where a hole is told (RFC 9116, sitemaps.org).

import HTML
import HTTP
import Office

extension Visit {
    /// The pages that say nothing of anybody.
    private static let open: [Route] = [.home, .policy, .question, .versions, .plans, .contact, .status, .log, .register, .signIn]

    func robots() -> Response {
        let open = Self.open.map { $0 == .home ? "Allow: /$\n" : "Allow: \($0.path)\n" }.joined()
        return .text("User-agent: *\n\(open)Disallow: /\nSitemap: \(office.settings.address)\(Route.sitemap.path)\n")
    }

    func sitemap() -> Response {
        let places = Self.open.map { "<url><loc>\(office.settings.address)\($0.path)</loc></url>\n" }.joined()
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            \(places)</urlset>

            """
        return trying { () throws(NotDone) -> Response in try alike { Response(200, Array(text.utf8), .xml) } }
    }

    /// Where whoever runs the house told no contact, there is none.
    func securityText() -> Response {
        guard let contact = office.settings.business.security else { return show(Trouble.missing) }
        let address = office.settings.address, expires = WallTime(office.moment(inDays: 180)).machine
        return .text(
            """
            Contact: \(contact)
            Expires: \(expires)
            Preferred-Languages: en, id
            Canonical: \(address)\(Route.securityText.path)
            Policy: \(address)\(Route.contact.path)

            """)
    }

    /// Asked for by browsers at the root of a site.
    func icon(_ name: String) -> Response { house.assets[name].map { Response($0) } ?? show(Trouble.missing) }
}
