// Differences and cells in plain sentences, grouped by whom they concern.

extension Cell {
    /// The flow, and when it is permitted.
    public var sentence: String {
        let how =
            switch verb {
            case .collect: "\(who) collects \(thing)"
            case .derive: "\(who) derives \(thing) from \(via ?? "")"
            case .read: "\(who) reads \(thing)"
            case .correct: "\(who) corrects \(thing)"
            case .delete: "\(who) deletes \(thing)"
            case .give: "\(who) gets \(thing)"
            case .aggregate: "\(who) gets \(thing) in aggregate"
            case .send: "\(who) sends \(thing) through \(via ?? "")\(carrier.map { " via \($0)" } ?? "")"
            }
        let starts = starter.flatMap { $0 == "the site" ? nil : ", by \($0)" } ?? ""
        return how + (purpose.map { " to \($0)" } ?? "") + starts + condition
    }

    private var condition: String {
        if when.contains(where: { $0.set.isEmpty && $0.clear.isEmpty }) { return "" }
        return ", when " + when.map { $0.literals.joined(separator: " and ") }.joined(separator: ", or ")
    }
}

extension Policy {
    /// A difference in sentences: what is wider and narrower for whom, what else changes, and what that demands.
    public func sentences(of difference: Difference, from old: Policy) -> [String] {
        var lines = ["From version \(old.version.number) to version \(version.number):"]
        lines += grouped("Newly permitted", difference.widened)
        lines += grouped("No longer permitted", difference.narrowed)
        func list(_ title: String, _ names: [String]) {
            if !names.isEmpty { lines.append("\(title): \(names.joined(separator: ", ")).") }
        }
        func tags(_ tags: [Tag], _ middle: String) -> [String] { tags.map { "\($0.name) \(middle) \($0.tag)" } }
        list("Kept longer than before", difference.terms.more)
        list("Kept shorter than before", difference.terms.less)
        list("Now kept by law", difference.law)
        list("No longer kept by law, but for a reason of ours", difference.because)
        list("Messages that can't be refused any more", difference.compulsory.more)
        list("Messages that can be refused now", difference.compulsory.less)
        list("Messages that carry more", difference.carries.more)
        list("Messages that carry less", difference.carries.less)
        list("A “never” is new or reaches more for", difference.never.more)
        list("A “never” is gone or reaches less for", difference.never.less)
        list("The person is told more, or sooner, of uses of", difference.tell.more)
        list("The person is told less, or later, of uses of", difference.tell.less)
        list("More must go along with", difference.along.more)
        list("Less must go along with", difference.along.less)
        list("New recipients", difference.recipients.more)
        list("Recipients that are gone", difference.recipients.less)
        list("New countries", tags(difference.countries.more, "in"))
        list("Countries that are gone", tags(difference.countries.less, "in"))
        list("New names", tags(difference.formerly, "was"))
        list("Roles that nobody may have both of", difference.apart.more.map { $0.joined(separator: " and ") })
        list("Roles that one may have both of now", difference.apart.less.map { $0.joined(separator: " and ") })
        list("Conditions that more people can set", difference.setters.more)
        list("Conditions that fewer people can set", difference.setters.less)
        list("New marks", tags(difference.marks.more, "is now") + tags(difference.held.more, "is now"))
        list("Marks that are gone", tags(difference.marks.less, "is no longer") + tags(difference.held.less, "is no longer"))
        list("Data are now kept in", difference.keptIn.more)
        list("Data are no longer kept in", difference.keptIn.less)
        for name in difference.meaning {
            lines.append("“\(name)” meant: \(old.formerProse(of: name, in: self)); it means now: \(prose(of: name) ?? "nothing").")
        }
        if lines.count == 1 { lines.append("Nothing changes.") }
        return lines + demanded(difference.demands)
    }

    private func grouped(_ title: String, _ cells: [Cell]) -> [String] {
        var order: [String] = [], byWho: [String: [Cell]] = [:]
        for cell in cells {
            if byWho[cell.who] == nil { order.append(cell.who) }
            byWho[cell.who, default: []].append(cell)
        }
        return order.flatMap { who in ["\(title), for \(who):"] + byWho[who]!.map { "    " + $0.sentence } }
    }

    private func demanded(_ demands: Difference.Demands) -> [String] {
        var lines: [String] = []
        if !demands.yes.isEmpty {
            lines.append(
                "It needs a yes, by e-mail, from each person of whom one of these is stored: \(demands.yes.joined(separator: ", ")).")
        }
        if demands.material { lines.append("It is material: it is also sent to people who refused messages.") }
        if demands.posted { lines.append("It is posted on the site.") }
        return lines
    }

    /// What a name of the newer version meant in this one.
    private func formerProse(of name: String, in newer: Policy) -> String {
        let former = newer.model.find(name).flatMap { newer.model.symbols[$0].formerly?.name } ?? name
        return prose(of: former) ?? prose(of: name) ?? "nothing"
    }
}
