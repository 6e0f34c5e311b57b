// What has just been done on the page of the account, in words.

extension Language {
    /// nil: nothing that it knows.
    func news(ofAccount news: String?) -> String? {
        switch news {
        case "password":
            self(
                "The password is set, and all other sessions are ended.",
                id: "Kata sandinya tersimpan, dan semua sesi lain sudah diakhiri.")
        case "recovery":
            self("The recovery codes are good from now on.", id: "Kode pemulihannya berlaku mulai sekarang.")
        case "no-factor":
            self(
                "The app is removed with its recovery codes, and all other sessions are ended.",
                id: "Aplikasinya dihapus beserta kode pemulihannya, dan semua sesi lain sudah diakhiri.")
        case "passkey":
            self(
                "The passkey is added, and all other sessions are ended.",
                id: "Kunci sandinya ditambahkan, dan semua sesi lain sudah diakhiri.")
        case "no-passkey":
            self(
                "The passkey is removed, and all other sessions are ended.",
                id: "Kunci sandinya dihapus, dan semua sesi lain sudah diakhiri.")
        case "no-password":
            self(
                "The password is removed, and all other sessions are ended. You come in by a code.",
                id: "Kata sandinya dihapus, dan semua sesi lain sudah diakhiri. Anda masuk dengan kode.")
        case "over": self("That session was over already.", id: "Sesi itu memang sudah berakhir.")
        case "ended": self("The session is ended.", id: "Sesi itu sudah diakhiri.")
        case "stopped":
            self(
                "It is stopped: nobody comes in without your app or a recovery code. If it wasn’t you, change the password of your mailbox.",
                id: """
                    Sudah dihentikan: tanpa aplikasi atau kode pemulihan Anda, tidak ada yang bisa masuk. Jika bukan Anda yang memintanya, \
                    ganti kata sandi kotak surel Anda.
                    """)
        case "alone": self("All other sessions are ended.", id: "Semua sesi lain sudah diakhiri.")
        default: nil
        }
    }
}
