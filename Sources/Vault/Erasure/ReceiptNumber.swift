// The number on a receipt: 16 digits and letters that can't be taken for each other (Crockford's base 32), in groups of four.

enum ReceiptNumber {
    /// Ten random bytes as `7KQ2-M0XH-...`.
    static func text(of bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        var text = "", bits = 0, held = 0, count = 0
        for byte in bytes {
            held = held << 8 | Int(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                if count > 0, count % 4 == 0 { text.append("-") }
                text.append(digits[held >> bits & 31])
                count += 1
            }
        }
        return text
    }
}
