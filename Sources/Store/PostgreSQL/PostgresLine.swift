// The line to a PostgreSQL server: commands go out together, answers come back in their order, and nobody waits for ever.
import CPostgres
import Glibc

/// libpq in pipeline mode. Owned by one connection; once it isn't alive it never is again.
final class PostgresLine {
    enum Command {
        /// Needed once, or without values: what begins, divides and ends transactions, and definitions.
        case once(String, [SQL.Value] = [])
        case prepare(Prepared), describe(Prepared)
        case execute(Prepared, [SQL.Value])
    }

    /// A statement under its name on this line.
    final class Prepared {
        let text: String
        let name: String
        /// As the first values are; 0 for a NULL, until the server has said what is expected there.
        fileprivate var types: [Oid]
        var isKnown: Bool { !types.contains(0) }

        fileprivate init(_ text: String, named name: String, _ values: [SQL.Value]) {
            (self.text, self.name, types) = (text, name, values.map(\.type))
        }
        func learn(from description: PostgresStatement) { types = description.parameterTypes }
    }

    /// Which of the commands failed, counted from 0, and why.
    struct Failed: Error { let fault: StoreFault, place: Int, isLostToAnother: Bool }

    /// Whoever stands still so long in the midst of a write was stopped, and loses it, so that no other server waits for the rows that it holds;
    /// where it goes on, it begins the write again.
    private static let longestPause = Duration.seconds(1)

    private let server: PostgresServer
    private let handle: OpaquePointer
    /// Exchanges of one command whose answers nobody has waited for yet.
    private var owed = 0
    private var named = 0
    private(set) var isAlive = true

    init(_ server: PostgresServer, for purpose: Connection.Purpose) throws(StoreFault) {
        self.server = server
        handle = try Self.connected(server)
        let milliseconds = { (duration: Duration) in duration.microseconds / 1000 }
        // Where a table is small, reading it row by row would make every two writers seem to have read what the other wrote. Where it can't be
        // read otherwise, that makes a question of one row look so dear that it would be compiled (`jit`) at each time it is asked.
        // A plan made anew for each value costs more than the statement, the more so of a table in parts; without seqscan it is the same plan.
        let writing = """
            SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan;
            SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
            """
        let result = PQexec(
            handle,
            """
            SET statement_timeout = \(milliseconds(server.patience.answering)); SET lock_timeout = \(milliseconds(server.patience.waiting));
            SET idle_in_transaction_session_timeout = \(milliseconds(purpose == .writing ? Self.longestPause : .seconds(60)));
            SET client_min_messages = error; SET jit = off; \(purpose == .writing ? writing : "")
            """)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK, PQenterPipelineMode(handle) == 1
        else {
            throw StoreFault.unreachable("\(server.name): \(Self.words(handle))")
        }
    }

    deinit { PQfinish(handle) }

    func prepared(_ text: String, for values: [SQL.Value]) -> Prepared {
        named += 1
        return Prepared(text, named: "s\(named)", values)
    }

    /// Sends these together and gives the answer to the last. After one that fails none is carried out.
    func exchange(_ commands: [Command]) throws(Failed) -> PostgresStatement {
        try send(commands)
        while owed > 0 {
            owed -= 1
            _ = try answer(to: 0)
            try awaitEnd()
        }
        var last: PostgresStatement?, failed: Failed?
        for place in commands.indices {
            do throws(Failed) { last = try answer(to: place) } catch {
                guard isAlive else { throw failed ?? error }
                failed = failed ?? error
            }
        }
        try awaitEnd()
        if let failed { throw failed }
        return last!
    }

    /// Sends one whose answer needn't be waited for: that is made up for before the next.
    func post(_ command: Command) throws(Failed) {
        try send([command])
        owed += 1
    }

    private func send(_ commands: [Command]) throws(Failed) {
        for command in commands { guard send(command) else { throw lost(Self.words(handle)) } }
        guard PQpipelineSync(handle) == 1 else { throw lost(Self.words(handle)) }
    }

    private func send(_ command: Command) -> Bool {
        switch command {
        case .once(let text, let values):
            let types = values.map(\.type)
            return bound(values, as: types) { PQsendQueryParams(handle, text, Int32(types.count), types, $0, $1, $2, 1) } == 1
        case .prepare(let statement):
            return PQsendPrepare(handle, statement.name, statement.text, Int32(statement.types.count), statement.types) == 1
        case .describe(let statement):
            return PQsendDescribePrepared(handle, statement.name) == 1
        case .execute(let statement, let values):
            return bound(values, as: statement.types) { PQsendQueryPrepared(handle, statement.name, Int32(values.count), $0, $1, $2, 1) }
                == 1
        }
    }

    /// The values in libpq's form, which holds during the call: where each begins, how long it is, and whether it is in binary.
    private func bound(
        _ values: [SQL.Value], as types: [Oid], _ call: (UnsafePointer<UnsafePointer<CChar>?>, [Int32], [Int32]) -> Int32
    ) -> Int32 {
        var bytes: [UInt8] = [], places: [Range<Int>?] = [], isBinary: [Int32] = []
        for (value, type) in zip(values, types) {
            let start = bytes.count
            isBinary.append(1)
            switch value {
            case .null: break
            case .integer(let integer) where type == PostgresType.integer: withUnsafeBytes(of: integer.bigEndian) { bytes += $0 }
            case .integer(let integer):
                bytes += String(integer).utf8
                isBinary[isBinary.count - 1] = 0
            case .text(let text): bytes += text.utf8
            case .blob(let blob): bytes += blob
            }
            places.append(value == .null ? nil : start..<bytes.count)
            // The end of a text that isn't in binary, and a place for what is empty.
            bytes.append(0)
        }
        return bytes.withUnsafeBytes { buffer in
            let starts = places.map { place in
                place.map { buffer.baseAddress!.advanced(by: $0.lowerBound).assumingMemoryBound(to: CChar.self) }
            }
            return call(starts, places.map { Int32($0?.count ?? 0) }, isBinary)
        }
    }

    private func answer(to place: Int) throws(Failed) -> PostgresStatement {
        guard let result = try next() else { throw lost(Self.words(handle)) }
        let answer = PostgresStatement(result)
        let status = PQresultStatus(result)
        guard status != PGRES_COMMAND_OK, status != PGRES_TUPLES_OK else {
            _ = try next()
            return answer
        }
        guard PQstatus(handle) == CONNECTION_OK else { throw lost(answer.words ?? Self.words(handle)) }
        let fault = StoreFault(result, on: server)
        if case .unreachable(let words) = fault { throw lost(words, isNamed: true) }
        _ = try next()
        throw Failed(fault: fault, place: place, isLostToAnother: StoreFault.isLostToAnother(result))
    }

    private func awaitEnd() throws(Failed) {
        let result = try next()
        defer { PQclear(result) }
        guard let result, PQresultStatus(result) == PGRES_PIPELINE_SYNC else { throw lost(Self.words(handle)) }
    }

    /// The next that libpq has to say; nil at the end of an answer. The server itself ends what takes too long; who is silent after that is lost.
    private func next() throws(Failed) -> OpaquePointer? {
        let latest = ContinuousClock.now + server.patience.answering + .seconds(5)
        while PQisBusy(handle) == 1 {
            var waiting = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
            let left = (latest - ContinuousClock.now).microseconds / 1000
            guard left > 0 else { throw lost("it doesn't answer") }
            if poll(&waiting, 1, Int32(clamping: left)) > 0, PQconsumeInput(handle) == 0 { break }
        }
        return PQgetResult(handle)
    }

    private func lost(_ words: String, isNamed: Bool = false) -> Failed {
        isAlive = false
        return Failed(fault: .unreachable(isNamed ? words : "\(server.name): \(words)"), place: 0, isLostToAnother: false)
    }

    private static func connected(_ server: PostgresServer) throws(StoreFault) -> OpaquePointer {
        let names = server.parameters.map { strdup($0.0) }, values = server.parameters.map { strdup($0.1) }
        defer { for text in names + values { free(text) } }
        let handle = PQconnectdbParams(names.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
        guard let handle else { throw .unreachable("\(server.name): no memory") }
        guard PQstatus(handle) == CONNECTION_OK else {
            defer { PQfinish(handle) }
            throw .unreachable("\(server.name): \(words(handle))")
        }
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        return handle
    }

    /// What libpq said last, on one line.
    private static func words(_ handle: OpaquePointer) -> String {
        String(cString: PQerrorMessage(handle)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension SQL.Value {
    fileprivate var type: Oid {
        switch self {
        case .null: 0
        case .integer: PostgresType.integer
        case .text: PostgresType.text
        case .blob: PostgresType.bytes
        }
    }
}
