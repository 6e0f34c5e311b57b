// Everything that the policy can say, as a catalogue: each language says each phrase, and the compiler sees to it.

/// The languages in which the policy speaks.
public enum Tongue: String, Sendable, CaseIterable {
    case english = "en", indonesian = "id"

    func callAsFunction(_ phrase: Phrase) -> Wording {
        switch self {
        case .english: English.say(phrase)
        case .indonesian: Indonesian.say(phrase)
        }
    }
}

/// Whether something holds, begins to, or ends; of a statistic also whether it tells more than before, or less, or both.
enum Mood { case stands, begins, ends, finer, coarser, otherwise }

/// Whether something becomes more, less, or each in part.
enum Change { case more, less, both }

/// Why somebody is asked for a yes; a name is that of a purpose, or whatever else means something else or is set more easily.
enum AskingReason { case newUse, longer, meaning(Wording), setters(Wording), toldLess, lessAlong }

/// What is said to the person whom the data are of. `tail` is what a sentence ends with: purposes, starter, condition.
enum Phrase {
    // Joints
    case all([Wording]), any([Wording]), alternatives([Wording])
    case but(Wording, except: Wording)
    /// Facts that must hold together.
    case atOnce([Wording])
    case yours(Wording)
    case to([Wording]), startedBy([Wording])
    case toAnyPurpose(except: [Wording])
    case not(Wording)
    /// One alternative of a condition: names that must hold, clauses that must, names that mustn't, and what lifts it all.
    case condition(on: [Wording], if: [Wording], without: [Wording], unless: [Wording])
    /// Several alternatives, and what lifts all of them.
    case inEachCase(Wording, unless: Wording)
    /// Several facts, or such as hold together, of which none holds.
    case whereNone([Wording])
    case duration(Duration)

    // Predefined names
    case you, theSite, site, everything, anyone, anyStaff, anyoneOutside, anyPurpose
    /// The moment from which most terms count.
    case collected
    /// A predefined condition, by its bit.
    case predefined(Int, holds: Bool)

    // Verbs
    case doing(Verb), does(Verb), done(Verb), used

    // Acts
    case collects(Mood, things: Wording, sources: Wording, tail: Wording)
    case derives(Mood, things: Wording, from: Wording, tail: Wording)
    case uses(Mood, who: Wording, verbs: Wording, things: Wording, tail: Wording)
    case gets(Mood, who: Wording, things: Wording, along: Wording?, tail: Wording)
    case sends(Mood, messages: Wording, through: Wording, carriers: Wording?, tail: Wording)
    case counts(Mood, who: Wording, things: Wording, tail: Wording)
    /// What stands behind a message or a statistic as a rule has it.
    case cannotRefuse, canRefuse, onlyIfAsked, untilDeactivated, untilDeleted
    case crowd(people: Int, budget: String, per: Wording)
    /// The same behind `Before:` and `Now:`.
    case numbers(people: Int, budget: String, per: Wording)

    // Promises and terms
    /// Without things nothing at all; `isHeld`: nothing of what we hold.
    case never(things: Wording?, isHeld: Bool, deeds: Wording, from: Wording?, through: Wording?, to: Wording?, by: Wording?, tail: Wording)
    case notEvenYou
    case keeps(things: Wording, span: Wording, reason: Wording)
    case whileTrue(Wording), whileTrueThen(Wording, Wording), after(Wording, event: Wording), atMost(Wording, event: Wording)
    /// Terms of which the longest holds, each with its reason, and what cuts them.
    case keptInAll(things: Wording, terms: [Wording], caps: [Wording])
    /// Terms, and what cuts them.
    case capped(Wording, by: [Wording])
    case because(Wording), byLaw(Wording)
    case toldAtOnce(Wording), toldOnceOver(Wording, Wording)
    case whenUsed(who: Wording, deeds: Wording, things: Wording, tail: Wording)
    case whenGiven(things: Wording, to: Wording, tail: Wording)
    case change(ChangeAction, through: Wording)

    // An answer
    case yes(Wording), no(Wording), unreadable(Unreadable)
    case permittedBy(Wording), forbiddenBy(Wording), keptBy(Wording), wouldPermit(Wording)
    case alongGoes(Wording), isKept(Wording), notKept, noRule, byFormer(version: Int)
    case itNeeds(Wording), itNeedsStarter(Wording), liftedBy(Wording), holdsOnly(Wording), nothingLifts
    case evenThenNoRule, evenThenNeeds(Wording), evenThenForbidden(Wording)
    /// What is asked about, and the category by which a rule speaks of it.
    case includes(Wording, of: Wording)
    case means(Wording, Wording), setBy(Wording), setByItself, setBySending(Wording, Wording)
    case together([Wording])

    // A difference
    case versions(from: Int, to: Int), nothingChanges, notNeighbours(from: Int, to: Int), notLater(from: Int, to: Int), tooEntangled,
        uncompared(String), throughout, conditionsNamed
    /// What is said where no rule permits anything, and of a condition on which none does, with the rules that it closes, and
    /// those that tell only once it has ended.
    case nobodyMay, permitsNothing(Wording, isPurpose: Bool), opensNothing, stops(rules: String), delays(rules: String)
    case forYou, forTheSite, forWhom(Wording)
    case keptLonger(Wording), keptShorter(Wording), keptOtherwise(Wording), otherwise(before: Wording, now: Wording), notAtAll
    /// Behind what is as before, but for what a name stands for.
    case countsAnew(Wording)
    case nowByLaw(Wording), noLongerByLaw(Wording)
    /// Behind a term: who wants it.
    case forReason(Wording, isLaw: Bool)
    case compulsory(Wording), refusable(Wording), carriesMore(Wording, Wording), carriesLess(Wording, Wording)
    /// What it carries has the name of another item that it carried.
    case carriesOther(Wording, Wording)
    case newPromise(Wording), lostPromise(Wording), promisesReach(more: Bool, Wording), toldOf(more: Bool, Wording)
    /// A promise that stays, and reaches further or less far.
    case promise(Change, before: Wording, now: Wording)
    case goesAlong(more: Bool, who: Wording, things: Wording, along: Wording, tail: Wording)
    /// What somebody may learn by all statistics together.
    case learnedInAll(who: Wording, isMore: Bool, before: Wording, now: Wording), budget(String, per: Wording)
    case askedThrough(before: Wording, now: Wording)
    case newRecipient(Wording, type: RecipientType, countries: Wording), lostRecipient(Wording)
    case changedRecipient(Wording, before: Wording, now: Wording), type(RecipientType, countries: Wording)
    case changedThing(Wording, before: Wording, now: Wording), fieldKind(FieldKind), thing(Kind)
    /// A name that says that it was another, which stood for another kind of thing.
    case wasNever(Wording, former: Wording, kind: Wording)
    /// `added` where nothing but that changed.
    case countries(Wording, Change, added: Wording?, before: Wording, now: Wording), anyCountry
    case renamed(Wording, former: Wording)
    case apart(Wording, Wording, isNew: Bool)
    case setters(Wording, Change, before: Wording, now: Wording)
    case mark(Wording, Mark, isNew: Bool)
    case keptIn(String, isNew: Bool)
    case meantOtherwise(Wording, before: Wording, now: Wording), wordedOtherwise(Wording, before: Wording, now: Wording)
    case nothing

    // What it demands
    /// Which change it is that a yes is asked for, and of what.
    case asked(AskingReason, Wording)
    case whatFollows, yesNeeded(Wording), concerns(people: Int), touches(people: Int), mailedToAll, posted, waits(Wait)
}

/// Marks of purposes, with the grounds in law, and of fields.
enum Mark: String, CaseIterable {
    case promotional, contract, consent, legalDuty = "legal duty", vitalInterest = "vital interest"
    case legitimateInterest = "legitimate interest", sealed, record
}

/// What an outside party is to the office.
enum RecipientType: String, CaseIterable { case processor, provider, authority, partner, successor, party, chosen }
