// Refusals alike: the first is recorded at once, those after it within the day are counted, and the count becomes an entry.

import Crypto
import Policy
import Store
import TransparencyLog

extension Vault {
    /// Where refusals about the subject are counted: where an attempt is refused like one before it today, counts it and throws; otherwise does nothing. Facts as they are now: an
    /// attempt that is allowed by now goes on, and is recorded.
    func countRefusal<U: Reading>(
        _: U.Type, of subject: Subject, by actor: Actor, on basis: Basis, collected: [[Int64?]]
    ) async throws(Refusal) {
        let moment = Moment(subject: subject, actor: actor, basis: basis), who = actor.name(in: U.self)
        let judgement = try store.read { (rows) throws(Refusal) in
            try judge.judge(U.self, who: who, moment: moment, collectedEach: collected, in: rows)
        }
        // What waits to be told is an entry each: a count would stand beside what the person may see.
        guard let refused = judgement.refused, !judgement.waits else { return }
        let now = clock.now(), use = record(U.self, by: actor, basis: basis, judgement, at: now)
        let likeness = keys.likeness(use, of: subject, staff: actor.staff)
        if let first = try await keys.countAgain(likeness, of: subject, at: now) { throw .policy(refused.recorded(as: first)) }
    }

    /// Throws what the policy refuses at this moment, once the attempt is entered; what it permits is entered when it is done.
    public func demand<U: Use>(_: U.Type, of subject: Subject, by actor: Actor, on basis: Basis) async throws(Refusal) {
        let house = atThisMoment
        guard let refused = try house.preview(U.self, of: subject, by: actor, on: basis) else { return }
        throw .policy(try await house.entered(refused, U.verb, U.things, of: subject, by: actor, on: basis))
    }

    /// Enters a refusal of what was tried by other ways than a grant, and gives it with the number of its entry; one like another of the same
    /// day is counted with that.
    func entered(
        _ refused: Refused, _ verb: Verb, _ things: [String], of subject: Subject, by actor: Actor, on basis: Basis
    ) async throws(Refusal) -> Refused {
        let now = clock.now()
        let use = RecordedUse(
            at: now, verb: "\(verb)", who: actor.shown, things: things, purpose: refused.purpose, outcome: refused.outcome,
            rules: refused.concerned, version: versionText, matter: basis.matter
        ).refused(by: refused.formerVersion)
        let likeness = keys.likeness(use, of: subject, staff: actor.staff)
        if let first = try await keys.countAgain(likeness, of: subject, at: now) { return refused.recorded(as: first) }
        let month = try await monthKeys(of: subject)
        let entry = try await store.write { (rows) throws(Refusal) -> Int64 in
            try self.refuseErased(subject, in: rows)
            return try self.ledger.append(use, of: subject, staff: actor.staff, under: month, in: rows)
        }
        try await keys.beginCounting(likeness, of: subject, first: entry, try leaf(of: entry, subject), at: now)
        return refused.recorded(as: entry)
    }

    /// Writes an entry for each count of refusals that ended: `like` names the first, `times` says how many came after it.
    func tellRefusals() async throws(Refusal) {
        let ended = try await keys.endedRefusals(at: clock.now())
        guard !ended.isEmpty else { return }
        var told: [RepeatedRefusal] = []
        for refusal in ended {
            do throws(Refusal) {
                if refusal.count > 0 { try await tell(refusal) }
                told.append(refusal)
            } catch {
                switch error {
                // Of a person who leaves at this moment nothing is written any more.
                case .gone: told.append(refusal)
                // The first's entry is missing or changed, which the person sees; the count stays for whoever looks into it.
                case .damaged: continue
                default: throw error
                }
            }
        }
        try await keys.forget(told)
    }

    func tell(_ refusal: RepeatedRefusal) async throws(Refusal) {
        let subject = refusal.subject
        let (first, opening, staff) = try entry(refusal.first, of: subject)
        // By its leaf: what makes them alike is under another key when the bucket was renewed.
        let isTheFirst =
            refusal.leaf.map { $0 == opening.leaf.hash.bytes } ?? (keys.likeness(first, of: subject, staff: staff) == refusal.likeness)
        guard isTheFirst else { throw .damaged("use record \(refusal.first)") }
        let use = first.repeated(refusal.count, like: refusal.first, at: refusal.last)
        let keys = try await monthKeys(of: subject)
        do throws(Refusal) {
            // Once, also where a crash came between this entry and the end of the count.
            try await store.write(once: IdempotencyKey("refusals \(Hex.encode(refusal.mark))")) { (rows) throws(Refusal) in
                try self.refuseErased(subject, in: rows)
                _ = try self.ledger.append(use, of: subject, staff: staff, under: keys, in: rows)
            }
        } catch {
            guard case .store(.repeated) = error else { throw error }
        }
    }

    /// The hash of an entry's leaf; nil: there is none any more.
    func leaf(of sequence: Int64, _ subject: Subject) throws(Refusal) -> [UInt8]? {
        let data = try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT leaf FROM use_record WHERE subject = \(subject) AND seq = \(sequence)") { $0.blob(0) }
        }
        return data.flatMap { try? Leaf(data: $0).hash.bytes }
    }

    /// What an entry says of the use, and who of the staff it was.
    func entry(_ sequence: Int64, of subject: Subject) throws(Refusal) -> (use: RecordedUse, opening: UseOpening, staff: Subject?) {
        let row = try store.read { (rows) throws(Refusal) in
            try rows.first("SELECT kind, month, opening, staff FROM use_record WHERE subject = \(subject) AND seq = \(sequence)") {
                (kind: $0.identity(0), month: $0.integer(1), opening: $0.blob(2), staff: $0.blobOrNil(3))
            }
        }
        guard let row else { throw .damaged("use record \(sequence)") }
        let names = Ledger.MonthKeys.names(of: subject, kind: row.kind, month: row.month)
        let found = try keys.keys(of: [names.uses, names.staff])
        guard let opens = found[names.uses], let opensStaff = found[names.staff] else { throw .gone }
        do {
            let plain = try Sealed.open(row.opening, under: opens, boundTo: Ledger.binding(subject, sequence, "person"))
            let opening = try UseOpening(personsView: plain)
            guard let use = RecordedUse(text: opening.commonText) else { throw Refusal.damaged("use record \(sequence)") }
            guard let staff = row.staff else { return (use, opening, nil) }
            let view = try Sealed.open(staff, under: opensStaff, boundTo: Ledger.binding(subject, sequence, "staff"))
            return (use, opening, UseOpening.staff(ofView: view))
        } catch { throw .damaged("use record \(sequence)") }
    }
}
