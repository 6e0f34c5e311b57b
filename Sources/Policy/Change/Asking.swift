// Flows as text, a line each, answered one after the other; and the examples of a document.

/// The answer to one line of text.
public struct Answer: Sendable {
    public let line: Int
    public let result: Result<Outcome, Unreadable>
    /// The flow as it was written.
    public let text: String
}

/// A flow that can't be read: the first fault in it.
public struct Unreadable: Error, Sendable {
    public let code: String
    public let column: Int
    public let message: String
    /// What to write instead; empty where nothing is known.
    public let suggestion: String
    /// What doesn't read, as it is written; empty where something is missing.
    let written: String

    init(code: String, column: Int, message: String, suggestion: String = "", written: String = "") {
        (self.code, self.column, self.message, self.suggestion) = (code, column, message, suggestion)
        self.written = written
    }

    /// The name or word that may have been meant.
    var meant: String? {
        let opening = "Did you mean “", ending = "”?"
        guard suggestion.hasPrefix(opening), suggestion.hasSuffix(ending) else { return nil }
        return String(suggestion.dropFirst(opening.count).dropLast(ending.count))
    }

    /// Both, as they are told.
    public var told: String { suggestion.isEmpty ? message : "\(message) \(suggestion)" }
}

/// How one example of the document came out.
public struct ExampleResult: Sendable {
    public let line: Int
    public let text: String
    public let passed: Bool
    public let got: Outcome
}

extension Governing {
    /// Reads flows in the syntax of examples, without verdicts, and answers each.
    public func answers(to text: [UInt8]) -> [Answer] {
        questions(in: text).map { line, result, text in
            Answer(line: line, result: result.map(answer), text: text)
        }
    }

    func questions(in text: [UInt8]) -> [(line: Int, result: Result<Question, Unreadable>, text: String)] {
        let source = Source(text, file: "")
        var lexer = Lexer(source)
        lexer.words = current.model.document.words
        let statements = (1...source.lineCount).flatMap { lexer.lex(lines: $0..<$0 + 1, indent: 0).statements }
        var reader = Reader(source: source, lexer: lexer, symbols: current.model.symbols, report: Report(source))
        reader.contents = current.model.document.contents
        return statements.map { statement in
            reader.begin(statement.tokens)
            let before = reader.report.diagnostics.count, line = Int(reader.placeHere().line)
            let written = reader.text(statement.tokens)
            if let fault = source.faults.first(where: { $0.place.line == Int32(line) }) {
                return (line, .failure(Unreadable(code: "syntax", column: Int(fault.place.column), message: fault.message)), written)
            }
            let question = Self.question(&reader)
            if let fault = reader.report.diagnostics.dropFirst(before).first {
                return (
                    line,
                    .failure(
                        Unreadable(
                            code: fault.code, column: fault.column, message: fault.message, suggestion: fault.suggestion,
                            written: source.written(at: fault))),
                    written
                )
            }
            return (line, question.map { .success($0) } ?? .failure(Unreadable(code: "syntax", column: 1, message: "")), written)
        }
    }

    private static func question(_ reader: inout Reader) -> Question? {
        guard let question = try? reader.question(), (try? reader.expectEnd()) != nil else { return nil }
        return question
    }
}

extension Policy {
    /// Runs the examples of the document.
    public func test() -> [ExampleResult] {
        let governing = Governing(self)
        return model.document.examples.map { example in
            let got = governing.answer(example.question)
            return ExampleResult(
                line: Int(example.place.line), text: model.document.line(example.tokens), passed: got.fits(example.expected), got: got)
        }
    }
}

extension Outcome {
    /// A part that is left out isn't compared; a list that is given must be the whole list.
    func fits(_ expected: Expected) -> Bool {
        func fold(_ list: [String]) -> Set<String> { Set(list.map(Words.fold)) }
        func same(_ a: Needs?, _ b: Needs) -> Bool {
            guard let a else { return false }
            return fold(a.set) == fold(b.set) && fold(a.clear) == fold(b.clear) && fold(a.by) == fold(b.by)
        }
        switch (expected, why) {
        case (.yes(let addresses), nil): return addresses.map { Set($0) == Set(rules) } ?? true
        case (.no, .some), (.noRule, .noRule): return true
        case (.needs(let needs), .needs(let got)): return same(got, needs)
        case (.forbidden(let by, let needs), .forbidden(let gotBy, let got)): return by == gotBy && (needs.map { same(got, $0) } ?? true)
        case (.keptByLaw(let by), .keptByLaw(let got)): return by == got
        default: return false
        }
    }
}

extension Source {
    /// What a fault points at.
    fileprivate func written(at fault: Diagnostic) -> String {
        let scalars = String(decoding: bytes[line(fault.line)], as: UTF8.self).unicodeScalars
        return String(String.UnicodeScalarView(scalars.dropFirst(fault.column - 1).prefix(fault.length)))
    }
}
