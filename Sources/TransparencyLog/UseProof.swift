// A use with the proof that it stands in the log, as JSON for the person's page; `assets/verify.js` reads it.
//
//     {"format": "voffice/use-proof/1",
//      "common": {"text": "...", "salt": "base64"},        a part that is open, or
//      "person": {"text": "...", "salt": "base64"},
//      "staff": {"code": "base64"},                        one that is closed
//      "index": 7, "path": ["base64", ...],                the inclusion proof
//      "checkpoint": "...",                                the signed note
//      "key": "name+id+base64"}                            the log's verifier key
import Crypto

public struct UseProof: Sendable {
    public let opening: UseOpening
    public let receipt: Receipt
    public let log: NoteVerifier

    public init(_ opening: UseOpening, receipt: Receipt, log: NoteVerifier) {
        (self.opening, self.receipt, self.log) = (opening, receipt, log)
    }

    /// Throws what is wrong, if anything is; the same checks as in the browser.
    @discardableResult
    public func verify(witnesses: [NoteVerifier] = []) throws(LogFault) -> SignedCheckpoint {
        try receipt.verify(opening.leaf.hash, in: log, witnesses: witnesses)
    }

    /// Throws `malformed(.text)` where an open part isn't UTF-8.
    public func json() throws(LogFault) -> [UInt8] {
        var json = #"{"format":"voffice/use-proof/1""#
        for (name, part) in [("common", opening.common), ("person", opening.person), ("staff", opening.staff)] {
            json += ",\"\(name)\":\(try object(part))"
        }
        json += ",\"index\":\(receipt.index),\"path\":[\(receipt.path.map { "\"\($0.base64)\"" }.joined(separator: ","))]"
        json += ",\"checkpoint\":\(try string(receipt.checkpoint)),\"key\":\(try string([UInt8](log.description.utf8)))}"
        return [UInt8](json.utf8)
    }

    private func object(_ part: UsePart) throws(LogFault) -> String {
        switch part {
        case .open(let text, let salt):
            return "{\"text\":\(try string(text)),\"salt\":\"\(Base64.encode(salt.copied))\"}"
        case .closed(let code): return "{\"code\":\"\(code.base64)\"}"
        }
    }

    /// A JSON string: RFC 8259, section 7.
    private func string(_ bytes: [UInt8]) throws(LogFault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed(.text) }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case _ where scalar.value < 0x20: quoted += "\\u00" + Hex.encode([UInt8(scalar.value)])
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
