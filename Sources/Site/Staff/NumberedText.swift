// A long text to be written in, with the number of each line beside it. Of a line in which something is wrong the number leads to what it is, and
// from there back. The numbers scroll with the text without a script, and some stand below it for the lines that are still to be written.

import HTML

struct NumberedText {
    let id: StaticString
    let language: String
    let text: String
    /// Lines with something wrong, each with the number of what it is.
    var faults: [Int: Int] = [:]
    var hint: String? = nil

    /// Numbers below the text.
    private static let more = 300

    func draw(_ html: inout HTML, _ visit: Visit) {
        let lines = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        html(.div, .class("numbered")) { html in
            html(.div, .class("lines")) { html in
                var plain = ""
                for line in 1...(lines + Self.more) {
                    guard let fault = faults[line] else {
                        plain += "\(line)\n"
                        continue
                    }
                    numbers(&html, &plain)
                    html(
                        .a, .id(of: "line-\(line)"), .href("#fault-\(fault)"),
                        .label(visit.say("Line \(line), see what is wrong", id: "Baris \(line), lihat yang salah")), text: "\(line)")
                    plain += "\n"
                }
                numbers(&html, &plain)
            }
            // The first newline after the tag is the parser's.
            html(
                .textarea, .class("mono"), .id(id), .name(id), .rows(lines), .lang(language), .when(hint != nil, .describedby(hint ?? "")),
                text: "\n" + text)
        }
    }

    /// Whoever listens needs no counting.
    private func numbers(_ html: inout HTML, _ plain: inout String) {
        if !plain.isEmpty { html(.span, .hidden, text: plain) }
        plain = ""
    }
}
