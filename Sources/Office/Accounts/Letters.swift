// The mails of accounts, in English and Indonesian, one after the other: we don't know yet which one somebody reads.

import Outbound

extension Letter {
    static func code(_ code: String, _ office: Environment) -> Letter {
        let name = office.settings.operatorName
        return Letter(
            subject: "\(code) is your code for \(name)",
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
            subject: "You already have an account with \(name)",
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

    static func signInNotice(alarm: Token, _ office: Environment) -> Letter {
        let name = office.settings.operatorName
        return Letter(
            subject: "A new browser signed in to \(name)",
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

    static func invitation(role: String, _ office: Environment) -> Letter {
        let name = office.settings.operatorName
        return Letter(
            subject: "Your staff account with \(name)",
            text: """
                An account is ready for you, as \(role).
                Sign in with this address: \(office.settings.address)/sign-in

                Akun Anda sudah siap, sebagai \(role).
                Masuk dengan alamat ini: \(office.settings.address)/sign-in

                \(name)
                """)
    }
}
