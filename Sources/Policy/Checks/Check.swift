// The second round: what rules that read well say wrong.

extension Policy {
    /// Checks documents together: those with words and without rules are translations of the first that has none.
    public static func check(_ documents: [(bytes: [UInt8], file: String)]) -> (policies: [Policy], diagnostics: [Diagnostic]) {
        var policies: [Policy] = [], diagnostics: [Diagnostic] = []
        for document in documents {
            let compilation = compile(document.bytes, file: document.file)
            diagnostics += compilation.diagnostics
            if let policy = compilation.policy { policies.append(policy) }
        }
        return (policies, diagnostics)
    }

    /// Reports errors and warnings on a document without faults of the first round.
    func check(_ report: inout Report) {
    }
}
