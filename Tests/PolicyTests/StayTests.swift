// Until when a datum stays that was collected under an earlier version; what random lives have shown to be worth a test of its own.
import Testing

@testable import Policy

@Suite struct `A datum under two versions` {
    private func policy(_ version: Int, _ rules: String, name: String = "name", former: String = "") throws -> Policy {
        let text = """
            # Small

            ```policy
            policy small, version \(version), from 2026-01-01
            field \(name): text\(former)
            field diary: text, record
            source form: what you type
            purpose serve: to serve you
            condition cut off: you cut us off
            ```

            ## All {#all}

            Prose.

            ```policy
            \(rules)
            ```
            """
        return try #require(Policy.compile(Array(text.utf8), file: "small.md", checked: false).policy)
    }

    private let begin = Day(iso: "2026-01-10")!
    private func history(_ change: (inout History) -> Void = { _ in }) -> History {
        var history = History(events: ["collected": begin])
        change(&history)
        return history
    }

    @Test func `stays for the shorter term, and for a longer one only by agreement`() throws {
        let old = try policy(1, "keep name 10 days after collected, because \"so long\"")
        let new = try policy(2, "keep name 20 days after collected, because \"longer\"")
        #expect(Governing(new, collected: old).stay(of: "name", history(), on: begin).until == Day(iso: "2026-01-20"))
        #expect(Governing(old, collected: new).stay(of: "name", history(), on: begin).until == Day(iso: "2026-01-20"))
        #expect(Governing(new, collected: old, agreed: [new]).stay(of: "name", history(), on: begin).until == Day(iso: "2026-01-30"))
    }

    @Test func `that is a record stays for the longer`() throws {
        let old = try policy(1, "keep diary 20 days after collected, because \"so long\"")
        let new = try policy(2, "keep diary 10 days after collected, because \"shorter\"")
        #expect(Governing(new, collected: old).stay(of: "diary", history(), on: begin).until == Day(iso: "2026-01-30"))
        #expect(Governing(new, collected: old).stay(of: "diary", history(), on: begin).policy.version == old.version)
    }

    @Test func `is followed to its new name`() throws {
        let old = try policy(1, "keep name 10 days after collected, because \"so long\"")
        let new = try policy(
            2, "keep first name 5 days after collected, because \"shorter\"", name: "first name", former: ", formerly name")
        let governing = Governing(new, collected: old)
        #expect(governing.stay(of: "name", history(), on: begin).until == Day(iso: "2026-01-15"))
        #expect(governing.nameNow(of: "name") == "first name" && governing.nameThen(of: "first name") == "name")
    }

    @Test func `goes where the present version doesn't have it any more`() throws {
        let old = try policy(1, "keep name 10 days after collected, because \"so long\"")
        let new = try policy(2, "keep other 10 days after collected, because \"so long\"", name: "other")
        #expect(!Governing(new, collected: old).stay(of: "name", history(), on: begin).kept)
    }

    @Test func `kept while something isn't so stays on for its time after that begins`() throws {
        let policy = try policy(1, "keep name while not cut off, then 30 days, because \"so long\"")
        let cut = history {
            $0.holding = ["cut off"]
            $0.lastFailed["cut off"] = begin
        }
        #expect(Governing(policy).stay(of: "name", cut, on: begin).until == Day(iso: "2026-02-09"))
        #expect(!Governing(policy).stay(of: "name", history { $0.holding = ["cut off"] }, on: begin).kept)
    }

    @Test(arguments: ["cut off", "not cut off"])
    func `stays where nobody can tell`(_ condition: String) throws {
        let policy = try policy(1, "keep name while \(condition), because \"so long\"")
        let stay = Governing(policy).stay(of: "name", history { $0.unknown = ["cut off"] }, on: begin)
        #expect(stay.kept && stay.until == nil)
    }
}
