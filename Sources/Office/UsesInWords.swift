// A use of the code in the words of the policy's examples, for whoever runs the house.

import Policy

extension UseDeclaration {
    /// `customer service reads telephone number to answer you`.
    var words: String {
        let named = things.joined(separator: ", "), end = purpose.map { " to \($0)" } ?? ""
        let who = by.first ?? (purpose == nil ? "the person" : "the site")
        let via = (through.map { " through \($0)" } ?? "") + (carrier.map { " via \($0)" } ?? "")
        let sources = from.isEmpty ? "" : " from " + from.joined(separator: ", ")
        return "\(who) \(verb)s \(named)\(sources)\(via)\(end)"
    }
}
