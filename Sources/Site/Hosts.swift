// Which hosts the house answers as. A page of another name could be made to lead here (DNS rebinding), and would then read
// what only this machine may.

import HTTP
import Office

struct Hosts: Sendable {
    private let names: Set<String>

    /// The configured address; in a development directory also this machine, whatever the port is called on the way here.
    init(of settings: Settings) {
        let authority = settings.address.drop { $0 != "/" }.drop { $0 == "/" }.prefix { $0 != "/" }
        let own: Set = [Self.name(String(authority)), String(authority)]
        names = settings.isDevelopment ? own.union(["localhost", "127.0.0.1", "[::1]"]) : own
    }

    func contains(_ header: String?) -> Bool {
        guard let header else { return false }
        // As browsers write it; any other way to write it takes longer to read.
        return names.contains(header) || names.contains(Self.name(header))
    }

    /// Without the port.
    private static func name(_ host: String) -> String {
        let literal = host.first == "[" ? host.prefix { $0 != "]" } : ""
        let rest = host.dropFirst(literal.count)
        let name = literal + rest.prefix { $0 != ":" }
        let port = rest.drop { $0 != ":" }.dropFirst()
        return port.utf8.allSatisfy { (0x30...0x39).contains($0) } ? name.lowercased() : ""
    }
}
