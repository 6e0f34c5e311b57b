// What is damaged of one keeps nothing from the others.

extension Vault {
    /// Does it for each. Where something is damaged, that is thrown when all have had their turn; anything else at once.
    public static func each<Item>(
        of items: some Sequence<Item>, _ body: (Item) async throws(Refusal) -> Void
    ) async throws(Refusal) {
        var damage: Refusal?
        for item in items {
            do throws(Refusal) { try await body(item) } catch {
                guard case .damaged = error else { throw error }
                damage = damage ?? error
            }
        }
        if let damage { throw damage }
    }
}
