// The bytes of a document as lines, and places in them that count Unicode scalars.

/// Where something stands: line and column from 1, length in scalars.
struct Place: Hashable, Sendable {
    var line: Int32 = 1, column: Int32 = 1, length: Int32 = 0

    /// Just behind it, where something is missing.
    var behind: Place { Place(line: line, column: column + length) }
}

struct Source: Sendable {
    let file: String
    /// Without a byte-order mark; what isn't UTF-8 is replaced, byte by byte.
    let bytes: [UInt8]
    /// The first byte of each line, and one entry behind the last line.
    let lines: [Int]
    /// The first byte of each line that isn't UTF-8, or is a mark on a letter that has 30 already.
    let faults: [Fault]

    struct Fault: Sendable {
        var place: Place
        var isMark = false

        var message: String { isMark ? "More than \(Source.marks) marks stand on one letter." : "This byte isn't UTF-8." }
        var suggestion: String { isMark ? "Leave most of them out." : "Save the document as UTF-8." }
    }

    /// As many as any language needs on one letter (Unicode, annex 15, stream-safe text); to sort more of them takes too long.
    static let marks = 30
    /// SHA-256 is taken of this: the document as it came.
    let original: [UInt8]

    init(_ document: [UInt8], file: String) {
        self.file = file
        original = document
        var bytes = document.starts(with: [0xEF, 0xBB, 0xBF]) ? [UInt8](document.dropFirst(3)) : document
        let (starts, all) = Self.lineStarts(bytes)
        lines = starts
        faults = all >= 0x80 ? Self.repair(&bytes, lines: starts) : []
        self.bytes = bytes
    }

    var lineCount: Int { lines.count - 1 }

    /// The byte-order mark, where the document has one.
    var mark: [UInt8] { Array(original.prefix(original.count - bytes.count)) }

    /// The bytes of a line, from 1, without what ends it.
    func line(_ number: Int) -> Range<Int> {
        guard number >= 1, number <= lineCount else { return bytes.count..<bytes.count }
        var end = lines[number]
        while end > lines[number - 1], bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return lines[number - 1]..<end
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The column of a byte in its line.
    func column(of byte: Int, line: Int) -> Int {
        var column = 1
        for at in lines[line - 1]..<min(byte, bytes.count) where bytes[at] & 0xC0 != 0x80 { column += 1 }
        return column
    }

    /// The first byte of each line with one entry behind the last, and the bits that any byte has.
    private static func lineStarts(_ bytes: [UInt8]) -> (starts: [Int], all: UInt8) {
        let text = bytes.span
        var starts = [0], all: UInt8 = 0, last: UInt8 = 0
        starts.reserveCapacity(bytes.count / 32)
        for at in text.indices {
            let byte = text[at]
            all |= byte
            // What ended one byte before was a line, unless the two bytes end it together.
            if last <= 0x0D, last == 0x0A || (last == 0x0D && byte != 0x0A) { starts.append(at) }
            last = byte
        }
        starts.append(bytes.count)
        return (starts, all)
    }

    /// Puts a question mark for each byte that belongs to no scalar, and for each of a mark too many.
    private static func repair(_ bytes: inout [UInt8], lines: [Int]) -> [Fault] {
        var faults: [Fault] = []
        for line in 1..<lines.count {
            let start = lines[line - 1], end = lines[line]
            var at = start, isReported = false, marks = 0
            while at < end {
                if bytes[at] < 0x80 { (at, marks) = (at + 1, 0); continue }
                let width = scalarWidth(bytes, at, end)
                marks = width.map { isMark(bytes[at..<at + $0]) } == true ? marks + 1 : 0
                if let width, marks <= Self.marks { at += width; continue }
                if !isReported {
                    let column = 1 + bytes[start..<at].count { $0 & 0xC0 != 0x80 }
                    faults.append(Fault(place: Place(line: Int32(line), column: Int32(column), length: 1), isMark: width != nil))
                    isReported = true
                }
                for place in at..<at + (width ?? 1) { bytes[place] = 0x3F }
                at += width ?? 1
            }
        }
        return faults
    }

    /// Whether a scalar stands on the one before it: only those are sorted.
    private static func isMark(_ bytes: ArraySlice<UInt8>) -> Bool {
        // Below U+0300 there is none.
        guard bytes[bytes.startIndex] >= 0xCC, let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first else {
            return false
        }
        return scalar.properties.canonicalCombiningClass != .notReordered
    }

    /// Whether more marks stand on one letter than any language needs: then every comparison of the text takes too long.
    static func hasTooManyMarks(_ text: String) -> Bool {
        var marks = 0
        for scalar in text.unicodeScalars {
            marks = scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered ? marks + 1 : 0
            if marks > Self.marks { return true }
        }
        return false
    }

    /// How many bytes the scalar at `at` has, nil where none is well formed (Unicode 15, table 3-7).
    private static func scalarWidth(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Int? {
        let first = bytes[at]
        func follows(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            at + offset < end && range.contains(bytes[at + offset])
        }
        switch first {
        case 0xC2...0xDF: return follows(1) ? 2 : nil
        case 0xE0: return follows(1, 0xA0...0xBF) && follows(2) ? 3 : nil
        case 0xED: return follows(1, 0x80...0x9F) && follows(2) ? 3 : nil
        case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : nil
        case 0xF0: return follows(1, 0x90...0xBF) && follows(2) && follows(3) ? 4 : nil
        case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : nil
        case 0xF4: return follows(1, 0x80...0x8F) && follows(2) && follows(3) ? 4 : nil
        default: return nil
        }
    }
}
