// Who answers to a name or a telephone number, for those who may look. Whether they may, and the record of it, is the gate's, hit by hit.

import Crypto
import Store

extension Vault {
    /// Who has all of these words in their name, whole and in any order; nil: more than `most`.
    public func search(name: String, atMost most: Int) throws(Refusal) -> [Subject]? {
        try living(try keys.holders(of: Self.words(of: name), .nameWord, atMost: most))
    }

    /// Who gave this telephone number, its digits with or without the country; nil: more than `most`.
    public func search(telephone: String, atMost most: Int) throws(Refusal) -> [Subject]? {
        try living(try keys.holders(of: [telephone], .telephone, atMost: most))
    }

    /// From now on they are found by the words of this name, and by no former one.
    public func index(name: String, of subject: Subject) async throws(Refusal) {
        try await keys.set(Self.words(of: name), .nameWord, of: subject)
    }

    /// The same with a telephone number; empty: by none.
    public func index(telephone: String, of subject: Subject) async throws(Refusal) {
        try await keys.set(telephone.isEmpty ? [] : [telephone], .telephone, of: subject)
    }

    /// In small letters, composed one way; what isn't a letter, a mark or a digit parts them.
    static func words(of name: String) -> [String] {
        let composed = NormalForm.composed(name.lowercased()) ?? ""
        return composed.unicodeScalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil && !$0.isMark }.map {
            String($0)
        }
    }

    private func living(_ found: [Subject]?) throws(Refusal) -> [Subject]? {
        guard let found else { return nil }
        var living: [Subject] = []
        for subject in found where try lives(subject) { living.append(subject) }
        return living
    }
}

extension Unicode.Scalar {
    fileprivate var isMark: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }
}
