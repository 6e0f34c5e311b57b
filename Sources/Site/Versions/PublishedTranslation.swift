// The Indonesian that was published with a version.

public import Office
import Policy

extension Translation {
    /// With the version in force; empty where there is none.
    public init(publishedIn office: Environment) { self.init(of: office.policy, publishedIn: office) }

    init(of version: Policy, publishedIn office: Environment) {
        guard let document = try? office.translation(into: "id", of: version) else {
            self.init()
            return
        }
        self.init(of: version, document, file: "the translation")
    }
}
