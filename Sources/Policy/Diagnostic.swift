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
    /// The line as it stands in the document.
    public let excerpt: String

    /// As a compiler prints it: place, message, the line with a caret under the fault, what to write instead.
    public var text: String {
        var text = "\(file):\(line):\(column): \(severity.rawValue): \(message) [\(code)]\n"
        if !excerpt.isEmpty {
            let indent = excerpt.unicodeScalars.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
            text += "    \(excerpt)\n    \(indent)\(String(repeating: "^", count: max(1, length)))\n"
        }
        return suggestion.isEmpty ? text : text + "    \(suggestion)\n"
    }
}

/// Collects what is found, in any order; errors of the first round are counted, because no second one follows them.
struct Report {
    let source: Source
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var errors = 0

    init(_ source: Source) { self.source = source }

    mutating func syntax(_ place: Place, _ message: String, _ suggestion: String = "") {
        error("syntax", place, message, suggestion)
    }

    mutating func error(_ code: String, _ place: Place, _ message: String, _ suggestion: String = "") {
        errors += 1
        add(.error, code, place, message, suggestion)
    }

    mutating func warn(_ code: String, _ place: Place, _ message: String, _ suggestion: String = "") {
        add(.warning, code, place, message, suggestion)
    }

    /// In the order of the document.
    var sorted: [Diagnostic] { diagnostics.sorted { ($0.line, $0.column, $0.code) < ($1.line, $1.column, $1.code) } }

    private mutating func add(_ severity: Diagnostic.Severity, _ code: String, _ place: Place, _ message: String, _ suggestion: String) {
        let line = source.line(Int(place.line))
        let excerpt = line.count > 400 ? "" : source.text(line)
        diagnostics.append(
            Diagnostic(
                severity: severity, code: code, file: source.file, line: Int(place.line), column: Int(place.column),
                length: Int(place.length), message: message, suggestion: suggestion, excerpt: excerpt))
    }
}
