// A form sent twice.
import Crypto
import HTTP
import Testing

@testable import Site

@Suite struct `A button pressed twice` {
    @Test func `asks one question`() async throws {
        let house = try await House(), sari = try await house.sari()
        let form = ["text": "My post is late.", "telephone": "0812 5550 4417", "form": try await sari.get("/cases/new").token]
        let one = try await sari.post("/cases/new", form)
        #expect(one.status == 303)
        #expect(try await sari.post("/cases/new", form).location == one.location)
        #expect(try await sari.get("/cases").text.matches(of: /href="\/cases\/\d+"/).count == 1)
        var corrected = form
        corrected["text"] = "My post is late again."
        #expect(try await sari.post("/cases/new", corrected).location != one.location, "what was changed before it went is another form")
    }

    @Test func `registers once and sends one mail, also on a reload`() async throws {
        let house = try await House(), sari = Browser(house)
        let form = [
            "name": "Sari Wijaya", "email": "sari@ladatimur.example", "telephone": "", "form": try await sari.get("/register").token,
        ]
        for _ in 0..<3 { #expect(try await sari.post("/register", form).location == "/register/code") }
        #expect(house.office.outbox.count == 1)
        let again = ["form": try await sari.get("/sign-in/code").token]
        house.clock.advance(by: .seconds(60))
        for _ in 0..<3 { #expect(try await sari.post("/sign-in/code/renewal", again).status == 303) }
        #expect(house.office.outbox.count == 2)
    }

    @Test func `signs in once, and both answers bring the same session`() async throws {
        let house = try await House(), sari = Browser(house)
        _ = try await sari.post("/register", ["name": "Sari Wijaya", "email": "sari@ladatimur.example", "telephone": ""])
        let code = try #require(house.office.outbox.first?.text.firstMatch(of: /\d{6}/)).output
        let form = ["code": String(code), "form": try await sari.get("/sign-in/code").token]
        #expect(try await sari.post("/sign-in/code", form).location == "/privacy")
        let session = sari.cookies["session"]
        // The first answer has come: the browser has a session by now, and lost its challenge.
        #expect(try await sari.post("/sign-in/code", form).location == "/privacy")
        #expect(sari.cookies["session"] == session)
        let thief = Browser(house)
        _ = try await thief.get("/sign-in")
        #expect(try await thief.post("/sign-in/code", form).status == 403, "another browser's press is its own")
    }

    @Test func `may be pressed again where the first answer was a page`() async throws {
        let sari = Browser(try await House())
        let form = ["name": "", "email": "sari@ladatimur.example", "telephone": "", "form": try await sari.get("/register").token]
        for _ in 0..<2 { #expect(try await sari.post("/register", form).status == 422) }
    }

    @Test func `waits for its first answer, whatever that is`() async throws {
        let press = SHA256.hash(Array("a form".utf8))
        for status: UInt16 in [303, 422] {
            let presses = Presses(), (goes, go) = AsyncStream<Void>.makeStream()
            let work: @Sendable () async -> Response = {
                for await _ in goes { break }
                return .text("", status: status)
            }
            guard case .later(let first) = presses.once(press, { .later(work) }),
                case .later(let second) = presses.once(press, { .now(.text("", status: 500)) })
            else { throw Unexpected() }
            async let one = first(), other = second()
            go.yield()
            #expect(await (one.status, other.status) == (status, status))
        }
    }

    @Test func `is one for ten minutes`() async throws {
        let moment = Moment(), presses = Presses { moment.now }
        let press = SHA256.hash(Array("a form".utf8))
        func answer(_ text: String) async -> String? {
            guard case .later(let work) = presses.once(press, { .later { Response.see("/\(text)") } }) else { return nil }
            return await work().headers.first?.1
        }
        #expect(await answer("first") == "/first")
        moment.now += .seconds(600)
        #expect(await answer("second") == "/first")
        moment.now += .seconds(1)
        #expect(await answer("third") == "/third")
    }
}

@Suite struct `An answer that lets somebody in` {
    @Test func `comes again for half a minute`() async throws {
        let moment = Moment(), presses = Presses { moment.now }
        let press = SHA256.hash(Array("a code".utf8))
        func answer(_ session: String) async -> String? {
            var response = Response.see("/privacy")
            response.cookies = [Cookie("session", session)]
            guard case .later(let work) = presses.once(press, { [response] in .later { response } }) else { return nil }
            return await work().cookies.first?.value
        }
        #expect(await answer("first") == "first")
        moment.now += .seconds(30)
        #expect(await answer("second") == "first")
        moment.now += .seconds(1)
        #expect(await answer("third") == "third")
    }

    @Test(arguments: [Cookie("language", "id"), Cookie("challenge", "abc"), Cookie("session", "", life: .over)])
    func `is known by its session: with any other cookie it is one press for ten minutes`(_ cookie: Cookie) async throws {
        let moment = Moment(), presses = Presses { moment.now }
        let press = SHA256.hash(Array("a choice".utf8))
        func answer(_ place: String) async -> String? {
            var response = Response.see(place)
            response.cookies = [cookie]
            guard case .later(let work) = presses.once(press, { [response] in .later { response } }) else { return nil }
            return await work().headers.first?.1
        }
        #expect(await answer("/first") == "/first")
        moment.now += .seconds(600)
        #expect(await answer("/second") == "/first")
        moment.now += .seconds(1)
        #expect(await answer("/third") == "/third")
    }
}

private struct Unexpected: Error {}
private final class Moment: @unchecked Sendable { var now = ContinuousClock.now }
