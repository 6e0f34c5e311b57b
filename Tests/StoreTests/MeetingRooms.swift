// The database of these tests: an office's meeting rooms and who has reserved them, in a directory of its own.
import Engines
import Glibc
import Store

let roomsAndReservations: (StaticString, [SQL]) = (
    "rooms and reservations",
    [
        "CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, seats INTEGER, plan BLOB) STRICT",
        """
        CREATE TABLE reservation (
            room INTEGER NOT NULL REFERENCES room, slot INTEGER NOT NULL, person TEXT NOT NULL, PRIMARY KEY (room, slot)
        ) STRICT
        """,
    ]
)
let meetingRooms = Migrations(room: "MeetingRooms", everywhere: ["room"], steps: [roomsAndReservations])

/// What a person can be told who wants a room.
enum NotReserved: StoreFailure, Equatable { case taken, store(StoreFault) }

/// A directory that goes with the test.
final class Directory: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/voffice-store-XXXXXX".utf8CString)
        mkdtemp(&template)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        Engine.forget(path)
        for name in ["rooms.db", "rooms.db-wal", "rooms.db-shm"] { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    var database: String { "\(path)/rooms.db" }
    func open(
        _ migrations: [Migrations] = [meetingRooms], readers: Int = 16, clock: any Clock = SystemClock()
    ) throws(StoreFault) -> Store {
        try Store.open(Engine.database(at: database), migrations: migrations, readers: readers, clock: clock)
    }
}

extension Store {
    func reserve(_ slot: Int, for person: String) async throws(NotReserved) {
        try await write { rows throws(NotReserved) in
            let inserted = try rows.run("INSERT INTO reservation VALUES (1, \(slot), \(person)) ON CONFLICT DO NOTHING")
            guard inserted == 1 else { throw .taken }
        }
    }

    var reservations: [String] {
        get throws(StoreFault) {
            try read { rows throws(StoreFault) in
                try rows.all("SELECT person FROM reservation ORDER BY slot") { $0.text(0) }
            }
        }
    }

    /// A store with one room, Melati.
    static func withMelati(in directory: Directory) throws(StoreFault) -> Store {
        let store = try directory.open()
        try store.writeAndWait { rows throws(StoreFault) in try rows.run("INSERT INTO room VALUES (1, 'Melati', 8, NULL)") }
        return store
    }
}
