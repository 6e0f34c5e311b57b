// Word of a deletion to whoever reads their mail. Whom it goes to is granted and recorded while they are there, and carried when the keys are
// gone: meanwhile the address lies in this process's memory, for a minute at the most, and nowhere else (decision 016).

import Crypto
import Outbound
import Policy
import Store
import Vault

/// A letter whose address outlives its keys.
struct LastWord: Sendable {
    fileprivate let carry: @Sendable () async -> Void, fail: @Sendable () async -> Void
    fileprivate let isOfSomebodyHere: @Sendable () -> Bool

    /// The keys are gone: it leaves by itself.
    func leave() {
        let carry = carry
        Task.detached { await carry() }
    }

    /// Nobody is told of a deletion that wasn't. Of one that was begun they are: it is finished whatever comes.
    func deletionFailed() async {
        guard isOfSomebodyHere() else { return leave() }
        await fail()
    }
}

extension Environment {
    /// When the first try and the further ones come, after one another.
    static let pausesOfLastWord: [Swift.Duration] = [.zero, .seconds(1), .seconds(4), .seconds(15), .seconds(40)]

    /// nil: they get none, by the policy, or because nothing leaves this house.
    func lastWord(to session: Session) async throws(NotDone) -> LastWord? {
        guard session.staff == nil, try tellsOfChanges(to: session.subject) else { return nil }
        return try await attempt { () async throws(Refusal) in
            let message = try self.message(ChangeNotice.self, for: session.subject)
            return outbound.keeps(message) ? nil : try await lastWord(message, to: session.subject)
        }
    }

    /// A letter that is refused, or can't be addressed, stops no deletion.
    private func lastWord<M: Addressed>(_: M.Type, to subject: Subject) async throws(Refusal) -> LastWord? {
        let message: Disclosed<M>
        do throws(NotSent) { message = try await outbound.grant(M.self, to: subject) } catch {
            if case .refused(.store(let fault)) = error { throw .store(fault) }
            return nil
        }
        let key = IdempotencyKey("\(M.self) \(Hex.encode(Token(from: randomness).hash))"), letter = Letter.deleted(self)
        return LastWord {
            await carry(message, letter, once: key)
        } fail: {
            try? await vault.outcome(M.self, of: subject, intent: message.entry, "failed")
        } isOfSomebodyHere: {
            (try? vault.lives(subject)) ?? true
        }
    }

    private func carry<M: Addressed>(_ message: Disclosed<M>, _ letter: Letter, once key: IdempotencyKey) async {
        for pause in Self.pausesOfLastWord {
            try? await Task.sleep(for: pause)
            do throws(CarrierFault) {
                try await outbound.carry(message, letter, once: key)
                await noteTaken(M.declared.carrier == "telephone carrier" ? Self.textJob : Self.mailJob)
                return
            } catch {
                switch error {
                case .later, .thisLater: continue
                case .never, .tooLate, .outcomeUnknown: return
                }
            }
        }
    }
}
