// CommonMark by cmark-gfm, as Swift values: what a document consists of, block by block, with its lines.
import CMark

/// A block at the top of a document, or a heading or fenced block inside a list or quotation.
public struct Block: Sendable {
    public enum Kind: Sendable {
        /// `text` is what is shown, without marks of emphasis; underlined headings aren't `isATX`.
        case heading(level: Int, isATX: Bool, text: String)
        /// `info` without white space around it; `mark` is the byte of the fence, `width` its length, `indent` its spaces.
        case fenced(info: String, mark: UInt8, width: Int, indent: Int)
        case html(String)
        case other
    }
    public let kind: Kind
    /// From 1, the last one included.
    public let firstLine, lastLine: Int
    /// The byte in its first line at which it begins, from 1.
    public let column: Int
    /// Inside a list or a quotation.
    public let isNested: Bool
    /// Says something to a reader: not a rule across the page, not a comment.
    public let hasText: Bool
    /// Safe to send: raw HTML of the document isn't in it. Empty for what is nested.
    public let html: String
}

public enum Markdown {
    /// The blocks in the order of the document. The text must be UTF-8 without a byte-order mark.
    /// Runs in time linear in the length of the text: what would take longer is refused.
    public static func blocks(of text: [UInt8], rendered: Bool = true) throws(Excess) -> [Block] {
        var search = ExcessSearch(text)
        if let excess = search.first() { throw excess }
        let root: OpaquePointer? = text.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                guard let start = characters.baseAddress else { return nil }
                return cmark_parse_document(start, characters.count, CMARK_OPT_DEFAULT)
            }
        }
        guard let root else { return [] }
        defer { cmark_node_free(root) }
        var found: [Block] = []
        var child = cmark_node_first_child(root)
        while let node = child {
            child = cmark_node_next(node)
            if isContainer(node) {
                let whole = block(node, isNested: false, rendered: rendered)
                found.append(whole)
                walk(node) { if isHeadingOrFence($0) { found.append(block($0, isNested: true, rendered: false)) } }
            } else {
                found.append(block(node, isNested: false, rendered: rendered))
            }
        }
        return found
    }

    private static func block(_ node: OpaquePointer, isNested: Bool, rendered: Bool) -> Block {
        let first = Int(cmark_node_get_start_line(node)), last = Int(cmark_node_get_end_line(node))
        let kind = kind(of: node, first: first, last: last)
        return Block(
            kind: kind, firstLine: first, lastLine: last, column: Int(cmark_node_get_start_column(node)),
            isNested: isNested, hasText: hasText(node), html: rendered ? html(of: node) : "")
    }

    private static func kind(of node: OpaquePointer, first: Int, last: Int) -> Block.Kind {
        let type = cmark_node_get_type(node)
        if type == CMARK_NODE_HEADING {
            return .heading(level: Int(cmark_node_get_heading_level(node)), isATX: first == last, text: plainText(of: node))
        }
        if type == CMARK_NODE_HTML_BLOCK { return .html(literal(of: node)) }
        var width: Int32 = 0, indent: Int32 = 0, mark: CChar = 0
        if type == CMARK_NODE_CODE_BLOCK, cmark_node_get_fenced(node, &width, &indent, &mark) != 0 {
            let info = cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
            return .fenced(info: info, mark: UInt8(bitPattern: mark), width: Int(width), indent: Int(indent))
        }
        return .other
    }

    /// Raw HTML is taken out, not escaped: a comment is for whoever writes the document.
    private static func html(of node: OpaquePointer) -> String {
        let type = cmark_node_get_type(node)
        if type == CMARK_NODE_HTML_BLOCK { return "" }
        var raw: [OpaquePointer] = []
        walk(node) { if [CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE].contains(cmark_node_get_type($0)) { raw.append($0) } }
        for each in raw {
            cmark_node_unlink(each)
            cmark_node_free(each)
        }
        guard let text = cmark_render_html(node, CMARK_OPT_DEFAULT, nil) else { return "" }
        defer { cmark_get_default_mem_allocator().pointee.free(text) }
        return String(cString: text)
    }

    private static func hasText(_ node: OpaquePointer) -> Bool {
        var found = false
        walk(node) { each in
            let type = cmark_node_get_type(each)
            if type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_CODE_BLOCK {
                found = found || !isBlank(literal(of: each))
            } else if type == CMARK_NODE_HTML_BLOCK {
                found = found || !isBlank(withoutTags(literal(of: each)))
            }
        }
        return found
    }

    private static func plainText(of node: OpaquePointer) -> String {
        var text = ""
        walk(node) { each in
            let type = cmark_node_get_type(each)
            if type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE { text += literal(of: each) }
            if type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK { text += " " }
        }
        return text
    }

    /// Every node in and under this one, once, without recursion.
    private static func walk(_ node: OpaquePointer, _ visit: (OpaquePointer) -> Void) {
        guard let iterator = cmark_iter_new(node) else { return }
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { return }
            if event == CMARK_EVENT_ENTER, let each = cmark_iter_get_node(iterator) { visit(each) }
        }
    }

    private static func isContainer(_ node: OpaquePointer) -> Bool {
        let type = cmark_node_get_type(node)
        return type == CMARK_NODE_LIST || type == CMARK_NODE_BLOCK_QUOTE
    }

    private static func isHeadingOrFence(_ node: OpaquePointer) -> Bool {
        let type = cmark_node_get_type(node)
        var width: Int32 = 0, indent: Int32 = 0, mark: CChar = 0
        return type == CMARK_NODE_HEADING
            || (type == CMARK_NODE_CODE_BLOCK && cmark_node_get_fenced(node, &width, &indent, &mark) != 0)
    }

    private static func literal(of node: OpaquePointer) -> String {
        cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    }

    private static func isBlank(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(\.properties.isWhitespace) }

    /// What a browser shows of a block of HTML.
    private static func withoutTags(_ html: String) -> String {
        var rest = html[...]
        var shown = ""
        while let open = rest.firstIndex(of: "<") {
            shown += rest[..<open]
            let isComment = rest[open...].hasPrefix("<!--")
            var close = isComment ? rest.index(open, offsetBy: 4) : open
            while close < rest.endIndex, !(rest[close] == ">" && (!isComment || rest[..<close].hasSuffix("--"))) {
                close = rest.index(after: close)
            }
            rest = close < rest.endIndex ? rest[rest.index(after: close)...] : ""
        }
        return shown + rest
    }
}
