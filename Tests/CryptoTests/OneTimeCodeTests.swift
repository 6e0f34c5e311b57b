// One-time codes against the vectors of RFC 6238, appendix B (their last six digits).
import Crypto
import Testing

@Suite struct `A one-time code` {
    private static let secret = Array("12345678901234567890".utf8)

    @Test(
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"), (2_000_000_000, "279037"),
        ] as [(Int64, String)])
    func `is that of RFC 6238, and good for the step before and after`(_ moment: Int64, _ code: String) {
        #expect(OneTimeCode.step(of: code, secret: Self.secret, at: moment) == moment / 30)
        for near: Int64 in [-30, 30] { #expect(OneTimeCode.step(of: code, secret: Self.secret, at: moment + near) == moment / 30) }
        for far: Int64 in [-60, 60] where moment + far > 0 {
            #expect(OneTimeCode.step(of: code, secret: Self.secret, at: moment + far) == nil)
        }
        #expect(OneTimeCode.step(of: code, secret: Array("12345678901234567891".utf8), at: moment) == nil)
    }

    @Test(arguments: ["", "28708", "2870820", "94287082", "28708a", "٢٨٧٠٨٢", " 287082"]) func `has six digits`(_ code: String) {
        #expect(OneTimeCode.step(of: code, secret: Self.secret, at: 59) == nil)
    }

    @Test func `has a secret that people can type`() {
        #expect(OneTimeCode.text(of: Self.secret) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    }
}
