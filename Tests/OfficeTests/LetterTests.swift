// Letters: which language somebody reads we don't store, so each says both, and writes days as people do in each.

import Crypto
import Foundation
import Outbound
import Policy
import Testing
import Vault

@testable import Office

@Suite struct `Every letter` {
    private static let day = Day(20_668)

    private static func all(_ office: Office.Environment) -> [String: Letter] {
        let token = Token(from: office.randomness)
        var letters: [String: Letter] = [
            "code": .code("123456", office), "addressNotice": .addressNotice(office), "addressAsked": .addressAsked(office),
            "addressChanged": .addressChanged(token, office), "numberChanged": .numberChanged(token, office),
            "restrictionEnded": .restrictionEnded(office), "deleted": .deleted(office),
            "deletionAsked": .deletionAsked(on: day, receipt: "R", office),
            "toldLate": .toldLate(office), "signInNotice": .signInNotice(alarm: token, office),
            "changeOfKeys": .changeOfKeys(alarm: token, office), "wayBackAsked": .wayBackAsked(from: day, alarm: token, office),
            "invitationOfCustomer": .invitationOfCustomer(role: "clerk", translated: "petugas", office),
            "invitation": .invitation(role: "clerk", translated: "petugas", office), "caseAnswer": .caseAnswer("Yes.", 7, office),
            "callerCode": .callerCode("123456", office), "codeOfNew": .codeOfNew("123456", office),
            "deletionAtTheirWord": .deletionAtTheirWord(on: day, receipt: "R", in: 7, office),
            "calledBack": .calledBack(in: 7, from: day, alarm: token, office), "complaintAnswered": .complaintAnswered(7, of: 12, office),
            "officerNamed": .officerNamed(
                NewOfficer(role: "privacy officer", number: 2, named: office.clock.now()), translated: "petugas", office),
        ]
        for field in ["email address", "telephone number"] {
            letters["movedAtTheirWord \(field)"] = .movedAtTheirWord(field, token, isKey: true, in: 7, office)
        }
        for wish in [Wish.name, .sleep, .waking] {
            letters["changedAtTheirWord \(wish)"] = .changedAtTheirWord(wish, in: 7, office)
        }
        return letters
    }

    @Test func `says in its subject what it is about in both languages`() async throws {
        let house = try await House()
        for (name, letter) in Self.all(house.office) {
            let halves = letter.subject.components(separatedBy: " / ")
            #expect(halves.count == 2 && halves.allSatisfy { $0.count > 3 } && halves[0] != halves[1], "\(name): \(letter.subject)")
            #expect(letter.short.contains(" / "), "\(name): \(letter.short)")
        }
    }

    @Test func `writes no day as a machine does, and each in both languages`() async throws {
        let house = try await House()
        for (name, letter) in Self.all(house.office) {
            let whole = [letter.subject, letter.short, letter.text]
            #expect(whole.allSatisfy { $0.firstMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) == nil }, "\(name)")
            for words in whole where words.contains(Self.day.english) { #expect(words.contains(Self.day.indonesian), "\(name): \(words)") }
        }
        #expect(Self.day.english != Self.day.indonesian)
    }

    /// A new one has to be among those above.
    @Test func `is looked at here`() async throws {
        let house = try await House(),
            looked = Set(Self.all(house.office).keys.compactMap { $0.split(separator: " ").first.map(String.init) })
        let folder = House.root.appending(path: "Sources/Office")
        var written: Set<String> = []
        for case let file as URL in try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for found in text.matches(of: /static func (\w+)\([^{]*\) -> Letter \{/) { written.insert(String(found.1)) }
        }
        #expect(written == looked)
    }
}
