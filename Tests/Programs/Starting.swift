// Other programs beside a test.
public import Foundation

private let turn = NSLock()

extension Process {
    /// Runs it, while no other is started: two at once have ended the tests by a signal within Foundation for Linux.
    public func start() throws {
        try turn.withLock { try run() }
    }
}
