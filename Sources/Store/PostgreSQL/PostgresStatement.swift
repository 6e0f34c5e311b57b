// The rows that PostgreSQL answered with, in its binary format, and the row that stands first of those not read.
import CPostgres

/// Holds all rows of the answer until nobody has it any more, so that the next statement needn't wait for them to be read.
@usableFromInline final class PostgresStatement {
    private let result: OpaquePointer
    private let count: Int32
    private var row: Int32 = -1
    /// A value was read that no row of ours has there.
    var flaw: String?

    init(_ result: OpaquePointer) { (self.result, count) = (result, PQntuples(result)) }
    deinit { PQclear(result) }

    /// What kind of statement was carried out.
    func said(_ tag: String) -> Bool { String(cString: PQcmdStatus(result)) == tag }

    /// What the server said of a fault, without what it said of values.
    var words: String? { PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { String(cString: $0) } }

    /// Of a description: what it expects of each value.
    var parameterTypes: [Oid] { (0..<PQnparams(result)).map { PQparamtype(result, $0) } }

    /// How many rows an INSERT, UPDATE or DELETE changed.
    var changed: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    /// Moves to the next row; false at the end.
    func step() -> Bool {
        row += 1
        return row < count
    }

    func isNull(_ column: Int32) -> Bool { PQgetisnull(result, row, column) != 0 }

    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
    }

    func name(_ column: Int32) -> String { PQfname(result, column).map { String(cString: $0) } ?? "?" }

    func kind(_ column: Int32) -> Statement.Kind {
        if isNull(column) { return .none }
        switch PQftype(result, column) {
        case PostgresType.text: return .text
        case PostgresType.bytes: return .blob
        default: return .integer
        }
    }

    /// 0 where the value is NULL.
    func integer(_ column: Int32) -> Int64 {
        let bytes = bytes(column)
        switch PQftype(result, column) {
        case PostgresType.numeric: return Self.wholeNumber(bytes)
        case PostgresType.text: return Int64(String(decoding: bytes, as: UTF8.self)) ?? 0
        default: return bytes.dropFirst().reduce(bytes.first.map { Int64(Int8(bitPattern: $0)) } ?? 0) { $0 << 8 | Int64($1) }
        }
    }

    /// A sum of BIGINT comes as NUMERIC: count of digits to the base 10,000, the power of the first, sign, digits behind the point, then
    /// the digits, each of 16 bits (`numeric_send`). The largest that there is where it is more than 64 bits hold.
    private static func wholeNumber(_ bytes: UnsafeRawBufferPointer) -> Int64 {
        func word(_ place: Int) -> Int64 { Int64(bytes[2 * place]) << 8 | Int64(bytes[2 * place + 1]) }
        let digits = Int(word(0)), power = Int(Int16(truncatingIfNeeded: word(1))), isNegative = word(2) == 0x4000
        var value: Int64 = 0
        for place in 0..<max(0, power + 1) {
            let (shifted, isTooMuch) = value.multipliedReportingOverflow(by: 10_000)
            let (sum, isMore) = shifted.addingReportingOverflow(place < digits ? word(4 + place) : 0)
            if isTooMuch || isMore { return .max }
            value = sum
        }
        return isNegative ? -value : value
    }
}

/// The numbers of the types that occur (`pg_type`).
enum PostgresType {
    static let bytes: Oid = 17, integer: Oid = 20, text: Oid = 25, numeric: Oid = 1700
}
