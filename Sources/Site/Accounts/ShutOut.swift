// What becomes of the keys of an account whose owner says that it wasn't them: before the press, and after.

import HTML
import Office

extension Language {
    /// What went: each by its name, or that there was nothing.
    fileprivate func gone(_ keys: Set<WaysIn.Key>) -> String {
        let names = [
            (WaysIn.Key.password, self("the password", id: "kata sandi")), (.passkeys, self("the passkeys", id: "kunci sandi")),
            (.factor, self("the app that made codes", id: "aplikasi pembuat kode")),
            (.recoveryCodes, self("the recovery codes", id: "kode pemulihan")),
        ].filter { keys.contains($0.0) }.map(\.1)
        guard !names.isEmpty else {
            return self(
                "There was no password, no passkey, and no app that was set since.",
                id: "Tidak ada kata sandi, kunci sandi, maupun aplikasi yang dibuat sejak itu.")
        }
        return self(
            "Taken away: \(names.joined(separator: ", ")). Whoever set them comes in by them no more.",
            id: "Dihapus: \(names.joined(separator: ", ")). Siapa pun yang membuatnya tidak bisa masuk lagi dengannya.")
    }
}

extension Visit {
    var keysThatGo: String {
        let byCode = house.offers.refusal(of: .signIn) == nil
        return say(
            """
            Password and passkeys go too, and an app with its recovery codes if it was set since whoever did it had signed \
            in\(byCode ? ". You then sign in by a code, and set your own keys anew" : "").
            """,
            id: """
                Kata sandi dan kunci sandi ikut dihapus, begitu pula aplikasi beserta kode pemulihannya bila dibuat sejak pelakunya \
                masuk\(byCode ? ". Sesudah itu Anda masuk dengan kode, dan membuat kunci Anda sendiri lagi" : "").
                """)
    }

    func afterShutOut(_ html: inout HTML, _ keys: KeysTaken, keeps: Bool) {
        if !keeps || !keys.gone.isEmpty { html(.p, text: say.gone(keys.gone)) }
        afterAlarm(&html, hasApp: keys.hasApp)
    }

    func afterAlarm(_ html: inout HTML, hasApp: Bool) {
        html(.h2, text: say("What to do now", id: "Yang perlu dilakukan sekarang"))
        html(.ol) { html in
            html(
                .li,
                text: say(
                    "Change the password of your mailbox: codes to come in here go there.",
                    id: "Ganti kata sandi kotak surel Anda: kode untuk masuk ke sini dikirim ke sana."))
            html(.li) { html in
                html(.a, .href(Route.signIn.path), text: say("Sign in", id: "Masuk"))
                html.text(
                    say(
                        " and look at the list of who used your data.", id: " dan periksa daftar siapa yang memakai data Anda."))
            }
            html(
                .li,
                text: say(
                    "If we mailed you of another sign-in or change that wasn’t you, open that mail’s link too.",
                    id:
                        "Jika kami mengabari Anda tentang masuknya orang lain atau perubahan lain yang bukan dari Anda, buka juga tautannya."
                ))
            guard hasApp else { return }
            let time = office.wayBackTakes.map { say.span($0) }
            html(
                .li,
                text: say(
                    """
                    An app that makes codes stays, for it was there before. If it isn’t yours, say where its code is asked for that you have \
                    lost it: you come in without it\(time.map { " after \($0)" } ?? " then").
                    """,
                    id: """
                        Aplikasi pembuat kode tetap, karena sudah ada sebelumnya. Jika bukan milik Anda, katakan di tempat kodenya diminta \
                        bahwa Anda kehilangannya: Anda bisa masuk tanpa itu\(time.map { " setelah \($0)" } ?? " sesudahnya").
                        """))
        }
    }
}
