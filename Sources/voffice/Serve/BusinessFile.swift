// The file of the operator's contact, locations and plans: parts that begin with a name in brackets, and `name = value` lines below.
//
//     [contact]
//     email = halo@office.example
//     [location Menara Kuningan]
//     address = Jalan H. R. Rasuna Said, Jakarta 12940
//     [plan Address]
//     name.id = Alamat
//     price = 450000 IDR a month
//     includes = A business address, Letters kept for 30 days
//     includes.id = Alamat usaha, Surat disimpan 30 hari

import Office
import Policy
import Zones

struct BusinessFile {
    typealias Wrong = Configuration.Wrong
    private let path: String
    private(set) var business = Business()
    /// The lines of each text that came in one language, until the other does.
    private var texts: [String: (english: String?, indonesian: String?)] = [:]
    /// Of a location, until its part ends.
    private var opening = Opening()
    private struct Opening {
        var zone: Zone?, week: [[OpeningHours.Span]]?, closed: Set<Day> = []
    }
    private var part = Part.none
    private enum Part: Equatable { case none, contact, location, plan }
    private var seen: Set<String> = []

    static func read(_ text: String, named path: String) throws(Wrong) -> Business {
        var file = BusinessFile(path: path)
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let text = Configuration.trimmed(line.hasPrefix("#") ? "" : line)
            if !text.isEmpty { try file.read(text, at: "\(path):\(number + 1)") }
        }
        try file.end(at: path)
        return file.business
    }

    private init(path: String) { self.path = path }

    private mutating func read(_ line: Substring, at place: String) throws(Wrong) {
        if line.hasPrefix("[") { return try begin(line, at: place) }
        guard let equals = line.firstIndex(of: "=") else {
            throw Wrong(place: place, name: String(line), expected: "a line has the form `name = value`")
        }
        let name = String(Configuration.trimmed(line[..<equals]))
        let value = String(Configuration.trimmed(line[line.index(after: equals)...]))
        guard !value.isEmpty else { throw Wrong(place: place, name: name, expected: "a value is expected behind the `=`") }
        guard seen.insert(name).inserted else { throw Wrong(place: place, name: name, expected: "it is set in this part already") }
        switch part {
        case .none: throw Wrong(place: place, name: name, expected: "a part is expected before it, like [contact]")
        case .contact: try set(contact: name, value, at: place)
        case .location: try set(location: name, value, at: place)
        case .plan: try set(plan: name, value, at: place)
        }
    }

    private mutating func begin(_ line: Substring, at place: String) throws(Wrong) {
        try end(at: place)
        guard line.hasSuffix("]") else { throw Wrong(place: place, name: String(line), expected: "a closing bracket is expected") }
        let words = line.dropFirst().dropLast().split(separator: " ", maxSplits: 1)
        let name = words.count == 2 ? String(Configuration.trimmed(words[1])) : ""
        seen = []
        switch (words.first, name.isEmpty) {
        case ("contact", true): part = .contact
        case ("location", false) where !business.locations.contains { $0.name == name }:
            business.locations.append(Business.Location(name: name))
            part = .location
        case ("plan", false) where !business.plans.contains { $0.name == name }:
            business.plans.append(Business.Plan(name: name))
            part = .plan
        default:
            throw Wrong(
                place: place, name: String(line), expected: "[contact], or [location NAME] or [plan NAME], each name once, is expected")
        }
    }

    // MARK: Parts

    private mutating func set(contact name: String, _ value: String, at place: String) throws(Wrong) {
        switch name {
        case "email":
            guard value.contains("@"), !value.contains(where: \.isWhitespace) else {
                throw Wrong(place: place, name: name, expected: "an e-mail address is expected (it is `\(value)`)")
            }
            business.email = value
        case "telephone": business.telephone = try telephone(name, value, at: place)
        case "address": business.address = value
        case "hours", "hours.id": take(name, value)
        case "security":
            guard value.hasPrefix("mailto:") || value.hasPrefix("https://"), !value.contains(where: \.isWhitespace) else {
                throw Wrong(place: place, name: name, expected: "mailto:ADDRESS or https://... is expected (it is `\(value)`)")
            }
            business.security = value
        case "answered at": business.answeredAt = value
        case "answer within":
            let words = value.split(separator: " ")
            guard words.count == 2, ["hour", "hours"].contains(words[1]), let hours = Int64(words[0]), (1...400).contains(hours) else {
                throw Wrong(
                    place: place, name: name, expected: "hours in which you are open are expected, like `8 hours` (it is `\(value)`)")
            }
            business.answerWithin = hours * 3600
        default:
            throw unknown(name, "email, telephone, address, hours, hours.id, security, answered at, answer within", at: place)
        }
    }

    private mutating func set(location name: String, _ value: String, at place: String) throws(Wrong) {
        let last = business.locations.count - 1
        switch name {
        case "address": business.locations[last].address = value
        case "telephone": business.locations[last].telephone = try telephone(name, value, at: place)
        case "hours", "hours.id": take(name, value)
        case "zone":
            guard let zone = Zone(value) else {
                throw Wrong(
                    place: place, name: name, expected: "a zone of the IANA database is expected, like Asia/Jakarta (it is `\(value)`)")
            }
            opening.zone = zone
        case "open":
            guard let week = OpeningHours.week(value) else {
                throw Wrong(
                    place: place, name: name,
                    expected: "days and hours are expected, like `Mon-Fri 08:00-18:00, Sat 09:00-12:00` (it is `\(value)`)")
            }
            opening.week = week
        case "closed":
            for text in list(value) {
                guard let day = Day(iso: text) else {
                    throw Wrong(place: place, name: name, expected: "days are expected, like 2026-12-25, 2027-01-01 (one is `\(text)`)")
                }
                opening.closed.insert(day)
            }
        default: throw unknown(name, "address, telephone, hours, hours.id, zone, open, closed", at: place)
        }
    }

    private mutating func set(plan name: String, _ value: String, at place: String) throws(Wrong) {
        let last = business.plans.count - 1
        switch name {
        case "price":
            let words = value.split(separator: " ")
            let period = words.count == 4 && words[2] == "a" ? Business.Plan.Period(rawValue: String(words[3])) : nil
            let isOnce = words.count == 3 && words[2] == "once"
            guard words.count >= 3, let price = Int64(words[0]), (0...1_000_000_000_000).contains(price), words[1] == "IDR",
                let period = isOnce ? .once : period
            else {
                throw Wrong(
                    place: place, name: name,
                    expected: "whole rupiah and how often are expected, like `450000 IDR a month` (or a year, day, hour; or once), "
                        + "without dots (it is `\(value)`)")
            }
            (business.plans[last].price, business.plans[last].period) = (price, period)
        case "name.id": business.plans[last].title = Business.Text(english: business.plans[last].name, indonesian: value)
        case "about", "about.id", "includes", "includes.id": take(name, value)
        case "locations":
            business.plans[last].locations = value.split(separator: ",").map { String(Configuration.trimmed($0)) }
        default: throw unknown(name, "price, name.id, about, about.id, includes, includes.id, locations", at: place)
        }
    }

    private mutating func take(_ name: String, _ value: String) {
        if name.hasSuffix(".id") {
            texts[String(name.dropLast(3)), default: (nil, nil)].indonesian = value
        } else {
            texts[name, default: (nil, nil)].english = value
        }
    }

    /// What a part must have, once it is whole.
    private mutating func end(at place: String) throws(Wrong) {
        func missing(_ name: String, _ of: String) -> Wrong { Wrong(place: place, name: name, expected: "it is missing in \(of) above") }
        func text(_ name: String) throws(Wrong) -> Business.Text? {
            guard let given = texts[name] else { return nil }
            guard let english = given.english else { throw missing(name, "a part that has \(name).id,") }
            return Business.Text(english: english, indonesian: given.indonesian)
        }
        switch part {
        case .none: break
        case .contact: business.hours = try text("hours")
        case .location:
            let last = business.locations.count - 1, of = "[location \(business.locations[last].name)]"
            guard !business.locations[last].address.isEmpty else { throw missing("address", of) }
            business.locations[last].hours = try text("hours") ?? Business.Text(english: "")
            if let week = opening.week {
                guard let zone = opening.zone else { throw missing("zone", of) }
                business.locations[last].opening = OpeningHours(zone: zone, week: week, closed: opening.closed)
            } else if opening.zone != nil || !opening.closed.isEmpty {
                throw missing("open", of)
            }
            opening = Opening()
        case .plan:
            let last = business.plans.count - 1, of = "[plan \(business.plans[last].name)]"
            guard seen.contains("price") else { throw missing("price", of) }
            guard let about = try text("about") else { throw missing("about", of) }
            business.plans[last].about = about
            guard let includes = try text("includes") else { break }
            let english = list(includes.english), indonesian = list(includes.indonesian)
            guard english.count == indonesian.count else {
                throw Wrong(place: place, name: "includes.id", expected: "as many as in `includes` are expected, with commas between them")
            }
            business.plans[last].includes = zip(english, indonesian).map { Business.Text(english: $0, indonesian: $1) }
        }
        texts = [:]
        if place == path { try checkLocations() }
    }

    private func checkLocations() throws(Wrong) {
        let known = Set(business.locations.map(\.name))
        if let name = business.answeredAt, business.locations.first(where: { $0.name == name })?.opening == nil {
            throw Wrong(
                place: path, name: "answered at", expected: "the NAME of a [location NAME] that says when it is `open` (it is `\(name)`)")
        }
        for plan in business.plans {
            for name in plan.locations where !known.contains(name) {
                throw Wrong(
                    place: path, name: "locations",
                    expected: "of [plan \(plan.name)] \(name) isn't there; each is the NAME of a [location NAME]")
            }
        }
    }

    private func list(_ text: String) -> [String] { text.split(separator: ",").map { String(Configuration.trimmed($0)) } }

    private func telephone(_ name: String, _ value: String, at place: String) throws(Wrong) -> String {
        guard value.hasPrefix("+"), value.dropFirst().allSatisfy({ $0.isASCII && ($0.isNumber || $0 == " ") }) else {
            throw Wrong(place: place, name: name, expected: "a number is expected, like +62 21 5550 100 (it is `\(value)`)")
        }
        return value
    }

    private func unknown(_ name: String, _ known: String, at place: String) -> Wrong {
        Wrong(place: place, name: name, expected: "there is no such setting here; there are \(known)")
    }
}
