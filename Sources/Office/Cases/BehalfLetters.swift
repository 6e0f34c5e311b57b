// The letters of what customer service does at a person's word, in English and Indonesian, one after the other.

import Outbound
import Policy

extension Letter {
    /// To a channel that we knew before, for whoever says that they are its owner.
    static func callerCode(_ code: String, _ office: Environment) -> Letter {
        let name = office.settings.operatorName
        return Letter(
            subject: both("\(code) is your code for customer service of \(name)", "kode Anda untuk layanan pelanggan"),
            short: both(
                "\(name): \(code) is your code for customer service. Tell it to them only if you called or wrote to us",
                "kode Anda untuk layanan pelanggan. Sebutkan hanya jika Anda menghubungi kami"),
            text: """
                Your code: \(code)

                Somebody who calls or writes to our customer service says that they are you. If it is you, read this code out to them.
                It is good for ten minutes and for one use. It lets nobody sign in.
                If you didn't call or write to us, tell it to nobody: without it nothing of yours is changed.

                Kode Anda: \(code)

                Seseorang yang menelepon atau menyurati layanan pelanggan kami mengatakan bahwa ia adalah Anda. Jika itu Anda, bacakan kode ini.
                Berlaku sepuluh menit dan hanya sekali. Kode ini tidak dapat dipakai untuk masuk.
                Jika Anda tidak menelepon atau menyurati kami, jangan beritahukan kepada siapa pun: tanpa kode ini tidak ada yang diubah.

                \(name)
                \(office.settings.address)
                """)
    }

    /// To an address or number that is to be theirs from now on.
    static func codeOfNew(_ code: String, _ office: Environment) -> Letter {
        let name = office.settings.operatorName
        return Letter(
            subject: both("\(code) is your code for \(name)", "kode Anda untuk \(name)"),
            short: both(
                "\(name): \(code) is your code. Tell it to customer service if you asked for this change",
                "kode Anda. Sebutkan kepada layanan pelanggan jika Anda meminta perubahan ini"),
            text: """
                Your code: \(code)

                Somebody asked our customer service to write to their account here from now on. If it was you, read this code out to them.
                It is good for ten minutes and for one use.
                If it wasn't you, you needn't do anything, and we forget this address.

                Kode Anda: \(code)

                Seseorang meminta layanan pelanggan kami mulai sekarang menyurati akunnya ke sini. Jika itu Anda, bacakan kode ini kepada mereka.
                Berlaku sepuluh menit dan hanya sekali.
                Jika bukan Anda, Anda tidak perlu melakukan apa pun, dan alamat ini kami lupakan.

                \(name)
                \(office.settings.address)
                """)
    }

    /// To the former address, or to the address of somebody whose number was changed. `isKey`: it is what they are reached by.
    static func movedAtTheirWord(_ field: String, _ objection: Token, isKey: Bool, in number: Int64, _ office: Environment) -> Letter {
        let name = office.settings.operatorName, link = "\(office.settings.address)/address-back/\(objection.text)"
        let (what, apa) = field == "email address" ? ("email address", "alamat surel") : ("telephone number", "nomor telepon")
        let more = isKey ? " From now on we write there and no longer here." : ""
        let lagi = isKey ? " Mulai sekarang kami menyurati ke sana, bukan lagi ke sini." : ""
        return Letter(
            subject: both("The \(what) of your account with \(name) was changed", "\(apa.capitalisedFirst) akun Anda di \(name) diubah"),
            short: both(
                "\(name): customer service changed your \(what) for a caller. Not you?", "\(apa.capitalisedFirst) Anda diubah. Bukan Anda?")
                + " \(link)",
            text: """
                Somebody who called or wrote to us as you had our customer service change the \(what) of your account, in case \(number).\(more)
                If it was you, you needn't do anything.
                If it wasn't you, open this page within seven days, without signing in. It puts the former one back, signs everybody out, and
                opens a case in which we look into it:
                \(link)

                Seseorang yang menelepon atau menyurati kami sebagai Anda meminta layanan pelanggan mengubah \(apa) akun Anda, dalam pertanyaan \
                \(number).\(lagi)
                Jika itu Anda, Anda tidak perlu melakukan apa pun.
                Jika bukan Anda, buka halaman ini dalam tujuh hari, tanpa masuk. Yang lama dipakai lagi, akun Anda keluar dari semua peramban, dan
                sebuah pertanyaan dibuka atas nama Anda untuk memeriksanya:
                \(link)

                \(name)
                """)
    }

    /// A name that was put right, an account that sleeps or wakes.
    static func changedAtTheirWord(_ wish: Wish, in number: Int64, _ office: Environment) -> Letter {
        let name = office.settings.operatorName, link = "\(office.settings.address)/cases/\(number)"
        let (done, selesai) =
            switch wish {
            case .sleep: ("deactivated your account", "menonaktifkan akun Anda")
            case .waking: ("woke your account", "membangunkan akun Anda")
            default: ("changed your \(wish.rawValue)", "mengubah nama Anda")
            }
        return Letter(
            subject: both("\(name) \(done)", "\(name) \(selesai)"),
            short: both("\(name) \(done) for a caller. Not you?", "\(selesai.capitalisedFirst). Bukan Anda?") + " \(link)",
            text: """
                Our customer service \(done), because somebody who called or wrote to us as you asked for it and proved to be you.
                If it was you, you needn't do anything.
                If it wasn't you, sign in, put it right, and open the case again, so that we look into it:
                \(link)

                Layanan pelanggan kami \(selesai), karena diminta oleh seseorang yang menelepon atau menyurati kami dan terbukti Anda.
                Jika itu Anda, Anda tidak perlu melakukan apa pun.
                Jika bukan Anda, masuklah, betulkan, dan buka lagi pertanyaannya, agar kami memeriksanya:
                \(link)

                \(name)
                """)
    }

    static func deletionAtTheirWord(on day: Day, receipt: String?, in number: Int64, _ office: Environment) -> Letter {
        let name = office.settings.operatorName, link = "\(office.settings.address)/leave"
        let said = receipt.map { "The number of its receipt is \($0).\n" } ?? "",
            tanda = receipt.map { "Nomor tanda terimanya \($0).\n" } ?? ""
        return Letter(
            subject: both("Your account with \(name) will be deleted", "Akun Anda di \(name) akan dihapus"),
            short: both(
                "\(name): your account goes on \(day.english), as a caller asked. Not you? Wake it:",
                "Akun Anda hilang pada \(day.indonesian). Bukan Anda? Bangunkan:") + " \(link)",
            text: """
                Somebody who called or wrote to our customer service as you, and proved to be you, asked us to delete your account, in case \
                \(number). It sleeps from now on, and goes on \(day.english).
                \(said)If you want to stay, or it wasn't you, sign in before that day and wake it:
                \(link)

                Seseorang yang menelepon atau menyurati layanan pelanggan kami sebagai Anda, dan terbukti Anda, meminta akun Anda dihapus, dalam \
                pertanyaan \(number). Mulai sekarang akun itu tidur, dan hilang pada \(day.indonesian).
                \(tanda)Jika Anda ingin tetap di sini, atau bukan Anda yang memintanya, masuklah sebelum hari itu dan bangunkan akunnya:
                \(link)

                \(name)
                """)
    }

    /// To their address: somebody was called back, and from that day on it counts.
    static func calledBack(in number: Int64, from day: Day, alarm: Token, _ office: Environment) -> Letter {
        let name = office.settings.operatorName, link = "\(office.settings.address)/not-me/\(alarm.text)"
        return Letter(
            subject: both("Customer service of \(name) called your number", "Layanan pelanggan \(name) menelepon nomor Anda"),
            short: both(
                "\(name): we called your number; what was asked for there may be changed from \(day.english) on. Not you?",
                "Kami menelepon nomor Anda; yang diminta boleh diubah mulai \(day.indonesian). Bukan Anda?") + " \(link)",
            text: """
                Somebody wants something of your account changed, and no code reached them. So our customer service called the telephone number
                that we have of you, in case \(number), and spoke with somebody there.
                From \(day.english) on, for a week, they may change what was asked for, and tell you when they do.
                If it was you, you needn't do anything.
                If it wasn't you, stop it before that day, without signing in. Everybody is signed out, and a case is opened:
                \(link)

                Seseorang ingin sesuatu di akun Anda diubah, dan tidak ada kode yang sampai kepadanya. Maka layanan pelanggan kami menelepon
                nomor Anda yang kami kenal, dalam pertanyaan \(number), dan berbicara dengan seseorang di sana.
                Mulai \(day.indonesian), selama seminggu, mereka boleh mengubah yang diminta, dan mengabari Anda saat melakukannya.
                Jika itu Anda, Anda tidak perlu melakukan apa pun.
                Jika bukan Anda, hentikan sebelum hari itu, tanpa masuk. Akun Anda keluar dari semua peramban, dan sebuah pertanyaan dibuka atas nama Anda:
                \(link)

                \(name)
                """)
    }
}

extension String {
    /// At the start of a sentence.
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
