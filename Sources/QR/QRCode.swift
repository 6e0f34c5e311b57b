// A QR code (ISO/IEC 18004) as the squares that are dark.
import CQRencode

public struct QRCode: Sendable {
    /// How many squares there are on a side.
    public let width: Int
    private let squares: [UInt8]

    /// nil: the text is too long for one.
    public init?(_ text: String) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        squares = Array(UnsafeBufferPointer(start: code.pointee.data, count: width * width))
    }

    public func isDark(_ x: Int, _ y: Int) -> Bool { squares[y * width + x] & 1 == 1 }

    /// All dark squares as one path of SVG, a unit a square, with the quiet zone of four around them.
    public var path: String {
        var path = ""
        for y in 0..<width {
            var x = 0
            while x < width {
                let start = x
                while x < width, isDark(x, y) { x += 1 }
                if x > start { path += "M\(start + 4) \(y + 4)h\(x - start)v1h-\(x - start)z" }
                x += 1
            }
        }
        return path
    }
}
