// What an open house does by itself: the log grows and becomes public, what has run out is forgotten, keys and certificate are renewed.

import HTTP
import Office
import Vault

/// All of it, beside the door or without one.
struct Chores {
    private let office: Environment, safe: Safe
    /// nil each: another process does that.
    private let sequencer, worker, publisher: Task<Void, Never>?
    private let others: [Task<Void, Never>]

    /// - Parameter doesWork: else no more than that what another process published is taken up, and pages that were drawn are forgotten.
    init(_ office: Environment, _ safe: Safe, _ configuration: Configuration, doesWork: Bool) {
        (self.office, self.safe) = (office, safe)
        guard doesWork else {
            (sequencer, worker, publisher) = (nil, nil, nil)
            others = [Task.detached { await Serve.follow(office) }]
            return
        }
        sequencer = Task.detached { await Serve.sequence(office, safe) }
        worker = Task.detached { await Serve.work(office) }
        publisher = Task.detached { await Serve.publish(office, safe, configuration) }
        others = [
            Task.detached { await Serve.sweep(office, safe, configuration) }, Task.detached { await Serve.endSessions(office) },
        ]
    }

    func end() async {
        for task in [sequencer, worker, publisher].compactMap({ $0 }) + others { task.cancel() }
        // After the safe hears that the house is closed, nothing is signed any more.
        await sequencer?.value
        await publisher?.value
        guard let worker else { return }
        await Serve.wait(for: worker, atMost: .seconds(4))
        if (try? await office.vault.sequence()) != nil { try? office.vault.keep(in: safe, closing: true) }
    }
}

extension Serve {
    /// Each second the queued leaves get their places, and a checkpoint over them is signed; the safe hears of it. What another server published
    /// is taken up.
    static func sequence(_ office: Environment, _ safe: Safe) async {
        var said: String?, saidOfOthers: String?, saidOfLog: String?
        while !Task.isCancelled {
            follow(office, &saidOfOthers)
            do throws(Refusal) {
                try await office.vault.sequence()
                saidOfLog = nil
            } catch {
                if saidOfLog != error.sentence { Terminal.complain("voffice: \(error.sentence)") }
                saidOfLog = error.sentence
            }
            do throws(HouseFault) {
                try office.vault.keep(in: safe)
                said = nil
            } catch {
                if said != error.sentence { Terminal.complain("voffice: safe: \(error.sentence)") }
                said = error.sentence
            }
            try? await Task.sleep(for: .milliseconds(500))
        }
    }

    /// Where another process does the work.
    static func follow(_ office: Environment) async {
        var said: String?
        while !Task.isCancelled {
            follow(office, &said)
            office.forgetDrawnPages()
            try? await Task.sleep(for: .milliseconds(500))
        }
    }

    /// What another process published, and the keys that it renewed.
    private static func follow(_ office: Environment, _ said: inout String?) {
        do throws(HouseFault) {
            try office.vault.followCourse()
            try office.vault.followKeys()
            said = nil
        } catch {
            if said != error.sentence { Terminal.complain("voffice: \(error.sentence)") }
            said = error.sentence
        }
    }

    /// What is done after the answer: letters, the rows of those who left. Apart from the log, which waits for nobody's mail server; and no pass
    /// waits for the one before, so that one letter that a server is slow to take holds up no other.
    static func work(_ office: Environment) async {
        await withDiscardingTaskGroup { passes in
            while !Task.isCancelled {
                passes.addTask { for sentence in await office.work() { Terminal.complain("voffice: \(sentence)") } }
                try? await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    /// A mail server may be slow; what it was given is tried again by the next start.
    static func wait(for task: Task<Void, Never>, atMost limit: Swift.Duration) async {
        let (ends, end) = AsyncStream<Void>.makeStream()
        Task.detached {
            await task.value
            end.finish()
        }
        Task.detached {
            try? await Task.sleep(for: limit)
            end.finish()
        }
        for await _ in ends {}
    }

    /// Each period the log becomes public, and its mirror follows: after the safe, which mustn't know less of the log than the mirror.
    static func publish(_ office: Environment, _ safe: Safe, _ configuration: Configuration) async {
        var said: String?, saidOfLog: String?
        while !Task.isCancelled {
            do throws(Refusal) {
                try await office.vault.publish(configuration.publishing)
                saidOfLog = nil
            } catch {
                if saidOfLog != error.sentence { Terminal.complain("voffice: the log can't be published: \(error.sentence)") }
                saidOfLog = error.sentence
            }
            if let folder = configuration.mirror {
                do throws(MirrorFault) {
                    // What the safe lacks it says where it is looked after each second.
                    try? office.vault.keep(in: safe, atOnce: true)
                    try office.vault.mirror(into: folder)
                    said = nil
                } catch {
                    if said != error.sentence { Terminal.complain("voffice: mirror: \(error.sentence)") }
                    said = error.sentence
                }
            }
            try? await Task.sleep(for: .seconds(min(configuration.publishing.period, 15)))
        }
    }

    /// Each hour what nothing keeps any more goes; once a day the keys above what was destroyed are renewed. A house that was moved forgets the root
    /// of where it was.
    static func sweep(_ office: Environment, _ safe: Safe, _ configuration: Configuration) async {
        while !Task.isCancelled {
            do throws(NotDone) {
                let reason = try await office.forgetWhatHasRunOut()
                if Task.isCancelled { return }
                if let reason { Terminal.complain("voffice: \(reason).") }
            } catch {
                if Task.isCancelled { return }
                Terminal.complain("voffice: what has run out can't be forgotten: \(error)")
            }
            do throws(HouseFault) { try office.vault.forgetOldEpochs(in: safe) } catch {
                Terminal.complain("voffice: keys of old backups can't be destroyed: \(error.sentence)")
            }
            do throws(HouseFault) {
                if try office.vault.forgetFormerRoot(configuration.data) {
                    Terminal.say("The root of where the house was before is forgotten.")
                }
            } catch { Terminal.complain("voffice: the former root can't be forgotten: \(error.sentence)") }
            do throws(HouseFault) { try await office.vault.renewTouchedKeys() } catch {
                Terminal.complain("voffice: the keys can't be renewed: \(error.sentence)")
            }
            try? await Task.sleep(for: .seconds(3_600))
        }
    }

    /// Twice a minute the sessions that are over go.
    static func endSessions(_ office: Environment) async {
        while !Task.isCancelled {
            do throws(NotDone) { try await office.endSessions() } catch {
                Terminal.complain("voffice: sessions that are over can't be ended: \(error)")
            }
            try? await Task.sleep(for: .seconds(30))
        }
    }

    /// Takes up another certificate and key when their files change; what can't be used is told once, and the former ones stay.
    static func renewCertificate(of server: Server, _ configuration: Configuration) async {
        let paths = [configuration.certificate, configuration.key].compactMap { $0 }
        guard !paths.isEmpty else { return }
        var known = paths.map(File.mark)
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(2))
            let now = paths.map(File.mark)
            guard now != known, !Task.isCancelled else { continue }
            // Both are written one after the other: whoever is in between is left alone.
            try? await Task.sleep(for: .seconds(1))
            guard paths.map(File.mark) == now else { continue }
            known = now
            do throws(Configuration.Wrong) {
                if let tls = try configuration.tls() { server.renew(tls) }
                Terminal.say("The certificate was taken up anew.")
            } catch { Terminal.complain("voffice: \(error.sentence); the former certificate stays.") }
        }
    }
}
