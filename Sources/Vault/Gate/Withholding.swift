// What may not be told yet stands in the papers of its matter, a chain of its own, and joins the person's when it may: with its own time,
// the hash of the leaf that it had from the first, and what opens that.

import Crypto
import Policy
public import Store
import TransparencyLog

extension Vault {
    /// Where an entry stands that its person may not see yet: the chain of a matter in which a restraint runs.
    struct Papers: Sendable {
        let hold: Int64, matter: Subject, keys: Ledger.MonthKeys
    }

    /// The papers for a use of somebody's data: of the matter that it names, or of any of theirs.
    /// - Throws: `untellable` where there are none.
    func papers(about subject: Subject, _ matter: Int64?) async throws(Refusal) -> Papers {
        let now = clock.now()
        let found = try store.read { (rows) throws(Refusal) in
            try rows.first(
                """
                SELECT h.number, h.matter FROM legal_hold h JOIN restraint r ON r.hold = h.number
                    WHERE (h.subject = \(subject) OR h.matter = \(subject)) AND \(Restraint.stands(at: now))
                    ORDER BY CASE WHEN h.number = \(matter) THEN 0 ELSE 1 END, h.number LIMIT 1
                """
            ) { (hold: $0.integer(0), matter: Subject(id: $0.identity(1))) }
        }
        guard let found else { throw .untellable }
        return Papers(hold: found.hold, matter: found.matter, keys: try await monthKeys(of: found.matter))
    }

    /// Appends the entry to the papers. Where the restraint ended meanwhile: `outdated`.
    func withhold(
        _ use: RecordedUse, of subject: Subject, staff: Subject?, in papers: Papers, _ rows: borrowing Transaction<Refusal>
    ) throws(Refusal) -> Int64 {
        let now = clock.now()
        guard let end = try Restraint.end(of: papers.hold, at: now, in: rows.snapshot),
            try lives(papers.matter, in: rows.snapshot)
        else { throw .outdated }
        let sequence = try ledger.append(use.silent(until: end), of: papers.matter, staff: staff, under: papers.keys, in: rows)
        // What is done with the papers themselves is told to whom they are about.
        try rows.run(
            """
            INSERT INTO withheld (place, hold, matter, seq, subject)
                SELECT \(try rows.nextNumber(of: "withheld")), number, matter, \(sequence), subject FROM legal_hold WHERE number = \(papers.hold) AND subject IS NOT NULL
            """)
        return sequence
    }

    /// An entry of the papers that waits for its person.
    func withhold(_ sequence: Int64, of hold: Hold, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        guard let subject = hold.subject, try isHere(subject, in: rows.snapshot) else { return }
        try rows.run(
            "INSERT INTO withheld (place, hold, matter, seq, subject) VALUES (\(try rows.nextNumber(of: "withheld")), \(hold.number), \(hold.matter), \(sequence), \(subject))"
        )
        // What is about to be kept or let go because of it is looked at all the same.
        try Self.lookAgain(at: subject, in: rows)
    }

    private struct Withheld: Sendable {
        let hold: Int64, matter: Subject, sequence: Int64, subject: Subject, number: Int64
    }

    /// What may be told by now joins the person's chain, in its order. What isn't in the log yet waits for it; what doesn't open holds up nobody
    /// else's, nor the log, and the doctor names it.
    func tellWithheld() async throws(Refusal) {
        try await mendSilences()
        var due = try withheldThatIsDue()
        // A row alone is no reason to tell, nor to keep silent.
        if !due.isEmpty, try await mendSilences(of: Set(due.compactMap { $0?.hold })) { due = try withheldThatIsDue() }
        var held: Set<Subject> = []
        for withheld in due {
            guard let withheld else { return }
            guard !held.contains(withheld.subject) else { continue }
            do throws(Refusal) { try await tell(withheld) } catch {
                guard case .damaged = error else { throw error }
                held.insert(withheld.subject)
            }
        }
    }

    /// nil: one that isn't in the log yet.
    private func withheldThatIsDue() throws(Refusal) -> [Withheld?] {
        let now = clock.now()
        return try store.read { (rows) throws(Refusal) in
            try rows.all(
                """
                SELECT w.hold, w.matter, w.seq, w.subject, u.number FROM withheld w
                    JOIN use_record u ON u.subject = w.matter AND u.seq = w.seq
                    WHERE NOT EXISTS (SELECT 1 FROM restraint r WHERE r.hold = w.hold AND \(Restraint.stands(at: now)))
                    ORDER BY w.place LIMIT 512
                """
            ) { row in
                row.integerOrNil(4).map { number in
                    Withheld(
                        hold: row.integer(0), matter: Subject(id: row.identity(1)), sequence: row.integer(2),
                        subject: Subject(id: row.identity(3)), number: number)
                }
            }
        }
    }

    private func tell(_ withheld: Withheld) async throws(Refusal) {
        let subject = withheld.subject, now = clock.now()
        let (use, opening, staff) = try entry(withheld.sequence, of: withheld.matter)
        let late = use.told(late: now, leaf: opening.leaf.hash), keys = try await monthKeys(of: subject)
        do throws(Refusal) {
            try await store.write { (rows) throws(Refusal) in
                let isOver = try !rows.exists("SELECT 1 FROM restraint r WHERE r.hold = \(withheld.hold) AND \(Restraint.stands(at: now))")
                let waits: SQL = "matter = \(withheld.matter) AND seq = \(withheld.sequence) AND subject = \(subject)"
                guard isOver, try rows.run("DELETE FROM withheld WHERE \(waits)") > 0 else { return }
                // Of an entry that was told already somebody repeated the row.
                let isTold = try rows.exists("SELECT 1 FROM told_late WHERE subject = \(subject) AND number = \(withheld.number)")
                guard !isTold else { return }
                // Who leaves at this moment is told nothing any more.
                try self.refuseErased(subject, in: rows)
                let sequence = try self.ledger.append(late, of: subject, staff: staff, under: keys, in: rows)
                let sealed = Sealed.seal(opening.personsView, under: keys.uses, boundTo: Ledger.binding(subject, sequence, "withheld"))
                try rows.run(
                    """
                    INSERT INTO told_late (subject, seq, hold, opening, number)
                        VALUES (\(subject), \(sequence), \(withheld.hold), \(sealed), \(withheld.number))
                    """)
            }
        } catch {
            guard case .gone = error else { throw error }
        }
    }
}

/// Somebody whose list of uses has got entries of which they weren't told at the time.
public struct ToldLate: Sendable, Hashable {
    public let subject: Subject, hold: Int64
    /// The newest of them, in the person's chain.
    public let entry: Int64
}

extension Vault {
    /// Those who haven't got word of it yet, once for each matter: when all of it has joined their list.
    public func toldLate() throws(Refusal) -> [ToldLate] {
        try store.read { (rows) throws(Refusal) in
            try rows.all(
                """
                SELECT subject, hold, max(seq) FROM told_late t WHERE announced = 0
                    AND NOT EXISTS (SELECT 1 FROM withheld w WHERE w.hold = t.hold AND w.subject = t.subject)
                    GROUP BY subject, hold LIMIT 100
                """
            ) { row in ToldLate(subject: Subject(id: row.identity(0)), hold: row.integer(1), entry: row.integer(2)) }
        }
    }

    /// In the transaction that sends word; false: somebody else has sent it.
    public func announced(_ told: ToldLate, in rows: borrowing Transaction<Refusal>) throws(Refusal) -> Bool {
        try rows.run(
            """
            UPDATE told_late SET announced = 1
                WHERE subject = \(told.subject) AND hold = \(told.hold) AND seq <= \(told.entry) AND announced = 0
            """) > 0
    }
}
