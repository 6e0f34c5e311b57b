// Against the live server, with raw sockets: what is served, and how. What is refused stands beside it.
import Foundation
import Glibc
@testable import HTTP
import Testing

@Suite(.serialized) struct Serving {
    func serving<T>(_ limits: Limits = Limits(), isSecure: Bool = false, _ body: (UInt16) async throws -> T) async throws -> T {
        let server = try Server(port: 0, isSecure: isSecure, limits: limits, Echo())
        do {
            let result = try await body(server.port)
            await aside { server.stop() }
            return result
        } catch {
            await aside { server.stop() }
            throw error
        }
    }

    @Test func `a request comes in decoded and goes out protected`() async throws {
        try await serving { port in
            let answer = await Wire.exchange(
                port, "GET /caf%C3%A9?a=1+2&b=%26 HTTP/1.1\r\nHost: x\r\nCookie: other=1; session=s3\r\nSec-GPC: 1\r\n\r\n")
            #expect(status(answer) == 200)
            #expect(answer.hasSuffix("get /café [a=1 2,b=&] [] s3 true"))
            for header in [
                "Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
                "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin", "Permissions-Policy: ",
                "Cache-Control: no-store",
            ] { #expect(answer.contains("\r\n" + header), "\(header)") }
            #expect(!answer.contains("Strict-Transport-Security"))
        }
    }

    @Test func `a form comes in field by field`() async throws {
        try await serving { port in
            let answer = await Wire.exchange(
                port,
                "POST /register HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 29\r\n\r\nname=O%27Brien&note=a%0Ab+c&x"
            )
            #expect(answer.hasSuffix("post /register [] [name=O'Brien,note=a\nb c,x=] - false"))
        }
    }

    @Test func `two requests share a connection, and HEAD gets no body`() async throws {
        try await serving { port in
            let both = await aside {
                let wire = Wire(port)
                wire.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n")
                let first = wire.answerHead()
                wire.send("GET /b HTTP/1.1\r\nHost: x\r\n\r\n")
                return (first, wire.answer())
            }
            #expect(status(both.0) == 200 && both.0.hasSuffix("\r\n\r\n"))
            #expect(both.1.hasSuffix("get /b [] [] - false"))
        }
    }

    @Test func `64 at once are answered, suspended or not`() async throws {
        try await serving { port in
            await withTaskGroup(of: Bool.self) { group in
                for number in 0..<64 {
                    group.addTask {
                        let path = number.isMultiple(of: 2) ? "/slow" : "/\(number)"
                        let answer = await Wire.exchange(port, "GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                        return status(answer) == 200 && answer.contains(number.isMultiple(of: 2) ? "slept" : "get /\(number) ")
                    }
                }
                for await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test func `stopping lets a request in hand finish`() async throws {
        let server = try Server(port: 0, Echo())
        async let answer = Wire.exchange(server.port, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        try await Task.sleep(for: .milliseconds(80))
        await aside { server.stop() }
        #expect(await answer.hasSuffix("slept"))
    }

    @Test func `stopping doesn't wait for ever`() async throws {
        var limits = Limits()
        limits.drainSeconds = 0.3
        let server = try Server(port: 0, limits: limits, Echo())
        async let answer = Wire.exchange(server.port, "GET /never HTTP/1.1\r\nHost: x\r\n\r\n")
        try await Task.sleep(for: .milliseconds(80))
        await aside { server.stop() }
        #expect(status(await answer) == 503)
    }

    @Test func `cookies are narrow, and narrower under https`() async throws {
        let plain = try await serving { await Wire.exchange($0, "GET /moved HTTP/1.1\r\nHost: x\r\n\r\n") }
        #expect(status(plain) == 303 && plain.contains("\r\nLocation: /there\r\n"))
        #expect(plain.contains("\r\nSet-Cookie: session=abc; Path=/; HttpOnly; SameSite=Strict\r\n"))
        #expect(plain.contains("\r\nSet-Cookie: old=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0\r\n"))
        let secure = try await serving(isSecure: true) { await Wire.exchange($0, "GET /moved HTTP/1.1\r\nHost: x\r\n\r\n") }
        #expect(secure.contains("\r\nSet-Cookie: __Host-session=abc; Path=/; HttpOnly; SameSite=Strict; Secure\r\n"))
        #expect(secure.contains("\r\nStrict-Transport-Security: "))
    }

    @Test func `an asset is sent once and then known by its tag`() async throws {
        try await serving { port in
            let first = await Wire.exchange(port, "GET /style.css HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(first.hasSuffix("body { margin: 0 }") && first.contains("immutable"))
            let tag = "\"\(Echo.style.version)\""
            let again = await Wire.exchange(port, "GET /style.css HTTP/1.1\r\nHost: x\r\nIf-None-Match: \(tag)\r\n\r\n")
            #expect(status(again) == 304 && again.hasSuffix("\r\n\r\n"))
        }
    }

    @Test(arguments: [
        ("gzip, deflate, br", true), ("br;q=1, GZIP ; q=0.5", true), ("gzip;q=0, br", false), ("gzip;q=x", false), ("br", false),
        ("*", false),
        ("x-gzip", false), (nil, false),
    ])
    func `an asset goes compressed to whom takes it, and nothing else does`(_ accepts: String?, _ isPacked: Bool) async throws {
        try await serving { port in
            let line = accepts.map { "Accept-Encoding: \($0)\r\n" } ?? ""
            let long = await Wire.exchange(port, "HEAD /long.css HTTP/1.1\r\nHost: x\r\n\(line)Connection: close\r\n\r\n")
            #expect(long.contains("\r\nContent-Encoding: gzip\r\n") == isPacked)
            #expect(long.contains("\r\nVary: Accept-Encoding\r\n"))
            let tag = "\"\(Echo.long.version)\(isPacked ? "-gzip" : "")\""
            #expect(long.contains("\r\nETag: \(tag)\r\n"))
            let again = await Wire.exchange(port, "GET /long.css HTTP/1.1\r\nHost: x\r\n\(line)If-None-Match: \(tag)\r\n\r\n")
            #expect(status(again) == 304)
            let page = await Wire.exchange(port, "GET /?\(String(repeating: "a", count: 4_000)) HTTP/1.1\r\nHost: x\r\n\(line)\r\n")
            #expect(!page.contains("Content-Encoding"), "a page that reflects its request is never compressed")
        }
    }
}
