// The roles of staff, for who hires.

extension Policy {
    /// The declared roles, in document order.
    public var roles: [String] { model.expansion.roles.map(model.name) }
}
