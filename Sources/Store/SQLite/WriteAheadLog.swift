// How far a write-ahead log of SQLite holds (sqlite.org/fileformat2.html, section 4): SQLite takes up what holds and passes over the rest
// without a word, which is right after a crash and wrong where what is passed over was durable.

import Glibc

/// Where a write-ahead log ends before its end.
public struct TornLog: Equatable, Sendable {
    public let path: String
    /// The pages in it that are taken up, and those that it has.
    public let hold: Int, of: Int
    /// The changes behind the page that doesn't hold. The last one a crash of the machine may have cut before anybody was promised it; where there
    /// are more, those before it were durable.
    public let passedOver: Int
    public var hasLostChanges: Bool { passedOver > 1 }

    /// nil: there is none, or all of it that is of its newest time is taken up.
    public init?(beside database: Database) {
        guard case .file(let database) = database else { return nil }
        path = database + "-wal"
        guard let bytes = Self.whole(path), let log = WriteAheadLog(bytes), log.isTorn else { return nil }
        (hold, of, passedOver) = (log.hold, log.frames, log.passedOver)
    }

    /// An open house may begin the file anew while it is read: then once more.
    private static func whole(_ path: String) -> [UInt8]? {
        for _ in 0..<8 {
            guard let bytes = read(path) else { return nil }
            if let again = read(path, upTo: WriteAheadLog.header), bytes.starts(with: again) { return bytes }
        }
        return nil
    }

    private static func read(_ path: String, upTo most: Int = .max) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = [], piece = [UInt8](repeating: 0, count: min(1 << 20, most))
        while true {
            if bytes.count >= most { return bytes }
            let count = Glibc.read(file, &piece, piece.count)
            if count <= 0 { return count == 0 ? bytes : nil }
            bytes += piece[..<count]
        }
    }
}

/// The file's bytes, gone through as SQLite does at an opening.
struct WriteAheadLog {
    private(set) var hold = 0, frames = 0, isTorn = false, passedOver = 0

    fileprivate static let header = 32
    private static let frameHeader = 24

    /// nil: it is empty.
    init?(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return nil }
        guard bytes.count >= Self.header else {
            isTorn = true
            return
        }
        let magic = Self.number(bytes, 0), page = Int(Self.number(bytes, 8)), isBig = magic & 1 == 1
        guard magic & ~1 == 0x377f_0682, (512...65_536).contains(page), page.nonzeroBitCount == 1 else {
            isTorn = true
            return
        }
        frames = (bytes.count - Self.header + Self.frameHeader + page - 1) / (Self.frameHeader + page)
        var sum = Sum(isBig: isBig)
        sum.add(bytes[0..<24])
        guard sum.isWritten(bytes, at: 24) else {
            isTorn = true
            return
        }
        var end = true
        for frame in 0..<frames {
            let start = Self.header + frame * (Self.frameHeader + page)
            guard start + Self.frameHeader + page <= bytes.count else {
                isTorn = true
                return
            }
            let salts = Self.salts(bytes, in: start)
            var next = sum
            next.add(bytes[start..<start + 8])
            next.add(bytes[start + Self.frameHeader..<start + Self.frameHeader + page])
            guard salts == 2, next.isWritten(bytes, at: start + 16) else {
                // What lies behind the newest time's end is of an older one, whose salts are others.
                isTorn =
                    !end || salts == 1
                    || (frame..<frames).contains { frame in
                        let start = Self.header + frame * (Self.frameHeader + page)
                        return start + Self.frameHeader <= bytes.count && Self.salts(bytes, in: start) == 2
                    }
                passedOver = (frame..<frames).count { frame in
                    let start = Self.header + frame * (Self.frameHeader + page)
                    guard start + Self.frameHeader + page <= bytes.count, Self.salts(bytes, in: start) == 2 else { return false }
                    return Self.number(bytes, start + 4) != 0
                }
                return
            }
            (sum, end) = (next, Self.number(bytes, start + 4) != 0)
            if end { hold = frame + 1 }
        }
        isTorn = !end
    }

    /// How many of a frame's two salts are the log's.
    private static func salts(_ bytes: [UInt8], in start: Int) -> Int {
        [0, 4].count { number(bytes, start + 8 + $0) == number(bytes, 16 + $0) }
    }

    private static func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The sum that goes on from frame to frame.
    private struct Sum {
        let isBig: Bool
        var (first, second) = (0 as UInt32, 0 as UInt32)

        init(isBig: Bool) { self.isBig = isBig }

        mutating func add(_ bytes: ArraySlice<UInt8>) {
            for place in stride(from: bytes.startIndex, to: bytes.endIndex, by: 8) {
                first = first &+ word(bytes, place) &+ second
                second = second &+ word(bytes, place + 4) &+ first
            }
        }

        func isWritten(_ bytes: [UInt8], at place: Int) -> Bool {
            WriteAheadLog.number(bytes, place) == first && WriteAheadLog.number(bytes, place + 4) == second
        }

        private func word(_ bytes: ArraySlice<UInt8>, _ place: Int) -> UInt32 {
            let (a, b, c, d) = (UInt32(bytes[place]), UInt32(bytes[place + 1]), UInt32(bytes[place + 2]), UInt32(bytes[place + 3]))
            return isBig ? a << 24 | b << 16 | c << 8 | d : d << 24 | c << 16 | b << 8 | a
        }
    }
}
