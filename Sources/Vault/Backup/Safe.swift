// The third place, beside the data and the backups: what must outlive both, and must never be in a backup. It is a folder on another disk
// or machine.
//
//     epoch.N       the key of the key parts that were made on day N, and a hash by which damage shows; destroyed 21 days later, and they with it
//     forgotten     who was forgotten: for each 32 bytes that name them to this house only, and a code of 32 bytes over them and their place
//     state         how far the register goes: a note signed by the house's log key
//                       voffice safe 1
//                       house <16 bytes>
//                       forgotten <how many>
//                       log <origin> <size> <root>      the newest signed tree when the register was brought up to date
//                       epochs <N> ...                  the keys of key parts that must be there
//                       open                            or closed: nothing was signed after it
//     receipts.N    what the receipts of deletions of day N say (Receipts.swift)
//     writing       held by whoever writes the two

import Crypto
public import Policy
import Store
import Synchronization
import TransparencyLog

public final class Safe: Sendable {
    public let folder: String
    let epochs: FileRoots
    private let kept = Mutex(Kept())
    /// One writes at a time.
    fileprivate let turn = Mutex(())

    /// Key parts open for so many days after that of their making.
    public static let days = 21

    public init(folder: String) { (self.folder, epochs) = (folder, FileRoots(folder: folder, named: "epoch")) }

    var register: String { folder + "/forgotten" }
    var statePath: String { folder + "/state" }

    /// What this process has written so far.
    private struct Kept: Sendable {
        var labels: Set<[UInt8]>?
        var epochs: Set<Int64> = []
        /// How long its files of receipts are.
        var receipts: [Int64: Int] = [:]
        var size = -1, registered = -1, isClosed = false
        var at = Instant(microseconds: .min)
        var state: State?
    }

    struct State: Equatable {
        let house: [UInt8], forgotten: Int, log: String, tree: SeenTree, isClosed: Bool
        /// Ascending; nil: it is of before they were listed.
        var epochs: [Int64]?

        var text: String {
            var lines = ["voffice safe 1", "house \(Hex.encode(house))", "forgotten \(forgotten)"]
            lines.append("log \(log) \(tree.size) \(Hex.encode(tree.root))")
            if let epochs { lines.append(epochs.reduce(into: "epochs") { $0 += " \($1)" }) }
            return (lines + [isClosed ? "closed" : "open", ""]).joined(separator: "\n")
        }

        static func == (a: State, b: State) -> Bool { a.text == b.text }
    }

    /// When the open house wrote into it last, as the file system knows it; nil: never.
    var lastWritten: Day? { DurableFile.modified(statePath).map(Day.init(of:)) }

    /// The days whose key parts still open, the oldest first.
    public func days() throws(KeyFault) -> [Day] { try epochs.generations().map { Day(Int($0)) } }

    /// Those that were there, are not too old, and are there no more.
    func missingEpochs(_ ring: KeyRing, on today: Day) throws(KeyFault) -> [Int64] {
        let promised = try state(ring)?.epochs ?? [], there = try epochs.generations()
        return promised.filter { $0 >= today.number - Self.days && !there.contains($0) }
    }

    /// Destroys the keys of days that are 21 days past. Gives how many.
    @discardableResult
    public func forgetOldEpochs(on today: Day) throws(KeyFault) -> Int {
        let over = try epochs.generations().filter { $0 < today.number - Self.days }
        for epoch in over { try epochs.forget(epoch) }
        try forgetOldReceipts(on: today)
        return over.count
    }
}

extension Safe {
    /// Whether the register has to be brought up to date: at once when somebody was forgotten, otherwise once a second while the log
    /// grows: after a restore the safe shouldn't know less than the mirror.
    func isDue(size: Int, registered: Int, closing: Bool, atOnce: Bool, at now: Instant) -> Bool {
        kept.withLock { kept in
            if isMissing(kept) { kept.labels = nil }
            if let there = try? epochs.generations(), !kept.epochs.isSuperset(of: there) { return true }
            return kept.labels == nil || kept.registered != registered || kept.isClosed != closing
                || kept.size != size && (atOnce || now < kept.at || now >= kept.at + .seconds(1))
        }
    }

    /// Somebody took a file away, or a part of it.
    private func isMissing(_ kept: borrowing Kept) -> Bool {
        if (DurableFile.length(of: register) ?? 0) < (kept.labels?.count ?? 0) * Self.entryLength || !DurableFile.exists(statePath) {
            return true
        }
        guard !kept.receipts.isEmpty, let there = try? lengthsOfReceipts() else { return false }
        return kept.receipts.contains { there[$0.key] ?? 0 < $0.value }
    }
    /// Whether somebody was forgotten since it was brought up to date, or it wasn't yet.
    func lacks(registered: Int) -> Bool { kept.withLock { $0.labels == nil || $0.registered != registered } }
    /// How many entries the register has, by its length.
    var registered: Int { (DurableFile.length(of: register) ?? 0) / Self.entryLength }
    /// Bytes of an entry of the register.
    static let entryLength = 2 * Digest.length

    /// Appends who isn't in the register yet, and then says how far it goes.
    func bring(
        _ labels: [[UInt8]], _ receipts: [KeptReceipt], _ state: (Int) -> State, _ ring: KeyRing, registered: Int, at now: Instant
    ) throws(KeyFault) {
        // Another server of the house writes at this moment: within a second it is time again.
        guard let lock = try DurableFile.hold(folder + "/writing") else { return }
        defer { DurableFile.release(lock) }
        var known = kept.withLock(\.labels) ?? []
        // A state that was changed is written anew, and promises what is there.
        let promised = kept.withLock { $0.labels == nil ? nil : $0.epochs } ?? Set((try? self.state(ring))??.epochs ?? [])
        let isOurs = (DurableFile.length(of: register) ?? 0) == known.count * Self.entryLength
        if kept.withLock({ $0.labels == nil }) || !isOurs { known = Set(try self.labels(ring)) }
        var added: [UInt8] = []
        for label in labels where !known.contains(label) {
            added += label + Self.code(of: label, at: known.count, ring)
            known.insert(label)
        }
        if !added.isEmpty { try DurableFile.append(added, to: register) }
        try keep(receipts, ring)
        var state = state(known.count)
        let first = Int64(Day(of: now).number - Self.days), held = promised.union(try epochs.generations()).filter { $0 >= first }
        state.epochs = held.sorted()
        try write(state, ring)
        let labels = known, lengths = try lengthsOfReceipts(), written = state
        kept.withLock {
            $0 = Kept(
                labels: labels, epochs: held, receipts: lengths, size: written.tree.size, registered: registered,
                isClosed: written.isClosed, at: now, state: written)
        }
    }

    private func write(_ state: State, _ ring: KeyRing) throws(KeyFault) {
        guard let signer = try? NoteSigner(name: state.log, key: ring.signing),
            let note = try? Note.sign(Array(state.text.utf8), by: [signer])
        else { throw .changed(statePath) }
        try DurableFile.write(note, to: statePath)
    }

    /// Appends one who was forgotten just now. The tree that the state names stays, since others may have been forgotten before a newer one.
    fileprivate func add(_ label: [UInt8], _ ring: KeyRing) throws(KeyFault) {
        guard let lock = try DurableFile.hold(folder + "/writing") else { return }
        defer { DurableFile.release(lock) }
        let (former, labels) = kept.withLock { ($0.state, $0.labels) }
        guard var state = former, var known = labels, !known.contains(label),
            DurableFile.length(of: register) ?? 0 == known.count * Self.entryLength
        else { return }
        try DurableFile.append(label + Self.code(of: label, at: known.count, ring), to: register)
        known.insert(label)
        state = State(
            house: state.house, forgotten: known.count, log: state.log, tree: state.tree, isClosed: state.isClosed, epochs: state.epochs)
        try write(state, ring)
        let whole = known, written = state
        kept.withLock { ($0.labels, $0.state) = (whole, written) }
    }

    /// Who is in the register; an entry that was cut short by a crash isn't, and is written over. Throws where one was changed.
    func labels(_ ring: KeyRing) throws(KeyFault) -> [[UInt8]] {
        let (entries, isCut) = try entries(ring), whole = entries.compactMap(\.self)
        guard whole.count == entries.count else { throw .changed(register) }
        if isCut {
            try DurableFile.write(Array((try DurableFile.read(register) ?? []).prefix(whole.count * Self.entryLength)), to: register)
        }
        return whole
    }

    /// Those of the register's entries that hold, where some were changed.
    func labelsThatHold(_ ring: KeyRing) throws(KeyFault) -> [[UInt8]] { try entries(ring).entries.compactMap(\.self) }

    /// Each entry that isn't cut short, nil where it was changed; and whether one is cut short.
    private func entries(_ ring: KeyRing) throws(KeyFault) -> (entries: [[UInt8]?], isCut: Bool) {
        let bytes = try DurableFile.read(register) ?? [], length = Self.entryLength
        let entries = (0..<bytes.count / length).map { place -> [UInt8]? in
            let entry = bytes[place * length..<(place + 1) * length], label = Array(entry.prefix(Digest.length))
            return Array(entry.suffix(Digest.length)) == Self.code(of: label, at: place, ring) ? label : nil
        }
        return (entries, bytes.count % length != 0)
    }

    /// Which house the state says that it is of, whoever signed it; nil: there is none, or it can't be read.
    func isOfAnother(than house: [UInt8]) -> Bool {
        guard let note = (try? DurableFile.read(statePath)) ?? nil else { return false }
        let line = String(decoding: note, as: UTF8.self).split(separator: "\n").dropFirst().first ?? ""
        guard line.hasPrefix("house "), let stated = Hex.decode(String(line.dropFirst(6))) else { return false }
        return stated != house
    }

    /// nil: there is none. Throws where it isn't signed by this house.
    func state(_ ring: KeyRing) throws(KeyFault) -> State? {
        guard let note = try DurableFile.read(statePath) else { return nil }
        let lines = String(decoding: note, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let log = lines.count > 4 ? lines[3].split(separator: " ").map(String.init) : []
        guard lines.count > 5, log.count == 4, let house = Hex.decode(String(lines[1].dropFirst(6))),
            let count = Int(lines[2].dropFirst(10)), let size = Int(log[2]), let root = Hex.decode(log[3]),
            let signer = try? NoteSigner(name: log[1], key: ring.signing)
        else { throw .changed(statePath) }
        let hasEpochs = lines[4].hasPrefix("epochs"), isClosed = lines[hasEpochs ? 5 : 4] == "closed"
        let epochs = hasEpochs ? lines[4].split(separator: " ").dropFirst().compactMap { Int64($0) } : nil
        let state = State(
            house: house, forgotten: count, log: log[1], tree: SeenTree(size: size, root: root), isClosed: isClosed, epochs: epochs)
        guard (try? Note.sign(Array(state.text.utf8), by: [signer])) == note else { throw .changed(statePath) }
        return state
    }

    private static func code(of label: [UInt8], at place: Int, _ ring: KeyRing) -> [UInt8] {
        HMACSHA256.code(for: Array("\(place)|".utf8) + label, under: ring.owner.derive("register", 1)).bytes
    }
}

extension Vault {
    /// From now on nobody is told that they are forgotten before this safe knows, as far as it can be written; what it lacks is brought a moment
    /// later (`keep`).
    public func answer(after safe: Safe) { rooms.safe.withLock { $0 = safe } }

    func tellSafe(of subject: Subject) {
        guard let safe = rooms.safe.withLock(\.self) else { return }
        let label = keys.ownerLabel(of: subject)
        try? safe.turn.withLock { (_) throws(KeyFault) in try safe.add(label, keys.ring) }
    }

    /// Brings the register in the safe up to date, if it is time. Whoever is forgotten is in it within a second.
    /// - Parameters:
    ///   - closing: nothing is signed after this; of several servers none can know that.
    ///   - atOnce: it is time where the log has grown at all.
    public func keep(in safe: Safe, closing: Bool = false, atOnce: Bool = false) throws(HouseFault) {
        try safe.turn.withLock { (_) throws(HouseFault) in try bring(safe, closing && !store.isShared, atOnce) }
    }

    private func bring(_ safe: Safe, _ closing: Bool, _ atOnce: Bool) throws(HouseFault) {
        // In this order: the register then holds everybody who was forgotten before the tree that it names.
        let registered = keys.registrations.count.load(ordering: .acquiring), now = clock.now()
        let tree: SeenTree, labels: [[UInt8]], receipts: [KeptReceipt], house: [UInt8]
        do throws(Refusal) {
            tree = try keys.seenTree() ?? SeenTree(size: 0, root: Merkle.empty.bytes)
            guard safe.isDue(size: tree.size, registered: registered, closing: closing, atOnce: atOnce, at: now) else { return }
            labels = try keys.forgottenSubjects().map(keys.ownerLabel)
            receipts = safe.lacks(registered: registered) ? try receiptsOfLate() : []
            house = try keys.store.read { (rows) throws(Refusal) in try rows.first("SELECT id FROM house") { $0.blob(0) } ?? [] }
        } catch { throw .refusal(error) }
        do throws(KeyFault) {
            try safe.bring(
                labels, receipts, { Safe.State(house: house, forgotten: $0, log: origin, tree: tree, isClosed: closing) }, keys.ring,
                registered: registered, at: now)
        } catch {
            if case .changed = error, safe.isOfAnother(than: house) { throw .keys(.anothers(safe.folder)) }
            throw .keys(error)
        }
    }

    /// Once an hour: the keys of backups that are over are destroyed; not by a clock that stands far ahead of what is known.
    public func forgetOldEpochs(in safe: Safe) throws(HouseFault) {
        do throws(Refusal) {
            let isKnown = try store.read { (rows) throws(Refusal) in try KnownTime.moment(in: rows) != nil }
            guard isKnown, try clockAhead() == nil else { return }
        } catch { throw .refusal(error) }
        do throws(KeyFault) {
            try safe.epochs.addChecks()
            try safe.forgetOldEpochs(on: Day(of: clock.now()))
        } catch { throw .keys(error) }
    }
}
