// Which place of a list holds something: open addressing, for the lists that reasoning asks a million times.

struct Slots {
    /// Each a hash and a place, from 1; 0 is empty.
    private var slots = [UInt64](repeating: 0, count: 1024)
    private var count = 0

    static func hash(_ a: UInt64, _ b: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: folded(a ^ 0x9E37_79B9_7F4A_7C15, b ^ 0xBF58_476D_1CE4_E5B9) >> 32)
    }

    /// The place that has this hash and is what is looked for.
    func find(_ hash: UInt32, _ isSame: (Int) -> Bool) -> Int? {
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let place = Int(slots[slot] & 0xFFFF_FFFF) - 1
            if slots[slot] >> 32 == UInt64(hash), isSame(place) { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// A place that isn't there yet.
    mutating func add(_ place: Int, _ hash: UInt32) {
        count += 1
        if count * 2 > slots.count {
            let former = slots
            slots = [UInt64](repeating: 0, count: former.count * 4)
            for entry in former where entry != 0 { put(entry) }
        }
        put(UInt64(hash) << 32 | UInt64(place + 1))
    }

    private mutating func put(_ entry: UInt64) {
        var slot = Int(entry >> 32) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = entry
    }
}
