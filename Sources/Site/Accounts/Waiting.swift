// Whoever tries too often waits, and finds what they typed still there.

import HTML
import HTTP
import Office

/// A form that its sender has to send again later.
protocol Waitable: Page {
    /// After so many seconds.
    var wait: Int? { get set }
}

extension Visit {
    /// `evenly`, unless too many forms came from the network: then the same form with what was typed in it, and from when on it is taken.
    func evenly(
        unlessTooSoon page: some Waitable, _ work: @escaping @Sendable () async throws(NotDone) -> Response
    ) -> Reply {
        unlessTooSoon(page) { evenly(counted(page, work)) }
    }

    /// `later`, with the same exception.
    func later(
        unlessTooSoon page: some Waitable, _ work: @escaping @Sendable () async throws(NotDone) -> Response
    ) -> Reply {
        unlessTooSoon(page) { later(counted(page, work)) }
    }

    /// What this server alone has seen too often asks no database.
    private func unlessTooSoon(_ page: some Waitable, _ reply: () -> Reply) -> Reply {
        house.throttle.wait(request.address).map { now(later(page, after: $0)) } ?? reply()
    }

    /// On all servers before the same database together.
    private func counted(
        _ page: some Waitable, _ work: @escaping @Sendable () async throws(NotDone) -> Response
    ) -> @Sendable () async throws(NotDone) -> Response {
        { () async throws(NotDone) -> Response in
            if let seconds = try await office.wait(ofNetwork: request.address.neighbours, tries: house.throttle.tries) {
                return later(page, after: seconds)
            }
            return try await work()
        }
    }

    func later(_ page: some Waitable, after seconds: Int) -> Response {
        var page = page
        page.wait = seconds
        var response = show(page, status: 429)
        response.headers.append(("Retry-After", String(seconds)))
        return response
    }

    /// - Parameter until: what must happen first, where no time does it.
    func waiting(_ html: inout HTML, _ seconds: Int?, because sentence: String? = nil, until: String? = nil) {
        guard let seconds else { return }
        note(&html, .wait, isFocused: true) { html in
            html(.p) { html in
                html.text(
                    sentence
                        ?? say(
                            "Many forms came from your network just now, so this one waits: it keeps others from guessing. ",
                            id:
                                "Baru saja banyak formulir datang dari jaringan Anda, jadi yang ini menunggu: supaya orang lain tidak menebak. "
                        ))
                html(
                    .b,
                    text: until
                        ?? say(
                            "What you typed is still here. Send it again in \(say.wait(seconds)).",
                            id: "Isian Anda masih ada di sini. Kirim lagi dalam \(say.wait(seconds))."))
            }
        }
    }
}

extension Language {
    /// `40 seconds`, `3 minutes`, `24 hours`.
    func wait(_ seconds: Int) -> String {
        switch seconds {
        case ..<120: count(seconds, "second", "seconds", id: "detik")
        case ..<7_200: count((seconds + 59) / 60, "minute", "minutes", id: "menit")
        default: count((seconds + 3_599) / 3_600, "hour", "hours", id: "jam")
        }
    }
}
