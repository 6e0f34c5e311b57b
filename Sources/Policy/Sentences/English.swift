// The catalogue in English, said to the person whom the data are of.

enum English {
    static func say(_ phrase: Phrase) -> Wording {
        switch phrase {
        case .all(let items): list(items, "and")
        case .any(let items): list(items, "or")
        case .alternatives(let items): joined(items, "; or ")
        case .but(let all, let some): "\(all) except \(some)"
        case .atOnce(let facts): "\(facts.count == 2 ? "both" : "all of") \(list(facts, "and"))"
        case .yours(let things): "your \(things)"
        case .to(let purposes): ", to \(joined(purposes, " or to "))"
        case .toAnyPurpose(let some): some.isEmpty ? ", for any purpose" : ", for any purpose except to \(joined(some, " or to "))"
        case .startedBy(let starters): ", if \(list(starters, "or")) starts it"
        case .not(let fact): "not \(fact)"
        case .condition(let on, let clauses, let without, let unless):
            joined(
                [
                    part("on ", on, "and"), each("without ", without, "and"),
                    part(on.isEmpty && without.isEmpty ? "if " : "and if ", clauses, "and"), choice("unless ", unless, "or"),
                ], ", ")
        case .inEachCase(let alternatives, let unless): "\(alternatives); in each case \(unless)"
        case .whereNone(let facts): "while none of this is so: \(joined(facts, "; "))"
        case .duration(let duration): "\(duration.text)"

        case .you: "you"
        case .theSite: "the site by itself"
        case .site: "the site"
        case .everything: "everything that we hold"
        case .anyone: "anyone"
        case .anyStaff: "any of the staff"
        case .anyoneOutside: "anyone outside"
        case .anyPurpose: "any purpose"
        case .collected: "we got it"
        case .predefined(let bit, let holds): predefined(bit, holds)

        case .doing(let verb): infinitive(verb)
        case .does(let verb): third(verb)
        case .done(let verb): participle(verb)
        case .used: "used in any way"

        case .collects(let mood, let things, let sources, let tail): "we \(may(mood)) store \(things), from \(sources)\(tail)."
        case .derives(let mood, let things, let from, let tail): "we \(may(mood)) make \(things) from \(from)\(tail)."
        case .uses(let mood, let who, let verbs, let things, let tail): "\(who) \(may(mood)) \(verbs) \(things)\(tail)."
        case .gets(let mood, let who, let things, let along, let tail):
            "\(who) \(may(mood)) get \(things)\(along.map { ", together with \($0) (which may also go alone)" as Wording } ?? "")\(tail)."
        case .sends(let mood, let messages, let through, let carriers, let tail):
            "we \(may(mood)) send \(messages) through \(through)\(carriers.map { ", carried by \($0)" as Wording } ?? "")\(tail)."
        case .counts(let mood, let who, let things, let tail):
            "\(who) \(may(mood)) learn\(how(mood)) how many people have which \(things), and never who\(tail)."
        case .cannotRefuse: "You can't refuse it."
        case .canRefuse: "You can refuse it at any time."
        case .onlyIfAsked: "It comes only if you asked for it."
        case .untilDeactivated: "It ends when you deactivate or delete your account."
        case .untilDeleted: "It ends when you delete your account."
        case .crowd(let people, let budget, let per):
            """
            Groups of fewer than \(people) aren't shown, and every count is blurred by chance \
            (privacy budget \(budget) for each person in \(per)).
            """

        case .numbers(let people, let budget, let per):
            "no group of fewer than \(people) people, and a privacy budget of \(budget) for each person in \(per)"

        case .never(let things, let isHeld, let deeds, let from, let through, let to, let by, let tail):
            """
            \(things.map { "\($0) may never" as Wording } ?? "nothing\(isHeld ? " that we hold" : "") may ever") be \
            \(deeds)\(some(" from ", from))\(some(" through ", through))\(some(" to ", to))\(some(" by ", by))\(tail).
            """
        case .notEvenYou: ", not even you"
        case .keeps(let things, let span, let reason): "we keep \(things) \(span), \(reason)."
        case .keptInAll(let things, let terms, let caps):
            """
            in all, we keep \(things) \(joined(terms, "; or "))\(terms.count > 1 ? "; whichever lasts longest" : "")\
            \(part("; but ", caps, "and")).
            """
        case .whileTrue(let fact): "while \(fact)"
        case .whileTrueThen(let fact, let duration): "while \(fact), and for \(duration) afterwards"
        case .after(let duration, let event): "until \(duration) after \(event)"
        case .atMost(let duration, let event): "at most until \(duration) after \(event), unless a law says longer"
        case .capped(let terms, let caps): "\(terms); but \(joined(caps, ", and "))"
        case .because(let reason): "because \(reason)"
        case .byLaw(let law): "as the law demands: \(law)"
        case .toldAtOnce(let deed): "you are told at once when \(deed)."
        case .toldOnceOver(let fact, let deed): "you are told when \(deed); but while this holds, only once it ends: \(fact)."
        case .whenUsed(let who, let deeds, let things, let tail): "\(who) \(deeds) \(things)\(tail)"
        case .whenGiven(let things, let to, let tail): "we give \(things) to \(to)\(tail)"
        case .change(let action, let through): change(action, through)

        case .yes(let question): "\(question): yes."
        case .no(let question): "\(question): no."
        case .unreadable(let fault): "This can't be read, from column \(fault.column) on: \(fault.told)"
        case .permittedBy(let rule): "Permitted by \(rule)"
        case .forbiddenBy(let rule): "Forbidden by \(rule)"
        case .keptBy(let rule): "A law demands that it stays, by \(rule)"
        case .wouldPermit(let rule): "It could be permitted by \(rule)"
        case .alongGoes(let things): "With it must go: \(things)."
        case .isKept(let why): "It is kept \(why)."
        case .notKept: "Its term is over: it is gone by then."
        case .noRule: "No rule of this policy permits it, whatever the circumstances. What no rule permits is refused."
        case .byFormer(let version): "That is what version \(version) says, under which it was collected."
        case .itNeeds(let facts): "As things are said here, this is missing: \(facts)."
        case .itNeedsStarter(let who): "It must be started by \(who)."
        case .liftedBy(let facts): "That would be lifted by: \(facts)."
        case .holdsOnly(let condition): "That holds only \(condition)."
        case .nothingLifts: "Nothing lifts that."
        case .evenThenNoRule: "But even then no rule would permit it."
        case .evenThenNeeds(let facts): "But even then this is missing: \(facts)."
        case .evenThenForbidden(let rule): "But even then it is forbidden by \(rule)."
        case .includes(let thing, let category): "“\(category)” includes \(thing)."
        case .means(let name, let prose): "\(name): \(prose)."
        case .setBy(let who): "It is set by \(who)."
        case .setByItself: "The site finds it out by itself."
        case .setBySending(let message, let duration): "It is so \(duration) after we sent \(message)."
        case .together(let people): "\(list(people, "and")) together"

        case .versions(let from, let to): "What changes from version \(from) to version \(to)"
        case .nothingChanges: "Nothing changes."
        case .notNeighbours(let from, let to):
            """
            Other versions lie between version \(from) and version \(to), and aren't looked at here: a name that was changed twice counts \
            as new. Compare each version with the next to see what each change asked of people.
            """
        case .notLater(let from, let to):
            from == to
                ? "Both documents say that they are version \(to): a changed one has a number of its own."
                : "The second document is the older one, version \(to): what stands below is how version \(from) would be taken back."
        case .nobodyMay: "Nobody, for nothing: what no rule permits is refused."
        case .permitsNothing(let name, let isPurpose):
            isPurpose
                ? "No rule permits anything in order to \(name): what no rule permits is refused."
                : "No rule permits \(name) anything: what no rule permits is refused."
        case .opensNothing: "It opens nothing."
        case .stops(let rules): "It stops something: \(rules)."
        case .delays(let rules): "While it holds, you aren't told yet: \(rules)."
        case .tooEntangled:
            """
            The conditions of the two versions hang together in so many ways that they can't be compared exactly: it counts as if \
            everything changed. What could be compared stands below.
            """
        case .uncompared(let rules): "These rules couldn't be compared, and must be read as they stand: \(rules)."
        case .throughout: "In the whole policy"
        case .conditionsNamed: "Conditions that are named here"
        case .forYou: "For you"
        case .forTheSite: "What the site does by itself"
        case .forWhom(let who): "For \(who)"
        case .keptLonger(let things): "\(things) may stay longer than before."
        case .keptShorter(let things): "\(things) may not stay as long as before."
        case .keptOtherwise(let things): "\(things) may stay otherwise than before: in some cases longer, in some not as long."
        case .otherwise(let before, let now): "Before: \(before). Now: \(now)."
        case .notAtAll: "not at all"
        case .countsAnew(let names): "That counts as new, for \(names) isn't what it was."
        case .nowByLaw(let things): "A law is now given as the reason to keep \(things), where we gave one of our own."
        case .noLongerByLaw(let things): "A reason of our own is now given to keep \(things), where we named a law."
        case .forReason(let term, let isLaw): "\(term), \(isLaw ? "as a law demands" : "for a reason of ours")"
        case .compulsory(let message): "You can no longer refuse \(message)."
        case .refusable(let message): "You can refuse \(message) now, or it isn't sent any more."
        case .carriesMore(let message, let things): "with \(message) goes now also: \(things)."
        case .carriesLess(let message, let things): "with \(message) goes no longer: \(things)."
        case .carriesOther(let message, let things): "what goes with \(message) under this name is another item than before: \(things)."
        case .newPromise(let promise): "We promise anew: \(promise)"
        case .lostPromise(let promise): "We no longer promise: \(promise)"
        case .promise(let change, let before, let now):
            switch change {
            case .more: "we promise more than before. Before: \(before) Now: \(now)"
            case .less: "we promise less than before. Before: \(before) Now: \(now)"
            case .both: "we promise in some cases more than before, in some less. Before: \(before) Now: \(now)"
            }
        case .promisesReach(let more, let things):
            more
                ? "what we promise never to do reaches further for \(things)."
                : "what we promise never to do reaches less far for \(things)."
        case .toldOf(let more, let things):
            more
                ? "you are told more, or sooner, of what is done with \(things)."
                : "you are told less, or later, of what is done with \(things)."
        case .goesAlong(let more, let who, let things, let along, let tail):
            "when \(who) gets \(things)\(tail), this \(more ? "must now go along" : "need no longer go along"): \(along)."
        case .learnedInAll(let who, let isMore, let before, let now):
            "in all, \(who) may learn \(isMore ? "more" : "less") of each person than before. Before: \(before). Now: \(now)."
        case .budget(let budget, let per): "a privacy budget of \(budget) in \(per)"
        case .askedThrough(let before, let now):
            "we ask for your yes in another way than before. Before: through your \(before). Now: through your \(now)."
        case .newRecipient(let name, let type, let countries):
            "\(name) is named as a recipient for the first time: \(kind(type)), in \(countries)."
        case .lostRecipient(let name): "nothing goes to \(name) any more."
        case .changedRecipient(let name, let before, let now):
            "\(name) is another kind of party than before, and counts as a new one. Before: \(before). Now: \(now)."
        case .type(let type, let countries): "\(kind(type)), in \(countries)"
        case .changedThing(let name, let before, let now):
            "“\(name)” is another kind of thing than before, and counts as a new one. Before: \(before). Now: \(now)."
        case .fieldKind(let kind): field(kind)
        case .thing(let kind): thing(kind)
        case .wasNever(let name, let former, let kind):
            "“\(name)” is said to be what \(former) was; but that was \(kind), so “\(name)” counts as a new one."
        case .countries(let name, let change, let added, let before, let now):
            if let added {
                "\(name) may now also be in \(added)."
            } else {
                switch change {
                case .more: "\(name) may be in more countries than before. Before: \(before). Now: \(now)."
                case .less: "\(name) may be in fewer countries than before. Before: \(before). Now: \(now)."
                case .both: "\(name) may be in other countries than before. Before: \(before). Now: \(now)."
                }
            }
        case .anyCountry: "any country"
        case .renamed(let name, let former): "\(name) was called \(former)."
        case .apart(let one, let other, let isNew):
            isNew ? "nobody may be both any more: \(one) and \(other)." : "the same person may now be both: \(one) and \(other)."
        case .setters(let fact, let change, let before, let now):
            switch change {
            case .more: "“\(fact)” is set more easily than before. Before: \(before) Now: \(now)"
            case .less: "“\(fact)” is set less easily than before. Before: \(before) Now: \(now)"
            case .both: "“\(fact)” is decided by others than before. Before: \(before) Now: \(now)"
            }
        case .mark(let name, let mark, let isNew): marked(name, mark, isNew)
        case .keptIn(let country, let isNew): isNew ? "data are now also kept in \(country)." : "data are no longer kept in \(country)."
        case .meantOtherwise(let name, let before, let now): "“\(name)” means something else. Before: \(before). Now: \(now)."
        case .wordedOtherwise(let name, let before, let now):
            "“\(name)” is put in other words, and means what it meant. Before: \(before). Now: \(now)."
        case .nothing: "nothing"

        case .whatFollows: "What follows"
        case .yesNeeded(let things):
            """
            If any of these of you is stored, we ask you by e-mail, and until you say yes the former version governs it; no \
            answer is a no: \(things).
            """
        case .asked(let reason, let things): "we ask because of \(asking(reason)): \(things)."
        case .concerns(let people):
            switch people {
            case 0: "Nothing of that is stored of anybody."
            case 1: "That concerns one person at most."
            default: "That concerns \(people) people at most."
            }
        case .touches(let people):
            switch people {
            case 0: "Nothing that this is about is stored of anybody."
            case 1: "Something that this is about is stored of one person at most."
            default: "Something that this is about is stored of \(people) people at most."
            }
        case .mailedToAll: "You are written to about it even if you refused our messages; not if you cut off contact or left."
        case .posted: "It is posted on the site."
        case .waits(let wait): waiting(wait)
        }
    }

    // MARK: Joints

    private static func list(_ items: [Wording], _ joint: String) -> Wording {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return "\(joined(items.dropLast(), ", ")) \(joint) \(last)"
    }

    private static func joined(_ items: some Sequence<Wording>, _ mark: Wording) -> Wording {
        items.reduce(into: "") { said, item in
            if !said.isEmpty, !item.isEmpty { said.append(mark) }
            said.append(item)
        }
    }

    private static func part(_ opening: Wording, _ items: [Wording], _ joint: String) -> Wording {
        items.isEmpty ? "" : "\(opening)\(list(items, joint))"
    }

    /// The word stands before each, since it says something of each.
    private static func each(_ opening: Wording, _ items: [Wording], _ joint: String) -> Wording {
        list(items.map { "\(opening)\($0)" }, joint)
    }

    /// Of many, each is set apart by the word between them.
    private static func choice(_ opening: Wording, _ items: [Wording], _ joint: String) -> Wording {
        items.count > 4 ? "\(opening)\(joined(items, ", \(joint) "))" : part(opening, items, joint)
    }

    private static func some(_ opening: Wording, _ wording: Wording?) -> Wording { wording.map { "\(opening)\($0)" } ?? "" }
}
