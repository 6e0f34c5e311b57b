extension Policy {
    /// The declared roles of staff, in document order.
    public var roles: [String] { [] }
}
