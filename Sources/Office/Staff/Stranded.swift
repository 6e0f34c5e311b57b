// Cases that nobody can answer: nobody does the work in whose queue they are, or their customer complained of the only one who does.

import Policy
import Store
import Vault

/// The open cases of one queue for which nobody is left.
public struct Stranded: Sendable, Hashable {
    /// The work that they wait for, as the policy names it.
    public let queue: String
    /// The oldest first.
    public let numbers: [Int64]
    /// Somebody does that work, of whom these customers complained.
    public let isWorked: Bool
    /// The policy has no such work, so nobody can be invited for it.
    public let isUnknown: Bool
}

extension Environment {
    /// For whoever lets others in all that aren't complaints themselves, which they are told anyhow; for whoever watches over what was done those
    /// that wait for a complaint; for whoever answers cases those of other queues that they could take over.
    func stranded(for member: StaffMember) throws(NotDone) -> [Stranded] {
        let watches = try previewOfWork(by: member) == nil, runs = try previewOfRunning(by: member) == nil, sees = watches || runs
        let takes = !sees && policy.mayEverRead(CaseCustomer.declared, by: member.role)
        guard sees || takes else { return [] }
        let cases = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) -> [Waiting] in
                let staff = try rows.all("SELECT role, number FROM staff WHERE came IS NOT NULL") {
                    (role: $0.text(0), number: $0.integer(1))
                }
                let open = "SELECT \(CaseSummary.columns) FROM \(CaseSummary.tables) WHERE x.at IS NULL" as SQL
                let unworked = try rows.all(
                    "\(open) AND c.queue NOT IN (SELECT s.role FROM staff s WHERE s.came IS NOT NULL) ORDER BY c.number LIMIT 500",
                    CaseRow.init)
                var left = try Complaint.complainants(in: rows).sorted { $0.id < $1.id }[...], theirs: [CaseRow] = []
                while !left.isEmpty {
                    theirs += try rows.all("\(open) AND c.subject IN (\(SQL.list(left.prefix(SQL.mostInList))))", CaseRow.init)
                    left = left.dropFirst(SQL.mostInList)
                }
                var stranded = unworked
                for found in theirs where staff.contains(where: { $0.role == found.summary.queue }) {
                    var isNobodys = true
                    for who in staff where isNobodys && who.role == found.summary.queue {
                        isNobodys = try Complaint.concerns(who.role, who.number, found.summary.number, in: rows)
                    }
                    if isNobodys { stranded.append(found) }
                }
                return try CaseRow.resting(stranded, in: rows).map(\.summary).filter { !$0.isResting }.map { (found) throws(Refusal) in
                    Waiting(
                        summary: found, isWorked: staff.contains { $0.role == found.queue },
                        isKept: try Complaint.concerns(member, found.number, in: rows))
                }
            }
        }
        let theirs = cases.filter { found in
            sees ? found.summary.against == nil && (runs || found.isWorked) : !found.isKept && found.summary.queue != member.role
        }
        return Dictionary(grouping: theirs) { Queue(name: $0.summary.queue, isWorked: $0.isWorked) }.map { queue, cases in
            Stranded(
                queue: queue.name, numbers: cases.map(\.summary.number).sorted(), isWorked: queue.isWorked,
                isUnknown: !policy.roles.contains(queue.name))
        }.sorted { ($0.queue, $0.isWorked ? 1 : 0) < ($1.queue, $1.isWorked ? 1 : 0) }
    }

    private struct Waiting: Sendable { let summary: CaseSummary, isWorked: Bool, isKept: Bool }
    private struct Queue: Hashable { let name: String, isWorked: Bool }
}
