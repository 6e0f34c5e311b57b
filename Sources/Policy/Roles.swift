// The roles of staff, for who hires.

/// Two roles of which nobody has both.
public struct Separation: Sendable, Hashable {
    /// The role whose declaration says so, and the one that it says it of.
    public let role, other: String
    /// The anchor of the clause in which it is declared; nil: before the first clause.
    public let clause: String?
    /// As it is declared, without its prose.
    public var text: String { "role \(role), never with \(other)" }
}

extension Policy {
    /// The declared roles, in document order.
    public var roles: [String] { model.expansion.roles.map(model.name) }

    /// Why nobody may have both roles, whichever of the two declarations says so; nil: the policy doesn't mind.
    public func separation(of role: String, from other: String) -> Separation? {
        guard let first = model.find(role), let second = model.find(other) else { return nil }
        for (one, another) in [(first, second), (second, first)] where model.symbols[one].apart.contains(another) {
            return Separation(role: model.name(one), other: model.name(another), clause: clause(declaring: one))
        }
        return nil
    }

    private func clause(declaring symbol: Int) -> String? {
        guard let line = model.symbols[symbol].place.map({ Int($0.line) }) else { return nil }
        return model.document.outline.fences.first { $0.lines.contains(line) }?.section.map { model.document.outline.sections[$0].anchor }
    }
}
