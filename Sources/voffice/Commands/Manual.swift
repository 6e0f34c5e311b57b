// Man pages, in the macros of man(7): one of the program, and one of each command.

enum Manual {
    struct Page { let name, text: String }

    static var pages: [Page] {
        [Page(name: "voffice", text: program)] + Program.commands.map { Page(name: name(of: $0), text: page(of: $0)) }
    }

    private static func name(of command: Command) -> String { (["voffice"] + command.words).joined(separator: "-") }

    private static var program: String {
        var page = head("voffice", "a virtual office whose privacy policy is a program")
        page += section("SYNOPSIS") + ".B voffice\n.I COMMAND\n[\\fIOPTION\\fR ...] [\\fIWHAT\\fR ...]\n"
        page += section("COMMANDS")
        for command in Program.commands { page += term("\\fB\(escaped("voffice " + command.name))\\fR", Help.sentence(command.purpose)) }
        page += section("EXIT STATUS") + term("\\fB0\\fR", "Where all is well.")
        page += term("\\fB1\\fR", "With findings, or where it couldn't be done; the page of a command says when.")
        page += term("\\fB2\\fR", "For wrong use: an unknown command, option or name, a file that can't be read.")
        page += section("ENVIRONMENT")
        page += term("\\fBVOFFICE_CONF\\fR", "The settings file, instead of voffice.conf where the program is started.")
        page += term(
            "\\fBVOFFICE_\\fINAME\\fR", "A setting, before that of the file. There are: \(Configuration.names.joined(separator: ", ")).")
        page += section("FILES") + term("\\fIvoffice.conf\\fR", "Settings; the one that comes with the program explains each.")
        page += section("SEE ALSO") + Program.commands.map { ".BR \(escaped(name(of: $0))) (1)" }.joined(separator: " ,\n") + "\n"
        return page
    }

    private static func page(of command: Command) -> String {
        var page = head(name(of: command), command.purpose) + section("SYNOPSIS")
        page += command.lines.map { "\\fB\(escaped($0))\\fR" }.joined(separator: "\n.br\n") + "\n"
        page += section("DESCRIPTION") + line(Help.sentence(command.purpose))
        for text in command.detail.split(separator: "\n") { page += line(String(text)) }
        page += section("OPTIONS")
        for option in command.allOptions {
            let value = option.value.map { " \\fI\(escaped($0))\\fR" } ?? ""
            page += term("\\fB\(escaped(option.name))\\fR\(value)", Help.sentence(option.meaning))
        }
        page += section("EXIT STATUS")
        for code in command.codes { page += term("\\fB\(code.code)\\fR", Help.sentence(code.meaning)) }
        return page + section("SEE ALSO") + ".BR voffice (1)\n"
    }

    private static func head(_ name: String, _ purpose: String) -> String {
        ".TH \(escaped(name.uppercased())) 1 \"\" \"vOffice \(Program.version)\" vOffice\n"
            + section("NAME") + "\(escaped(name)) \\- \(escaped(purpose))\n"
    }

    private static func section(_ name: String) -> String { ".SH \(name)\n" }
    private static func term(_ name: String, _ meaning: String) -> String { ".TP\n\(name)\n" + line(meaning) }
    private static func line(_ text: String) -> String { escaped(text) + "\n" }

    /// Nothing of a text is read as a request or an escape; what isn't ASCII is named by its code.
    private static func escaped(_ text: String) -> String {
        var escaped = text.first.map { $0 == "." || $0 == "'" } == true ? "\\&" : ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            case _ where scalar.isASCII: escaped.unicodeScalars.append(scalar)
            default:
                let code = String(scalar.value, radix: 16, uppercase: true)
                escaped += "\\[u" + String(repeating: "0", count: max(0, 4 - code.count)) + code + "]"
            }
        }
        return escaped
    }
}
