// Letters leave by jobs: written beside the rows that they belong to, and carried after the answer, so that the answer takes the same time
// whether or not anybody gets a letter.

import Crypto
import Outbound
import Policy
import Store
import Vault

/// A letter on its way into the job table: sealed, with the code that it may carry.
struct Posted: Sendable {
    let key: IdempotencyKey, sealed: [UInt8], goesByTelephone: Bool

    func enqueue(at now: Instant, in rows: borrowing Transaction<Refusal>) throws(Refusal) {
        try rows.enqueue(goesByTelephone ? Environment.textJob : Environment.mailJob, once: key, sealed, due: now)
    }
}

extension Environment {
    static let mailJob = "mail", textJob = "text message"

    private static let messageTypes: [any Addressed.Type] = [
        ConfirmationCode.self, StaffCode.self, AddressNotice.self, StaffInvitation.self, SignInNotice.self, StaffSignInNotice.self,
        ChangeNotice.self, MatterNotice.self, TelephoneCode.self, TelephoneAddressNotice.self, TelephoneSignInNotice.self,
        TelephoneChangeNotice.self, WayBackNotice.self, TelephoneWayBackNotice.self, StaffWayBackNotice.self,
        CallBackNotice.self, TelephoneCallBackNotice.self,
    ]
    /// What goes to a number instead, where its person has no address.
    private static let toNumbers: [String: any Addressed.Type] = [
        "\(ConfirmationCode.self)": TelephoneCode.self, "\(AddressNotice.self)": TelephoneAddressNotice.self,
        "\(SignInNotice.self)": TelephoneSignInNotice.self, "\(ChangeNotice.self)": TelephoneChangeNotice.self,
        "\(WayBackNotice.self)": TelephoneWayBackNotice.self, "\(CallBackNotice.self)": TelephoneCallBackNotice.self,
    ]

    /// The message that gets to somebody by what they are reached by.
    func message(_ message: any Addressed.Type, for subject: Subject) throws(Refusal) -> any Addressed.Type {
        guard let toNumber = Self.toNumbers["\(message)"], try isByTelephone(subject) else { return message }
        return toNumber
    }

    /// The messages that leave by jobs, by the names of their types.
    static let messages: [String: any Addressed.Type] = Dictionary(
        uniqueKeysWithValues: messageTypes.map { (String(describing: $0), $0) })

    /// A letter, ready to be enqueued; after `lifetime` it isn't worth sending any more. `item`: it goes to the address in that item; `matter`:
    /// what it is about.
    func prepare<M: Addressed>(
        _: M.Type, _ letter: Letter, for subject: Subject, item: Int64 = 0, matter: Int64? = nil, about token: Token,
        lifetime: Swift.Duration = Challenge.lifetime
    ) async throws(Refusal) -> Posted {
        let message = try self.message(M.self, for: subject)
        let key = IdempotencyKey("\(message) \(Hex.encode(token.hash))", line: vault.line(to: subject))
        let about = "\(item)" + (matter.map { " \($0)" } ?? ""), until = (clock.now() + lifetime).microseconds
        let text = "\(message) \(about)\n\(until)\n\(letter.subject)\n\(letter.short)\n\(letter.text)"
        return Posted(
            key: key, sealed: try await vault.seal(waiting: Array(text.utf8), for: subject, as: key),
            goesByTelephone: message.declared.carrier == "telephone carrier")
    }

    /// Enqueues a letter by itself, and sets it going.
    func post<M: Addressed>(
        _: M.Type, _ letter: Letter, to subject: Subject, about token: Token, lifetime: Swift.Duration = Challenge.lifetime
    ) async throws(NotDone) {
        let now = clock.now()
        let posted = try await attempt { () async throws(Refusal) in
            let posted = try await prepare(M.self, letter, for: subject, about: token, lifetime: lifetime)
            try await store.write { (rows) throws(Refusal) in try posted.enqueue(at: now, in: rows) }
            return posted
        }
        await dispatch(posted)
    }

    /// After the commit, not before the answer. What stays in the house is in the outbox at once, also where another's pass has it in
    /// hand: there whoever waits for it looks.
    func dispatch(_ posted: Posted?) async {
        guard let posted else { return }
        guard outbound.keepsMails else {
            Task.detached { await work() }
            return
        }
        await work()
        while (try? store.isUntried(posted.key)) == true { try? await Task.sleep(for: .milliseconds(1)) }
    }

    /// Carries out what is due. What failed for good comes back as sentences for the operator, which say nothing of a person.
    @discardableResult
    public func work() async -> [String] {
        kept.sweep(at: clock.now())
        var said: [String] = []
        do throws(Refusal) { try await announceWhatWasTold() } catch {
            said.append("nobody can be told what was withheld from them: \(error)")
        }
        do throws(StoreFault) {
            let hands: [String: Hand] = [
                Self.mailJob: { (job) throws(JobFault) in try await carry(job, by: "mail server") },
                Self.textJob: { (job) throws(JobFault) in try await carry(job, by: "telephone gateway") },
                Vault.clearing: { (job) throws(JobFault) in try await vault.clear(job) },
            ]
            return said + (try await store.work(hands).map(\.sentence))
        } catch { return said + ["jobs can't be carried out: \(error)"] }
    }

    /// Jobs that failed for good in the last thirty days, for the operator: kind, moment and reason.
    public func failedWork() throws(NotDone) -> [String] {
        do throws(StoreFault) { return try store.failedJobs().map(\.sentence) } catch { throw .refused(.store(error)) }
    }

    /// - Parameter carrier: as the operator calls it.
    private func carry(_ job: Job, by carrier: String) async throws(JobFault) {
        do throws(NotSent) {
            let (subject, plain): (Subject, [UInt8])
            do throws(Refusal) { (subject, plain) = try vault.open(waiting: job.payload, as: job.key) } catch { throw .refused(error) }
            let parts = String(decoding: plain, as: UTF8.self).split(separator: "\n", maxSplits: 4, omittingEmptySubsequences: false)
            let whereto = (parts.first ?? "").split(separator: " ")
            let numbers = whereto.dropFirst().compactMap { Int64($0) }
            guard parts.count == 5, let name = whereto.first, let message = Self.messages[String(name)], let until = Int64(parts[1]) else {
                throw .refused(.damaged("job"))
            }
            guard clock.now() <= Instant(microseconds: until) else { throw .carrier(.never("its time was over")) }
            try await send(
                message, Letter(subject: String(parts[2]), short: String(parts[3]), text: String(parts[4])), to: subject,
                on: Basis(matter: numbers.dropFirst().first, item: numbers.first), once: job.key)
            if message.declared.things == WayBackNotice.declared.things { try await noteWayBackTold(job.key) }
            if message.declared.things == CallBackNotice.declared.things { try await noteCallBackTold(job.key) }
        } catch {
            switch error {
            // Whom it was for has left.
            case .refused(.gone): return
            case .refused(.policy(let refused)): throw .never("the policy refuses that we send the \(refused.thing)")
            case .refused(.store(let fault)): throw .later(after: 0, "\(fault)")
            // Another version of the policy began in between: it decides.
            case .refused(.policyChanged), .refused(.expired), .refused(.outdated): throw .later(after: 0, "it must be decided anew")
            case .refused: throw .never("it can't be opened")
            case .carrier(.later(let seconds)): throw .later(after: seconds, "the \(carrier) takes nothing now")
            case .carrier(.never("its time was over")): throw .never("its time was over before the \(carrier) took it")
            case .carrier(.never): throw .never("the \(carrier) refuses it for good")
            case .carrier(.outcomeUnknown): throw .never("whether the \(carrier) took it isn't known")
            }
        }
    }

    /// Asks anew at once where another version of the policy began between the answer and its entry.
    private func send<M: Addressed>(
        _: M.Type, _ letter: Letter, to subject: Subject, on basis: Basis, once key: IdempotencyKey
    ) async throws(NotSent) {
        var triesLeft = 3
        while true {
            do throws(NotSent) {
                try await outbound.send(M.self, letter, to: subject, on: basis, once: key)
                return
            } catch {
                guard case .refused(.policyChanged) = error, triesLeft > 0 else { throw error }
                triesLeft -= 1
            }
        }
    }
}

extension Environment {
    /// Throws what the policy would say of a code whatever the facts, before anything is stored for it.
    func offer<M: Addressed>(_: M.Type) throws(NotDone) {
        if let refused = refusalOfCode(M.self) { throw .refused(.policy(refused)) }
    }

    /// A code that leads to no session isn't sent.
    private func refusalOfCode<M: Addressed>(_: M.Type) -> Refused? {
        vault.refusal(ofAnyOf: [M.self, SetSessionCookie.self, ReadSessionCookie.self])
    }

    /// nil of nobody, and of somebody who leaves at this moment: both are answered alike.
    func unlessGone<T>(
        _ subject: Subject?, _ body: (Subject) async throws(Refusal) -> T
    ) async throws(Refusal) -> T? {
        guard let subject else { return nil }
        do throws(Refusal) { return try await body(subject) } catch {
            guard case .gone = error else { throw error }
            return nil
        }
    }

    /// nil where no rule lets one go to whoever it is.
    func prepareCode(_ code: String, for subject: Subject, about token: Token) async throws(Refusal) -> Posted? {
        let isStaff = try store.read { (rows) throws(Refusal) in
            try rows.exists(
                """
                SELECT 1 FROM staff WHERE subject = \(subject)
                    UNION ALL SELECT 1 FROM challenge WHERE subject = \(subject) AND kind = 'administrator'
                """)
        }
        if isStaff {
            guard refusalOfCode(StaffCode.self) == nil else { return nil }
            return try await prepare(StaffCode.self, .code(code, self), for: subject, about: token)
        }
        guard
            vault.refusal(ofAnyOf: [try message(ConfirmationCode.self, for: subject), SetSessionCookie.self, ReadSessionCookie.self]) == nil
        else { return nil }
        return try await prepare(ConfirmationCode.self, .code(code, self), for: subject, about: token)
    }
}

extension FailedJob {
    fileprivate var sentence: String {
        let name = key.value.prefix { $0 != " " }
        let what = Environment.messages[String(name)]?.declared.things.first ?? String(name)
        return "\(kind) “\(what)” failed after \(attempts) \(attempts == 1 ? "try" : "tries"): \(reason)"
    }
}
