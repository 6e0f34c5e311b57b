// Why the policy said no, in words.

import Policy
import Vault

extension Language {
    func cause(_ refused: Refused) -> String {
        // Where another rule would permit it under a condition, that one isn't what it lacks.
        if refused.missing != nil, case .needs = refused.why { return ruleGone }
        return switch refused.why {
        case .noRule: noRule
        case .noTerm: noTerm
        case .needs(let literals): needs(literals)
        case .forbidden: refused.lifting.isEmpty ? forbidden : "\(forbidden); \(needs(refused.lifting))"
        case .keptByLaw: keptByLaw
        }
    }

    /// As the record of uses writes it.
    func cause(ofOutcome outcome: String) -> String {
        if outcome.hasPrefix("no, needs ") { return needs(outcome.dropFirst(10).split(separator: " and ").map(String.init)) }
        if outcome.hasPrefix("no, forbidden") {
            let lifting = outcome.split(separator: ", needs ", maxSplits: 1).dropFirst().first
            return lifting.map { "\(forbidden); \(needs($0.split(separator: " and ").map(String.init)))" } ?? forbidden
        }
        if outcome.hasPrefix("no, kept by law") { return keptByLaw }
        return outcome == "no, no term" ? noTerm : noRule
    }

    private func needs(_ literals: [String]) -> String {
        let words = literals.map { literal($0) }.joined(separator: self(" and ", id: " dan "))
        return self("that needs \(words)", id: "itu memerlukan \(words)")
    }
    private var noRule: String { self("no rule allows it", id: "tidak ada aturan yang mengizinkannya") }
    private var ruleGone: String { self("the rule that allowed it is gone", id: "aturan yang mengizinkannya sudah tidak ada") }
    private var noTerm: String {
        self(
            "no rule says how long it may stay, so it isn’t taken in",
            id: "tidak ada aturan tentang lama penyimpanannya, jadi tidak diterima")
    }
    private var forbidden: String { self("a rule forbids it", id: "sebuah aturan melarangnya") }
    private var keptByLaw: String { self("a law demands that it stays", id: "undang-undang mengharuskannya disimpan") }

    /// `customer service may not read your telephone number`, for the head of a page.
    func refusal(_ refused: Refused) -> String {
        // Nobody named and nothing that it is for: the person's own use.
        let isOwn = refused.who == nil && refused.purpose == nil
        let who = actor(refused.who ?? "the site"), what = thing(refused.thing)
        switch refused.verb {
        case .read where isOwn: return self("You may not read the \(what)", id: "Anda tidak boleh membaca \(what)")
        // The same page may offer it for another purpose.
        case .read where refused.purpose != nil:
            return self("\(who) may not read the \(what) for that purpose", id: "\(who) tidak boleh membaca \(what) untuk keperluan itu")
                .capitalised
        case .read: return self("\(who) may not read the \(what)", id: "\(who) tidak boleh membaca \(what)").capitalised
        case .correct where isOwn: return self("You may not correct the \(what)", id: "Anda tidak boleh membetulkan \(what)")
        case .collect: return self("We may not take in the \(what)", id: "Kami tidak boleh menerima \(what)")
        case .send: return self("We may not send the \(what)", id: "Kami tidak boleh mengirim \(what)")
        case .delete: return self("The \(what) may not be deleted", id: "\(what) tidak boleh dihapus").capitalised
        case .derive:
            let field = refused.from.map { thing($0) } ?? what
            guard refused.thing == "record of uses" else {
                return self("No \(what) of the \(field) may be made", id: "\(what) dari \(field) tidak boleh dibuat").capitalised
            }
            return self("The use of the \(field) may not be recorded", id: "Pemakaian \(field) tidak boleh dicatat")
        default: return self("The policy doesn’t allow this with the \(what)", id: "Kebijakan tidak mengizinkan ini dengan \(what)")
        }
    }
}
