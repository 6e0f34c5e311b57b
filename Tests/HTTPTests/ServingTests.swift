// Against the live server, with raw sockets: what is served, what is refused, and who is cut.
import Foundation
import Glibc
@testable import HTTP
import Testing

@Suite(.serialized) struct Serving {
    private func serving<T>(_ limits: Limits = Limits(), isSecure: Bool = false, _ body: (UInt16) async throws -> T) async throws -> T {
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

    /// What a proxy might read in another way than we do (RFC 9112, section 11.2), or what is no request at all.
    static let disguised: [(String, Int)] = [
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\nContent-Length: 3\r\n\r\nabc", 411),
        ("POST / HTTP/1.1\r\nHost: x\r\n\r\n", 411),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\nabc", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\nhello", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5x\r\n\r\nhello", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n\r\nhello", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\ncontent-length: -1\r\nX: y\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 65537\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
        ("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.0\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400),
        ("GET / HTTP/1.1\nHost: x\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\nX: y\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\n\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nX: a\u{0}b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nX\u{0}Y: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nX: a\u{0}\u{0}Y: b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\u{0}\nX: y\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nX: y\u{0}\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\n\u{0}\n", 400),
        ("GET / HTTP/1.1\u{0}\nHost: x\r\n\r\n", 400),
        ("GET /?a HTTP/1.1\r\nHost: x\u{0}\n\r\n", 400),
        ("GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /a\tb HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /caf\u{e9} HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nX: a\rY: b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nX Y: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\n: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", 400),
        ("GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET / HTTP/1.1 \r\nHost: x\r\n\r\n", 400),
        ("GET /a\u{0}b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /%ff HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /a/../b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /a/%2e%2e/b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET //a HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /?a=%f HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ]

    @Test(arguments: disguised) func `a request in disguise is refused`(_ bytes: String, _ expected: Int) async throws {
        try await serving { port in
            let answer = await aside {
                let wire = Wire(port)
                wire.send(bytes)
                return wire.rest()
            }
            // The library closes the connection without a word on some of them.
            #expect(answer.isEmpty || status(answer) == expected, "\(answer)")
            #expect(!answer.contains("HTTP/1.1 200"), "and nothing behind it was taken for a request")
            #expect(answer.components(separatedBy: "HTTP/1.1 ").count <= 2, "once: \(answer)")
        }
    }

    @Test func `a body may hold what a head may not`() async throws {
        try await serving { port in
            let form =
                "POST /f HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\na=\u{0}\n\u{0}b"
            #expect(status(await Wire.exchange(port, form)) == 200)
        }
    }

    /// Up to the library's own ends, which answer for themselves.
    static let excessive: [(String, Int)] = [
        ("GET /?\(String(repeating: "a=1&", count: 256)) HTTP/1.1\r\nHost: x\r\n\r\n", 200),
        ("GET /?\(String(repeating: "a=1&", count: 257)) HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        ("GET /?\(String(repeating: "a&", count: 7_000)) HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        ("GET / HTTP/1.1\r\nHost: x\r\nCookie: \(String(repeating: "a=1;", count: 500))\r\n\r\n", 200),
        ("GET / HTTP/1.1\r\nHost: x\r\nCookie: \(String(repeating: "a=1;", count: 1_000))\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: x\r\nCookie: \(String(repeating: "a=1; ", count: 3_000))\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: x\r\nCookie: \(String(repeating: "a;", count: 8_000))\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 16_000))\r\n\r\n", 200),
        ("GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 16_384))\r\n\r\n", 431),
        ("GET /\(String(repeating: "a", count: 30_000)) HTTP/1.1\r\nHost: x\r\n\r\n", 431),
        ("GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        ("GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 100_000))\r\n\r\n", 431),
    ]

    @Test(arguments: excessive) func `who sends too much is told so`(_ bytes: String, _ expected: Int) async throws {
        try await serving { port in
            let answer = await aside {
                let wire = Wire(port)
                wire.send(bytes)
                return wire.answer()
            }
            #expect(status(answer) == expected, "\(answer.prefix(200))")
            #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2, "once: \(answer)")
        }
    }

    @Test func `a form with bytes that are no text is refused`() async throws {
        try await serving { port in
            let answer = await aside {
                let wire = Wire(port)
                wire.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\n")
                wire.send(bytes: [0x61, 0x3D, 0xFF, 0xC0, 0x80, 0x21])
                return wire.rest()
            }
            #expect(status(answer) == 400)
        }
    }

    @Test func `who sends a byte now and then is cut, in the head and in the body`() async throws {
        var limits = Limits()
        (limits.headSeconds, limits.bodySeconds) = (0.8, 0.8)
        try await serving(limits) { port in
            for start in ["GET / HTTP/1.1\r\nHost: x\r\nX: ", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"] {
                let ticks = await aside {
                    let wire = Wire(port)
                    wire.send(start)
                    return (0..<60).first { _ in
                        usleep(50_000)
                        return !wire.send("a")
                    }
                }
                #expect(ticks != nil && ticks! > 10, "cut after its time, although it kept sending")
            }
        }
    }

    @Test func `one network has so many connections, and the longest idle one makes room`() async throws {
        var limits = Limits()
        limits.perNetwork = 4
        try await serving(limits) { port in
            let answers = await aside {
                let held = (0..<4).map { _ in Wire(port) }
                held.forEach {
                    $0.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n"); _ = $0.answer()
                }
                let fifth = Wire(port)
                fifth.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                return withExtendedLifetime(held) { fifth.answer() }
            }
            #expect(answers.isEmpty)
        }
        limits.perNetwork = 100
        limits.connections = 4
        try await serving(limits) { port in
            let (fifth, first) = await aside {
                let held = (0..<4).map { _ in
                    let wire = Wire(port)
                    wire.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                    _ = wire.answer()
                    usleep(20_000)
                    return wire
                }
                let fifth = Wire(port)
                fifth.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                return (fifth.answer(), held[0].rest())
            }
            #expect(status(fifth) == 200)
            #expect(first.isEmpty)
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
