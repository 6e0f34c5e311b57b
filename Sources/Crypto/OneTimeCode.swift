// Time-based one-time codes (RFC 6238) as every authenticator app makes them: six digits, a step of 30 seconds, HMAC-SHA-1.
import COath
import Glibc

public enum OneTimeCode {
    public static let digits = 6
    private static let seconds: UInt32 = 30
    private static let started: Void = { _ = oath_init() }()

    /// A new secret: 160 bits, as RFC 4226 recommends.
    public static func newSecret(from randomness: some Randomness) -> [UInt8] { randomness.bytes(20) }

    /// The secret as people type it into an app (Base32, RFC 4648).
    public static func text(of secret: [UInt8]) -> String {
        _ = started
        var text: UnsafeMutablePointer<CChar>?
        let done = secret.withUnsafeBytes {
            oath_base32_encode($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, &text, nil)
        }
        guard done == Int32(OATH_OK.rawValue), let text else { return "" }
        defer { free(text) }
        return String(cString: text)
    }

    /// The number of the step that the code belongs to, now, just before or just after; nil: it belongs to none of them. Whoever
    /// takes a code refuses that step and every earlier one from then on.
    public static func step(of code: String, secret: [UInt8], at unixSeconds: Int64) -> Int64? {
        _ = started
        guard code.utf8.count == digits, code.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        var place: Int32 = 0, step: UInt64 = 0
        let done = secret.withUnsafeBytes {
            oath_totp_validate3(
                $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, time_t(unixSeconds), seconds, 0, 1, &place, &step, code)
        }
        return done >= 0 ? Int64(step) : nil
    }
}
