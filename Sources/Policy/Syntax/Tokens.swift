// The words and marks of a document's rules, for whoever exchanges them to see what happens.

extension Policy {
    /// A word or mark in a block of rules: the bytes that it has, and the line on which its statement begins.
    package struct Piece: Sendable {
        package let bytes: Range<Int>
        package let line: Int
        /// Notes, reasons and the name of the document mean nothing to the program.
        package let isForPeople: Bool
    }

    /// In the order of the document, which must have no byte-order mark.
    package static func pieces(of document: [UInt8]) -> [Piece] {
        let read = Document.read(document, file: "").document
        return zip(read.statements, read.sorted).flatMap { statement, sorted in
            var inQuote = false
            return statement.tokens.map { index in
                let token = read.tokens[index]
                if token.kind == .quote { inQuote.toggle() }
                let isHeaderName = sorted.form == .header && index > statement.tokens.lowerBound && !isBehindComma(index, statement, read)
                return Piece(
                    bytes: Int(token.start)..<Int(token.end), line: Int(read.tokens[statement.tokens.lowerBound].place.line),
                    isForPeople: sorted.form == .note || (inQuote && token.kind != .quote) || isHeaderName)
            }
        }
    }

    private static func isBehindComma(_ index: Int, _ statement: Statement, _ document: Document) -> Bool {
        statement.tokens.contains { $0 <= index && document.tokens[$0].kind == .comma }
    }
}
