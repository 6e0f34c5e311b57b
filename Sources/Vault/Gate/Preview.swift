// What the gate would say, asked for pages that offer nothing that would be refused. Nothing is released and nothing recorded.

import Crypto
import Policy
import Store

extension Vault {
    /// The first of these uses that no rule of the policy permits whatever the facts, as the refusal that it would meet; nil: none.
    public func refusal(ofAnyOf uses: [any Use.Type]) -> Refused? {
        for use in uses { if let refused = refusal(use) { return refused } }
        return nil
    }

    /// What the house answers about one condition of the policy; nil: it isn't known.
    public func holds(_ condition: String, of subject: Subject, by actor: Actor, on basis: Basis) throws(Refusal) -> Bool? {
        let now = clock.now(), moment = Moment(subject: subject, actor: actor, basis: basis)
        return try store.read { (rows) throws(Refusal) in try judge.condition(condition)?.answer(moment, at: now, in: rows).holds ?? nil }
    }

    /// What `grant` would refuse at this moment; nil: it would permit. `supposing`: what is taken to be so, whatever the house would say.
    public func preview<U: Use>(
        _: U.Type, of subject: Subject, by actor: Actor, on basis: Basis, supposing supposed: [String: Bool] = [:]
    ) throws(Refusal) -> Refused? {
        let collected = try collected(U.self, of: subject, on: basis)
        var moment = Moment(subject: subject, actor: actor, basis: basis)
        moment.supposed = supposed
        return try store.read { (rows) throws(Refusal) -> Refused? in
            try self.judge.judge(
                U.self, who: actor.name(in: U.self), moment: moment, collectedEach: collected, in: rows
            ).refused
        }
    }

    /// What `collect` would refuse at this moment; nil: it would take it in.
    public func preview<U: Collecting>(_: U.Type, of subject: Subject) throws(Refusal) -> Refused? {
        let moment = Moment(subject: subject, actor: .thePerson(subject), basis: Basis())
        return try store.read { (rows) throws(Refusal) in
            let judgement = try self.judge.judge(U.self, who: U.source, moment: moment, collected: U.things.map { _ in nil }, in: rows)
            if let refused = judgement.refused { return refused }
            return try self.withoutTerm(U.self, U.things, of: subject, in: rows)
        }
    }

    /// What `admit` would say at this moment: why it would refuse, or for each thing of the use the rules by which it would be taken in.
    public func preview<U: Collecting>(
        _: U.Type, by actor: Actor, on basis: Basis = Basis(), supposing supposed: [String: Bool] = [:]
    ) throws(Refusal) -> (refused: Refused?, rules: [[String]]) {
        // Nobody yet: no row is about this number.
        var moment = Moment(subject: Subject(id: 0), actor: actor, basis: basis)
        moment.supposed = supposed
        let asked = moment
        return try store.read { (rows) throws(Refusal) in
            let judgement = try self.judge.judge(U.self, who: U.source, moment: asked, collected: U.things.map { _ in nil }, in: rows)
            if let refused = judgement.refused { return (refused, judgement.byThing) }
            return (try self.withoutTerm(U.self, U.things, of: asked.subject, supposing: supposed, in: rows), judgement.byThing)
        }
    }

    private func refusal<U: Use>(_: U.Type) -> Refused? {
        if U.verb == .derive { return refusal(deriving: U.self) }
        let sending = U.self as? any Sending.Type
        let actors: [String?] = !U.by.isEmpty ? U.by : sending != nil ? [nil] : [Actor.theSite.name]
        for actor in actors {
            for thing in U.things {
                let refused = refusal(U.verb, actor, thing, U.purpose, from: sending?.through, carrier: sending?.carrier) {
                    versions, version in
                    try versions.bind(U.self, who: actor, in: version).first { $0.thing == versions.nameThen(of: thing, in: version.row) }
                }
                if let refused { return refused }
            }
        }
        guard U.self is any Reading.Type || U.self is any Collecting.Type else { return nil }
        return refusal(ofRecording: RecordOfUses.fields(of: U.self))
    }

    private func refusal<U: Use>(deriving _: U.Type) -> Refused? {
        for field in U.declared.from {
            let refused = refusal(.derive, U.by.first, U.things[0], U.purpose, from: field) { versions, version in
                try versions.derived(by: U.self, from: field, in: version)
            }
            if let refused { return refused }
        }
        return refusal(ofRecording: U.by.isEmpty ? [] : U.declared.from)
    }

    /// A use that may not be entered in the record of uses is refused too.
    private func refusal(ofRecording fields: [String]) -> Refused? {
        for field in fields {
            let refused = refusal(.derive, Actor.theSite.name, RecordOfUses.field, RecordOfUses.purpose, from: field) { versions, version in
                try versions.derived(RecordOfUses.field, from: field, in: version)
            }
            if let refused { return refused }
        }
        return nil
    }

    /// The refusal of a flow that no facts permit, with the rule that the former version had for it; nil: some do.
    private func refusal(
        _ verb: Verb, _ who: String?, _ thing: String, _ purpose: String?, from: String?, carrier: String? = nil,
        _ bind: (Versions, LoadedVersion) throws -> Versions.Thing?
    ) -> Refused? {
        let versions = versions
        if let flow = try? bind(versions, versions.current)?.flow, policy.mayPermit(flow) {
            return verb == .collect || verb == .derive ? judge.withoutTerm(verb, who, thing, purpose, from: from) : nil
        }
        let missing = versions.former.flatMap { former in
            (try? bind(versions, former)).flatMap { former.policy.ruleAllowing($0.flow) }
        }
        return Refused(
            why: .noRule, verb: verb, who: who, thing: thing, purpose: purpose, rules: [], missing: missing, byFormerVersion: false,
            entry: nil, from: from, carrier: carrier)
    }
}
