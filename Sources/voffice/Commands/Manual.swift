// Man pages, in the macros of man(7): one of the program, of what begins several commands, of each command, and of `voffice-verify`.

enum Manual {
    struct Page { let name, text: String }

    static var pages: [Page] {
        [Page(name: "voffice", text: program), Page(name: "voffice-verify", text: verifier)]
            + Program.groups.map { Page(name: name(of: $0.words), text: page(of: $0)) }
            + Program.commands.map { Page(name: name(of: $0.words), text: page(of: $0)) }
    }

    private static func name(of words: [String]) -> String { (["voffice"] + words).joined(separator: "-") }

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
        return page + section("SEE ALSO") + references(["voffice-verify"] + Program.commands.map { name(of: $0.words) })
    }

    private static func page(of group: Group) -> String {
        let commands = Program.commands.filter { $0.words.starts(with: group.words) }
        var page = head(name(of: group.words), group.purpose)
        page += section("SYNOPSIS") + ".B \(escaped("voffice " + group.name))\n.I COMMAND\n[\\fIOPTION\\fR ...] [\\fIWHAT\\fR ...]\n"
        page += section("COMMANDS")
        for command in commands { page += term("\\fB\(escaped("voffice " + command.name))\\fR", Help.sentence(command.purpose)) }
        return page + section("SEE ALSO") + references(["voffice"] + commands.map { name(of: $0.words) })
    }

    /// Of the program beside this one, which checks what a person took along (`Sources/verify`).
    private static var verifier: String {
        var page = head("voffice-verify", "checks what somebody took along from a vOffice house, without that house")
        page += section("SYNOPSIS") + "\\fB\(escaped("voffice-verify"))\\fR \\fIFILE\\fR ... [\\fB\(escaped("--key"))\\fR \\fIKEY\\fR]\n"
        page += section("DESCRIPTION")
        page += line("Checks the archive that a person took along from a house, data.zip, or data.json out of it: every use of their")
        page += line("data, the proofs that it is in the house's log, and the signature over the whole. It asks no house and no network.")
        page += section("OPTIONS")
        page += term(
            "\\fB\(escaped("--key"))\\fR \\fIKEY\\fR",
            "The log's key, as the house publishes it on its page /log and others have kept it. Without it nobody can say who signed.")
        page += term("\\fB\(escaped("--help"))\\fR", "Says what it does.")
        page += section("EXIT STATUS") + term("\\fB0\\fR", "Where everything holds, under that key.")
        page += term("\\fB1\\fR", "Where something doesn't.") + term("\\fB2\\fR", "Where it can't be said.")
        return page + section("SEE ALSO") + references(["voffice", "voffice-log"])
    }

    private static func references(_ names: [String]) -> String {
        names.map { ".BR \(escaped($0)) (1)" }.joined(separator: " ,\n") + "\n"
    }

    private static func page(of command: Command) -> String {
        var page = head(name(of: command.words), command.purpose) + section("SYNOPSIS")
        page += command.lines.map { "\\fB\(escaped($0))\\fR" }.joined(separator: "\n.br\n") + "\n"
        page += section("DESCRIPTION") + line(Help.sentence(command.purpose))
        for text in command.detail.split(separator: "\n") { page += line(String(text)) }
        let below = Program.commands.filter { $0.words.count > command.words.count && $0.words.starts(with: command.words) }
        if !below.isEmpty { page += section("COMMANDS") }
        for command in below { page += term("\\fB\(escaped("voffice " + command.name))\\fR", Help.sentence(command.purpose)) }
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
        ".TH \(escaped(name.uppercased())) 1 \"\(Program.day)\" \"vOffice \(Program.version)\" vOffice\n"
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
