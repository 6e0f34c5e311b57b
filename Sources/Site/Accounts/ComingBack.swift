// The page that somebody wanted who had to sign in first, or anew: where they come back to afterwards.

import Crypto
import HTTP
import Office

extension Visit {
    /// Signing in leads back there, within a quarter of an hour; nil: no page of theirs, or one whose name a cookie can't bear.
    func comingBack(to route: Route) -> Cookie? {
        let name = String(route.path.dropFirst()).replacing("/", with: ".")
        guard Self.page(named: name)?.path == route.path else { return nil }
        // What was looked for in the list goes along.
        let query = route == .privacy ? filter.query() : ""
        return Cookie(Visit.afterCookie, query.isEmpty ? name : "\(name)_\(Hex.encode(Array(query.utf8)))", life: .seconds(900))
    }

    /// Signing in leads to the page on which what was sent stood, which nothing came of.
    func comingBackToForm() -> Cookie? {
        var path = Substring(route.path)
        while path.count > 1 {
            if let route = Route(String(path)), let back = comingBack(to: route) { return back }
            path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        }
        return nil
    }

    /// Where somebody who has just come in wanted to go, if it is for them.
    func placeComeBackTo(_ session: Session) -> String? {
        let parts = (request.cookie(Visit.afterCookie) ?? "").split(separator: "_", maxSplits: 1)
        guard let route = parts.first.flatMap({ Self.page(named: String($0)) }) else { return nil }
        if route.isForStaff && session.staff == nil { return nil }
        return route.path + (parts.count == 2 ? Self.query(parts[1]) : "")
    }

    /// Of letters, digits and what separates them alone.
    private static func query(_ hex: Substring) -> String {
        guard let bytes = Hex.decode(String(hex)), bytes.first == UInt8(ascii: "?"), bytes.count < 400,
            bytes.dropFirst().allSatisfy({ Cookie.isPlain($0) || "=&+%".utf8.contains($0) })
        else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A page that only people who are signed in have. Anybody may have set the cookie, so it leads to a page of ours, and does nothing there.
    private static func page(named name: String) -> Route? {
        guard name.utf8.allSatisfy({ Cookie.isPlain($0) }), let route = Route("/" + name.replacing(".", with: "/")) else { return nil }
        let isTheirs = [Route.account, .privacy, .cases, .leave, .desk].contains {
            route.path == $0.path || route.path.hasPrefix($0.path + "/")
        }
        return isTheirs && route.methods.allow(.get) ? route : nil
    }
}
