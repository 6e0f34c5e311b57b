// What is wrong with a document: where, what it means, what to write instead.

public struct Diagnostic: Sendable {
    public enum Severity: String, Sendable { case error, warning }
    public let severity: Severity
    /// The stable code, e.g. `unknown-name`.
    public let code: String
    public let file: String
    /// From 1; columns and length in Unicode scalars.
    public let line, column, length: Int
    public let message, suggestion: String
}
