// A file sealed in pieces, however long it is: each of 65,536 bytes and bound to its number and to whether it is the last, so that none can
// be changed, left out, moved or put behind the end.
//
//     "voffice/sealed/1"              16 bytes
//     the file's key                  72 bytes, sealed by whoever holds the key of its epoch
//     piece, piece, ...               each 40 bytes longer than what is in it

import Crypto
import Glibc

enum SealedFile {
    private static let magic = Array("voffice/sealed/1".utf8), wrappedLength = Secret.length + Sealed.overhead, piece = 65_536

    /// Seals `head` and what the file at `source` holds. On the disk on return.
    static func write(
        _ head: [UInt8], _ source: String, to path: String, under epoch: Int64, of holder: some RootHolder, randomness: any Randomness
    ) throws(KeyFault) {
        let key = Secret(from: randomness)
        let wrapped = try holder.seal(key.copied, under: epoch, boundTo: magic)
        var waiting = head, number = 0
        try DurableFile.writePieces(to: path) { (put) throws(KeyFault) in
            try put(magic + wrapped)
            try DurableFile.readPieces(of: source) { (bytes) throws(KeyFault) in
                waiting += bytes
                while waiting.count > piece {
                    try put(Sealed.seal(Array(waiting.prefix(piece)), under: key, boundTo: context(number, isLast: false)))
                    waiting.removeFirst(piece)
                    number += 1
                }
            }
            try put(Sealed.seal(waiting, under: key, boundTo: context(number, isLast: true)))
        }
    }

    /// Opens it again: the first `headLength` bytes come back, the rest goes to a new file. Throws `doesNotOpen` for anything that isn't
    /// as it was written, `unreadable` where the epoch's key isn't there.
    static func read(
        _ path: String, head headLength: Int, to target: String, under epoch: Int64, of holder: some RootHolder
    ) throws(KeyFault) -> [UInt8] {
        var waiting: [UInt8] = [], key: Secret?, head: [UInt8] = [], number = 0
        try DurableFile.writePieces(to: target) { (put) throws(KeyFault) in
            func open(_ sealed: [UInt8], isLast: Bool) throws(KeyFault) {
                guard let key, var plain = try? Sealed.open(sealed, under: key, boundTo: context(number, isLast: isLast)) else {
                    throw .doesNotOpen(path)
                }
                number += 1
                let missing = min(headLength - head.count, plain.count)
                head += plain.prefix(missing)
                plain.removeFirst(missing)
                try put(plain)
            }
            try DurableFile.readPieces(of: path) { (bytes) throws(KeyFault) in
                waiting += bytes
                if key == nil, waiting.count >= magic.count + wrappedLength {
                    guard waiting.starts(with: magic) else { throw .doesNotOpen(path) }
                    let wrapped = Array(waiting[magic.count..<magic.count + wrappedLength])
                    waiting.removeFirst(magic.count + wrappedLength)
                    do throws(KeyFault) {
                        var bytes = try holder.open(wrapped, under: epoch, boundTo: magic)
                        key = try? Secret(wiping: &bytes)
                    } catch .doesNotOpen { throw .doesNotOpen(path) }
                }
                while key != nil, waiting.count > piece + Sealed.overhead {
                    try open(Array(waiting.prefix(piece + Sealed.overhead)), isLast: false)
                    waiting.removeFirst(piece + Sealed.overhead)
                }
            }
            try open(waiting, isLast: true)
        }
        guard head.count == headLength else { throw .doesNotOpen(path) }
        return head
    }

    private static func context(_ number: Int, isLast: Bool) -> [UInt8] {
        Array("voffice/sealed/1|\(number)|\(isLast ? "last" : "more")".utf8)
    }
}
