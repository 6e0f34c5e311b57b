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
    /// As the operator calls who carries them.
    static func carrier(of kind: String) -> String { kind == textJob ? "telephone gateway" : "mail server" }

    private static let messageTypes: [any Addressed.Type] = [
        ConfirmationCode.self, StaffCode.self, AddressNotice.self, StaffInvitation.self, SignInNotice.self, StaffSignInNotice.self,
        ChangeNotice.self, MatterNotice.self, TelephoneCode.self, TelephoneAddressNotice.self, TelephoneSignInNotice.self,
        TelephoneChangeNotice.self, WayBackNotice.self, TelephoneWayBackNotice.self, StaffWayBackNotice.self,
        CallBackNotice.self, TelephoneCallBackNotice.self, ComplaintNotice.self, TelephoneComplaintNotice.self,
    ]
    /// What goes to a number instead, where its person has no address.
    private static let toNumbers: [String: any Addressed.Type] = [
        "\(ConfirmationCode.self)": TelephoneCode.self, "\(AddressNotice.self)": TelephoneAddressNotice.self,
        "\(SignInNotice.self)": TelephoneSignInNotice.self, "\(ChangeNotice.self)": TelephoneChangeNotice.self,
        "\(WayBackNotice.self)": TelephoneWayBackNotice.self, "\(CallBackNotice.self)": TelephoneCallBackNotice.self,
        "\(ComplaintNotice.self)": TelephoneComplaintNotice.self,
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
        guard let posted, settings.doesWork else { return }
        if outbound.keepsMails, outbound.keepsMessages {
            await work()
        } else {
            // A mail server or a gateway may take its time.
            Task.detached { await work() }
            guard posted.goesByTelephone ? outbound.keepsMessages : outbound.keepsMails else { return }
        }
        await waitForTry(of: posted)
    }

    /// Until it was tried once, and no longer than that: of a try whose end couldn't be written down nothing is heard for a while.
    private func waitForTry(of posted: Posted) async {
        let end = ContinuousClock.now + .seconds(5)
        while ContinuousClock.now < end, (try? store.isUntried(posted.key)) == true { try? await Task.sleep(for: .milliseconds(1)) }
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
                Self.mailJob: { (job) throws(JobFault) in try await carry(job, by: Self.carrier(of: Self.mailJob)) },
                Self.textJob: { (job) throws(JobFault) in try await carry(job, by: Self.carrier(of: Self.textJob)) },
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
            let waiting = try Waiting(job, in: vault)
            guard clock.now() <= waiting.until else { throw .carrier(.tooLate) }
            try await send(waiting.message, waiting.letter, to: waiting.subject, on: waiting.basis, once: job.key)
            await noteTaken(job.kind)
            let things = waiting.message.declared.things
            if things == WayBackNotice.declared.things { try await noteWayBackTold(job.key) }
            if things == CallBackNotice.declared.things { try await noteCallBackTold(job.key) }
        } catch { if let fault = JobFault(error, by: carrier, of: job) { throw fault } }
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

/// A letter as it lies in the table of jobs, opened.
private struct Waiting {
    let subject: Subject, message: any Addressed.Type, letter: Letter, basis: Basis
    /// After that it isn't worth sending any more.
    let until: Instant

    init(_ job: Job, in vault: borrowing Vault) throws(NotSent) {
        let plain: [UInt8]
        do throws(Refusal) { (subject, plain) = try vault.open(waiting: job.payload, as: job.key) } catch { throw .refused(error) }
        let parts = String(decoding: plain, as: UTF8.self).split(separator: "\n", maxSplits: 4, omittingEmptySubsequences: false)
        let whereto = (parts.first ?? "").split(separator: " ")
        let numbers = whereto.dropFirst().compactMap { Int64($0) }
        guard parts.count == 5, let name = whereto.first, let message = Environment.messages[String(name)], let end = Int64(parts[1]) else {
            throw .refused(.damaged("job"))
        }
        (self.message, until) = (message, Instant(microseconds: end))
        letter = Letter(subject: String(parts[2]), short: String(parts[3]), text: String(parts[4]))
        basis = Basis(matter: numbers.dropFirst().first, item: numbers.first)
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
            if try self.isStaff(subject, in: rows) { return true }
            return try rows.exists("SELECT 1 FROM challenge WHERE subject = \(subject) AND kind = 'administrator'")
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
