// Where a value of a person lies, as addresses name it: with them, in a case, in something that was done in it, or in a complaint.
//
// The text of a place: empty for a value of the person's own record; "12" for what case 12 began with; "12.3" for the third thing that was done
// in it; "complaint-4" for what was written and answered in complaint 4.

import Policy
import Store
public import Vault

public enum HeldPlace: Hashable, Sendable {
    case own, begun(inCase: Int64), step(Int64, inCase: Int64), complaint(Int64)

    /// nil: no place is written like that.
    public init?(_ text: String) {
        func number(_ text: some StringProtocol) -> Int64? { Int64(text).flatMap { $0 > 0 && String($0) == text ? $0 : nil } }
        if let complaint = text.wholeMatch(of: /complaint-([0-9]+)/), let number = number(complaint.1) {
            self = .complaint(number)
        } else if let step = text.wholeMatch(of: /([0-9]+)\.([0-9]+)/), let matter = number(step.1), let place = number(step.2) {
            self = .step(place, inCase: matter)
        } else if let number = number(text) {
            self = .begun(inCase: number)
        } else {
            return nil
        }
    }

    public var text: String {
        switch self {
        case .own: ""
        case .begun(let number): "\(number)"
        case .step(let place, let number): "\(number).\(place)"
        case .complaint(let number): "complaint-\(number)"
        }
    }

    /// The case to which it belongs.
    public var matter: Int64? {
        switch self {
        case .begun(let number), .step(_, let number): number
        case .own, .complaint: nil
        }
    }
}

extension Holding {
    /// As the office put it there.
    public var standing: HeldPlace { place.flatMap(HeldPlace.init) ?? .own }
}

extension Environment {
    /// The places of all that a person's cases and complaints hold, by the items in which the texts lie.
    func places(of subject: Subject) throws(Refusal) -> [Int64: HeldPlace] {
        try store.read { (rows) throws(Refusal) in
            var places = Dictionary(
                try rows.all("SELECT item, number FROM help_case WHERE subject = \(subject)") {
                    ($0.identity(0), HeldPlace.begun(inCase: $0.integer(1)))
                }, uniquingKeysWith: { $1 })
            let steps = try rows.all(
                """
                SELECT item, place, number FROM case_step WHERE item IS NOT NULL
                    AND number IN (SELECT c.number FROM help_case c WHERE c.subject = \(subject))
                """
            ) { ($0.identity(0), HeldPlace.step($0.integer(1), inCase: $0.integer(2))) }
            for (item, place) in steps where places[item] == nil { places[item] = place }
            let complaints = try rows.all("SELECT number, words, answer FROM use_complaint WHERE subject = \(subject)") {
                (HeldPlace.complaint($0.integer(0)), [$0.identityOrNil(1), $0.identityOrNil(2)].compactMap(\.self))
            }
            for (place, items) in complaints { for item in items { places[item] = place } }
            return places
        }
    }

    /// The item in which a value at a place lies; nil: nothing of theirs is there.
    func item(of field: String, at place: HeldPlace, _ subject: Subject) throws(Refusal) -> Int64? {
        guard place != .own else { return 0 }
        return try store.read { (rows) throws(Refusal) -> Int64? in
            switch place {
            case .own: return 0
            case .begun(let number):
                return try rows.first("SELECT item FROM help_case WHERE number = \(number) AND subject = \(subject)") { $0.identity(0) }
            case .step(let step, let number):
                guard try rows.exists("SELECT 1 FROM help_case WHERE number = \(number) AND subject = \(subject)") else { return nil }
                return try rows.first("SELECT item FROM case_step WHERE number = \(number) AND place = \(step)") { $0.identityOrNil(0) }
                    ?? nil
            case .complaint(let number):
                let items = try rows.first("SELECT words, answer FROM use_complaint WHERE subject = \(subject) AND number = \(number)") {
                    (words: $0.identityOrNil(0), answer: $0.identityOrNil(1))
                }
                return field == ComplaintAnswer.declared.things[0] ? items?.answer : items?.words
            }
        }
    }
}
