// An officer writes the next version in the browser: it is looked at as often as they like, and proposed when it is ready.

public import Policy
public import Vault

/// A version as it is being written. Nothing of it is stored until it is proposed.
public struct WrittenVersion: Sendable {
    public var document: String
    /// By language; an empty one is none.
    public var translations: [String: String]
    public var marks: Marks

    /// - Parameter wordingOnly: names with commas between them.
    public init(document: String, translations: [String: String], wordingOnly: String = "", isMaterial: Bool = false) {
        let names = wordingOnly.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
        (self.document, self.translations) = (document, translations)
        marks = Marks(wordingOnly: names, isMaterial: isMaterial)
    }

    fileprivate var bytes: [UInt8] { Self.lines(document) }
    fileprivate var translated: [String: [UInt8]] { translations.mapValues(Self.lines).filter { !$0.value.isEmpty } }

    /// A form ends its lines with two characters, and a file ends with one.
    private static func lines(_ text: String) -> [UInt8] {
        let text = text.replacing("\r\n", with: "\n")
        return Array((text.isEmpty || text.hasSuffix("\n") ? text : text + "\n").utf8)
    }
}

/// What came of looking at it.
public struct LookedAt: Sendable {
    public let diagnostics: [Diagnostic]
    /// What it would change; nil: it can't be proposed as it stands.
    public let draft: Draft?
    /// Why not, where no error of the document says it.
    public let fault: PublishingFault?
    /// How many people it concerns.
    public let concerned: Concerned
}

extension Environment {
    /// The last version that was published, to begin from.
    public func lastVersion(languages: [String], for member: StaffMember) throws(NotDone) -> WrittenVersion {
        guard member.isOfficer else { throw .notFound }
        var written = WrittenVersion(document: "", translations: [:])
        guard let last = try editions().first(where: { [.published, .inForce].contains($0.state) }) else { return written }
        written.document = String(decoding: try document(of: last) ?? [], as: UTF8.self)
        let policy = try policy(of: last)
        for language in languages {
            written.translations[language] = String(decoding: try translation(into: language, of: policy) ?? [], as: UTF8.self)
        }
        return written
    }

    public func look(at written: WrittenVersion, for member: StaffMember) throws(NotDone) -> LookedAt {
        guard member.isOfficer else { throw .notFound }
        let diagnostics = Policy.compile(written.bytes, file: "policy.md").diagnostics
        do throws(PublishingFault) {
            let draft = try vault.draft(written.bytes, translations: written.translated, marks: written.marks)
            return LookedAt(diagnostics: diagnostics, draft: draft, fault: nil, concerned: try vault.concerned(by: draft))
        } catch { return LookedAt(diagnostics: diagnostics, draft: nil, fault: error, concerned: Concerned()) }
    }

    /// Writes it down for the two officers, and gives its number.
    public func propose(_ draft: Draft, by member: StaffMember) async throws(NotPublished) -> Int64 {
        guard member.isOfficer else { throw .notDone(.notFound) }
        do throws(PublishingFault) { return try await vault.propose(draft) } catch { throw .fault(error) }
    }
}
