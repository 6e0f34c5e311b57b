// The conditions of the policy that a person sets by choosing.

import Store
import Vault

/// A choice that is about no single message.
struct ChosenByPerson: Condition {
    let name: String
    var told: [ToldState] { [.choices] }
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        try answer(of: moment.subject, name, in: rows)
    }
}

/// They told us not to send this message through this field.
struct MessageRefused: Condition {
    let name = "refused"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        guard let message = moment.message, let through = moment.through else { return Answer(nil) }
        return try answer(of: moment.subject, name, message, through, in: rows)
    }
}

/// They want to be answered in this case by what the message goes through; of any other message: they asked for it.
struct Asked: Condition {
    let name = "asked"
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        guard let through = moment.through else { return Answer(false) }
        guard let number = moment.basis.matter else {
            return try moment.message.map { (message) throws(Refusal) in
                try answer(of: moment.subject, name, message, through, in: rows)
            } ?? Answer(false)
        }
        let way = through == "email address" ? Answering.email : .telephone
        return Answer(
            try rows.exists(
                "SELECT 1 FROM help_case WHERE number = \(number) AND subject = \(moment.subject) AND answering = \(way.rawValue)"))
    }
}

/// They stopped one of the messages with which we offer something.
struct StoppedOffers: Condition {
    let name = "stopped offers"
    let told = [ToldState.choices]
    func answer(_ moment: Moment, at now: Instant, in rows: borrowing Snapshot<Refusal>) throws(Refusal) -> Answer {
        let found = try rows.all(
            """
            SELECT ended FROM choice WHERE subject = \(moment.subject) AND condition = 'refused'
                AND message IN ('special offer', 'free trial', 'product news')
            """
        ) { $0.instantOrNil(0) }
        if found.isEmpty { return Answer(false) }
        return found.contains(nil) ? Answer(true) : Answer(false, lastHeld: found.compactMap { $0 }.max())
    }
}

extension Condition {
    fileprivate func answer(
        of subject: Subject, _ condition: String, _ message: String = "", _ through: String = "", in rows: borrowing Snapshot<Refusal>
    ) throws(Refusal) -> Answer {
        let found = try rows.first(
            """
            SELECT since, ended FROM choice WHERE subject = \(subject) AND condition = \(condition) AND message = \(message)
                AND through = \(through)
            """
        ) { (since: $0.instant(0), ended: $0.instantOrNil(1)) }
        guard let found else { return Answer(false) }
        return found.ended.map { Answer(false, lastHeld: $0) } ?? Answer(true, lastFailed: found.since)
    }
}
