// The difference of two versions in sentences: where a name stands for something else, where two promises take the place of two, where
// a law takes that of a reason, and where other versions lie between.
import Testing

@testable import Policy

extension `A difference in sentences` {
    /// What changes where a few statements stand in the place of others.
    private func said(declared: (String, String), rules: (String, String) = ("", ""), _ tongue: Tongue = .english) throws -> [String] {
        func document(_ declared: String, _ rules: String) -> String {
            Fixture.document.replacing("event handed on", with: "event handed on\n\(declared)")
                .replacing("the person may read", with: "\(rules)\nthe person may read")
        }
        let before = try Fixture.policy(document(declared.0, rules.0))
        let now = try Fixture.policy(document(declared.1, rules.1).replacing("version 1", with: "version 2"))
        let passage = Voice(now, in: tongue).passage(of: now.difference(from: before), from: before)
        return passage.text().split(separator: "\n").map { String($0.drop { $0 == " " }) }
    }

    private static let town = """
        collect town from registration form to answer you
        keep town 3 days after collected, because "x"
        the site may read town to answer you
        """

    @Test func `says of a name that is said to have been another kind of thing what that was`() throws {
        let declared = ("field town: text\nrole guard: x", "field town: text, formerly guard")
        let lines = try said(declared: declared, rules: (Self.town, Self.town))
        #expect(lines.contains("The site by itself may see your town, to answer you. That counts as new, for town isn't what it was."))
        #expect(lines.contains("“town” is said to be what “guard” was; but that was a role of the staff, so “town” counts as a new one."))
        let indonesian = try said(declared: declared, rules: (Self.town, Self.town), .indonesian)
        #expect(indonesian.contains("“town” disebut sebagai yang dulu bernama “guard”; tetapi itu peran staf, jadi “town” terhitung baru."))
        #expect(!(lines + indonesian).contains { $0.contains("for  ") || $0.contains("sebab  ") })
    }

    @Test func `says of what goes with a message under an old name that it is another item`() throws {
        let rules = Self.town + "\nsend word through email address to answer you, always"
        let lines = try said(
            declared: ("field town: text\nmessage word with town: x", "field town: choice\nmessage word with town: x"),
            rules: (rules, rules))
        #expect(lines.contains("What goes with word under this name is another item than before: your town."))
        #expect(
            lines.contains(
                "“town” is another kind of thing than before, and counts as a new one. Before: a text. Now: a choice among a few."))
        #expect(!lines.contains { $0.contains("your .") || $0.contains("goes now also") || $0.contains("goes no longer") })
    }

    @Test func `says of a role that became a kind of person what it was and is`() throws {
        let lines = try said(
            declared: ("role guard: x", "person guard: x"), rules: ("guard may correct name to answer you", "guard may correct name"))
        #expect(
            lines.contains(
                "“guard” is another kind of thing than before, and counts as a new one. Before: a role of the staff. Now: a kind of person."
            ))
    }

    @Test func `asks nobody where a message carries less of which a rule tells, were it given`() throws {
        let rules =
            Self.town + "\nsend word through email address to answer you, always\ntell the person at once when town is given to courier"
        let lines = try said(
            declared: ("field town: text\nmessage word with town, name: x", "field town: text\nmessage word with name: x"),
            rules: (rules + "\nthe site may read name to answer you", rules + "\nthe site may read name to answer you"))
        #expect(lines.contains("With word goes no longer: your town."))
        #expect(!lines.contains { $0.contains("told less") || $0.contains("until you say yes") }, "\(lines.joined(separator: "\n"))")
    }

    @Test func `says of a term that is longer and now by law both`() throws {
        let lines = try said(
            declared: ("", ""),
            rules: (
                "keep email address 30 days after handed on, because \"x\"", "keep email address 1 year after handed on, by law \"tax law\""
            ))
        #expect(
            lines.contains(
                """
                Your email address may stay longer than before. Before: until 30 days after handed on, for a reason of ours; or while \
                your account is active, and for 30 days afterwards, for a reason of ours. Now: until 1 year after handed on, as a law \
                demands; or while your account is active, and for 30 days afterwards, for a reason of ours.
                """), "\(lines.joined(separator: "\n"))")
    }

    @Test func `puts each promise beside the one whose place it takes`() throws {
        let before = """
            never use name by any staff to answer you
            never read name, email address by any staff to answer you unless an open case
            never give email address to courier to answer you
            never delete name by anyone
            """
        let now = """
            never use name, email address by any staff to answer you
            never give name to courier to answer you
            """
        let lines = try said(declared: ("", ""), rules: (before, now)).filter { $0.contains("promise") }
        #expect(
            lines == [
                """
                We promise more than before. Before: Your name may never be used in any way by any of the staff, to answer you. \
                Your name and email address may never be seen by any of the staff, to answer you, unless an open case. \
                Now: Your name and email address may never be used in any way by any of the staff, to answer you.
                """,
                "We promise anew: Your name may never be given to courier, to answer you.",
                "We no longer promise: Your email address may never be given to courier, to answer you.",
                "We no longer promise: Your name may never be deleted by anyone, not even you.",
            ], "\(lines.joined(separator: "\n"))")
    }

    @Test func `is read with a hint where the two versions don't follow each other`() throws {
        func version(_ number: Int) throws -> Policy {
            try Fixture.policy(
                Fixture.document.replacing("version 1", with: "version \(number)").replacing("10 days", with: "\(number) days"))
        }
        let first = try version(1), second = try version(2), third = try version(3)
        #expect(Voice(second).hint(from: first) == nil && Voice(first).hint(from: first) == nil)
        #expect(Voice(third).hint(from: first)?.hasPrefix("Other versions lie between version 1 and version 3") == true)
        #expect(Voice(first).hint(from: third)?.hasPrefix("The second document is the older one, version 1") == true)
        #expect(Voice(third, in: .indonesian).hint(from: first)?.hasPrefix("Di antara versi 1 dan versi 3 ada versi lain") == true)
    }
}
