// Numbers that are given one after the other and never twice, in words that every engine knows.

extension Transaction {
    /// The next number of this name, from 1. It is taken with what is written beside it: a write that is refused takes none.
    public borrowing func nextNumber(of name: StaticString) throws(Failure) -> Int64 {
        let name = name.description
        return try first(
            """
            INSERT INTO number_given (name, last) VALUES (\(name), 1)
                ON CONFLICT (name) DO UPDATE SET last = number_given.last + 1 RETURNING last
            """
        ) { $0.integer(0) } ?? 1
    }
}
