// The mark by which a group of writes is known again when the line was lost between its COMMIT and the answer.

/// Sixteen random bytes, written into `write_group` by the transaction itself: who finds them knows that it was committed.
struct WriteGroup {
    private let mark = (0..<16).map { _ in UInt8.random(in: 0...255) }
    /// So long a mark is kept; nobody asks for it later.
    private static let kept = Duration.seconds(600)
    /// So long a server that is gone is waited for; what happened is unknown then.
    private static let patience = Duration.seconds(10)

    static let entering = "INSERT INTO write_group (mark, at, denied) VALUES ($1, $2, 0)"
    var entry: [SQL.Value] { [.blob(mark), .integer(SystemClock().now().microseconds)] }

    /// Asks on a line of its own. Writes the mark where it isn't, `denied`: the key is waited for where the lost transaction is still under way,
    /// and after that it can't be committed any more.
    func wasCommitted(on server: PostgresServer) throws(StoreFault) -> Bool {
        let latest = ContinuousClock.now + Self.patience
        var attempt = 0
        while true {
            do throws(StoreFault) { return try ask(PostgresLine(server, for: .writing)) } catch {
                guard ContinuousClock.now < latest else { throw .unknown("\(error)") }
            }
            attempt += 1
            Backoff.wait(attempt)
        }
    }

    private func ask(_ line: PostgresLine) throws(StoreFault) -> Bool {
        do throws(PostgresLine.Failed) {
            let now = SystemClock().now().microseconds
            _ = try line.exchange([
                .once("BEGIN ISOLATION LEVEL READ COMMITTED"),
                .once(
                    "INSERT INTO write_group (mark, at, denied) VALUES ($1, $2, 1) ON CONFLICT DO NOTHING", [.blob(mark), .integer(now)]),
                .once("COMMIT"),
            ])
            let found = try line.exchange([.once("SELECT denied FROM write_group WHERE mark = $1", [.blob(mark)])])
            guard found.step() else { throw PostgresLine.Failed(fault: .unknown("its mark is gone"), place: 0, isLostToAnother: false) }
            return found.integer(0) == 0
        } catch { throw error.fault }
    }

    /// Takes marks of before away. No part of a group: there it would be in the way of other servers.
    static var sweeping: [PostgresLine.Command] {
        let then = (SystemClock().now() - kept).microseconds
        return [
            .once("BEGIN ISOLATION LEVEL READ COMMITTED"), .once("DELETE FROM write_group WHERE at < $1", [.integer(then)]),
            .once("COMMIT"),
        ]
    }
}
