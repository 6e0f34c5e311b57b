// Base64 and hexadecimal, strictly read.
import Crypto
import Testing

@Suite struct EncodingTests {
    // RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func `base64 is what RFC 4648 prints`(plain: String, encoded: String) {
        #expect(Base64.encode(utf8(plain)) == encoded)
        #expect(Base64.decode(encoded) == utf8(plain))
        #expect(Base64.encode(utf8(plain), .urlSafe) == encoded.filter { $0 != "=" })
        #expect(Base64.decode(encoded.filter { $0 != "=" }, .urlSafe) == utf8(plain))
    }

    @Test func `each alphabet is its own`() {
        #expect(Base64.encode([0xfb, 0xff]) == "+/8=")
        #expect(Base64.encode([0xfb, 0xff], .urlSafe) == "-_8")
        #expect(Base64.decode("-_8=") == nil)
        #expect(Base64.decode("+/8", .urlSafe) == nil)
    }

    @Test(arguments: ["Zg", "Zg=", "Zg===", "Zh==", "Z g==", "Zg==\n", " Zg==", "Zg==Zg==", "Z", "Zg=\0"])
    func `base64 with anything missing, spare or stray is refused`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func `hexadecimal goes there and back`() {
        #expect(Hex.encode([]) == "" && Hex.decode("") == [])
        #expect(Hex.encode([0, 0x1f, 0xff]) == "001fff")
        #expect(Hex.decode("001fFF") == [0, 0x1f, 0xff])
        for text in ["0", "0g", "00 1", "0x00", "00\n1", "é0"] { #expect(Hex.decode(text) == nil) }
    }
}
