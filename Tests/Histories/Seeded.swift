// Random numbers that are the same for the same seed (SplitMix64).

struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() >> 33) % bound }
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    mutating func one<T>(of all: [T]) -> T { all[below(all.count)] }
    mutating func some<T>(of all: [T], atMost count: Int) -> [T] {
        var rest = all, chosen: [T] = []
        for _ in 0...below(count) where !rest.isEmpty { chosen.append(rest.remove(at: below(rest.count))) }
        return chosen
    }
}
