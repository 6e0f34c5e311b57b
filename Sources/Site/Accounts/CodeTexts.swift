// What the page of a code says: where it went, and what is wrong with what was typed.

import Office
import Vault

extension CodePage {
    func sentAgain(_ visit: Visit) -> String {
        let say = visit.say, refused = refusals(visit.house.offers)
        return refused.code == nil && refused.staffCode == nil
            ? say(
                "A new code is on its way, unless one went out in the last ten seconds or too many did lately. Only the newest works.",
                id:
                    "Kode baru sedang dikirim, kecuali ada yang dikirim dalam sepuluh detik terakhir atau belakangan ini terlalu banyak. Hanya yang terbaru berlaku."
            )
            : say(
                "If a code may be sent to you, and none went out in the last ten seconds, a new one is on its way. Only the newest works.",
                id:
                    "Jika kode boleh dikirim kepada Anda, dan tidak dikirim dalam sepuluh detik terakhir, yang baru sedang dikirim. Hanya yang terbaru berlaku."
            )
    }

    func lead(_ visit: Visit) -> String {
        let say = visit.say, offers = visit.house.offers
        return switch receiver {
        case .newcomer: sentToNew(say, isTold: offers.refusal(of: .addressNotice) == nil)
        case .newNumber: sentToNewNumber(say, isTold: visit.office.tellsOwnersOfNumbers)
        case .administrator:
            say(
                "An email is on its way to the address you gave, with a code of six digits, good for ten minutes.",
                id: "Surel sedang dikirim ke alamat yang Anda berikan, dengan kode enam angka yang berlaku sepuluh menit.")
        case .anybody: sentToKnown(say, refusals(offers))
        case .number:
            say(
                "If the number you gave belongs to an account, a message is on its way to it, with a code of six digits, good for ten minutes.",
                id: """
                    Jika nomor yang Anda berikan milik sebuah akun, pesan sedang dikirim ke sana, dengan kode enam angka yang berlaku \
                    sepuluh menit.
                    """)
        }
    }

    /// The same whether or not there is an account, and whether or not a code went out.
    func ifNoneComes(_ visit: Visit) -> String {
        let say = visit.say
        guard way == .signInCode else { return say.noCodeYet }
        return say.noCodeYet + " "
            + say(
                "You needn’t wait in a browser in which you signed in before, nor with a passkey; nor with a password, unless too many were tried.",
                id: """
                    Anda tidak perlu menunggu di peramban tempat Anda pernah masuk, atau dengan kunci sandi; begitu pula dengan kata sandi, \
                    kecuali bila terlalu banyak dicoba.
                    """)
    }

    /// `isTold`: whoever has an account already gets a mail as well.
    private func sentToNew(_ say: Language, isTold: Bool) -> String {
        isTold
            ? say(
                """
                An email is on its way to the address you gave, with a code of six digits, good for ten minutes. If the address has an \
                account already, the email says so instead.
                """,
                id: """
                    Surel sedang dikirim ke alamat yang Anda berikan, dengan kode enam angka yang berlaku sepuluh menit. Jika alamat itu \
                    sudah punya akun, surelnya mengatakan itu.
                    """)
            : say(
                """
                If the address you gave has no account yet, an email is on its way to it, with a code of six digits, good for ten minutes.
                """,
                id: """
                    Jika alamat yang Anda berikan belum punya akun, surel sedang dikirim ke sana, dengan kode enam angka yang berlaku \
                    sepuluh menit.
                    """)
    }

    private func sentToNewNumber(_ say: Language, isTold: Bool) -> String {
        isTold
            ? say(
                """
                A message is on its way to the number you gave, with a code of six digits, good for ten minutes. If the number has an \
                account already, the message says so instead.
                """,
                id: """
                    Pesan sedang dikirim ke nomor yang Anda berikan, dengan kode enam angka yang berlaku sepuluh menit. Jika nomor itu \
                    sudah punya akun, pesannya mengatakan itu.
                    """)
            : say(
                "If the number you gave has no account yet, a message is on its way to it, with a code of six digits, good for ten minutes.",
                id: """
                    Jika nomor yang Anda berikan belum punya akun, pesan sedang dikirim ke sana, dengan kode enam angka yang berlaku \
                    sepuluh menit.
                    """)
    }

    private func sentToKnown(_ say: Language, _ refusals: (code: Refused?, staffCode: Refused?)) -> String {
        let whose =
            refusals.code != nil
            ? say("belongs to somebody who works here", id: "milik seseorang yang bekerja di sini")
            : refusals.staffCode != nil
                ? say("belongs to a customer’s account", id: "milik akun pelanggan") : say("belongs to an account", id: "milik sebuah akun")
        return say(
            "If the address you gave \(whose), an email is on its way to it, with a code of six digits, good for ten minutes.",
            id: """
                Jika alamat yang Anda berikan \(whose), surel sedang dikirim ke sana, dengan kode enam angka yang berlaku sepuluh menit.
                """)
    }

    func error(_ say: Language) -> String? {
        switch state {
        case .first, .sentAgain: nil
        case .wrong(let left): say.codeWrong(left: left)
        case .expired:
            say(
                "This code is too old, used up, or was tried too often. Begin again to get another",
                id: "Kode ini terlalu lama, sudah terpakai, atau terlalu sering dicoba. Mulailah lagi untuk mendapat yang lain")
        case .unfit: say.codeUnfit
        case .taken where receiver == .administrator:
            say(
                "Somebody else came in by this link before you. Ask them to invite you, under Team",
                id: "Orang lain lebih dulu masuk lewat tautan ini. Mintalah undangan kepadanya, lewat halaman Tim")
        case .taken:
            say("This address has an account since. Sign in with it", id: "Alamat ini sudah punya akun. Masuklah dengannya")
        }
    }
}

extension Language {
    /// `left`: tries.
    func codeWrong(left: Int) -> String {
        self(
            "That is not the code. Enter the six digits that we sent; \(count(left, "try", "tries", id: "percobaan")) left",
            id: "Itu bukan kodenya. Isi enam angka yang kami kirim; tersisa \(count(left, "try", "tries", id: "percobaan"))")
    }

    /// Where nothing may tell whether a code went out.
    var noCodeYet: String {
        self(
            "No code yet? If too many were asked for lately, by you or by somebody else, none is sent for a while. Try again in ten minutes.",
            id: """
                Kode belum datang? Bila belakangan ini terlalu banyak kode diminta, oleh Anda atau orang lain, untuk sementara tidak ada \
                yang dikirim. Coba lagi sepuluh menit lagi.
                """)
    }

    /// Of what can't be a code.
    var codeUnfit: String {
        self(
            "A code has six digits. Enter the ones that we sent; this was not counted as a try",
            id: "Kode terdiri dari enam angka. Isi yang kami kirim; ini tidak dihitung sebagai percobaan")
    }
}
