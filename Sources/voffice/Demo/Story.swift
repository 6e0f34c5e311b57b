// Who is in the demonstration, and what each of them does on which day: made from a number, before anything is done.

import Policy

/// Somebody in it.
struct Persona {
    let name, email, telephone: String
    /// In which they write.
    var tongue = Tongue.english
    /// nil: a customer.
    var role: String?
}

/// What somebody does.
enum Deed: Equatable {
    case register
    /// With an address at which nobody is.
    case mistype
    case ask(text: Int, byEmail: Bool)
    /// What is taken up, and waits for its answer.
    case askMore
    /// They complain of what the staff did last.
    case complain
    case look
    case correctTelephone
    case setPassword
    case restrict
    case sleep, wake
    case leave
    /// They call, or write a mail, and whoever answers records it.
    case contact(text: Int, byMail: Bool)
    case holdProposed(about: String, order: String), holdAgreed
    /// The staff's day: what lies in the queues is worked on.
    case work
    /// The newest case goes to another role.
    case handOver(to: String)
    case review
}

struct Event {
    /// Seconds from the beginning.
    let at: Int64
    let who: Persona
    let deed: Deed
}

struct Story {
    let staff: [Persona]
    let customers: [Persona]
    /// In the order of their moments.
    let events: [Event]

    /// - Parameters:
    ///   - end: when it ends, in seconds from its beginning, which is a midnight.
    ///   - weekday: of the first day, 0 for a Sunday: the staff work from Monday to Friday.
    ///   - tongue: in which everybody writes; nil: some in this one, some in that.
    init(seed: UInt64, until end: Int64, weekday: Int64, in tongue: Tongue?) {
        var dice = Dice(state: seed)
        staff = [
            ("Ratna Dewi", "ratna", "administrator"), ("Budi Santoso", "budi", "customer service"),
            ("Wulan Ayu", "wulan", "customer service"), ("Putri Lestari", "putri", "policy officer"),
            ("Agus Salim", "agus", "privacy officer"), ("Joko Prasetyo", "joko", "mail clerk"),
            ("Nina Maharani", "nina", "billing clerk"),
        ].map { Persona(name: $0.0, email: "\($0.1)@office.example", telephone: "", role: $0.2) }
        let customers = Self.customers(&dice, tongue)
        self.customers = customers
        var events: [Event] = []
        for (place, persona) in customers.enumerated() { events += Self.life(of: persona, place, &dice) }
        for day in 0...Int64(Demo.days) where (1...5).contains((weekday + day) % 7) {
            // 9:30 and 15:30 in Jakarta; the clock begins there at midnight. The last hours are left to whoever looks.
            for time: Int64 in [34_200, 55_800] where day * 86_400 + time < end - 20 * 3_600 {
                events.append(Event(at: day * 86_400 + time, who: staff[1 + Int(day % 2)], deed: .work))
            }
        }
        events.append(Event(at: 21 * 86_400 + 36_000, who: staff[3], deed: .holdProposed(about: Self.heldCustomer, order: Said.order)))
        events.append(Event(at: 22 * 86_400 + 36_000, who: staff[4], deed: .holdAgreed))
        // What waits for each of them, whatever the day and the hour.
        for (ago, who, deed) in [
            (6 * 86_400, customers[5], .askMore), (27 * 3_600, customers[0], .complain),
            (20 * 3_600, staff[3], .holdProposed(about: customers[0].email, order: Said.otherOrder)),
            (19 * 3_600, staff[4], .holdProposed(about: customers[6].email, order: Said.thirdOrder)),
            (7 * 3_600, customers[5], .ask(text: Said.ofInvoice, byEmail: false)), (24_900, staff[1], .handOver(to: staff[6].role ?? "")),
            (4 * 3_600, Self.mistyped, .mistype),
            (5 * 3_600, customers[0], .ask(text: 5, byEmail: true)), (9_300, customers[1], .ask(text: 4, byEmail: false)),
            (2_700, customers[6], .ask(text: 2, byEmail: true)),
        ] as [(Int64, Persona, Deed)] { events.append(Event(at: end - ago, who: who, deed: deed)) }
        for day: Int64 in [15, 30, 45, 58] { events.append(Event(at: day * 86_400 + 57_600, who: staff[4], deed: .review)) }
        // Of two at one moment the one whom the house knows longer.
        self.events = events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// Who comes once, with a letter too many in the address.
    static let mistyped = Persona(name: "Bagus Wardana", email: "bagus@kopisenjaa.example", telephone: "")
    /// Whom the hold is about.
    static let heldCustomer = "tono@rempahjaya.example"
}

extension Story {
    private static func customers(_ dice: inout Dice, _ tongue: Tongue?) -> [Persona] {
        let known = [
            ("Sari Wijaya", "sari@ladatimur.example"), ("Tono Wibowo", heldCustomer), ("Dewi Lestari", "dewi@tokobaru.example"),
            ("Eka Kurniawan", "eka@tokolama.example"), ("Mega Putri", "mega@ladatimur.example"),
        ]
        let given = [
            "Adi", "Ayu", "Bayu", "Citra", "Dian", "Fajar", "Fitri", "Gita", "Hendra", "Indah", "Intan", "Kartika", "Lina", "Made", "Nanda",
            "Rahmat", "Rini", "Surya", "Tika", "Yusuf",
        ]
        let family = ["Halim", "Hidayat", "Kusuma", "Nugroho", "Pratama", "Saputra", "Setiawan", "Simanjuntak", "Siregar", "Utami"]
        let firms = ["kopisenja", "batikpesisir", "jatimebel", "sinarlogam", "rotifajar", "lautjaya", "teknikmuda"]
        let others = dice.shuffled(given).prefix(18).map { name in
            ("\(name) \(dice.one(of: family))", "\(name.lowercased())@\(dice.one(of: firms)).example")
        }
        return (known + others).enumerated().map { place, one in
            let digits = String(1_000 + dice.below(9_000))
            return Persona(
                name: one.0, email: one.1, telephone: "+62 812 5550 \(digits.prefix(2))\(place < 10 ? "0" : "")\(place)",
                tongue: tongue ?? (place % 3 == 2 ? .indonesian : .english))
        }
    }

    /// From the day on which they come until the last one.
    private static func life(of who: Persona, _ place: Int, _ dice: inout Dice) -> [Event] {
        let last = Int64(Demo.days), came = place < 7 ? Int64(1 + place) : Int64(2 + dice.below(44))
        func at(_ day: Int64, _ dice: inout Dice) -> Int64 { day * 86_400 + 28_800 + Int64(dice.below(36_000)) }
        func later(_ dice: inout Dice) -> Int64 { at(came + 1 + Int64(dice.below(Int(last - came - 1))), &dice) }
        var events = [Event(at: at(came, &dice), who: who, deed: .register)]
        func add(_ at: Int64, _ deed: Deed) { events.append(Event(at: at, who: who, deed: deed)) }
        for _ in 0..<dice.below(3) { add(later(&dice), .ask(text: dice.below(Said.asked.count), byEmail: dice.below(3) > 0)) }
        if dice.below(3) == 0 { add(later(&dice), .contact(text: dice.below(Said.told.count), byMail: dice.below(2) == 0)) }
        if dice.below(2) == 0 { add(later(&dice), .look) }
        if dice.below(5) == 0 { add(later(&dice), .correctTelephone) }
        if dice.below(6) == 0 { add(later(&dice), .setPassword) }
        switch place {
        case 0: add(5 * 86_400 + 32_000, .ask(text: 0, byEmail: false))
        case 1: for day: Int64 in [8, 20] { add(day * 86_400 + 40_000, .contact(text: 0, byMail: day == 20)) }
        case 2: add(41 * 86_400 + 50_000, .leave)
        case 3: add(47 * 86_400 + 50_000, .sleep)
        case 4: add(26 * 86_400 + 50_000, .restrict)
        // Who asks at the end is there.
        case 5, 6: break
        default:
            if dice.below(6) == 0 { add(later(&dice), .leave) }
            if dice.below(6) == 0, came < last - 20 {
                add(at(came + 4, &dice), .sleep)
                add(at(came + 10, &dice), .wake)
            }
        }
        // Whatever lies behind their leaving is left out when it is met.
        return events
    }
}

/// SplitMix64: small, and the same everywhere. For whom there is and what they do; keys come from the machine's own randomness.
struct Dice {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
    mutating func one(of list: [String]) -> String { list[below(list.count)] }

    mutating func shuffled(_ list: [String]) -> [String] {
        var list = list
        for place in list.indices.reversed() { list.swapAt(place, below(place + 1)) }
        return list
    }
}
