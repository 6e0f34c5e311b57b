// The one door out: decided, recorded as intent, carried, recorded as outcome.

import Crypto
import Policy
public import Store
public import Vault

/// A message that goes to an address of the person's.
public protocol Addressed: Sending {
    var address: String { get }
}

/// What a message says. The words are ours; what it carries of the person is the policy's.
public struct Letter: Sendable {
    public let subject, text: String
    /// As a text message says it.
    public let short: String
    public init(subject: String, short: String? = nil, text: String) {
        (self.subject, self.text, self.short) = (subject, text, short ?? subject)
    }
}

public enum CarrierFault: Error, Sendable, Equatable {
    /// Not now; trying again after so many seconds may help.
    case later(after: Int)
    /// The same of this address or this message alone.
    case thisLater(after: Int)
    /// Never: the address or the message is refused.
    case never(String)
    /// What it says is over, so it isn't handed over any more.
    case tooLate
    /// It was handed over, and no answer came.
    case outcomeUnknown
}

/// Brings a message to an address: a mail server, a telephone gateway, the development outbox.
public protocol Carrier: Sendable {
    /// - Parameter key: the same key is the same message, whatever the number of tries.
    func carry(_ letter: Letter, to address: String, once key: IdempotencyKey) async throws(CarrierFault)
}

public enum NotSent: Error {
    case refused(Refusal)
    case carrier(CarrierFault)
}

public struct Outbound: Sendable {
    private let vault: Vault
    private let mail: any Carrier
    /// nil: this house reaches no telephones.
    private let telephone: (any Carrier)?
    private let country: String?
    /// Mails that the development carrier took; nil where mail really leaves.
    private let taken: DevelopmentOutbox?

    /// - Parameters:
    ///   - telephone: takes text messages; nil: this house sends none. The development outbox takes them too.
    ///   - country: the calling code (ITU-T E.164, digits only) of a number that begins with 0; nil: such a number can't be reached.
    public init(vault: Vault, mail: any Carrier, telephone: (any Carrier)? = nil, country: String? = nil) {
        (self.vault, self.mail, self.country, taken) = (vault, mail, country, mail as? DevelopmentOutbox)
        self.telephone = telephone ?? taken
    }

    /// Text messages can be sent.
    public var reachesTelephones: Bool { telephone != nil }

    /// A number with its country, digits only, as messages go to it; nil: none that can be reached.
    public func number(_ typed: String) -> String? { telephone == nil ? nil : TelephoneCarrier.international(typed, country) }

    /// A number as people are searched for by it: with its country where that can be known, digits only.
    public func sought(_ typed: String) -> String {
        TelephoneCarrier.international(typed, country) ?? typed.filter { ("0"..."9").contains($0) }
    }

    /// A number that begins with 0, of which this house doesn't know the country: it finds only who gave it just so.
    public func lacksCountry(_ typed: String) -> Bool {
        let digits = typed.filter { !$0.isWhitespace }
        return country == nil && digits.hasPrefix("0") && !digits.hasPrefix("00")
    }

    /// Granted at the moment of sending and recorded before the carrier is spoken to; gives the number of that entry.
    /// A try that fails leaves its outcome in the person's chain too.
    @discardableResult
    public func send<M: Addressed>(
        _: M.Type, _ letter: Letter, to subject: Subject, by actor: Actor = .theSite, on basis: Basis = Basis(), once key: IdempotencyKey
    ) async throws(NotSent) -> Int64 {
        let message = try await grant(M.self, to: subject, by: actor, on: basis)
        do throws(CarrierFault) { try await carry(message, letter, once: key) } catch {
            let outcome = if case .outcomeUnknown = error { "unknown" } else { "failed" }
            try? await vault.outcome(M.self, of: subject, intent: message.entry, outcome)
            throw .carrier(error)
        }
        taken?.note(subject, once: key)
        do throws(Refusal) { try await vault.outcome(M.self, of: subject, intent: message.entry, "yes") } catch { throw .refused(error) }
        return message.entry
    }

    /// The first half of `send`: recorded as given to the carrier, which `carry` then does.
    public func grant<M: Addressed>(
        _: M.Type, to subject: Subject, by actor: Actor = .theSite, on basis: Basis = Basis()
    ) async throws(NotSent) -> Disclosed<M> {
        // Before the disclosure is recorded: nothing of the person leaves where nobody takes it.
        guard carrier(of: M.self) != nil else { throw .carrier(.never("no gateway is set")) }
        do throws(Refusal) {
            let grant: Grant<M> = try await vault.grant(of: subject, by: actor, on: basis)
            return try vault.read(grant)
        } catch { throw .refused(error) }
    }

    /// The second half, also of a message whose person has no list any more that could say how it ended.
    public func carry<M: Addressed>(_ message: Disclosed<M>, _ letter: Letter, once key: IdempotencyKey) async throws(CarrierFault) {
        let address = Self.isMessage(M.self) ? number(message.value.address).map { "+" + $0 } : message.value.address
        guard let carrier = carrier(of: M.self), let address else { throw .never("it isn't a number with its country") }
        try await carrier.carry(letter, to: address, once: key)
    }

    /// Whether what is sent so stays in the house.
    public func keeps(_ message: any Addressed.Type) -> Bool { Self.isMessage(message) ? keepsMessages : keepsMails }

    private static func isMessage(_ message: any Addressed.Type) -> Bool { message.declared.carrier == "telephone carrier" }
    private func carrier(of message: any Addressed.Type) -> (any Carrier)? { Self.isMessage(message) ? telephone : mail }

    /// Everything that is held of a person, for themselves to take along: recorded like any other disclosure before it is given.
    /// - Parameters:
    ///   - held: what is held of them, as their page shows it.
    ///   - closed: what of it can't be opened.
    public func handOver(_ own: OwnSession, held: [Holding], closed: [ClosedRecord]) async throws(Refusal) -> ExportedPerson {
        try await vault.export(of: own, held: held, closed: closed)
    }

    /// Mails don't leave the house: this is how a development directory without a mail server runs.
    public var keepsMails: Bool { taken != nil }

    /// Nor do text messages, if there are any.
    public var keepsMessages: Bool { telephone == nil || telephone is DevelopmentOutbox }

    /// Drops the mails of somebody who left from the development outbox; what really left is out of reach.
    public func forget(_ subject: Subject) { taken?.forget(subject) }

    /// Newest first; empty but in a development directory.
    public var outbox: [CarriedMail] { taken?.mails ?? [] }
}
