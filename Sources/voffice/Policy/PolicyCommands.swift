// `voffice policy ...`, in the order in which one meets its commands.

import Policy

enum PolicyCommands {
    private static let faulty = "with errors in the document"

    static var all: [Command] {
        [
            Command(
                words: ["policy", "check"], usage: ["DOC...", "--code DOC..."], operands: 1...1000, takes: [.file],
                purpose: "says what is wrong with a policy",
                detail: "Of several documents, one with words and no rules is a translation of the first that has rules.",
                options: [
                    .init(name: "--code", meaning: "also: uses of the code that no rule permits, and rules that no code relies on")
                ], findings: "with an error or a failed example (a warning is none)", run: Checking.check),
            Command(
                words: ["policy", "test"], usage: ["DOC"], operands: 1...1, takes: [.file], purpose: "runs the examples of a policy",
                detail: "Shows each that came out otherwise, with what the rules say.", findings: "if an example fails", run: Checking.test),
            Command(
                words: ["policy", "decide"], usage: ["DOC < FLOWS", "DOC --collected OLD [--agreed OTHER]... < FLOWS"], operands: 1...1,
                takes: [.file], purpose: "answers flows, a line each, from standard input",
                detail: "A flow is an example without its verdict: customer service reads email address to answer you, on an open case",
                options: [
                    .init(name: "--collected", value: "OLD", kind: .file, meaning: "the version under which the data came"),
                    .init(
                        name: "--agreed", value: "OTHER", kind: .file,
                        meaning: "a version that the person agreed to since; may come several times"),
                ], findings: "if a flow can't be read (a “no” is none)", run: Deciding.decide),
            Command(
                words: ["policy", "explain"], usage: ["DOC FLOW"], operands: 2...2, takes: [.file, .text],
                purpose: "says in plain words why a flow is permitted or not",
                detail: "FLOW is one argument: \"customer service reads email address to answer you, on an open case\"", options: spoken,
                findings: "if the flow can't be read", run: Deciding.explain),
            Command(
                words: ["policy", "diff"], usage: ["OLD NEW", "--database HOUSE OLD NEW"], operands: 2...2,
                takes: [.file], purpose: "says what changes from one version to the next, for whom",
                detail: "Also what the change demands: a yes, a mail, a notice, and how long it waits.",
                options: [
                    .init(
                        name: "--database", value: "HOUSE", kind: .folder,
                        meaning: "counts whom it asks in a house, by its data directory or the address of its database: a number, no more")
                ] + spoken, findings: faulty, run: Differing.diff),
            Command(
                words: ["policy", "who"], usage: ["DOC THING"], operands: 2...2, takes: [.file, .text],
                purpose: "says who may see or use a thing, and why",
                detail: "THING is a field, a category or a message.", options: spoken, findings: faulty, run: Differing.who),
            Command(
                words: ["policy", "what"], usage: ["DOC NAME"], operands: 2...2,
                takes: [.file, .text], purpose: "says what an actor may do, a purpose serves, a condition opens",
                detail: "NAME is a role, “the person”, “the site”, a source, a recipient, a purpose or a condition.", options: spoken,
                findings: faulty, run: Differing.what),
            Command(
                words: ["policy", "coverage"], usage: ["[DOC]"], operands: 0...1,
                takes: [.file], purpose: "shows for each rule the code that relies on it and the examples that try it",
                detail:
                    "At the end: rules with neither, the widest purposes, the conditions that open most, those that data stay for longest. Without DOC it takes the version in force "
                    + "of the house (setting `data`), which may be open, and where there is none policy/voffice.policy.md.",
                findings: faulty,
                run: Covering.coverage),
            Command(
                words: ["policy", "fmt"], usage: ["DOC", "--check DOC", "--stamp DOC TRANSLATION"], operands: 1...2,
                takes: [.file], purpose: "writes the blocks of a policy in their one canonical form",
                detail: "Prose stays as it is. With --stamp it writes into a translation which text of each clause it translates.",
                options: [
                    .init(name: "--check", meaning: "writes nothing, and ends with 1 where there would be something to write"),
                    .init(name: "--stamp", meaning: "stamps TRANSLATION"),
                ], findings: "with errors in the document, or with --check where the form isn't canonical", run: Formatting.format),
            Command(
                words: ["policy", "export"], usage: ["DOC --as dpv|json|html"], operands: 1...1, takes: [.file],
                purpose: "gives a policy to other tools",
                detail:
                    "dpv: JSON-LD in the terms of the W3C Data Privacy Vocabulary. json: the whole table. html: the page, with each rule as a sentence.",
                options: [.init(name: "--as", value: "FORM", kind: .words(["dpv", "json", "html"]), meaning: "dpv, json or html")] + spoken,
                findings: faulty,
                run: Exporting.export),
            Command(
                words: ["policy", "publish"], usage: ["FILE"], operands: 1...1, takes: [.file],
                purpose: "proposes a document as the next version of the house",
                detail:
                    "Prints what it changes, how long that waits and who must approve it. The house is that of the setting `data`, and may be open.",
                options: [
                    .init(name: "--wording-only", value: "NAME", meaning: "its prose changed in wording, not in meaning; several times"),
                    .init(name: "--material", meaning: "it is sent also to people who refused messages, and waits 14 days"),
                ] + spoken.filter { $0.name == "--language" }, findings: "where the house doesn't take it, with the reason",
                run: PolicyPublishing.publish),
            Command(
                words: ["policy", "versions"], usage: [""], operands: 0...0,
                purpose: "lists the versions of the house: proposed, published, in force",
                detail: "The house is that of the setting `data`, and may be open.", findings: "where its database can't be read",
                run: PolicyPublishing.versions),
        ]
    }

    private static var spoken: [Command.Option] {
        [
            .init(
                name: "--language", value: "LANG", kind: .words(Tongue.allCases.map(\.rawValue)),
                meaning: "the language, en or id; the words for names come from the translation"),
            .init(name: "--words", value: "FILE", kind: .file, meaning: "the translation; left out: NAME.id.md beside NAME.policy.md"),
        ]
    }
}
