// Where the two dialects differ. Statements and migrations are written once, in words that both engines take (`Tests/statements.py`
// refuses others, decision 035); what is left of differences is made even here.
//
//     what                 SQLite                         PostgreSQL
//     a value              ?                              $1, $2, ...
//     a definition's types INTEGER, TEXT, BLOB            BIGINT, TEXT, BYTEA
//     end of a table       STRICT, WITHOUT ROWID          nothing: types are strict, and a row lies by itself
//     a fault in a write   takes back the statement       spoils the part: whoever goes on after it is refused with the same fault
//     U+0000 in a text     is kept                        is refused as `violated`
//     order of text        by its bytes                   by its bytes: a database with another order isn't opened
//     NULL in an order     first                          last: no statement of ours orders by a column that may be NULL
//     a table that grows   lies whole             lies in parts, by the first column of its key (`Parts.swift`)
//     the first of rows    is stepped to                  is asked for alone (`LIMIT 1`)
//     sums                 INTEGER                        NUMERIC, read as whole numbers (`PostgresStatement`)

/// How a statement is said to an engine.
enum Dialect {
    case sqlite, postgres

    func text(of shape: SQL.Shape) -> String {
        guard self == .postgres else { return shape.pieces.reduce(into: shape.made) { $0 += $1.description } }
        var text = "", number = 0
        for character in shape.made {
            if character == "?" { number += 1 }
            text += character == "?" ? "$\(number)" : "\(character)"
        }
        for piece in shape.pieces {
            if piece.utf8Start == SQL.parameter.utf8Start {
                number += 1
                text += "$\(number)"
            } else {
                text += piece.description
            }
        }
        return Self.isDefinition(text) ? Self.translated(text) : text
    }

    /// The same question for its first row alone: a server sends all that it is asked for. SQLite stops by itself.
    static func first(of text: String) -> String {
        let isCut = text.hasPrefix("SELECT") && !text.contains("LIMIT")
        return isCut ? text + " LIMIT 1" : text
    }

    /// It makes or changes a table rather than its rows.
    static func isDefinition(_ text: String) -> Bool {
        let first = text.utf8.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.prefix { $0 != UInt8(ascii: " ") }
        return ["CREATE", "ALTER", "DROP"].contains(String(decoding: first, as: UTF8.self))
    }

    /// Word by word; what stands in quotes in a definition of ours holds none of these words.
    private static func translated(_ definition: String) -> String {
        var said = "", word = ""
        for character in definition + " " {
            if character.isLetter || character.isNumber || character == "_" {
                word.append(character)
                continue
            }
            said += ["INTEGER": "BIGINT", "BLOB": "BYTEA"][word] ?? word
            said.append(character)
            word = ""
        }
        said.removeLast()
        for ending in ["STRICT, WITHOUT ROWID", "STRICT"] where said.hasSuffix(ending) { return String(said.dropLast(ending.count)) }
        return said
    }
}
