// Passages as lines for a terminal.

extension Passage {
    /// Indented by depth; what a document says commands no terminal, also where the lines come by a file. With addresses each sentence ends with the rules that it stands on; unfolded, categories show what they hold.
    public func text(withAddresses: Bool = false, unfolded: Bool = true) -> String {
        lines("", withAddresses, unfolded).joined(separator: "\n").legible
    }

    private func lines(_ indent: String, _ withAddresses: Bool, _ unfolded: Bool) -> [String] {
        let inner = title.isEmpty ? indent : indent + "    "
        let said = sentences.map { sentence in
            inner + sentence.wording.text(unfolded: unfolded)
                + (withAddresses && !sentence.rules.isEmpty ? " [\(sentence.rules.joined(separator: ", "))]" : "")
        }
        return (title.isEmpty ? [] : [indent + title.text]) + said + passages.flatMap { $0.lines(inner, withAddresses, unfolded) }
    }
}
