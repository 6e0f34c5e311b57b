// The people and things of these tests.
import Crypto

/// The key of Dewi's record, and that of somebody else's.
let dewisKey = secret("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
let arifsKey = secret("ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
let address = utf8("Jl. Cikini Raya 17, Jakarta Pusat")
let dewisAddress = utf8("voffice/1|dewi|contact|address|3")

func utf8(_ text: String) -> [UInt8] { [UInt8](text.utf8) }
func hex(_ text: String) -> [UInt8] { Hex.decode(text)! }
func secret(_ text: String) -> Secret { try! Secret(bytes: hex(text)) }

/// Every version of `bytes` in which one byte is another.
func oneByteChanged(_ bytes: [UInt8]) -> [[UInt8]] {
    bytes.indices.map { index in
        var changed = bytes
        changed[index] ^= 0x40
        return changed
    }
}
