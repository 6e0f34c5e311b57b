// The third place, beside the data and the backups: what must outlive both, and must never be in a backup. It is a folder on another disk
// or machine.
//
//     epoch.N       the key of the key parts that were made on day N; destroyed 21 days later, and they with it
//     forgotten     who was forgotten: for each 32 bytes that name them to this house only, and a code of 32 bytes over them and their place
//     state         how far the register goes: a note signed by the house's log key
//                       voffice safe 1
//                       house <16 bytes>
//                       forgotten <how many>
//                       log <origin> <size> <root>      the newest signed tree when the register was brought up to date
//                       open                            or closed: nothing was signed after it

import Crypto
public import Policy
import Store
import Synchronization
import TransparencyLog

public final class Safe: Sendable {
    public let folder: String
    let epochs: FileRoots
    private let kept = Mutex(Kept())

    /// Key parts open for so many days after that of their making.
    public static let days = 21

    public init(folder: String) { (self.folder, epochs) = (folder, FileRoots(folder: folder, named: "epoch")) }

    var register: String { folder + "/forgotten" }
    var statePath: String { folder + "/state" }

    /// What this process has written so far.
    private struct Kept: Sendable {
        var labels: Set<[UInt8]>?
        var size = -1, registered = -1, isClosed = false
        var at = Instant(microseconds: .min)
    }

    struct State: Equatable {
        let house: [UInt8], forgotten: Int, log: String, tree: SeenTree, isClosed: Bool

        var text: String {
            """
            voffice safe 1
            house \(Hex.encode(house))
            forgotten \(forgotten)
            log \(log) \(tree.size) \(Hex.encode(tree.root))
            \(isClosed ? "closed" : "open")

            """
        }

        static func == (a: State, b: State) -> Bool { a.text == b.text }
    }

    /// The days whose key parts still open, the oldest first.
    public func days() throws(KeyFault) -> [Day] { try epochs.generations().map { Day(Int($0)) } }

    /// Destroys the keys of days that are 21 days past. Gives how many.
    @discardableResult
    public func forgetOldEpochs(on today: Day) throws(KeyFault) -> Int {
        let over = try epochs.generations().filter { $0 < today.number - Self.days }
        for epoch in over { try epochs.forget(epoch) }
        return over.count
    }
}

extension Safe {
    /// Whether the register has to be brought up to date: at once when somebody was forgotten, otherwise once a second while the log
    /// grows: after a restore the safe shouldn't know less than the mirror.
    func isDue(size: Int, registered: Int, closing: Bool, at now: Instant) -> Bool {
        kept.withLock { kept in
            kept.labels == nil || kept.registered != registered || kept.isClosed != closing
                || kept.size != size && (now < kept.at || now >= kept.at + .seconds(1))
        }
    }

    /// Appends who isn't in the register yet, and then says how far it goes.
    func bring(_ labels: [[UInt8]], _ state: (Int) -> State, _ ring: KeyRing, registered: Int, at now: Instant) throws(KeyFault) {
        var known = kept.withLock(\.labels) ?? []
        if kept.withLock({ $0.labels == nil }) { known = Set(try self.labels(ring)) }
        var added: [UInt8] = []
        for label in labels where !known.contains(label) {
            added += label + Self.code(of: label, at: known.count, ring)
            known.insert(label)
        }
        if !added.isEmpty { try DurableFile.append(added, to: register) }
        let state = state(known.count), text = Array(state.text.utf8)
        guard let signer = try? NoteSigner(name: state.log, key: ring.signing), let note = try? Note.sign(text, by: [signer]) else {
            throw .doesNotOpen(statePath)
        }
        try DurableFile.write(note, to: statePath)
        let labels = known
        kept.withLock {
            $0 = Kept(labels: labels, size: state.tree.size, registered: registered, isClosed: state.isClosed, at: now)
        }
    }

    /// Who is in the register; an entry that was cut short by a crash isn't, and is written over. Throws where one was changed.
    func labels(_ ring: KeyRing) throws(KeyFault) -> [[UInt8]] {
        let bytes = try DurableFile.read(register) ?? [], length = 2 * Digest.length
        var labels: [[UInt8]] = []
        for start in stride(from: 0, to: bytes.count - bytes.count % length, by: length) {
            let label = Array(bytes[start..<start + Digest.length])
            guard Array(bytes[start + Digest.length..<start + length]) == Self.code(of: label, at: labels.count, ring) else {
                throw .doesNotOpen(register)
            }
            labels.append(label)
        }
        if bytes.count % length != 0 { try DurableFile.write(Array(bytes.prefix(labels.count * length)), to: register) }
        return labels
    }

    /// nil: there is none. Throws where it isn't signed by this house.
    func state(_ ring: KeyRing) throws(KeyFault) -> State? {
        guard let note = try DurableFile.read(statePath) else { return nil }
        let lines = String(decoding: note, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let log = lines.count > 4 ? lines[3].split(separator: " ").map(String.init) : []
        guard lines.count > 4, log.count == 4, let house = Hex.decode(String(lines[1].dropFirst(6))),
            let count = Int(lines[2].dropFirst(10)), let size = Int(log[2]), let root = Hex.decode(log[3]),
            let signer = try? NoteSigner(name: log[1], key: ring.signing)
        else { throw .doesNotOpen(statePath) }
        let state = State(
            house: house, forgotten: count, log: log[1], tree: SeenTree(size: size, root: root), isClosed: lines[4] == "closed")
        guard (try? Note.sign(Array(state.text.utf8), by: [signer])) == note else { throw .doesNotOpen(statePath) }
        return state
    }

    private static func code(of label: [UInt8], at place: Int, _ ring: KeyRing) -> [UInt8] {
        HMACSHA256.code(for: Array("\(place)|".utf8) + label, under: ring.owner.derive("register", 1)).bytes
    }
}

extension Vault {
    /// Brings the register in the safe up to date, if it is time. Whoever is forgotten is in it within a second. One caller at a time.
    /// - Parameter closing: nothing is signed after this.
    public func keep(in safe: Safe, closing: Bool = false) throws(HouseFault) {
        // In this order: the register then holds everybody who was forgotten before the tree that it names.
        let registered = keys.registrations.count.load(ordering: .acquiring), now = clock.now()
        let tree: SeenTree, labels: [[UInt8]], house: [UInt8]
        do throws(Refusal) {
            tree = try keys.seenTree() ?? SeenTree(size: 0, root: Merkle.empty.bytes)
            guard safe.isDue(size: tree.size, registered: registered, closing: closing, at: now) else { return }
            labels = try keys.destroyedSubjects().map(keys.ownerLabel)
            house = try keys.store.read { (rows) throws(Refusal) in try rows.first("SELECT id FROM house") { $0.blob(0) } ?? [] }
        } catch { throw .refusal(error) }
        do throws(KeyFault) {
            try safe.bring(
                labels, { Safe.State(house: house, forgotten: $0, log: origin, tree: tree, isClosed: closing) }, keys.ring,
                registered: registered, at: now)
        } catch { throw .keys(error) }
    }

    /// Once an hour: the keys of backups that are over are destroyed; not by a clock that is more likely wrong than right.
    public func forgetOldEpochs(in safe: Safe) throws(HouseFault) {
        let now = clock.now(), last: Instant?
        do throws(Refusal) { last = try lastEntry() } catch { throw .refusal(error) }
        guard let last, now < last + .seconds(2 * 86_400) else { return }
        do throws(KeyFault) { try safe.forgetOldEpochs(on: Day(of: now)) } catch { throw .keys(error) }
    }
}
