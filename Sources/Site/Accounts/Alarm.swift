// "That wasn't me": where the mail of a new sign-in leads.

import HTML
import HTTP
import Office
import Vault

extension Visit {
    func alarm(_ text: String) -> Response {
        trying { () throws(NotDone) -> Response in
            guard let token = Token(text), let alarm = try office.alarm(token) else { return show(AlarmPage(state: .over), status: 404) }
            return show(AlarmPage(state: .asked(text), alarm: alarm, staying: try office.previewOfAlarm(token)))
        }
    }

    func alarmed(_ text: String) -> Reply {
        later { () async throws(NotDone) -> Response in
            guard let token = Token(text) else { return show(AlarmPage(state: .over), status: 404) }
            let alarm = try office.alarm(token)
            guard let keys = try await office.raiseAlarm(token) else { return show(AlarmPage(state: .over), status: 404) }
            return show(AlarmPage(state: .done(keys), alarm: alarm ?? .signIn, staying: keys.staying))
        }
    }
}

struct AlarmPage: Page {
    enum State { case asked(String), done(KeysTaken), over }
    let state: State
    var alarm = Alarm.signIn
    /// Why the policy keeps the password or the passkeys.
    var staying: Refused? = nil
    var hasForm: Bool { if case .asked = state { true } else { false } }

    func title(_ visit: Visit) -> String {
        let say = visit.say
        return switch state {
        case .asked where alarm == .wayBack: say("Wasn’t that you?", id: "Bukan Anda yang memintanya?")
        case .asked where alarm == .callBack: say("Wasn’t that you?", id: "Bukan Anda yang diajak bicara?")
        case .asked: say("Wasn’t that you?", id: "Bukan Anda yang masuk?")
        case .done: say("Everybody is turned out", id: "Semua sudah dikeluarkan")
        case .over: say("This link no longer works", id: "Tautan ini tidak berlaku lagi")
        }
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.h1, text: title(visit))
            html(.p, .class("lead"), text: lead(visit))
            if let staying {
                visit.notOffered(&html, staying)
            } else if case .asked = state, alarm == .signIn {
                html(.p, text: visit.keysThatGo)
            }
            switch state {
            case .asked(let token):
                html(.form, .class("flow form"), .post, .action(Route.alarm(token).path)) { html in
                    visit.token(&html)
                    html(.p) {
                        $0(
                            .button, .class("btn risk"),
                            text: alarm != .signIn
                                ? say("Stop it, and end all sessions", id: "Hentikan, dan akhiri semua sesi")
                                : say("End all sessions", id: "Akhiri semua sesi"))
                    }
                }
            case .done(let keys) where alarm == .signIn: visit.afterShutOut(&html, keys, keeps: staying != nil)
            case .done, .over: visit.afterAlarm(&html, hasApp: false)
            }
        }
    }

    private func lead(_ visit: Visit) -> String {
        let say = visit.say
        switch state {
        case .asked where alarm == .wayBack:
            return say(
                """
                Somebody read a code that we sent to you, and asks to come in without your app and recovery codes. If it wasn’t you, stop it; \
                every session ends with it.
                """,
                id: """
                    Seseorang membaca kode yang kami kirim kepada Anda, dan minta masuk tanpa aplikasi dan kode pemulihan Anda. Jika itu \
                    bukan Anda, hentikan; setiap sesi ikut diakhiri.
                    """)
        case .asked where alarm == .callBack:
            return say(
                """
                Customer service called a telephone number of yours, for somebody who wants something of your account changed. If it wasn’t \
                you, stop it; every session ends with it, and a case is opened in which we look into it.
                """,
                id: """
                    Layanan pelanggan menelepon nomor Anda, untuk seseorang yang ingin sesuatu di akun Anda diubah. Jika itu bukan Anda, \
                    hentikan; setiap sesi ikut diakhiri, dan sebuah pertanyaan dibuka atas nama Anda untuk memeriksanya.
                    """)
        case .asked where staying != nil:
            return say(
                """
                Somebody signed in to your account from a browser that we didn’t know. If it wasn’t you, end every session. \
                Password and passkeys stay:
                """,
                id: """
                    Seseorang masuk ke akun Anda dari peramban yang belum kami kenal. Jika itu bukan Anda, akhiri setiap sesi. Kata \
                    sandi dan kunci sandinya tetap:
                    """)
        case .asked:
            return say(
                """
                Somebody signed in to your account from a browser that we didn’t know, or changed how one signs in. If it wasn’t you, end \
                every session.
                """,
                id: """
                    Seseorang masuk ke akun Anda dari peramban yang belum kami kenal, atau mengubah cara masuk. Jika itu bukan Anda, \
                    akhiri setiap sesi.
                    """)
        case .done where alarm == .wayBack:
            return say(
                "It is stopped: nobody comes in without your app or a recovery code. Every session of your account is ended.",
                id: "Sudah dihentikan: tanpa aplikasi atau kode pemulihan Anda, tidak ada yang bisa masuk. Setiap sesi akun Anda diakhiri."
            )
        case .done where alarm == .callBack:
            return say(
                "It is stopped: nothing is changed by that call. Every session of your account is ended, and a case is open.",
                id:
                    "Sudah dihentikan: tidak ada yang diubah karena telepon itu. Setiap sesi akun Anda diakhiri, dan sebuah pertanyaan terbuka."
            )
        case .done where staying != nil:
            return say(
                "Every session of your account is ended, on all devices. Password and passkeys stay; look at them when you have signed in.",
                id: """
                    Setiap sesi akun Anda sudah diakhiri, di semua perangkat. Kata sandi dan kunci sandi tetap; periksalah setelah Anda masuk.
                    """)
        case .done:
            return say(
                "Every session of your account is ended, on all devices. Whoever came in is out.",
                id: "Setiap sesi akun Anda sudah diakhiri, di semua perangkat. Siapa pun yang masuk sudah di luar.")
        case .over:
            return say(
                "The link works once and for seven days. Your account page lists where you are signed in, and ends what isn’t yours.",
                id: """
                    Tautan ini berlaku satu kali dan selama tujuh hari. Halaman akun Anda mendaftar tempat Anda masuk, dan mengakhiri yang \
                    bukan milik Anda.
                    """)
        }
    }
}
