// Everything from outside, in one value that goes into every verb of the office.

public import Crypto
public import Outbound
public import Policy
public import Store
public import Vault

public struct Environment: Sendable {
    public let vault: Vault
    public let outbound: Outbound
    public let settings: Settings
    public let clock: any Clock
    public let randomness: any Randomness
    let store: Store
    /// Pages of people's own data, drawn.
    let kept = KeptPages()
    /// By the mail server and the telephone gateway.
    let lastTaken: LastTaken
    /// Of marks of what is tried.
    let salts = Salts()
    let hashing: Hashing
    /// Of changes of addresses.
    let turns = Turns()

    /// `hashing`: of passwords, on threads that end with `close`.
    public init(
        store: Store, vault: Vault, outbound: Outbound, settings: Settings, clock: any Clock, randomness: any Randomness,
        hashing: Hashing = Hashing()
    ) {
        (self.store, self.vault, self.outbound, self.hashing) = (store, vault, outbound, hashing)
        (self.settings, self.clock, self.randomness) = (settings, clock, randomness)
        lastTaken = LastTaken(clock.now())
    }

    /// Ends all writing; what was promised is on the disk.
    public func close() {
        hashing.close()
        vault.close()
        store.close()
    }

    /// The uses of the code that no rule of the policy permits whatever the facts, as sentences; with the rule that permitted it in the
    /// version before, where there is one.
    public var usesWithoutRule: [String] {
        let lacking = Self.uses.compactMap { use -> String? in
            guard let fault = policy.usesWithoutRule(of: [("“\(use.declared.words)”", use.declared)]).first else { return nil }
            guard let rule = formerRule(of: use.declared) else { return fault.message }
            return fault.message + " The version before had the rule “\(rule.text)”."
        }
        // Where no rule takes anybody in, that is said above.
        guard policy.usesWithoutRule(of: [("", StaffContact.declared)]).isEmpty else { return lacking }
        return lacking + refusalsOfHiring.map(\.sentence)
    }

    /// The policy in force, with its clauses and rules.
    public var policy: Policy { vault.policy }
    /// What is wrong with the document as it stands; only a development directory starts in spite of errors.
    public var policyDiagnostics: [Diagnostic] { settings.policyDiagnostics }
}

extension Refused {
    /// For the operator: the use for which there is no rule, and the one that it had.
    public var sentence: String {
        "No rule of the policy permits “\(lackingUse)”." + (missing.map { " The version before had the rule “\($0.text)”." } ?? "")
    }
}

/// A setting as the operator gave it.
public struct StandingSetting: Sendable, Hashable {
    public let name: String
    /// nil: left out.
    public let value: String?
    /// The line of the file, or the variable.
    public let place: String?
    public init(name: String, value: String?, place: String?) { (self.name, self.value, self.place) = (name, value, place) }
}

/// What the operator set, as far as pages and verbs need it.
public struct Settings: Sendable {
    /// The company that runs the house, as pages and mails sign.
    public let operatorName: String
    /// Without a slash at the end, e.g. `http://localhost:8080`.
    public let address: String
    /// The data directory is stamped `development`: the policy's file is loaded as it stands, and `/dev/outbox` is open.
    public let isDevelopment: Bool
    public let policyDiagnostics: [Diagnostic]
    /// The staff's pages open only where two factors brought somebody in (protection: a stolen mailbox opens no back office).
    public let staffNeedsSecondFactor: Bool
    /// So many calls and mails one of the staff may record within a day.
    public let contactsADay: Int
    /// Refused where somebody chooses one.
    public let commonPasswords: CommonPasswords
    /// What the operator tells of the company, its locations and its plans.
    public let business: Business
    /// The public log grows once in so many seconds.
    public let logPeriod: Int64
    /// What is done after the answer is done by this process; else by another one.
    public let doesWork: Bool
    /// Every setting as it stands; none of them is a secret itself, but names at most the file of one.
    public let standing: [StandingSetting]
    /// The log's name in its checkpoints: the address without the scheme.
    public var logName: String { String(address.split(separator: "/").last ?? "voffice") + "/log" }

    /// Unless the operator says otherwise.
    public static let usualContacts = 60

    public init(
        operatorName: String, address: String, isDevelopment: Bool, policyDiagnostics: [Diagnostic],
        commonPasswords: CommonPasswords = CommonPasswords(), staffNeedsSecondFactor: Bool = false, business: Business = Business(),
        contactsADay: Int = Self.usualContacts, logPeriod: Int64 = 3_600, standing: [StandingSetting] = [], doesWork: Bool = true
    ) {
        (self.doesWork, self.logPeriod) = (doesWork, logPeriod)
        self.contactsADay = contactsADay
        self.standing = standing
        self.business = business
        self.staffNeedsSecondFactor = staffNeedsSecondFactor
        (self.operatorName, self.address, self.commonPasswords) = (operatorName, address, commonPasswords)
        (self.isDevelopment, self.policyDiagnostics) = (isDevelopment, policyDiagnostics)
    }
}
