// Every field needs a source and a term; every name a use.

extension Policy {
    func checkFields(_ report: inout Report) {
        let mentions = Mentions(model)
        var kept: Set<Int> = [], gaps: Set<Int> = [], sourced: Set<Int> = []
        for keeping in model.expansion.keepings {
            if case .atMost = keeping.span { continue }
            kept.formUnion(keeping.named)
        }
        for permission in model.expansion.permissions where [.collect, .derive].contains(permission.reach.verb) {
            sourced.formUnion(permission.reach.thing.list ?? [])
        }
        gaps = kept
        for keeping in model.expansion.keepings {
            switch keeping.span {
            case .whileTrue, .after(_, Symbols.collected): gaps.subtract(keeping.named)
            case .after, .atMost: break
            }
        }
        for (index, symbol) in model.symbols.all.enumerated() where symbol.kind == .field {
            if mentions.inNever.contains(index), !mentions.inOthers.contains(index) { continue }
            if !kept.contains(index) {
                report.error(
                    "field-without-keep", symbol.place!, "Nothing says how long “\(symbol.name)” is kept.",
                    "Write: keep \(symbol.name) ..., because \"...\"")
            } else if gaps.contains(index) {
                report.warn(
                    "keep-gap", symbol.place!,
                    "“\(symbol.name)” is kept only after something that must happen first; until then nothing keeps it.",
                    "Write what keeps it until then.")
            }
            if !sourced.contains(index) {
                report.error(
                    "field-without-source", symbol.place!, "Nothing says where “\(symbol.name)” comes from.",
                    "Write: collect \(symbol.name) from ... to ...")
            }
        }
    }

    func checkUnused(_ report: inout Report) {
        let mentions = Mentions(model)
        for (index, symbol) in model.symbols.all.enumerated() where !mentions.named.contains(index) {
            guard let place = symbol.place else { continue }
            report.warn("unused-name", place, "No statement mentions “\(symbol.name)”.", "Use it or take it out.")
        }
    }
}

/// Which names statements mention; a category in a rule mentions what it stands for.
private struct Mentions {
    var named: Set<Int> = []
    /// Fields in `never` rules, and in others; `everything` doesn't count.
    var inNever: Set<Int> = [], inOthers: Set<Int> = []

    init(_ model: Model) {
        let document = model.document, references = document.references
        var next = 0
        var unfolded: Set<Int> = [], unfoldedInNever: Set<Int> = [], unfoldedInOthers: Set<Int> = []
        for (index, statement) in document.statements.enumerated() {
            let own = document.sorted[index].symbol
            let isRule =
                switch document.sorted[index].form {
                case .use, .rule: true
                default: false
                }
            let isNever = document.sorted[index].form == .rule(.never)
            while let each = references[safe: next], each.tokens.lowerBound < statement.tokens.lowerBound { next += 1 }
            while let each = references[safe: next], each.tokens.lowerBound < statement.tokens.upperBound {
                next += 1
                guard each.symbol >= 0, each.symbol != own else { continue }
                named.insert(each.symbol)
                let kind = document.symbols.kind(each.symbol)
                guard isRule, kind == .category || kind == .everything || kind == .field else { continue }
                if unfolded.insert(each.symbol).inserted { named.formUnion(document.contents.things(of: each.symbol, document.symbols)) }
                if kind == .everything || each.isTakenAway { continue }
                if isNever {
                    guard unfoldedInNever.insert(each.symbol).inserted else { continue }
                    inNever.formUnion(document.contents.namedThings(of: each.symbol, document.symbols))
                } else {
                    guard unfoldedInOthers.insert(each.symbol).inserted else { continue }
                    inOthers.formUnion(document.contents.namedThings(of: each.symbol, document.symbols))
                }
            }
        }
    }
}
