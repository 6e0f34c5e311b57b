// How our own archives lie, to the byte (PKWARE APPNOTE 6.3, 4.3): whatever isn't a file's content is as `pack` writes it, so that no byte of it can
// be changed unseen. assets/zip.js looks at the same.

extension Zip {
    /// Whether the archive is laid out as ours are: the files one behind the other, then the list of them, which says the same, and nothing else.
    static func isOurs(_ bytes: [UInt8]) -> Bool {
        func short(_ place: Int) -> Int { Int(bytes[place]) | Int(bytes[place + 1]) << 8 }
        func long(_ place: Int) -> Int { short(place) | short(place + 2) << 16 }
        let end = bytes.count - 22
        guard end >= 0, long(end) == 0x0605_4b50, long(end + 4) == 0, short(end + 8) == short(end + 10), short(end + 20) == 0 else {
            return false
        }
        let start = long(end + 16), count = short(end + 10)
        guard start + long(end + 12) == end, count > 0 else { return false }
        var local = 0, central = start
        for _ in 0..<count {
            guard central + 46 <= end, local + 30 <= start else { return false }
            let name = short(central + 28), packed = long(central + 20)
            guard central + 46 + name <= end, local + 30 + name + packed <= start else { return false }
            // Made on Unix by version 6.3 of the format, to be unpacked by 2.0, packed as well as can be or not at all.
            guard long(central) == 0x0201_4b50, short(central + 4) == 0x033f, short(central + 6) == 20,
                [0, 2].contains(short(central + 8)),
                [0, 8].contains(short(central + 10)), long(central + 12) == long(start + 12)
            else { return false }
            // No comments, one disk, a plain file, and where its content begins.
            guard long(central + 30) == 0, long(central + 34) == 0, long(central + 38) == 0x81b6_0000, long(central + 42) == local,
                long(local) == 0x0403_4b50
            else { return false }
            guard bytes[local + 4..<local + 30].elementsEqual(bytes[central + 6..<central + 32]),
                bytes[local + 30..<local + 30 + name].elementsEqual(bytes[central + 46..<central + 46 + name])
            else { return false }
            local += 30 + name + packed
            central += 46 + name
        }
        return local == start && central == end
    }
}
