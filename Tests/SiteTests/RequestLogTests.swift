// What the log of requests says, and of whom it says nothing.
import Foundation
import HTTP
import Testing

@testable import Site

@Suite struct `The log of requests` {
    @Test func `has a line for each request, and nothing of anybody in it`() async throws {
        let house = try await House(), sari = try await house.sari()
        let session = try #require(sari.cookies["session"]), receipt = "K7Q2-9XWM"
        let path = FileManager.default.temporaryDirectory.appending(path: "voffice-\(UUID().uuidString).log").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let log = try #require(RequestLog(of: house.site, to: path))
        for target in [
            "/privacy", "/privacy/uses/1", "/left/\(receipt)", "/not-me/\(session)", "/privacy/correction/full-name",
            "/sari@ladatimur.example",
            "/policy/questions?who=customer+service&what=full+name", "/assets/tokens.css", "/assets/Sari-Wijaya-0812",
        ] {
            let request = try Request(
                .get, target, headers: [("Host", "localhost:8080"), ("Cookie", "session=\(session)")],
                address: try #require(Address("203.0.113.7")))
            if case .later(let work) = log.respond(to: request) { _ = await work() }
        }
        _ = log.page(for: .malformed)
        let said = try String(contentsOfFile: path, encoding: .utf8), lines = said.split(separator: "\n")
        let shapes = lines.map { $0.split(separator: " ").dropFirst().prefix(3).joined(separator: " ") }
        #expect(
            shapes == [
                "GET /privacy 200", "GET /privacy/uses/* 200", "GET /left/* 404", "GET /not-me/* 404", "GET /privacy/correction/* 200",
                "GET * 404",
                "GET /policy/questions 200", "GET /assets/* 200", "GET /assets/* 404", "? * 400",
            ])
        #expect(lines.allSatisfy { $0.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ .+ \d+\.\d/) != nil }, "\(said)")
        for secret in [session, receipt, "203.0", "sari", "Sari", "customer"] { #expect(!said.contains(secret), "\(secret)") }
    }

    @Test func `takes in as much as the site without it`() async throws {
        let site = try await House().site,
            path = FileManager.default.temporaryDirectory.appending(path: "voffice-\(UUID().uuidString).log").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let log = try #require(RequestLog(of: site, to: path))
        #expect(log.bodyLimit(at: "/staff/policy/draft") == 512 * 1024 && log.bodyLimit(at: "/cases/new") == nil)
    }

    @Test func `isn't kept where it can't be written`() async throws {
        let site = try await House().site
        #expect(RequestLog(of: site, to: "/proc/nope") == nil && RequestLog(of: site, to: NSTemporaryDirectory()) == nil)
    }
}
