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
        var text = "\(file):\(line):\(column): \(severity.rawValue): \(message.legible) [\(code)]\n"
        if !excerpt.isEmpty {
            let excerpt = excerpt.legible, scalars = excerpt.unicodeScalars, marked = scalars.dropFirst(column - 1).prefix(length)
            let indent = scalars.prefix(column - 1).map { $0 == "\t" ? "\t" : String(repeating: " ", count: $0.columns) }.joined()
            let width = marked.reduce(0) { $0 + $1.columns }
            text += "    \(excerpt)\n    \(indent)\(String(repeating: "^", count: max(1, width)))\n"
        }
        return suggestion.isEmpty ? text : text + "    \(suggestion.legible)\n"
    }
}

extension String {
    /// For a terminal: nothing in it commands the terminal or turns the direction of what follows.
    public var legible: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    switch scalar.value {
                    case 0x09, 0x0A: scalar
                    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }
}

extension Unicode.Scalar {
    /// How many columns a terminal gives it: none for what is put on another, two for the wide letters of East Asia and for pictures.
    fileprivate var columns: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}

/// Collects what is found, in any order; errors of the first round are counted, because no second one follows them.
struct Report {
    let source: Source
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var errors = 0
    /// The column in each line at which it doesn't read at all: of a name around it that is told already.
    var isTold: [Int32: Int32] = [:]

    init(_ source: Source) { self.source = source }

    mutating func syntax(_ place: Place, _ message: String, _ suggestion: String = "") {
        error("syntax", place, message, suggestion)
    }

    mutating func error(_ code: String, _ place: Place, _ message: String, _ suggestion: String = "") {
        errors += 1
        if let column = isTold[place.line], (place.column..<place.column + max(1, place.length)).contains(column) { return }
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
