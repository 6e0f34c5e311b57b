// Text messages handed over to a gateway that speaks the provider's JSON, and every way in which one fails.
import Outbound
import Store
import Testing
import WebClient

@Suite(.serialized) struct `A text message` {
    private struct Taken: Decodable {
        let channel: String, message_type: String, from: String, to: String, text: String, client_ref: String, path: String, port: Int
    }

    private func gateway(_ outsider: Outsider, tls: Bool = false, account: WebServer.Account? = nil, authority: String? = nil) -> WebServer
    {
        var server = WebServer(
            url: "\(tls ? "https://localhost" : "http://127.0.0.1"):\(outsider.port)/v1/messages", account: account, authority: authority)
        (server.reachSeconds, server.answerSeconds) = (2, 4)
        return server
    }

    private func fault(_ gateway: WebServer, to number: String = "+62 812 5550 4417", country: String? = nil) async -> CarrierFault? {
        let letter = Letter(subject: "123456 is your code for PT Alamat “Kerja”", text: "Not for a telephone.")
        let carrier = TelephoneCarrier(gateway, from: "Alamat", country: country)
        do throws(CarrierFault) { try await carrier.carry(letter, to: number, once: IdempotencyKey("code 1")); return nil } catch {
            return error
        }
    }

    @Test func `arrives over TLS, with the account, the number of its country and the letter's subject line`() async throws {
        let (certificate, key) = Certificate.made
        let provider = try Outsider("gateway.py", ["--tls", certificate, key, "--account", "office", "sesame"])
        let account = WebServer.Account(name: "office", password: "sesame")
        #expect(await fault(gateway(provider, tls: true, account: account, authority: certificate)) == nil)
        let taken = try provider.next(Taken.self)
        #expect(taken.channel == "sms" && taken.message_type == "text" && taken.from == "Alamat" && taken.path == "/v1/messages")
        #expect(taken.to == "6281255504417" && taken.text == "123456 is your code for PT Alamat “Kerja”")
        #expect(taken.client_ref.utf8.count == 32 && !taken.client_ref.contains("code"))
    }

    @Test(arguments: [
        ("+62 (0)812-5550.4417", "6281255504417"), ("0062 812 5550 4417", "6281255504417"), ("0812 5550 4417", "6281255504417"),
        ("+44 20 7946 0123", "442079460123"),
    ])
    func `goes to the number however it is written`(typed: String, number: String) async throws {
        let provider = try Outsider("gateway.py", [])
        #expect(await fault(gateway(provider), to: typed, country: "62") == nil)
        #expect(try provider.next(Taken.self).to == number)
    }

    @Test(arguments: ["0812 5550 4417", "812 5550 4417", "+0812 5550 4417", "+62 123", "+1234567890123456", ""])
    func `doesn't leave for a number without its country`(typed: String) async throws {
        let provider = try Outsider("gateway.py", [])
        #expect(await fault(gateway(provider), to: typed) == .never("it isn't a number with its country"))
    }

    @Test(arguments: [
        ("402", CarrierFault.later(after: 300)), ("422", .never("the gateway answered 422")), ("429", .later(after: 7)),
        ("500", .later(after: 60)), ("301", .never("the gateway answered 307")), ("900", .outcomeUnknown), ("901", .outcomeUnknown),
        ("902", .outcomeUnknown),
    ])
    func `that isn't taken says what may still help`(ending: String, expected: CarrierFault) async throws {
        let provider = try Outsider("gateway.py", [])
        #expect(await fault(gateway(provider), to: "+62 812 5550 \(ending)") == expected)
    }

    @Test func `waits where nobody listens, the certificate is a stranger's, or the account is refused`() async throws {
        #expect(await fault(WebServer(url: "http://127.0.0.1:9/v1/messages")) == .later(after: 60))
        let (certificate, key) = Certificate.made
        let provider = try Outsider("gateway.py", ["--tls", certificate, key, "--account", "office", "sesame"])
        #expect(await fault(gateway(provider, tls: true)) == .later(after: 300))
        let wrong = WebServer.Account(name: "office", password: "wrong")
        #expect(await fault(gateway(provider, tls: true, account: wrong, authority: certificate)) == .later(after: 300))
    }

    @Test func `goes over the same connection as the one before, also after one that was refused`() async throws {
        let provider = try Outsider("gateway.py", []), carrier = TelephoneCarrier(gateway(provider), from: "Alamat")
        func send(_ number: String) async throws(CarrierFault) {
            try await carrier.carry(Letter(subject: "123456 is your code", text: ""), to: number, once: IdempotencyKey(number))
        }
        try await send("+62 812 5550 4417")
        await #expect(throws: CarrierFault.never("the gateway answered 422")) { try await send("+62 812 5550 0422") }
        try await send("+62 812 5550 4418")
        #expect(try provider.next(Taken.self).port == provider.next(Taken.self).port)
    }
}
