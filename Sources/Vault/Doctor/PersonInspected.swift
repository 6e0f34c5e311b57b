// One person after the other: their keys, their records, and their chain of uses.

import Crypto
import Policy
import Store
import TransparencyLog

extension Inspection {
    mutating func inspect(_ person: Subject) throws(StoreFault) {
        let begun = try data.read { (rows) throws(StoreFault) in
            try rows.first("SELECT \(Begun.asStored) FROM erasure WHERE subject = \(person)", Begun.init)
        }
        let isRegistered = try keys.read { (rows) throws(StoreFault) in try rows.exists("SELECT 1 FROM destroyed WHERE subject = \(person)")
        }
        let isOurs = begun.map { isRegistered || $0.isOurs(buckets.ring) } ?? true
        if !isOurs { report(.stateAltered, "person \(person.id) is being deleted by a row that this house didn't write") }
        let erasure = isOurs ? begun?.day.start : nil
        // One that is under way at this moment is half done rightly.
        if let erasure {
            guard erasure < now - .seconds(86_400) else { return }
            let hasKeys = try keys.read { (rows) throws(StoreFault) in try rows.exists("SELECT 1 FROM class_key WHERE subject = \(person)")
            }
            let state = hasKeys ? "their keys are still there" : "their keys are destroyed, rows that nothing opens are left"
            return report(.erasureUnfinished, "person \(person.id), begun on \(Day(of: erasure).iso): \(state)")
        }
        let held = try keys(of: person)
        changed = ChangesSeen(presence.told)
        let stored = try inspectRecords(of: person, under: held)
        var named = stored
        named.formUnion(try inspectChain(of: person, under: held))
        try inspectWords(of: person)
        try inspectStates(of: person)
        // A month's keys are made before its first use, and letters that wait are sealed under them.
        let month = Ledger.MonthKeys.month(of: now)
        for name in held.keys where !named.contains(name) {
            if !stored.contains(where: { $0.kind == name.kind && $0.item == name.item }), let made = mades[name],
                changed.lacks(name, made: made, fields: Policy.fields(in: name.kind, of: policies.values))
            {
                report(.recordLost, "record \(name.item) of class \(name.kind) of person \(person.id), whose key and whose entry are there")
            } else if !young.contains(name), !(month - 1...month).contains(name.item / 2) {
                keysOfNothing.append(name)
            }
        }
    }

    private mutating func keys(of person: Subject) throws(StoreFault) -> [RecordName: Secret] {
        let (classes, items) = try keys.read { (rows) throws(StoreFault) in
            (
                try rows.all("SELECT kind, wrapped FROM class_key WHERE subject = \(person)") { ($0.identity(0), $0.blob(1)) },
                try rows.all("SELECT kind, item, generation, wrapped, made FROM item_key WHERE subject = \(person)") { row in
                    (
                        RecordName(subject: person, kind: row.identity(0), item: row.identity(1), generation: row.integer(2)), row.blob(3),
                        row.instant(4)
                    )
                }
            )
        }
        (young, mades) = ([], [:])
        var above: [Int64: Secret] = [:], held: [RecordName: Secret] = [:]
        for (kind, wrapped) in classes {
            above[kind] = try? KeyStore.unwrap(
                wrapped, under: buckets[Buckets.number(of: person)], KeyStore.classBinding(person, kind))
            if above[kind] == nil { report(.keyDamaged, "class \(kind) of person \(person.id)") }
        }
        for (name, wrapped, made) in items {
            mades[name] = made
            if made > now - KeyStore.mayBeOfNothing { young.insert(name) }
            guard let key = above[name.kind] else { continue }
            held[name] = try? KeyStore.unwrap(wrapped, under: key, name.keyBinding)
            if held[name] == nil {
                report(.keyDamaged, "item \(name.item), generation \(name.generation), class \(name.kind) of person \(person.id)")
            }
        }
        try inspectPair(of: person, under: above[KeyStore.classOfPairs])
        secrets += above.count + held.count
        return held
    }

    /// Those whom a law keeps under a number have none.
    private mutating func inspectPair(of person: Subject, under above: Secret?) throws(StoreFault) {
        let (pair, areGiven) = try keys.read { (rows) throws(StoreFault) in
            (
                try rows.first("SELECT subject, public, seed FROM key_pair WHERE subject = \(person)", WrappedPair.init),
                try rows.exists("SELECT 1 FROM pairs_given")
            )
        }
        guard let pair else {
            let isCustomer = try data.read { (rows) throws(StoreFault) in try rows.exists("SELECT 1 FROM subject WHERE id = \(person)") }
            if areGiven, isCustomer { report(.pairMissing, "person \(person.id)") }
            return
        }
        let opened = above.flatMap { try? pair.open(under: $0) }
        if opened?.publicKey.bytes != pair.publicKey { report(.keyDamaged, "the key pair of person \(person.id)") }
    }

    private mutating func inspectRecords(
        of person: Subject, under held: [RecordName: Secret]
    ) throws(StoreFault) -> Set<RecordName> {
        let stored = try data.read { (rows) throws(StoreFault) in
            try rows.all("SELECT kind, item, generation, sealed FROM record WHERE subject = \(person)") { row in
                Vault.Stored(
                    name: RecordName(subject: person, kind: row.identity(0), item: row.identity(1), generation: row.integer(2)),
                    sealed: row.blob(3))
            }
        }
        records += stored.count
        for record in stored {
            let name = record.name, place = "record \(name.item) of class \(name.kind) of person \(person.id)"
            guard let key = held[name], let plain = try? Sealed.open(record.sealed, under: key, boundTo: name.binding) else {
                report(.recordClosed, held[name] == nil ? "\(place): its key is missing" : place)
                continue
            }
            let entries = try? EntryCoding.decode(plain)
            changed.see(entries ?? [], in: name.item)
            for entry in entries ?? [] { try inspect(entry, of: name) }
            let versions = try data.read { (rows) throws(StoreFault) in Set(try rows.all("SELECT id FROM policy_version") { $0.integer(0) })
            }
            if !(entries?.allSatisfy { versions.contains($0.version) } ?? false) { report(.recordUnknown, place) }
        }
        return Set(stored.map(\.name))
    }
}

extension Inspection {
    struct UseRow {
        let sequence: Int64, uses: RecordName, staff: RecordName
        let leaf: [UInt8], opening: [UInt8], staffPart: [UInt8]?, number: Int64?

        init(_ row: borrowing Row, of person: Subject) {
            sequence = row.integer(0)
            (uses, staff) = Ledger.MonthKeys.names(of: person, kind: row.identity(1), month: row.integer(2))
            (leaf, opening, staffPart, number) = (row.blob(3), row.blob(4), row.blobOrNil(5), row.integerOrNil(6))
        }
    }

    private mutating func inspectChain(
        of person: Subject, under held: [RecordName: Secret]
    ) throws(StoreFault) -> Set<RecordName> {
        let rows = try data.read { (rows) throws(StoreFault) in
            try rows.all(
                "SELECT seq, kind, month, leaf, opening, staff, number FROM use_record WHERE subject = \(person) ORDER BY seq"
            ) { UseRow($0, of: person) }
        }
        uses += rows.count
        let originals = try originals(of: person)
        var former: (sequence: Int64, leaf: Digest)?
        for row in rows {
            let place = "entry \(row.sequence) of person \(person.id)"
            guard let leaf = (try? Leaf(data: row.leaf))?.hash else {
                report(.logEntry, place)
                continue
            }
            defer { former = (row.sequence, leaf) }
            try inspectPlace(of: row, person, place)
            guard let (opening, staff) = open(row, of: person, under: held), opening.leaf.hash == leaf else {
                report(.useClosed, place)
                continue
            }
            let chain = ChainText(text: opening.personText)
            let follows = former.map { $0.sequence == row.sequence - 1 && $0.leaf == chain?.previous } ?? true
            if chain?.subject != person || chain?.sequence != row.sequence || !follows { report(.chainBroken, place) }
            let use = RecordedUse(text: opening.commonText)
            if let use {
                inspectVersion(of: use, person)
                try see(use, row, leaf, of: person)
                try see(staff, of: use, row, person)
            }
            try inspect(originals[row.sequence], of: use, person, row.sequence, under: held[row.uses])
        }
        try inspectEnd(of: person, rows, former)
        changed.isWhole = rows.first.map { $0.sequence == 1 } ?? false
        return Set(rows.flatMap { [$0.uses, $0.staff] })
    }

    private func open(_ row: UseRow, of person: Subject, under held: [RecordName: Secret]) -> (opening: UseOpening, staff: Subject?)? {
        guard let key = held[row.uses],
            let plain = try? Sealed.open(row.opening, under: key, boundTo: Ledger.binding(person, row.sequence, "person")),
            let opening = try? UseOpening(personsView: plain)
        else { return nil }
        guard let part = row.staffPart else { return (opening, nil) }
        guard let key = held[row.staff],
            let plain = try? Sealed.open(part, under: key, boundTo: Ledger.binding(person, row.sequence, "staff")),
            let staff = UseOpening.staff(ofView: plain)
        else { return nil }
        return (opening, staff)
    }

    /// Who of the staff it was, as the entry has it sealed and as their list of work finds it.
    private mutating func see(_ staff: Subject?, of use: RecordedUse, _ row: UseRow, _ person: Subject) throws(StoreFault) {
        if let staff, use.actor.last?.isWholeNumber == true { worked[staff.id, default: []].insert(use.actor) }
        // What is counted or told late has its row from when it was done; the rows of who was forgotten went with them.
        guard use.like == nil, use.told == nil, staff.map({ people.contains($0.id) }) ?? true else { return }
        let noted = try data.read { (rows) throws(StoreFault) in
            try rows.first("SELECT staff FROM staff_use WHERE subject = \(person) AND seq = \(row.sequence)") { $0.identity(0) }
        }
        guard noted != staff?.id else { return }
        report(.rowsLost, "who made entry \(row.sequence) of person \(person.id): staff_use has \(noted.map { "\($0)" } ?? "nobody")")
    }

    /// In the log under its number, or in the queue.
    private mutating func inspectPlace(of row: UseRow, _ person: Subject, _ place: String) throws(StoreFault) {
        let isThere = try data.read { (rows) throws(StoreFault) in
            guard let number = row.number else {
                return try rows.exists(
                    "SELECT 1 FROM leaf_waiting WHERE subject = \(person) AND seq = \(row.sequence) AND leaf = \(row.leaf)")
            }
            return try rows.exists("SELECT 1 FROM log_leaf WHERE number = \(number) AND leaf = \(row.leaf)")
        }
        if !isThere { report(.logEntry, row.number.map { "\(place), number \($0) in the log" } ?? "\(place), not in the queue of the log") }
    }

    /// Where the chain ends, as its row says and as the keys have seen it.
    private mutating func inspectEnd(
        of person: Subject, _ rows: [UseRow], _ last: (sequence: Int64, leaf: Digest)?
    ) throws(StoreFault) {
        let end = try data.read { (rows) throws(StoreFault) in
            try rows.first("SELECT seq, head FROM chain WHERE subject = \(person)") { ($0.integer(0), $0.blob(1)) }
        }
        if let (sequence, head) = end, let last, last.sequence != sequence || last.leaf.bytes != head {
            report(.chainBroken, "the end of the chain of person \(person.id): entry \(last.sequence), and \(sequence) by its row")
        }
        let seen = try keys.read { (rows) throws(StoreFault) in
            try rows.first("SELECT seq, leaf, cut, kept FROM seen_entry WHERE subject = \(person)") {
                (sequence: $0.integer(0), leaf: $0.blob(1), cut: $0.integerOrNil(2), kept: $0.integerOrNil(3))
            }
        }
        let yesterday = Day(of: now).number - 1
        let untold = try keys.read { (rows) throws(StoreFault) in
            try rows.all("SELECT first, count FROM repeated_refusal WHERE subject = \(person) AND count > 0 AND day < \(yesterday)") {
                ($0.integer(0), $0.integer(1))
            }
        }
        for (first, count) in untold {
            report(.chainBroken, "entry \(first) of person \(person.id) isn't the one after which \(count) refusals were counted")
        }
        guard let seen else {
            // Whatever is in the log, the keys saw before.
            if rows.contains(where: { $0.number != nil }) {
                report(.chainCut, "the keys have never seen the entries of person \(person.id), which are in the log")
            }
            return
        }
        let (sequence, cut, kept) = (seen.sequence, seen.cut, seen.kept)
        let same = rows.first { $0.sequence == sequence && $0.number != nil }
        if let same, (try? Leaf(data: same.leaf))?.hash.bytes != seen.leaf {
            report(.chainBroken, "entry \(sequence) of person \(person.id) isn't the one that the keys have seen")
        }
        let oldest = rows.first?.sequence ?? (end?.0 ?? 0) + 1
        if let kept, oldest > kept {
            report(.chainCut, "entries \(kept) to \(oldest - 1) of person \(person.id), the oldest, although their time wasn't over")
        }
        if let cut { report(.chainCut, "before entry \(cut) of person \(person.id)") }
        if sequence > end?.0 ?? 0 { report(.chainCut, "entries \((end?.0 ?? 0) + 1) to \(sequence) of person \(person.id)") }
    }
}
