// Whichever line of the policy is gone: no form that a page offers is answered with the policy's no.
import Foundation
import HTTP
import Policy
import Testing

@testable import Office
@testable import Site

@Suite struct EveryLine {
    /// The lines on which a use of the code stands alone, or how long it keeps what it takes in.
    static let lines: [String] = {
        let text = (try? String(contentsOf: House.root.appending(path: "policy/voffice.policy.md"), encoding: .utf8)) ?? ""
        var lines: [String] = [], isPolicy = false
        for line in text.components(separatedBy: "\n") {
            if line.hasPrefix("```") { isPolicy = line == "```policy" }
            if isPolicy, line.hasPrefix("  "), let last = lines.popLast() {
                lines.append(last + "\n" + line)
            } else if isPolicy {
                lines.append(line)
            }
        }
        return lines.filter { line in
            let rest = text.replacing("\n\(line)\n", with: "\n")
            guard ["never", "note", "tell", "```"].allSatisfy({ !line.hasPrefix($0) }),
                let policy = Policy.compile(Array(rest.utf8), file: "voffice.policy.md").policy
            else { return false }
            let uses = Environment.uses.map { $0.declared }, collected = uses.filter { $0.verb == .collect }.flatMap(\.things)
            return !policy.usesWithoutRule(of: uses.map { ("", $0) }).isEmpty || collected.contains { !policy.isKept($0) }
        }
    }()

    private static let pagesOfSari = [
        "/privacy", "/privacy/correction/full-name", "/privacy/correction/email-address", "/cases/new", "/cases/1",
        "/privacy/versions", "/account/second-factor", "/account/recovery-codes", "/account/password", "/leave",
    ]

    @Test func `the code stands on some thirty lines`() { #expect(Self.lines.count > 20, "\(Self.lines)") }

    @Test(arguments: lines) func `what is offered is done`(_ line: String) async throws {
        let house = try await House(), sari = try await house.sari(), ratna = try await house.ratna()
        let budi = try await house.colleague("budi@office.example", "customer service", invitedBy: ratna)
        let wulan = try await house.colleague("wulan@office.example", "privacy officer", invitedBy: ratna)
        let words = "a heron over the quiet harbour"
        #expect(try await sari.post("/account/password", ["password": words, "again": words]).status == 303)
        #expect(try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"]).status == 303)
        try await house.reopen(lacking: [line])
        let visits: [(Browser, [String])] = [
            (Browser(house), ["/register", "/sign-in"]), (budi, ["/staff/cases/1", "/account/password"]),
            (ratna, ["/staff/team"]), (wulan, ["/staff/holds", "/staff/policy"]), (sari, Self.pagesOfSari),
        ]
        for (browser, pages) in visits {
            for page in pages {
                let found = try await browser.get(page)
                #expect(found.status != 500, "\(page)")
                for form in Form.all(in: found.text) where form.action != "/sign-out" {
                    // What the one before it did may have changed what is offered.
                    guard try await browser.get(page).text.contains("action=\"\(form.action)\"") else { continue }
                    let answer = try await browser.post(form.action, form.filled(on: page), from: page)
                    #expect(![403, 404, 500].contains(answer.status), "\(page) offers \(form.action): \(answer.status)")
                }
            }
        }
    }
}

extension House {
    fileprivate func colleague(_ email: String, _ role: String, invitedBy ratna: Browser) async throws -> Browser {
        let browser = Browser(self)
        _ = try await ratna.post("/staff/team", ["name": "Budi Santoso", "email": email, "role": role])
        _ = try await browser.post("/sign-in", ["email": email])
        try await browser.enterCode()
        return browser
    }
}

/// A form of a page, with what stands in it.
private struct Form {
    let action: String, fields: [String: String]

    static func all(in page: String) -> [Form] {
        page.matches(of: /<form [^>]*method="post"[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/).map { form in
            var fields: [String: String] = [:]
            for input in form.2.matches(of: /<(?:input|textarea|button)([^>]*)>/) {
                guard let name = input.1.firstMatch(of: /\bname="([^"]+)"/)?.1 else { continue }
                fields[String(name)] = input.1.firstMatch(of: /\bvalue="([^"]*)"/).map { String($0.1) } ?? ""
            }
            return Form(action: String(form.1), fields: fields)
        }
    }

    /// With what somebody would type.
    func filled(on page: String) -> [String: String] {
        var filled = fields
        let typed: [String: String] = [
            "name": "Dewi Lestari", "email": "dewi@tokobaru.example", "telephone": "0812 5550 4418", "text": "One more.", "sure": "yes",
            "value": page.hasSuffix("email-address") ? "sari@newplace.example" : "Sari Wijayanti", "password": "another heron by the sea",
            "again": "another heron by the sea", "staff-email": "budi@office.example", "code": "000000", "role": "billing clerk",
            "customer": "sari@ladatimur.example", "field0": "yes", "word": "yes", "review": "2026-12-31",
        ]
        for (name, value) in typed where fields[name] != nil { filled[name] = value }
        return filled
    }
}
