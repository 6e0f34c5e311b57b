// What a part of a backup says of itself, signed by the house's log key (C2SP signed-note):
//
//     voffice backup 1
//     part data                      or keys
//     house <16 bytes>               the same in data and keys of one house
//     pair <16 bytes>                the same in two parts that were made together
//     made <seconds since 1970>
//     stamp production               or development
//     log <origin> <size> <root>     the newest signed tree
//     epoch <day>                    whose key in the safe opens the key part
//     file <name> <length> <SHA-256>

import Crypto
import Policy
import Store
import TransparencyLog

struct Manifest: Equatable {
    enum Part: String { case data, keys }

    var part: Part
    let house: [UInt8], pair: [UInt8]
    let made: Instant
    let stamp: String
    let log: String, size: Int, root: [UInt8]
    let epoch: Int64
    var file: String, length: Int, digest: [UInt8]

    var text: String {
        """
        voffice backup 1
        part \(part.rawValue)
        house \(Hex.encode(house))
        pair \(Hex.encode(pair))
        made \(made.seconds)
        stamp \(stamp)
        log \(log) \(size) \(Hex.encode(root))
        epoch \(epoch)
        file \(file) \(length) \(Hex.encode(digest))

        """
    }

    func signed(by ring: KeyRing) -> [UInt8]? {
        (try? NoteSigner(name: log, key: ring.signing)).flatMap { try? Note.sign(Array(text.utf8), by: [$0]) }
    }

    /// What a note says, not yet verified; nil where it isn't one.
    init?(unverified note: [UInt8]) {
        let lines = String(decoding: note, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        }
        guard lines.count > 9, lines[0] == ["voffice", "backup", "1"] else { return nil }
        let names = ["part", "house", "pair", "made", "stamp", "log", "epoch", "file"], counts = [2, 2, 2, 2, 2, 4, 2, 4]
        for (index, name) in names.enumerated() {
            guard lines[index + 1].first == name, lines[index + 1].count == counts[index] else { return nil }
        }
        guard let part = Part(rawValue: lines[1][1]), let house = Hex.decode(lines[2][1]), let pair = Hex.decode(lines[3][1]),
            let made = Int64(lines[4][1]), let size = Int(lines[6][2]), let root = Hex.decode(lines[6][3]), let epoch = Int64(lines[7][1]),
            let length = Int(lines[8][2]), let digest = Hex.decode(lines[8][3])
        else { return nil }
        (self.part, self.house, self.pair, self.made, stamp) = (part, house, pair, Instant(seconds: made), lines[5][1])
        (log, self.size, self.root, self.epoch) = (lines[6][1], size, root, epoch)
        (file, self.length, self.digest) = (lines[8][1], length, digest)
    }

    init(
        _ part: Part, house: [UInt8], pair: [UInt8], made: Instant, stamp: String, log: (name: String, tree: SeenTree), epoch: Int64
    ) {
        (self.part, self.house, self.pair, self.made, self.stamp) = (part, house, pair, Instant(seconds: made.seconds), stamp)
        (self.log, size, root, self.epoch) = (log.name, log.tree.size, log.tree.root, epoch)
        (file, length, digest) = ("", 0, [])
    }

    /// Whether this house signed exactly this.
    func isSigned(in note: [UInt8], by ring: KeyRing) -> Bool { note == signed(by: ring) }

    /// `data-20260301T020000Z`: what a part's folder is called, so that they lie in the order of their making.
    var folder: String {
        let day = Day(Int((made.seconds - (made.seconds < 0 ? 86_399 : 0)) / 86_400)), second = made.seconds - Int64(day.number) * 86_400
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = day.iso.filter { $0 != "-" }
        return "\(part.rawValue)-\(date)T\(two(second / 3_600))\(two(second / 60 % 60))\(two(second % 60))Z"
    }
}
