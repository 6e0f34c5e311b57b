// A document as read: its clauses, declarations, rules and examples, with every fault of the first round.

struct Document: Sendable {
    let source: Source
    let tokens: [Token]
    let words: Words
    let outline: Outline
    let symbols: Symbols
    let contents: Contents
    let header: Header?
    let rules: [RuleNode]
    let examples: [ExampleNode]
    /// The notes of each clause.
    let notes: [Int: [String]]
    let doubts: [Doubt]
    /// Every statement of a block of rules, in document order.
    let statements: [Statement]
    let sorted: [Sorted]
    /// For each fence its statements, comments and blank lines.
    let lexed: [Lexed]
    /// By its first token, what the canonical form says otherwise.
    let respellings: [Int: Respelling]
    /// Where names stand, as they were found: statement by statement, declarations first.
    private let found: [Reference]
    private let ordered = Once<[Reference]>()

    /// Reads the whole document, whatever is wrong with it.
    static func read(_ bytes: [UInt8], file: String) -> (document: Document, report: Report) {
        let source = Source(bytes, file: file)
        var report = Report(source)
        for fault in source.faults { report.syntax(fault.place, fault.message, fault.suggestion) }
        report.isTold = Dictionary(source.faults.map { ($0.place.line, $0.place.column) }) { first, _ in first }
        let outline = Outline(source, &report)
        var lexer = Lexer(source)
        let lexed = outline.fences.map { $0.kind == .words ? Lexed() : lexer.lex(lines: $0.lines, indent: $0.indent) }
        let misspelt = outline.misspelt.map { $0.ours == "policy" ? lexer.lex(lines: $0.lines, indent: $0.indent) : Lexed() }
        var reading = Reading(
            reader: Reader(source: source, lexer: lexer, symbols: .predefined, report: report), outline: outline, lexed: lexed,
            misspelt: misspelt)
        reading.readAll()
        let reader = reading.reader
        let document = Document(
            source: source, tokens: lexer.tokens, words: lexer.words, outline: reading.outline, symbols: reader.symbols,
            contents: reader.contents, header: reading.header, rules: reading.rules, examples: reading.examples, notes: reading.notes,
            doubts: reader.doubts,
            statements: reading.statements, sorted: reading.sorted, lexed: lexed,
            respellings: reader.respellings, found: reader.references)
        return (document, reader.report)
    }

    /// Where names stand, in the order of the tokens.
    var references: [Reference] {
        ordered.value {
            var byToken = [Int32](repeating: -1, count: tokens.count)
            for (index, reference) in found.enumerated() { byToken[reference.tokens.lowerBound] = Int32(index) }
            return byToken.lazy.filter { $0 >= 0 }.map { found[Int($0)] }
        }
    }

    var hasRules: Bool { outline.fences.contains { $0.kind == .policy } }
}

/// One pass over the statements.
private struct Reading {
    var reader: Reader
    var outline: Outline
    let lexed: [Lexed]
    /// Of blocks whose first word is nearly ours.
    let misspelt: [Lexed]
    var statements: [Statement] = []
    var sorted: [Sorted] = []
    var header: Header?
    var rules: [RuleNode] = []
    var examples: [ExampleNode] = []
    var notes: [Int: [String]] = [:]
    private var sections: [Int?] = [], slips: [Int?] = []
    /// Slips in anchors for which rules stand in no clause.
    private var losing: Set<Int> = []
    private var counts: [Int: Int] = [:]
    private var labels: Set<String> = []
    private var hasHeader = false

    init(reader: Reader, outline: Outline, lexed: [Lexed], misspelt: [Lexed]) {
        (self.reader, self.outline, self.lexed, self.misspelt) = (reader, outline, lexed, misspelt)
    }

    mutating func readAll() {
        for (fence, block) in zip(outline.fences, lexed) where fence.kind == .policy {
            for statement in block.statements {
                if refuseIndented(statement) { continue }
                statements.append(statement)
                sections.append(fence.section)
                slips.append(fence.slip)
            }
        }
        sorted = reader.declare(statements)
        refuseMisspelt()
        readDeclarations()
        readRules()
        for (fence, block) in zip(outline.fences, lexed) where fence.kind == .examples && !refuseInTranslation(fence) {
            for statement in block.statements where !refuseIndented(statement) {
                reader.begin(statement.tokens)
                if let example = try? reader.example(section: fence.section, statement.tokens) { examples.append(example) }
            }
        }
        doubtUnread()
        for (index, slip) in outline.slips.enumerated() {
            if losing.contains(index) {
                // Of an underlined one each of its rules tells.
                if slip.isUnderlined { continue }
                reader.report.error("hardly-meant", slip.place, slip.message + " So the rules under it belong to none.", slip.suggestion)
            } else {
                reader.report.warn("hardly-meant", slip.place, slip.message, slip.suggestion)
            }
        }
        if outline.isUnread { return }
        if !hasHeader, outline.fences.contains(where: { $0.kind == .policy }) || !outline.fences.contains(where: { $0.kind == .words }) {
            reader.report.error(
                "missing-header", Place(), "The document doesn't say which policy it is.",
                "Write a block with: policy NAME, version 1, from 2026-12-31")
        }
    }

    /// A block without a first word, of which each line reads as ours, is passed over, but not in silence.
    private mutating func doubtUnread() {
        guard !outline.plain.isEmpty else { return }
        var lexer = Lexer(reader.source)
        lexer.words = reader.lexer.words
        let blocks = outline.plain.map { lexer.lex(lines: $0.lines, indent: $0.indent).statements }
        var other = Reader(source: reader.source, lexer: lexer, symbols: reader.symbols, report: Report(reader.source))
        other.contents = reader.contents
        for (fence, statements) in zip(outline.plain, blocks) {
            guard let word = other.kind(of: statements) else { continue }
            reader.report.warn(
                "hardly-meant", fence.place, "This block isn't read, though each of its lines reads as if it stood in one of “\(word)”.",
                "Write “\(word)” behind the fence, or “text” where it is only shown.")
        }
    }

    /// A block whose first word is nearly ours isn't read. Where rules stand in it that is the one fault: what it declares is known,
    /// and what it says isn't missed besides.
    private mutating func refuseMisspelt() {
        for (block, lexed) in zip(outline.misspelt, misspelt) {
            let forms = lexed.statements.map { reader.form($0) }
            let message = "This block isn't read: its first word isn't “\(block.ours)”."
            if forms.isEmpty || forms.contains(.none) {
                reader.report.warn("hardly-meant", block.place, message, "Write “\(block.ours)”, or a word that isn't so near to it.")
            } else {
                reader.report.error("hardly-meant", block.place, message, "Write “\(block.ours)”, or “text” where it is only shown.")
                reader.guess(unread: lexed.statements)
                if forms.contains(.header) { hasHeader = true }
            }
        }
    }

    /// What a translation says of its names in examples nobody would find there.
    private mutating func refuseInTranslation(_ fence: Fence) -> Bool {
        guard isTranslation else { return false }
        reader.report.warn(
            "hardly-meant", fence.place, "These examples aren't read: a translation has none of its own.",
            "Take them out; those of the document that it translates are the ones that are tried.")
        return true
    }

    private mutating func refuseIndented(_ statement: Statement) -> Bool {
        guard statement.isIndented else { return false }
        reader.begin(statement.tokens)
        reader.report.syntax(
            reader.placeHere(), "An indented line continues the one before, and there is none.", "Begin the statement at the margin.")
        return true
    }

    private mutating func readDeclarations() {
        for index in statements.indices {
            guard case .declaration(let kind) = sorted[index].form else { continue }
            mark(sections[index])
            reader.begin(statements[index].tokens)
            _ = try? reader.readDeclaration(sorted[index], kind)
        }
        let (members, cycles, tooLarge) = reader.symbols.resolveCategories()
        reader.contents = Contents(
            members: members, named: reader.symbols.namedMembers, every: reader.symbols.everyThing,
            cyclic: Set(cycles + [tooLarge].compactMap(\.self)))
        if let tooLarge {
            let symbol = reader.symbols[tooLarge]
            reader.report.error(
                "too-large", symbol.place!, "Up to “\(symbol.name)” the categories hold more than \(Limits.held.grouped) things in all.",
                "Use fewer categories, or none inside others.")
        }
        for index in cycles {
            let symbol = reader.symbols[index]
            reader.report.error(
                "category-cycle", symbol.place!, "The category “\(symbol.name)” contains itself.", "Take it out of one of the lists.")
        }
        for carried in reader.carried { reader.check(carried, .fields) }
        let declared = reader.symbols.conditions.count - Symbols.conditions.count
        if declared > 256 {
            let symbol = reader.symbols[reader.symbols.conditions[Symbols.conditions.count + 256]]
            reader.report.error(
                "too-many-conditions", symbol.place!, "This is the 257th condition; up to 256 can be declared.", "Join some of them.")
        }
        reader.checkFormer()
    }

    private mutating func readRules() {
        rules.reserveCapacity(statements.count)
        for (index, statement) in statements.enumerated() {
            reader.begin(statement.tokens)
            switch sorted[index].form {
            case .declaration: continue
            case .header: readHeader(sections[index])
            case .note:
                mark(sections[index])
                reader.jump(to: statement.tokens.lowerBound + 1)
                if let note = try? reader.prose(), let section = sections[index] { notes[section, default: []].append(note) }
            case .none:
                // A header with a slip in its first word is told as that, and isn't missing besides.
                if reader.nearlyBegins(with: .policy) { hasHeader = true }
                _ = reader.failBeginning()
            case .use, .rule:
                if sections[index] == nil, let slip = slips[index] { losing.insert(slip) }
                readRule(sorted[index].form, sections[index], slips[index].map { outline.slips[$0] }, statement.tokens)
            }
        }
    }

    private mutating func readHeader(_ section: Int?) {
        mark(section)
        let isSecond = hasHeader
        hasHeader = true
        guard let read = try? reader.readHeader() else { return }
        if isSecond {
            reader.report.error("duplicate-name", read.place, "The document says twice which policy it is.", "Leave one of them out.")
        } else {
            header = read
        }
    }

    /// `slip`: in the anchor of the heading above, where no clause is open.
    private mutating func readRule(_ form: Sorted.Form, _ section: Int?, _ slip: AnchorSlip?, _ tokens: Range<Int>) {
        let place = reader.placeHere()
        if section == nil, slip.map(\.isUnderlined) ?? true {
            reader.report.error(
                "rule-outside-clause", place, "A rule belongs to a clause, so that people find it.",
                slip?.suggestion ?? "Put it under a heading that ends in an anchor, such as {#registration}.")
        }
        let number = section.map { section in
            counts[section, default: 0] += 1
            return counts[section]!
        }
        mark(section)
        guard let body = try? reader.readRule(form) else { return }
        let last = reader.at
        let label: Range<Int>?
        do throws(Stop) {
            label = try reader.label()
            try reader.expectEnd()
        } catch { return }
        guard let section, let number else { return }
        let anchor = outline.sections[section].anchor
        let address = anchor + "." + (label.map { reader.text($0) } ?? String(number))
        if let label, !labels.insert("\(section) \(reader.text(label))").inserted {
            reader.report.error(
                "duplicate-name", reader.place(of: label), "The label “\(reader.text(label))” is taken in this clause.",
                "Choose another label.")
        }
        let node = RuleNode(
            body: body, section: section, address: address, label: label, tokens: tokens.lowerBound..<last, place: place)
        if reader.literals > Conjunctions.alwaysFit, !Conjunctions.fit(body) {
            reader.report.error(
                "condition-too-complex", place, "The condition of this rule is more than 256 cases.",
                "Declare a condition for a part of it.")
        }
        rules.append(node)
    }

    private var isTranslation: Bool {
        outline.fences.contains { $0.kind == .words } && !outline.fences.contains { $0.kind == .policy }
    }

    /// A clause holds what stands in the clauses inside it.
    private mutating func mark(_ section: Int?) {
        var each = section
        while let index = each, !outline.sections[index].hasStatement {
            outline.sections[index].hasStatement = true
            each = outline.sections[index].parent
        }
    }
}
