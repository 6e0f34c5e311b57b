// What the other files of this room get wrong, right: it shows that they aren't refused for a reason of the set-up.
import Store

func find(_ name: String) -> SQL { "SELECT id FROM room WHERE name = \(name)" }

func rename(_ store: Store, from old: String, to name: String) async throws(StoreFault) {
    try await store.write { rows throws(StoreFault) in
        guard let id = try rows.first(find(old), { $0.integer(0) }) else { return }
        try rows.run("UPDATE room SET name = \(name) WHERE id = \(id)")
    }
}
