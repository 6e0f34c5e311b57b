// The mails of accounts, in English and Indonesian, one after the other: which one somebody reads we don't store. The subject says both too.

import Outbound
import Policy
import Vault

extension Letter {
    static func code(_ code: String, _ office: Environment) -> Letter {
        let name = office.settings.operatorName
        return Letter(
            subject: both("\(code) is your code for \(name)", "kode Anda untuk \(name)"),
            short: both("\(name): \(code) is your code, good for ten minutes", "kode Anda, berlaku sepuluh menit"),
            text: """
                Your code: \(code)

                Enter it on the page that you have open. It is good for ten minutes and for one use.
                If you didn't ask for it, somebody typed your address by mistake. You needn't do anything.

                Kode Anda: \(code)

                Masukkan kode ini di halaman yang sedang Anda buka. Berlaku sepuluh menit dan hanya sekali.
                Jika Anda tidak memintanya, seseorang salah mengetik alamat. Anda tidak perlu melakukan apa pun.

                \(name)
                \(office.settings.address)
                """)
    }

    static func addressNotice(_ office: Environment) -> Letter {
        let name = office.settings.operatorName
        return Letter(
            subject: both("You already have an account with \(name)", "Anda sudah punya akun di \(name)"),
            text: """
                Somebody gave this address to open an account. It has one already, and nothing was changed.
                If it was you, sign in: \(office.settings.address)/sign-in
                If it wasn't, you needn't do anything.

                Seseorang memakai alamat ini untuk membuka akun. Akunnya sudah ada, dan tidak ada yang berubah.
                Jika itu Anda, masuk di sini: \(office.settings.address)/sign-in
                Jika bukan, Anda tidak perlu melakukan apa pun.

                \(name)
                """)
    }

    /// To the owner of an address that somebody else gave as their new one.
    static func addressAsked(_ office: Environment) -> Letter {
        let name = office.settings.operatorName
        return Letter(
            subject: both("Somebody gave your address to \(name)", "Seseorang memberi alamat Anda kepada \(name)"),
            text: """
                Somebody asked us to use this address for another account. It belongs to yours, and nothing was changed.
                You needn't do anything.

                Seseorang meminta kami memakai alamat ini untuk akun lain. Alamat ini milik akun Anda, dan tidak ada yang berubah.
                Anda tidak perlu melakukan apa pun.

                \(name)
                """)
    }

    /// To the former address.
    static func addressChanged(_ objection: Token, _ office: Environment) -> Letter {
        let name = office.settings.operatorName, link = "\(office.settings.address)/address-back/\(objection.text)"
        return Letter(
            subject: both("The address of your account with \(name) was changed", "Alamat akun Anda di \(name) diubah"),
            text: """
                Your account with us has another email address since today. From now on we write there and no longer here.
                If it was you, you needn't do anything.
                If it wasn't you, open this page within seven days. It puts this address back, signs everybody out,
                and takes away password, passkeys and what else was set since to come in by:
                \(link)

                Mulai hari ini akun Anda memakai alamat surel lain. Kami menyurati alamat itu, bukan lagi alamat ini.
                Jika itu Anda, Anda tidak perlu melakukan apa pun.
                Jika bukan Anda, buka halaman ini dalam tujuh hari. Alamat ini dipakai lagi, semua orang
                dikeluarkan, dan kata sandi, kunci sandi, serta kunci lain yang dibuat sejak itu dihapus:
                \(link)

                \(name)
                """)
    }

    /// To the former number.
    static func numberChanged(_ objection: Token, _ office: Environment) -> Letter {
        let name = office.settings.operatorName, link = "\(office.settings.address)/address-back/\(objection.text)"
        return Letter(
            subject: both("The number of your account with \(name) was changed", "Nomor akun Anda di \(name) diubah"),
            short: both("\(name): your account has another number now. Not you?", "Nomor akun Anda diubah. Bukan Anda?") + " \(link)",
            text: """
                Your account with us has another telephone number since today. From now on we write there and no longer here.
                If it was you, you needn't do anything.
                If it wasn't you, open this page within seven days. It puts this number back, signs everybody out,
                and takes away password, passkeys and what else was set since to come in by:
                \(link)

                Mulai hari ini akun Anda memakai nomor telepon lain. Kami mengirim pesan ke nomor itu, bukan lagi ke nomor ini.
                Jika itu Anda, Anda tidak perlu melakukan apa pun.
                Jika bukan Anda, buka halaman ini dalam tujuh hari. Nomor ini dipakai lagi, semua orang
                dikeluarkan, dan kata sandi, kunci sandi, serta kunci lain yang dibuat sejak itu dihapus:
                \(link)

                \(name)
                """)
    }

    /// To the person who asked us not to use their data, and lets us again.
    static func restrictionEnded(_ office: Environment) -> Letter {
        let name = office.settings.operatorName, link = "\(office.settings.address)/privacy"
        return Letter(
            subject: both("\(name) uses your data again", "\(name) memakai data Anda lagi"),
            short: both("\(name) uses your data again. Not you?", "\(name) memakai data Anda lagi. Bukan Anda?") + " \(link)",
            text: """
                You had asked us to keep your data and not to use them. Since today that is over: somebody who was signed in as you ended it.
                If it was you, you needn't do anything.
                If it wasn't you, sign in, ask for it again, and end the other sessions on your account page:
                \(link)

                Anda pernah meminta data Anda disimpan dan tidak dipakai. Mulai hari ini itu berakhir: seseorang yang masuk sebagai Anda \
                mengakhirinya.
                Jika itu Anda, Anda tidak perlu melakukan apa pun.
                Jika bukan Anda, masuklah, mintalah lagi, dan akhiri sesi yang lain di halaman akun Anda:
                \(link)

                \(name)
                """)
    }

    /// To whom a court kept us from telling what was done.
    static func toldLate(_ office: Environment) -> Letter {
        let name = office.settings.operatorName, link = "\(office.settings.address)/privacy"
        return Letter(
            subject: both("\(name) may tell you now what it could not before", "\(name) kini boleh memberi tahu yang dulu tidak boleh"),
            text: """
                For some time we were not allowed to tell you about something that was done with your data. Now we are.
                It is in the list of uses on your page, with the times at which it happened and the proof:
                \(link)

                Selama beberapa waktu kami tidak boleh memberi tahu Anda tentang sesuatu yang dilakukan dengan data Anda. Sekarang boleh.
                Semuanya ada dalam daftar pemakaian di halaman Anda, dengan waktu kejadiannya dan buktinya:
                \(link)

                \(name)
                """)
    }

    static func signInNotice(alarm: Token, _ office: Environment) -> Letter {
        let name = office.settings.operatorName
        return Letter(
            subject: both("A new browser signed in to \(name)", "Peramban baru masuk ke \(name)"),
            short: both("\(name): a new browser signed in. Not you?", "Peramban baru masuk. Bukan Anda?")
                + " \(office.settings.address)/not-me/\(alarm.text)",
            text: """
                Somebody has just signed in to your account from a browser that we didn't know.
                If it was you, you needn't do anything.
                If it wasn't, turn everybody out (good for seven days): \(office.settings.address)/not-me/\(alarm.text)

                Seseorang baru saja masuk ke akun Anda dari peramban yang belum kami kenal.
                Jika itu Anda, Anda tidak perlu melakukan apa pun.
                Jika bukan, keluarkan semuanya (berlaku tujuh hari): \(office.settings.address)/not-me/\(alarm.text)

                \(name)
                """)
    }

    static func changeOfKeys(alarm: Token, _ office: Environment) -> Letter {
        let name = office.settings.operatorName
        return Letter(
            subject: both("How you sign in to \(name) was changed", "Cara Anda masuk ke \(name) diubah"),
            short: both("\(name): how you sign in was changed. Not you?", "Cara Anda masuk diubah. Bukan Anda?")
                + " \(office.settings.address)/not-me/\(alarm.text)",
            text: """
                A password or another key of your account was set, changed or removed just now.
                If it was you, you needn't do anything.
                If it wasn't, turn everybody out (good for seven days): \(office.settings.address)/not-me/\(alarm.text)

                Kata sandi atau kunci lain akun Anda baru saja dibuat, diubah, atau dihapus.
                Jika itu Anda, Anda tidak perlu melakukan apa pun.
                Jika bukan, keluarkan semuanya (berlaku tujuh hari): \(office.settings.address)/not-me/\(alarm.text)

                \(name)
                """)
    }

    /// To the person whose second factor somebody asks to do without.
    static func wayBackAsked(from day: Day, alarm: Token, _ office: Environment) -> Letter {
        let name = office.settings.operatorName, link = "\(office.settings.address)/not-me/\(alarm.text)"
        return Letter(
            subject: both("Somebody asks to come in to \(name) without your app", "Seseorang minta masuk ke \(name) tanpa aplikasi Anda"),
            short: both(
                "\(name): somebody asks to come in without your app, from \(day.english) on. Not you?",
                "Seseorang minta masuk tanpa aplikasi Anda mulai \(day.indonesian). Bukan Anda?") + " \(link)",
            text: """
                Somebody read a code that we sent here, and asks to come in to your account without the app and the recovery codes.
                From \(day.english) on, a code to this address is enough, and the app and its codes are taken away.
                If it was you, sign in by a code then, within a week. If you find the app, sign in with it, and all stays as it is.
                If it wasn't you, stop it, and change the password of your mailbox, because somebody reads your mail:
                \(link)

                Seseorang membaca kode yang kami kirim ke sini, dan minta masuk ke akun Anda tanpa aplikasi dan kode pemulihan.
                Mulai \(day.indonesian), sebuah kode ke alamat ini sudah cukup, dan aplikasi beserta kodenya dihapus.
                Jika itu Anda, masuklah dengan kode pada waktu itu, dalam seminggu. Jika aplikasinya ketemu, masuklah dengannya, dan \
                semuanya tetap.
                Jika bukan Anda, hentikan, dan ganti kata sandi kotak surel Anda, karena seseorang membaca surel Anda:
                \(link)

                \(name)
                """)
    }

    /// The address has a customer's account, which it can't leave.
    static func invitationOfCustomer(role: String, translated: String, _ office: Environment) -> Letter {
        let name = office.settings.operatorName
        return Letter(
            subject: both("Your staff account with \(name)", "Akun staf Anda di \(name)"),
            text: """
                You are to work here, as \(role), and this address was given for it. It has a customer's account already.
                Tell whoever invited you another address; your customer's account stays as it is.

                Anda akan bekerja di sini, sebagai \(translated), dan alamat ini diberikan untuk itu. Alamat ini sudah punya akun pelanggan.
                Beritahukan alamat lain kepada yang mengundang Anda; akun pelanggan Anda tetap seperti sekarang.

                \(name)
                """)
    }

    static func invitation(role: String, translated: String, _ office: Environment) -> Letter {
        let name = office.settings.operatorName
        return Letter(
            subject: both("Your staff account with \(name)", "Akun staf Anda di \(name)"),
            text: """
                An account is ready for you, as \(role).
                Sign in with this address: \(office.settings.address)/sign-in

                Akun Anda sudah siap, sebagai \(translated).
                Masuk dengan alamat ini: \(office.settings.address)/sign-in

                \(name)
                """)
    }

    static func officerNamed(_ officer: NewOfficer, translated: String, _ office: Environment) -> Letter {
        let name = office.settings.operatorName, day = Day(of: officer.counts)
        return Letter(
            subject: both("A \(officer.role) was named at \(name)", "Seorang \(translated) ditunjuk di \(name)"),
            text: """
                An administrator named \(officer.role) \(officer.number). Their word counts once an officer of before agrees, and otherwise from
                \(day.english) on. If nobody told you why, ask those who run the business, not the administrator.

                Administrator menunjuk \(translated) \(officer.number). Suaranya berlaku setelah petugas yang sudah ada menyetujui, atau mulai
                \(day.indonesian). Bila tidak ada yang memberi tahu alasannya, tanyakan kepada pimpinan usaha, bukan kepada administrator.

                \(name)
                """)
    }

    /// English first.
    static func both(_ english: String, _ indonesian: String) -> String { "\(english) / \(indonesian)" }
}
