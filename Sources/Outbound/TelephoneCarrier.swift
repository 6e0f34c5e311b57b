// Text messages through a provider's gateway: JSON over HTTPS, in the shape of the Messages API of Vonage (version 1), which others
// speak too.

import Crypto
import JSON
public import Store
public import WebClient

/// Speaks to the gateway on a line of its own, so that no thread of the house waits for it.
public final class TelephoneCarrier: Carrier {
    private let sender: String
    private let country: String?
    private let lines: Lines<WebLine>

    /// - Parameters:
    ///   - sender: what the message comes from, as the provider knows it: a number, or up to eleven letters.
    ///   - country: the calling code (ITU-T E.164, digits only) of a number that begins with 0; nil: such a number can't be reached.
    public init(_ gateway: WebServer, from sender: String, country: String? = nil) {
        (self.sender, self.country) = (sender, country)
        lines = Lines([Line("telephone", WebLine(to: gateway))])
    }

    /// Sends the letter in short: a text message holds no more.
    public func carry(_ letter: Letter, to address: String, once key: IdempotencyKey) async throws(CarrierFault) {
        guard let number = Self.international(address, country) else { throw .never("it isn't a number with its country") }
        // The provider gives it back in its reports; it doesn't tell two messages of the same kind apart for us.
        let reference = String(Hex.encode(SHA256.hash(Array("voffice/telephone/1 \(key.value)".utf8)).bytes).prefix(32))
        let message = JSON.object([
            ("channel", .string("sms")), ("message_type", .string("text")), ("from", .string(sender)), ("to", .string(number)),
            ("text", .string(letter.short)), ("client_ref", .string(reference)),
        ]).text
        let answer: WebAnswer
        do throws(NotAnswered) {
            answer = try await lines.run { (line) throws(NotAnswered) in try line.post(message) }
        } catch {
            switch error {
            case .unreached: throw .later(after: 60)
            case .unknown: throw .outcomeUnknown
            // A matter for the operator; the message waits until it is settled.
            case .wrongServer: throw .later(after: 300)
            }
        }
        switch answer.status {
        case 200...299: return
        // The account, or its credit: a matter for the operator too.
        case 401...403: throw .later(after: 300)
        case 429, 500...599: throw .later(after: answer.retryAfter ?? 60)
        default: throw .never("the gateway answered \(answer.status)")
        }
    }

    /// The number as the gateway takes it, without plus sign, blanks and marks: its country's calling code first. "(0)" after a
    /// country's code is what is left out from abroad.
    static func international(_ typed: String, _ country: String?) -> String? {
        let text = typed.filter { !$0.isWhitespace }
        let isWhole = text.hasPrefix("+") || text.hasPrefix("00")
        var digits = (isWhole ? text.replacing("(0)", with: "", maxReplacements: 1) : text).filter { ("0"..."9").contains($0) }
        if text.hasPrefix("00") { digits = String(digits.dropFirst(2)) }
        if !isWhole {
            guard digits.hasPrefix("0"), let country else { return nil }
            digits = country + digits.dropFirst()
        }
        return digits.hasPrefix("0") || !(8...15).contains(digits.utf8.count) ? nil : digits
    }
}
