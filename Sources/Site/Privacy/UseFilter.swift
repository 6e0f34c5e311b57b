// What somebody looks for in the list of uses: chosen in a form without script, kept in the address, which says nothing of them.

import HTML
import HTTP
import Office
import Policy
import Vault

struct UseFilter: Sendable, Equatable {
    enum Who: Hashable, Sendable {
        case oneself, site, role(String)
        var code: String {
            switch self {
            case .oneself: "me"
            case .site: "site"
            case .role(let role): role
            }
        }
        func did(_ use: RecordedUse) -> Bool {
            let isOwn = use.who == "the person" || use.verb == "collect" && use.by == nil && use.who != "employment form"
            return switch self {
            case .oneself: isOwn
            case .site: use.who == "the site" || use.by == nil && ["send", "sent", "derive"].contains(use.verb)
            case .role(let role): use.actor.hasPrefix(role + " ")
            }
        }
    }
    /// Of the house's calendar.
    struct Month: Hashable, Sendable {
        let year: Int, month: Int
        init(year: Int, month: Int) { (self.year, self.month) = (year, month) }
        init(_ moment: PointInTime) {
            let wall = WallTime(moment)
            self.init(year: wall.year, month: wall.month)
        }
        var code: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }
        var before: Month { month == 1 ? Month(year: year - 1, month: 12) : Month(year: year, month: month - 1) }
    }

    var who: Who?
    var purpose: String?
    var month: Month?
    var isRefusedOnly = false

    var isNone: Bool { self == UseFilter() }

    func fits(_ use: RecordedUse) -> Bool {
        who?.did(use) ?? true && (purpose == nil || use.purpose == purpose) && (month == nil || Month(use.at) == month)
            && (!isRefusedOnly || use.wasRefused)
    }

    /// As the address has it, behind the `?`; what was chosen stays chosen on the next page.
    func query(before: Int64? = nil) -> String {
        var parts: [String] = []
        if let who { parts.append("who=" + Self.encoded(who.code)) }
        if let purpose { parts.append("purpose=" + Self.encoded(purpose)) }
        if let month { parts.append("month=" + month.code) }
        if isRefusedOnly { parts.append("refused=yes") }
        if let before { parts.append("before=\(before)") }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : byte == 0x20 ? "+" : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}

extension Visit {
    /// What is no choice of ours is none.
    var filter: UseFilter {
        var filter = UseFilter()
        filter.who = request.query["who"].flatMap { code in whos.first { $0.code == code } }
        filter.purpose = request.query["purpose"].flatMap { purposes.contains($0) ? $0 : nil }
        filter.month = request.query["month"].flatMap { code in
            let parts = code.split(separator: "-").compactMap { Int($0) }
            let month = parts.count == 2 && (1...12).contains(parts[1]) ? UseFilter.Month(year: parts[0], month: parts[1]) : nil
            return month?.code == code ? month : nil
        }
        filter.isRefusedOnly = request.query["refused"] == "yes"
        return filter
    }

    private var whos: [UseFilter.Who] { [.oneself, .site] + office.roles.map { .role($0) } }

    private var purposes: [String] {
        house.answers.cells.reduce(into: []) { all, cell in
            if let purpose = cell.purpose, !all.contains(purpose) { all.append(purpose) }
        }
    }

    /// `since`: the month of the oldest use.
    func filterForm(_ html: inout HTML, _ filter: UseFilter, since: PointInTime?) {
        let words = FilterTexts(say: say)
        html(.form, .class("ask flow tight noprint"), .action(Route.privacy.path + "#uses"), .label(words.title)) { html in
            html(.div, .class("row")) { html in
                select(&html, "who", words.who, words.anybody, whos.map { ($0.code, words.name(of: $0)) }, chosen: filter.who?.code)
                select(
                    &html, "purpose", words.purpose, words.anything, purposes.map { ($0, say.name($0).capitalised) },
                    chosen: filter.purpose)
                select(
                    &html, "month", words.month, words.always, months(since: since).map { ($0.code, words.name(of: $0)) },
                    chosen: filter.month?.code)
                html(.label, .class("pick"), .for("refused")) { html in
                    html(
                        .input, .type("checkbox"), .id("refused"), .name("refused"), .value("yes"),
                        .when(filter.isRefusedOnly, .checked))
                    html(.span, text: words.refused)
                }
                html(.button, .class("btn plain sm"), text: words.show)
            }
        }
    }

    private func select(
        _ html: inout HTML, _ id: StaticString, _ label: String, _ all: String, _ options: [(value: String, name: String)], chosen: String?
    ) {
        html(.div, .class("field")) { html in
            html(.label, .for(id), text: label)
            html(.select, .id(id), .name(id)) { html in
                html(.option, .value(""), text: all)
                for option in options { html(.option, .value(option.value), .when(option.value == chosen, .selected), text: option.name) }
            }
        }
    }

    /// From this one back to the first, at most the two years that the list goes back.
    private func months(since: PointInTime?) -> [UseFilter.Month] {
        var months = [UseFilter.Month(office.moment())]
        guard let first = since.map(UseFilter.Month.init) else { return months }
        while let last = months.last, last != first, months.count < 30 { months.append(last.before) }
        return months
    }
}

struct FilterTexts {
    let say: Language

    var title: String { say("Narrow the list", id: "Persempit daftar") }
    var who: String { say("By whom", id: "Oleh siapa") }
    var anybody: String { say("Anybody", id: "Siapa pun") }
    var purpose: String { say("What for", id: "Untuk apa") }
    var anything: String { say("Anything", id: "Apa pun") }
    var month: String { say("When", id: "Kapan") }
    var always: String { say("Any time", id: "Kapan pun") }
    var refused: String { say("Refused only", id: "Hanya yang ditolak") }
    var show: String { say("Show", id: "Tampilkan") }
    var nothing: String { say("No use fits what you chose.", id: "Tidak ada pemakaian yang cocok dengan pilihan Anda.") }
    var all: String { say("Show all uses", id: "Tampilkan semua pemakaian") }
    var cut: String {
        say("We looked through the newest of a long list.", id: "Kami menelusuri yang terbaru dari daftar yang panjang.")
    }
    var goOn: String { say("Look further back", id: "Telusuri lebih jauh") }

    func name(of who: UseFilter.Who) -> String {
        switch who {
        case .oneself: say("You", id: "Anda")
        case .site: say("The site by itself", id: "Situs ini sendiri")
        case .role(let role): say.name(role).capitalised
        }
    }
    /// `Nov 2026`
    func name(of month: UseFilter.Month) -> String {
        guard let day = Day(year: month.year, month: month.month, day: 1) else { return month.code }
        return String(say.date(day).drop { $0 != " " }.dropFirst())
    }
}
