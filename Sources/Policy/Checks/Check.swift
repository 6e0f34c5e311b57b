// The second round: what rules that read well say wrong.

extension Policy {
    /// Reports errors and warnings on a document without faults of the first round.
    func check(_ report: inout Report) {
    }
}
