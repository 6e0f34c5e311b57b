// The mails of who leaves: in seven days, or at once.

import Outbound
import Policy
import Vault

extension Letter {
    /// To the person whose account goes in seven days.
    static func deletionAsked(on day: Day, receipt: String?, _ office: Environment) -> Letter {
        let name = office.settings.operatorName, link = "\(office.settings.address)/leave"
        let number = receipt.map { "The number of its receipt is \($0).\n" } ?? ""
        let last = LastBackup.ofDeletion(on: day)
        let nomor = receipt.map { "Nomor tanda terimanya \($0).\n" } ?? ""
        return Letter(
            subject: both("Your account with \(name) will be deleted", "Akun Anda di \(name) akan dihapus"),
            short: both(
                "\(name): your account goes on \(day.english). To stay, wake it:",
                "Akun Anda hilang pada \(day.indonesian). Untuk tetap di sini:")
                + " \(link)",
            text: """
                Somebody who was signed in as you asked us to delete your account. It sleeps from now on, and goes on \(day.english).
                A backup of before could still be opened until \(last.english); after that nobody can, we neither.
                \(number)If you want to stay, or it wasn't you, sign in before that day and wake it:
                \(link)

                Seseorang yang masuk sebagai Anda meminta akun Anda dihapus. Mulai sekarang akun itu tidur, dan hilang pada \(day.indonesian).
                Cadangan dari sebelumnya masih dapat dibuka sampai \(last.indonesian); setelah itu tak seorang pun dapat, kami pun tidak.
                \(nomor)Jika Anda ingin tetap di sini, atau bukan Anda yang memintanya, masuklah sebelum hari itu dan bangunkan akunnya:
                \(link)

                \(name)
                """)
    }

    /// To the person whose account goes at this moment.
    static func deleted(_ office: Environment) -> Letter {
        let name = office.settings.operatorName, last = office.lastBackup.atOnce
        return Letter(
            subject: both("Your account with \(name) is deleted", "Akun Anda di \(name) dihapus"),
            short: both("\(name): your account is deleted", "Akun Anda dihapus"),
            text: """
                Somebody who was signed in as you had your account deleted, at once. The keys to your data are destroyed, and the account
                doesn't come back. A backup of before could still be opened until \(last.english); after that nobody can, we neither.
                This is the last that you hear from us.
                If it wasn't you, change the password of your mailbox, because somebody reads your mail.

                Seseorang yang masuk sebagai Anda menghapus akun Anda, langsung. Kunci data Anda dimusnahkan, dan akun itu tidak kembali.
                Cadangan dari sebelumnya masih dapat dibuka sampai \(last.indonesian); setelah itu tak seorang pun dapat, kami pun tidak.
                Ini kabar terakhir dari kami.
                Jika bukan Anda, ganti kata sandi kotak surel Anda, karena seseorang membaca surel Anda.

                \(name)
                """)
    }
}
