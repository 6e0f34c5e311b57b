// Against the live server, with raw sockets: requests in disguise, too much of anything, and who is cut.
import Foundation
import Glibc
@testable import HTTP
import Testing

extension Serving {
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
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n", 413),
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

    @Test func `a body beyond its limit is read to its end, so that whoever sends it reads why it is refused`() async throws {
        try await serving { port in
            let answer = await aside {
                let wire = Wire(port)
                wire.send("POST /f HTTP/1.1\r\nHost: x\r\nContent-Length: 700000\r\n\r\n")
                usleep(100_000)
                for _ in 0..<70 {
                    wire.send(String(repeating: "a=1&", count: 2_500))
                    usleep(1_000)
                }
                return wire.answer()
            }
            #expect(status(answer) == 413, "\(answer.prefix(200))")
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
        ("GET / HTTP/1.1\r\nHost: x\r\nCookie: \(String(repeating: "a=1;", count: 170))\r\n\r\n", 200),
        ("GET / HTTP/1.1\r\nHost: x\r\nCookie: \(String(repeating: "a=1;", count: 1_000))\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: x\r\nCookie: \(String(repeating: "a=1; ", count: 3_000))\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: x\r\nCookie: \(String(repeating: "a;", count: 8_000))\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: x\r\n\((1...99).map { "X\($0): a\r\n" }.joined())\r\n", 200),
        ("GET / HTTP/1.1\r\nHost: x\r\n\((1...100).map { "X\($0): a\r\n" }.joined())\r\n", 431),
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
                    return (0..<600).first { _ in
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
        // A second later the network's own longest waiting one goes, whatever it waits for.
        try await serving(limits) { port in
            let answers = await aside {
                let held = (0..<4).map { _ in Wire(port) }
                held.forEach { $0.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nslow") }
                usleep(1_100_000)
                let fifth = Wire(port)
                fifth.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                return withExtendedLifetime(held) { fifth.answer() }
            }
            #expect(status(answers) == 200)
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
}
