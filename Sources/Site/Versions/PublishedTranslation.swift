// The Indonesian that was published with the version in force.

public import Office

extension Translation {
    /// Empty where there is none.
    public init(publishedIn office: Environment) {
        guard let document = try? office.translation(into: "id") else {
            self.init()
            return
        }
        self.init(of: office.policy, document, file: "the translation")
    }
}
