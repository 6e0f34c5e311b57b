// Mail handed over to a real server (aiosmtpd), and every way in which one refuses.
import SMTP
import Testing

@Suite(.serialized) struct MailTests {
    private let reception = Sender(name: "PT Alamat Kerja", address: "halo@alamat.example")

    private func message(to address: String, subject: String = "Your code", text: String = "Your code: 123456\n", id: String = "a1")
        -> Message
    {
        Message(from: reception, to: address, subject: subject, text: text, id: id, seconds: 1_772_330_400)
    }

    private func refusal(_ post: Post, _ server: MailServer? = nil, to address: String) -> NotTaken? {
        let conversation = Conversation(with: server ?? post.server())
        do throws(NotTaken) { try conversation.send(message(to: address)); return nil } catch { return error }
    }

    @Test func `a mail arrives with its head, its date and its words`() throws {
        let post = try Post()
        try Conversation(with: post.server()).send(
            message(
                to: "sari@wijaya.example", subject: "Kode Anda · 12 — untuk Sari", text: "Selamat datang, Sári ☕\n.\n..two dots\nlast\n"))
        let mail = try post.next()
        #expect(mail.from == "halo@alamat.example" && mail.to == ["sari@wijaya.example"])
        #expect(mail.header("From") == "PT Alamat Kerja <halo@alamat.example>")
        #expect(mail.header("To") == "sari@wijaya.example")
        #expect(mail.header("Date") == "Sun, 01 Mar 2026 02:00:00 +0000")
        #expect(mail.header("Message-Id") == "<a1@alamat.example>")
        #expect(mail.header("Auto-Submitted") == "auto-generated")
        #expect(mail.header("Subject")?.lowercased().contains("=?utf-8?") == true)
        #expect(mail.header("Content-Type") == "text/plain; charset=utf-8")
        #expect(mail.text.utf8.allSatisfy { $0 < 0x80 })
        #expect(mail.body.contains("=E2=98=95") && mail.body.contains("\r\n.\r\n..two dots\r\nlast"))
    }

    @Test func `a second mail goes over the same connection, after a refused one too`() throws {
        let post = try Post()
        let conversation = Conversation(with: post.server())
        try conversation.send(message(to: "sari@wijaya.example", id: "first"))
        #expect(throws: NotTaken.never(550)) { try conversation.send(message(to: "gone@wijaya.example")) }
        try conversation.send(message(to: "budi@wijaya.example", id: "second"))
        #expect(try post.next().header("Message-Id") == "<first@alamat.example>")
        #expect(try post.next().header("Message-Id") == "<second@alamat.example>")
    }

    @Test(arguments: [
        ("busy", NotTaken.thisLater(451)), ("gone", .never(550)), ("full", .thisLater(452)), ("spam", .never(554)), ("cut", .unknown),
        ("slow", .unknown),
    ])
    func `what the server answers is told apart`(name: String, expected: NotTaken) throws {
        let answer = refusal(try Post(), to: "\(name)@wijaya.example")
        #expect(answer == expected)
    }

    @Test func `a server that takes nothing from this sender isn't one that refuses a recipient`() throws {
        #expect(refusal(try Post("--no-senders"), to: "sari@wijaya.example") == .wrongServer("it takes no mail from this sender"))
    }

    @Test func `a server that isn't there is a matter for later`() throws {
        let nobody = MailServer(host: "127.0.0.1", port: 9, security: .none)
        #expect(refusal(try Post(), nobody, to: "sari@wijaya.example") == .later(0))
    }

    @Test(arguments: [
        "", "@", "sari", "sari@", "@wijaya.example", "sari@wijaya.example>\r\nRCPT TO:<budi@wijaya.example", "sari @wijaya.example",
        "<sari@wijaya.example>", "sari@wijaya.example\n", String(repeating: "s", count: 250) + "@x.id",
    ])
    func `what isn't an address never reaches the server`(address: String) throws {
        #expect(refusal(try Post(), to: address) == .never(0))
    }

    @Test func `a subject and a name with line breaks stay one header each`() throws {
        let post = try Post()
        let from = Sender(name: "Alamat\r\nBcc: budi@wijaya.example", address: "halo@alamat.example")
        let message = Message(
            from: from, to: "sari@wijaya.example", subject: "Hello\r\nBcc: budi@wijaya.example\r\n\r\nbody", text: "text\n", id: "a",
            seconds: 0)
        try Conversation(with: post.server()).send(message)
        let mail = try post.next()
        #expect(mail.to == ["sari@wijaya.example"] && mail.header("Bcc") == nil && !mail.body.contains("body"))
    }

    @Test func `STARTTLS and an account reach a server that asks for them`() throws {
        let (certificate, key) = Certificate.made
        let post = try Post("--starttls", certificate, key, "--account", "office", "sesame")
        let server = post.server(.startTLS, account: .init(name: "office", password: "sesame"), authority: certificate)
        #expect(refusal(post, server, to: "sari@wijaya.example") == nil)
        let mail = try post.next()
        #expect(mail.tls && mail.account == "office")
    }

    @Test func `TLS from the first byte`() throws {
        let (certificate, key) = Certificate.made
        let post = try Post("--tls", certificate, key)
        #expect(refusal(post, post.server(.tls, authority: certificate), to: "sari@wijaya.example") == nil)
    }

    @Test func `a certificate that nobody vouches for, a server without TLS and a wrong password are the operator's to mend`() throws {
        let (certificate, key) = Certificate.made
        let tls = try Post("--tls", certificate, key)
        #expect(
            refusal(tls, tls.server(.tls), to: "sari@wijaya.example")
                == .wrongServer("its certificate isn't one for localhost that this machine believes"))
        let bare = try Post()
        #expect(
            refusal(bare, bare.server(.startTLS, authority: certificate), to: "sari@wijaya.example") == .wrongServer("it offers no TLS"))
        let guarded = try Post("--starttls", certificate, key, "--account", "office", "sesame")
        let server = guarded.server(.startTLS, account: .init(name: "office", password: "wrong"), authority: certificate)
        #expect(refusal(guarded, server, to: "sari@wijaya.example") == .wrongServer("it refuses the account"))
    }
}
