// A page whose middle reads the same for everyone, in the frame of one reader. The middle was compressed by itself; the frame goes around it as
// it is, in stored blocks of the same gzip (RFC 1951, 1952): the length of what is sent tells nothing of how alike the two are (BREACH).

import CZlib

/// What stands in the middle, compressed once.
public final class Middle: Sendable {
    public let bytes: [UInt8]
    /// deflate up to a full flush: nothing in it refers to what is before it, and nothing behind refers to it. nil: memory was short.
    private let piece: [UInt8]?
    private let checksum: UInt

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        checksum = vo_crc32(0, bytes, bytes.count)
        let room = bytes.count + bytes.count / 1_000 + 64
        let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            count = vo_deflate_piece(bytes, bytes.count, buffer.baseAddress, room)
        }
        self.piece = piece.isEmpty ? nil : piece
    }

    /// Between the two parts of a frame.
    func plain(in frame: [UInt8], at place: Int) -> [UInt8] { frame[..<place] + bytes + frame[place...] }

    func gzipped(in frame: [UInt8], at place: Int) -> [UInt8]? {
        guard let piece else { return nil }
        let before = Array(frame[..<place]), after = Array(frame[place...])
        var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        packed.reserveCapacity(frame.count + piece.count + 64)
        store(before, in: &packed)
        packed += piece
        store(after, in: &packed, isLast: true)
        let all = vo_crc32_combine(
            vo_crc32_combine(vo_crc32(0, before, before.count), checksum, bytes.count), vo_crc32(0, after, after.count), after.count)
        for number in [UInt32(truncatingIfNeeded: all), UInt32(truncatingIfNeeded: frame.count + bytes.count)] {
            withUnsafeBytes(of: number.littleEndian) { packed += $0 }
        }
        return packed
    }

    private func store(_ bytes: [UInt8], in packed: inout [UInt8], isLast: Bool = false) {
        var start = 0
        repeat {
            let count = min(bytes.count - start, 65_535)
            packed.append(isLast && start + count == bytes.count ? 1 : 0)
            for number in [UInt16(count), ~UInt16(count)] { packed += [UInt8(number & 255), UInt8(number >> 8)] }
            packed += bytes[start..<start + count]
            start += count
        } while start < bytes.count
    }
}
