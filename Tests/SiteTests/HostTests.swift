// As whom the house answers.
import HTTP
import Office
import Testing

@testable import Site

@Suite struct HostTests {
    private func settings(_ address: String, isDevelopment: Bool) -> Settings {
        Settings(operatorName: "PT Alamat Kerja", address: address, isDevelopment: isDevelopment, policyDiagnostics: [])
    }

    @Test func `a house answers at its own address, and in development at this machine`() {
        let open = Hosts(of: settings("https://office.example", isDevelopment: false))
        #expect(open.contains("office.example") && open.contains("Office.Example:443"))
        for other in [
            "evil.test", "localhost", "127.0.0.1:8080", "office.example.evil.test", "evil.test:office.example", "", "x@office.example",
        ] {
            #expect(!open.contains(other), "\(other)")
        }
        #expect(!open.contains(nil))
        let development = Hosts(of: settings("http://office.test:8080", isDevelopment: true))
        for own in ["office.test", "localhost", "localhost:1", "127.0.0.1:65535", "[::1]:8080", "[::1]"] {
            #expect(development.contains(own), "\(own)")
        }
        for other in ["evil.test", "[::2]", "[::1].evil.test", "localhost.evil.test:8080", "127.0.0.1.evil.test", "localhost:8080:x"] {
            #expect(!development.contains(other), "\(other)")
        }
    }

    @Test func `a name that was bent to lead here reads nothing`() async throws {
        let evil = Browser(try await House())
        evil.host = "evil.test"
        for path in ["/", "/dev/outbox", "/assets/tokens.css", "/nothing-here"] {
            let answer = try await evil.get(path)
            #expect(answer.status == 421 && answer.text.contains("http://localhost:8080"), "\(path)")
        }
        #expect(try await evil.get("/healthz").status == 200)
    }
}
