// Why a version isn't proposed, approved, published or withdrawn; or why a house doesn't run by what its database says.

public import Policy
public import Store

public enum PublishingFault: StoreFailure {
    /// No such proposal.
    case unknown
    /// Nobody proposes a document with errors.
    case unreadable(errors: Int)
    /// The document declares no policy officer or no privacy officer: nothing could be published after it.
    case lacksOfficer(role: String)
    /// Numbers only grow.
    case numberTaken(atLeast: Int)
    case inThePast(today: Day)
    /// People couldn't read it in time.
    case tooSoon(Waiting, earliest: Day)
    /// It would begin before the version that it follows, or with it.
    case beforeFormer(Day)
    /// A mark names what the document doesn't declare.
    case unknownName(String)
    /// A mark names what says the same as before.
    case unchangedName(String)
    /// A proposal that says the same waits already, by its number.
    case repeated(Int64)
    /// The first version isn't published yet, so nothing can follow it.
    case unfounded
    case samePerson
    case approvedAlready(role: String)
    case withdrawn
    /// Another version was published meanwhile: the difference that was shown is no longer that of this one.
    case overtaken
    case published
    /// It governs data since then; only a new version takes it back.
    case inForce
    /// A later version stands on it: withdraw that one first.
    case followed
    /// Something isn't as it was signed; the text says what.
    case tampered(String)
    /// A part of a proposal isn't as it was proposed.
    case altered(ProposalPart)
    case store(StoreFault)
}

/// What a proposal consists of in the database.
public enum ProposalPart: String, Sendable, Hashable, CaseIterable {
    case note = "The note of the proposal"
    case document = "The document of the proposal"
    case translation = "The translation of the proposal"
    case former = "The version before it"
}

extension PublishingFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknown: "There is no such proposal."
        case .unreadable(let errors): "The document has \(errors) errors. `voffice policy check` shows each with its place."
        case .lacksOfficer(let role): "The document declares no role `\(role)`, so nothing could be published after it. Put it back."
        case .numberTaken(let least): "The document's version must be at least \(least): a number stands for one version only."
        case .inThePast(let today): "Its `from` lies in the past. Today is \(today.iso); no rule holds backwards."
        case .tooSoon(let waiting, let earliest):
            "Its `from` comes too soon: the change waits \(waiting.rawValue), so it can begin on \(earliest.iso) or later. Change `from`, and propose it again."
        case .beforeFormer(let day): "It must begin after the version that it follows, which begins on \(day.iso). Change `from`."
        case .unknownName(let name): "The document declares no `\(name)`, so its wording can't be marked."
        case .unchangedName(let name): "What the document says of `\(name)` hasn't changed, so there is no wording to mark."
        case .repeated(let proposal): "It is proposed already, as proposal \(proposal), and waits for the officers there."
        case .unfounded: "The first version isn't published yet. Both officers have to approve that one first."
        case .samePerson: "Two different people have to agree, and you have already."
        case .approvedAlready(let role): "A \(role) has agreed to it already."
        case .withdrawn: "It was withdrawn."
        case .overtaken: "Another version was published since. Propose it again, so that the difference to that one shows."
        case .published: "It is published already."
        case .inForce: "It is in force already. Propose a version that takes it back."
        case .followed: "A later version stands on it. Withdraw that one first."
        case .altered(let part):
            "\(part.rawValue) isn't as it was proposed: the database was changed. Restore it from a backup, or propose the version again."
        case .tampered(let what): "\(what) isn't as it was signed: the database was changed. Restore it from a backup."
        case .store(let fault): fault.description
        }
    }
}
