// How much is tried: what a quick run has time for, or as much as `VOFFICE_PROOF` says (`make proof`).
import Foundation

enum Proof {
    /// Pairs of versions, and policies in another form.
    static let pairs = ProcessInfo.processInfo.environment["VOFFICE_PROOF"].flatMap { Int($0) } ?? 400
}
