// The page that somebody wanted who had to sign in first, or anew: where they come back to afterwards.

import HTTP
import Office

extension Visit {
    /// Signing in leads back there, within a quarter of an hour; nil: no page of theirs, or one whose name a cookie can't bear.
    func comingBack(to route: Route) -> Cookie? {
        let name = String(route.path.dropFirst()).replacing("/", with: ".")
        guard Self.page(named: name)?.path == route.path else { return nil }
        return Cookie(Visit.afterCookie, name, life: .seconds(900))
    }

    /// Where somebody who has just come in wanted to go, if it is for them.
    func placeComeBackTo(_ session: Session) -> Route? {
        guard let route = Self.page(named: request.cookie(Visit.afterCookie) ?? "") else { return nil }
        return route.isForStaff && session.staff == nil ? nil : route
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
