// The words of the English catalogue: verbs, predefined names, kinds and marks.

extension English {
    static func may(_ mood: Mood) -> Wording {
        switch mood {
        case .stands, .finer, .coarser, .otherwise: "may"
        case .begins: "may now"
        case .ends: "may no longer"
        }
    }

    static func how(_ mood: Mood) -> Wording {
        switch mood {
        case .stands, .begins, .ends: ""
        case .finer: " more exactly than before"
        case .coarser: " less exactly than before"
        case .otherwise: ", by other numbers than before,"
        }
    }

    static func infinitive(_ verb: Verb) -> Wording {
        switch verb {
        case .collect: "store"
        case .derive: "make"
        case .read: "see"
        case .correct: "correct"
        case .delete: "delete"
        case .give: "give"
        case .send: "send"
        case .aggregate: "count"
        }
    }

    static func third(_ verb: Verb) -> Wording {
        switch verb {
        case .collect: "stores"
        case .derive: "makes"
        case .read: "sees"
        case .correct: "corrects"
        case .delete: "deletes"
        case .give: "gives"
        case .send: "sends"
        case .aggregate: "counts"
        }
    }

    static func participle(_ verb: Verb) -> Wording {
        switch verb {
        case .collect: "stored"
        case .derive: "made"
        case .read: "seen"
        case .correct: "corrected"
        case .delete: "deleted"
        case .give: "given"
        case .send: "sent"
        case .aggregate: "counted"
        }
    }

    static func predefined(_ bit: Int, _ holds: Bool) -> Wording {
        switch bit {
        case Symbols.inAggregate: holds ? "it is counted among many" : "it isn't counted among many"
        case Symbols.active: holds ? "your account is active" : "your account isn't active"
        case Symbols.deactivated: holds ? "your account is deactivated" : "your account isn't deactivated"
        case Symbols.deleted: holds ? "your account is deleted" : "your account isn't deleted"
        case Symbols.cut: holds ? "you cut off contact" : "you haven't cut off contact"
        case Symbols.termOver: holds ? "every term that a law sets is over" : "a term that a law sets still runs"
        case Symbols.refused: holds ? "you refused it" : "you haven't refused it"
        default: holds ? "you asked for it" : "you didn't ask for it"
        }
    }

    static func change(_ action: ChangeAction, _ through: Wording) -> Wording {
        switch action {
        case .newUse: "when this policy changes, a new use of what we hold needs your yes; we ask through your \(through)."
        case .posted: "when this policy changes without a new use of what we hold, the change is posted on the site."
        case .material: "when this policy changes in what matters, we also write to those who refused our messages."
        case .leftAlone: "when this policy changes, whoever cut off contact, deactivated or deleted the account is left alone."
        }
    }

    static func kind(_ type: RecipientType) -> Wording {
        switch type {
        case .processor: "it works for us, at our word"
        case .provider: "it does a service of its own for us"
        case .authority: "an authority"
        case .partner: "a partner"
        case .successor: "whoever takes the office over"
        case .party: "a party to a lawsuit"
        case .chosen: "whom you choose"
        }
    }

    static func field(_ kind: FieldKind) -> Wording {
        switch kind {
        case .text: "a text"
        case .email: "an e-mail address"
        case .phone: "a telephone number"
        case .address: "a postal address"
        case .date: "a date"
        case .money: "an amount of money"
        case .number: "a number"
        case .choice: "a choice among a few"
        case .token: "a key or mark"
        case .document: "a document"
        case .message: "a message"
        }
    }

    static func thing(_ kind: Kind) -> Wording {
        switch kind {
        case .role: "a role of the staff"
        case .person: "a kind of person"
        case .purpose: "a purpose"
        case .recipient: "a party outside"
        case .source: "a source"
        case .condition: "a condition"
        case .event: "a moment"
        case .message: "a message that we send"
        case .field: "an item"
        case .category: "a group of items"
        case .actor, .everything, .anyone, .anyStaff, .anyoneOutside, .anyPurpose: "a word of these rules themselves"
        }
    }

    static func marked(_ name: Wording, _ mark: Mark, _ isNew: Bool) -> Wording {
        switch mark {
        case .promotional: isNew ? "“\(name)” counts as promotion now." : "“\(name)” no longer counts as promotion."
        case .sealed: isNew ? "sealed now, so that only you can open it: \(name)." : "no longer sealed to you alone: \(name)."
        case .record: isNew ? "a record now, which no new version can shorten: \(name)." : "no longer a record: \(name)."
        case .contract: ground(name, "our contract with you", isNew)
        case .consent: ground(name, "your consent", isNew)
        case .legalDuty: ground(name, "a duty that a law lays on us", isNew)
        case .vitalInterest: ground(name, "an interest of life and health", isNew)
        case .legitimateInterest: ground(name, "a legitimate interest of ours", isNew)
        }
    }

    static func ground(_ name: Wording, _ ground: Wording, _ isNew: Bool) -> Wording {
        isNew ? "“\(name)” now stands on \(ground)." : "“\(name)” no longer stands on \(ground)."
    }

    static func asking(_ reason: AskingReason) -> Wording {
        switch reason {
        case .newUse: "a use that the former version doesn't allow"
        case .longer: "a longer stay"
        case .meaning(let names): "what \(names) means now"
        case .setters(let names): "what is set more easily (\(names))"
        case .toldLess: "what you are no longer told, or only later"
        case .lessAlong: "what need no longer go along with it"
        }
    }

    static func waiting(_ wait: Wait) -> Wording {
        switch wait {
        case .none: "Nothing has to wait."
        case .hours72: "It holds 72 hours after the second officer's approval, at the earliest."
        case .days14: "It holds 14 days after the second officer's approval, at the earliest."
        }
    }
}
