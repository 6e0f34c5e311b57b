// A call or a mail that came in: recorded by who took it; with it in hand, and not otherwise, they may look for whose it is.

import Outbound
import Policy
import Store
public import Vault

/// What came in.
public struct ContactForm: Sendable {
    public let channel: Channel, text: String
    /// The number or address that it came from; empty: not known.
    public let from: String
    public let answering: Answering
    public init(channel: Channel, text: String, from: String, answering: Answering) {
        (self.channel, self.text, self.from, self.answering) = (channel, text, from, answering)
    }
}

/// Somebody who was searched for.
public struct Found: Sendable {
    /// The number of the customer.
    public let customer: Int64
    /// nil: the policy keeps them from who looks, for this reason.
    public let name: String?
    public let refusal: Refused?
}

/// What a search brought.
public struct Findings: Sendable {
    /// At most five.
    public let found: [Found]
    /// More fit than are shown; none was opened.
    public let isTooMany: Bool
    /// The number begins with 0 and the house knows no country: whoever gave it with one isn't found by it.
    public var lacksCountry = false
}

extension Environment {
    /// So many at most are shown, each a use of that person's data.
    static let mostFound = 5
    /// So many times one of the staff looks with one contact.
    public static let mostSearches = 5

    /// Why this role may not take in what people say, for it may not read it; nil: it may.
    public func refusalOfContacts(_ staff: StaffMember) throws(NotDone) -> Refused? {
        try attempt { () throws(Refusal) in
            if let refused = vault.refusal(ofAnyOf: [ContactWords.self]) { return refused }
            return try vault.preview(
                CaseCustomer.self, of: Subject(id: 0), by: staff.actor, on: Basis(), supposing: [OpenCase().name: true])
        }
    }

    /// Records it as a case of its own, which is theirs, and of nobody who is known.
    public func record(_ form: ContactForm, by staff: StaffMember) async throws(NotDone) -> Int64 {
        let text = form.text.trimmed, from = form.from.trimmed
        var faults = Self.faults(ofCaseText: text)
        if form.channel == .form { faults.append(.channelMissing) }
        if from.unicodeScalars.count > Registration.longestName || !from.unicodeScalars.allSatisfy(\.isSeen) { faults.append(.fromUnfit) }
        let isNumber = Registration.isTelephone(from)
        if from.isEmpty {
            // Without a number nobody could call back; where none may be taken in, nobody is asked for one.
            if form.answering == .telephone, vault.refusal(ofAnyOf: [ContactText.self]) == nil { faults.append(.callerMissing) }
        } else if !isNumber, !Registration.isEmail(from) {
            faults.append(.fromUnfit)
        }
        guard faults.isEmpty else { throw .form(faults) }
        if let refused = try refusalOfContacts(staff) { throw .refused(.policy(refused)) }
        guard try await countContact(by: staff) else { throw .form([.contactsSpent(limit: settings.contactsADay)]) }
        let item = newItem(), now = clock.now(), due = due(from: now)
        return try await attempt { () async throws(Refusal) in
            try await vault.admit(Office.contact(text, from: from), item: item, by: staff.actor, on: Basis(item: item)) {
                (subject, rows) throws(Refusal) in
                try rows.run("INSERT INTO caller (subject, since) VALUES (\(subject), \(now))")
                return try rows.first(
                    """
                    INSERT INTO help_case (number, subject, item, opened, channel, answering, joined, queue, owner, state, due)
                        VALUES (\(try rows.nextNumber(of: "help_case")), \(subject), \(item), \(now), \(form.channel.rawValue), \(form.answering.rawValue), 0, \(staff.role),
                        \(staff.number), 'open', \(due)) RETURNING number
                    """
                ) { $0.integer(0) } ?? 0
            }
        }
    }

    /// This one has recorded as many within a day as may be: nothing more is taken in from them.
    public func hasSpentContacts(_ staff: StaffMember) throws(NotDone) -> Bool {
        let since = clock.now() - .seconds(86_400)
        return try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.exists(
                    """
                    SELECT 1 FROM contact_day WHERE role = \(staff.role) AND staff = \(staff.number) AND since > \(since)
                        AND made >= \(Int64(settings.contactsADay))
                    """)
            }
        }
    }

    /// false: this one has recorded as many within a day as may be. With each people may be looked for, so it is counted before.
    private func countContact(by staff: StaffMember) async throws(NotDone) -> Bool {
        let now = clock.now(), limit = settings.contactsADay
        return try await attempt { () async throws(Refusal) in
            try await store.write { (rows) throws(Refusal) in
                try rows.run("DELETE FROM contact_day WHERE since <= \(now - .seconds(86_400))")
                let made = try rows.first("SELECT made FROM contact_day WHERE role = \(staff.role) AND staff = \(staff.number)") {
                    $0.integer(0)
                }
                guard made ?? 0 < limit else { return false }
                try rows.run(
                    """
                    INSERT INTO contact_day (role, staff, since, made) VALUES (\(staff.role), \(staff.number), \(now), 1)
                        ON CONFLICT (role, staff) DO UPDATE SET made = contact_day.made + 1
                    """)
                return true
            }
        }
    }

    /// Whom the contact may be of: by customer number, exact email address or telephone number, or whole words of a name. Each who is shown
    /// is recorded before this returns, and so is each whom the policy keeps back; that there was a search, and how many fitted, stands in the
    /// case, also where nobody did.
    public func find(_ sought: String, in number: Int64, for staff: StaffMember) async throws(NotDone) -> Findings {
        let contact = try caseToWork(in: number, for: staff), sought = sought.trimmed
        guard !sought.isEmpty, sought.unicodeScalars.count <= Registration.longestName else { throw .form([.soughtMissing]) }
        let findings = try await attempt { () async throws(Refusal) -> Findings? in
            let basis = Basis(matter: number)
            // Without a contact of their own nobody is looked for; the attempt is in the list of whose case it is.
            if try vault.preview(FoundByNumber.self, of: contact.subject, by: staff.actor, on: basis) != nil {
                let _: Grant<FoundByNumber> = try await vault.grant(of: contact.subject, by: staff.actor, on: basis)
            }
            let fitting = try matching(sought, for: staff)
            guard try await noteSearch(in: number, fitting?.count, by: staff) else { return nil }
            guard let matching = fitting else { return Findings(found: [], isTooMany: true) }
            var found: [Found] = []
            for (subject, hit) in matching { found.append(try await open(hit, subject, staff, basis)) }
            return Findings(
                found: found, isTooMany: false, lacksCountry: Registration.isTelephone(sought) && outbound.lacksCountry(sought))
        }
        guard let findings else { throw .form([.searchesSpent(limit: Self.mostSearches)]) }
        return findings
    }

    /// Before anybody is opened; false: this one has looked as often as may be. `fitting`: nil are more than are shown.
    private func noteSearch(in number: Int64, _ fitting: Int?, by staff: StaffMember) async throws(Refusal) -> Bool {
        let now = clock.now()
        return try await store.write { (rows) throws(Refusal) in
            let made = try rows.first(
                """
                SELECT count(*) FROM case_step WHERE number = \(number) AND kind = 'searched' AND role = \(staff.role)
                    AND staff = \(staff.number)
                """
            ) { $0.integer(0) }
            guard made ?? 0 < Self.mostSearches else { return false }
            try Self.note(.searched, in: number, by: staff, about: fitting.map { String($0) } ?? "many", at: now, rows)
            return true
        }
    }

    /// The contact is this customer's, who must have been found with it: what was said and written down becomes theirs.
    public func join(_ number: Int64, to customer: Int64, by staff: StaffMember) async throws(NotDone) {
        let contact = try workable(number, for: staff)
        guard !contact.summary.isJoined else { throw .notFound }
        let subject = Subject(id: customer), notes = try steps(ofCase: number).compactMap(\.item)
        guard try wasFound(subject, in: number, by: staff) else {
            // Of whom it would be is nothing said: the rule is out for everybody, or they weren't found.
            if let refused = vault.refusal(ofAnyOf: [FoundByNumber.self, FoundByEmail.self, FoundByTelephone.self]) {
                throw .refused(.policy(refused))
            }
            let basis = Basis(matter: number)
            let refused = try attempt { () throws(Refusal) in
                try vault.preview(FoundByNumber.self, of: contact.subject, by: staff.actor, on: basis)
            }
            if let refused { throw .refused(.policy(refused)) }
            throw .form([.foundLongAgo])
        }
        try await turns.run(contact.subject) { () async throws(NotDone) in
            try await attempt { () async throws(Refusal) in
                let basis = Basis(matter: number, item: contact.item, further: notes)
                let grant: Grant<ContactPapers> = try await vault.grant(of: contact.subject, by: staff.actor, on: basis)
                let papers = try vault.read(grant).value
                try await move(contact, papers, to: subject, by: staff)
            }
        }
        try await finishJoining(number, by: staff)
    }

    /// What was written down in a contact follows the words, and then nobody is left of whom it was. Where a crash came in between, whoever
    /// opens the case next goes on with it.
    func finishJoining(_ number: Int64, by staff: StaffMember) async throws(NotDone) {
        guard let found = try caseRow(number) else { return }
        let left = try attempt { () throws(Refusal) in
            try store.read { (rows) throws(Refusal) in
                try rows.first("SELECT subject FROM caller WHERE number = \(number)") { Subject(id: $0.identity(0)) }
            }
        }
        guard let contact = left, contact != found.subject else { return }
        let basis = Basis(matter: number, item: found.item, further: try steps(ofCase: number).compactMap(\.item))
        try await turns.run(contact) { () async throws(NotDone) in
            try await attempt { () async throws(Refusal) in
                let grant: Grant<ContactPapers> = try await vault.grant(of: contact, by: staff.actor, on: basis)
                let notes = try vault.read(grant).value.notes
                if !notes.isEmpty {
                    try await vault.collect(CaseNote(notes), of: found.subject, by: staff.actor, on: Basis(matter: number)) {
                        (_, _) throws(Refusal) in
                    }
                }
                try await forgetCaller(contact)
            }
        }
    }

    /// Customers only, and nobody who complained of whoever looks; nil: too many.
    private func matching(_ sought: String, for staff: StaffMember) throws(Refusal) -> [(Subject, any Hit.Type)]? {
        var found: [(Subject, any Hit.Type)] = []
        if sought.contains("@") {
            if let subject = try vault.find(LookupAddress(email: sought)) { found.append((subject, FoundByEmail.self)) }
        } else if Registration.isTelephone(sought) {
            if let number = Int64(sought.filter { !$0.isWhitespace }), number > 99_999_999 {
                found.append((Subject(id: number), FoundByNumber.self))
            }
            guard let callers = try vault.search(telephone: outbound.sought(sought), atMost: Self.mostFound) else { return nil }
            found += callers.map { ($0, FoundByTelephone.self) }
        } else {
            guard let named = try vault.search(name: sought, atMost: Self.mostFound) else { return nil }
            found += named.map { ($0, FoundByNumber.self) }
        }
        return try store.read { (rows) throws(Refusal) in
            var customers: [(Subject, any Hit.Type)] = []
            for (subject, hit) in found {
                guard try rows.exists("SELECT 1 FROM proved_address WHERE subject = \(subject)") else { continue }
                if try !Complaint.keeps(staff, from: subject, in: rows) { customers.append((subject, hit)) }
            }
            return customers.sorted { $0.0.id < $1.0.id }
        }
    }

    private func open<H: Hit>(_: H.Type, _ subject: Subject, _ staff: StaffMember, _ basis: Basis) async throws(Refusal) -> Found {
        do throws(Refusal) {
            let grant: Grant<H> = try await vault.grant(of: subject, by: staff.actor, on: basis, sameWithin: Self.sameUse)
            return Found(customer: subject.id, name: try vault.read(grant).value.name, refusal: nil)
        } catch {
            guard case .policy(let refused) = error else { throw error }
            return Found(customer: subject.id, name: nil, refusal: refused)
        }
    }

    private func wasFound(_ subject: Subject, in number: Int64, by staff: StaffMember) throws(NotDone) -> Bool {
        try attempt { () throws(Refusal) in
            for hit in [FoundByNumber.self, FoundByEmail.self, FoundByTelephone.self] as [any Hit.Type] {
                if try wasFound(hit, subject, number, staff) { return true }
            }
            return false
        }
    }

    private func wasFound<H: Hit>(_: H.Type, _ subject: Subject, _ number: Int64, _ staff: StaffMember) throws(Refusal) -> Bool {
        let grant = try vault.again(H.self, of: subject, by: staff.actor, on: Basis(matter: number), within: Self.sameUse)
        return grant != nil
    }

    /// The row goes to the person together with the words: a new one takes its number, for whose it is isn't changed in place.
    func move(_ contact: CaseRow, _ papers: ContactPapers, to subject: Subject, by staff: StaffMember) async throws(Refusal) {
        let number = contact.summary.number, item = contact.item, now = clock.now(), case_ = contact.summary
        try await vault.collect(
            Office.contact(papers.text, from: papers.address), of: subject, item: item, by: staff.actor,
            on: Basis(matter: number, item: item)
        ) { (subject, rows) throws(Refusal) in
            guard try rows.run("DELETE FROM help_case WHERE number = \(number) AND joined = 0") == 1 else { throw .gone }
            try rows.run(
                """
                INSERT INTO help_case (number, subject, item, opened, channel, answering, joined, queue, owner, state, due)
                    VALUES (\(number), \(subject), \(item), \(case_.opened), \(case_.channel.rawValue), \(case_.answering.rawValue), 1,
                    \(case_.queue), \(case_.owner), \(case_.state.rawValue), \(case_.due))
                """)
            try rows.run("UPDATE caller SET number = \(number) WHERE subject = \(contact.subject)")
            try Self.note(.joined, in: number, by: staff, at: now, rows)
        }
    }
}
