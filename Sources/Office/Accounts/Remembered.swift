// What a browser may remember of its user's choices from one visit to the next, whoever that is.

import Policy
import Store
import Vault

/// The language that somebody chose.
struct SetLastingCookie: Use {
    static let declared: UseDeclaration = .collect("lasting cookie", from: "browser", to: "fit the site to you")
}

struct ReadLastingCookie: Use {
    static let declared: UseDeclaration = .read("lasting cookie", to: "fit the site to you")
}

extension Environment {
    /// For how many seconds a browser may remember what was just chosen in it; nil: no longer than it is open.
    /// - Parameter privacySignal: the browser asks not to be followed.
    public func secondsOfRemembering(privacySignal: Bool) throws(NotDone) -> Int? {
        let basis = Basis(privacySignal: privacySignal, remembers: true), nobody = Subject(id: 0)
        return try attempt { () throws(Refusal) in
            do throws(Refusal) {
                try store.read { (rows) throws(Refusal) in
                    try vault.permit(SetLastingCookie.self, of: nobody, on: basis, in: rows)
                    try vault.permit(ReadLastingCookie.self, of: nobody, on: basis, in: rows)
                }
            } catch {
                if case .policy = error { return nil }
                throw error
            }
            let today = Day(of: clock.now())
            return vault.end(of: "lasting cookie", from: today).map { ($0.number - today.number) * 86_400 }
        }
    }
}
