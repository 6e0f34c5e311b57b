// What PostgreSQL says, in terms of what to do about it. What it says of values (its DETAIL) is never passed on.
import CPostgres

extension StoreFault {
    /// The fault of an answer, by its SQLSTATE (appendix A of PostgreSQL's manual).
    init(_ result: OpaquePointer, on server: PostgresServer) {
        func field(_ name: Int32) -> String { PQresultErrorField(result, name).map { String(cString: $0) } ?? "" }
        let state = field(Int32(UInt8(ascii: "C"))), message = field(Int32(UInt8(ascii: "M")))
        switch state {
        case "23505": self = .conflict(Self.key(of: field(Int32(UInt8(ascii: "t"))), field(Int32(UInt8(ascii: "D")))))
        case "25006": self = .readOnly
        case "40001", "40P01", "55P03": self = .busy
        case "57014": self = .slow
        case "53100": self = .full
        case "53300": self = .crowded
        case "42501": self = .denied("\(server.name): \(message)")
        case "57P01", "57P02", "57P03", "57P05", "25P03": self = .unreachable("\(server.name): \(message)")
        case "XX001", "XX002": self = .corrupt("\(server.name): \(message)")
        case _ where state.hasPrefix("22") || state.hasPrefix("23"): self = .violated(message)
        case _ where state.hasPrefix("53") || state.hasPrefix("58"): self = .inputOutput("\(server.name): \(message)")
        case _ where state.hasPrefix("08"): self = .unreachable("\(server.name): \(message)")
        case _ where state.hasPrefix("28"): self = .denied("\(server.name): \(message)")
        default: self = .statement(message)
        }
    }

    /// Whether the whole transaction was lost to another one, and may be run again.
    static func isLostToAnother(_ result: OpaquePointer) -> Bool {
        guard let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))) else { return false }
        return ["40001", "40P01"].contains(String(cString: state))
    }

    /// `room.name`, as SQLite names it: the columns stand between the first brackets of the detail, the values, which stay here, in the second.
    /// What is called `record_3` is a part of `record`.
    private static func key(of part: String, _ detail: String) -> String {
        let end = part.lastIndex { !("0"..."9").contains($0) }, table = end.map { part[$0] == "_" ? String(part[..<$0]) : part } ?? part
        guard let begin = detail.firstIndex(of: "("), let end = detail.range(of: ")=(", from: begin) else { return table }
        let columns = detail[detail.index(after: begin)..<end].split(separator: ",")
        return columns.map { "\(table).\($0.drop { $0 == " " })" }.joined(separator: ", ")
    }
}

extension String {
    /// Where these words begin, behind a place; without Foundation.
    fileprivate func range(of words: String, from begin: Index) -> Index? {
        indices[begin...].first { self[$0...].hasPrefix(words) }
    }
}
