// The words of a case at the desk.

import Office

struct DeskTexts {
    let say: Language

    var back: String { say("Back to cases", id: "Kembali ke pertanyaan") }
    var customer: String { say("The customer", id: "Pelanggan") }
    var name: String { say("Name", id: "Nama") }
    var telephone: String { say("Telephone", id: "Telepon") }
    var email: String { say("Email", id: "Surel") }
    func label(_ field: String) -> String {
        switch field {
        case "telephone number": telephone
        case "email address": email
        default: say("Came from", id: "Datang dari")
        }
    }
    /// What was there, and its person took away.
    var removed: String { say("Removed by the customer.", id: "Sudah dihapus pelanggan.") }
    var colleague: String {
        say("Somebody who works here, with their account for work", id: "Seseorang yang bekerja di sini, dengan akun kerjanya")
    }
    var unmailedColleague: String {
        say(
            "No mail goes to them as to a customer: an account for work has no address of one. Tell them yourself, and close the case.",
            id: """
                Kepadanya tidak dikirim surel seperti kepada pelanggan: akun kerja tidak punya alamat pelanggan. Sampaikan sendiri, lalu tutup \
                pertanyaannya.
                """)
    }
    var unknown: String { say("Not known yet", id: "Belum diketahui") }
    var notSent: String {
        say(
            "The mail server didn’t take it, so nothing was sent or written down. What you wrote is still here: send it again in a while.",
            id:
                "Server surel tidak menerimanya, jadi tidak ada yang terkirim atau tercatat. Tulisan Anda masih ada: kirim lagi beberapa saat lagi."
        )
    }
    func news(_ name: String) -> String? {
        switch name {
        case "recorded":
            say("Recorded. It is yours until you hand it on.", id: "Sudah dicatat. Pertanyaan ini Anda pegang sampai Anda serahkan.")
        case "joined":
            say(
                "Joined. The customer has it among their cases, and sees that you looked for them.",
                id: "Sudah disambungkan. Pelanggan melihatnya di antara pertanyaannya, dan melihat bahwa Anda mencarinya.")
        case "parted":
            say(
                "Taken back. It is of nobody known again, and yours until you hand it on; who had it is told.",
                id:
                    "Sudah ditarik kembali. Belum diketahui lagi milik siapa, dan Anda pegang sampai diserahkan; yang tadinya memilikinya diberi tahu."
            )
        case "noted": say("Written down.", id: "Sudah dicatat.")
        default: nil
        }
    }
    var unreadable: String { say("Can’t be opened", id: "Tidak dapat dibuka") }
    var damaged: String { say("Something of this customer can’t be opened.", id: "Ada data pelanggan ini yang tidak dapat dibuka.") }
    var damagedNext: String {
        say(
            "It was changed or damaged, and nobody can read it. Whoever runs the house finds it with “voffice admin doctor”, and perhaps whole in a "
                + "backup.",
            id:
                "Data itu diubah atau rusak, dan tak seorang pun dapat membacanya. Pengelola menemukannya dengan “voffice admin doctor”, dan "
                + "mungkin utuh dalam cadangan.")
    }
    var unclosableUnread: String {
        say(
            "It can’t be closed while it can’t be read.", id: "Pertanyaan ini tidak dapat ditutup selama tidak dapat dibaca.")
    }
    var damagedMeanwhile: String {
        say("Meanwhile you can hand the case on.", id: "Sementara itu pertanyaan ini dapat Anda serahkan.")
    }
    var hidden: String { say("Hidden", id: "Tersembunyi") }
    /// After a refusal nothing more of the person is read.
    var giveReason: String { say("Give a reason", id: "Sebutkan alasan") }
    var nothingStored: String { say("None is stored.", id: "Tidak ada yang tersimpan.") }
    /// `isSeen`: it is of somebody who is known, and who may read who used their data.
    func open(until time: String, isSeen: Bool) -> String {
        guard isSeen else { return say("Open to you until \(time).", id: "Terbuka bagi Anda sampai \(time).") }
        return say(
            "Open to you until \(time); the customer sees that you looked.",
            id: "Terbuka bagi Anda sampai \(time); pelanggan melihat bahwa Anda membukanya.")
    }
    var wrote: String { say("What they wrote", id: "Yang ditulisnya") }

    var open: String { say("Open a hidden field", id: "Buka isian tersembunyi") }
    var which: String { say("What do you need, and what for?", id: "Apa yang Anda perlukan, dan untuk apa?") }
    func reason(_ reason: CaseReason) -> String {
        say(
            "\(say.thing(reason.field).capitalised), to \(say.purposeForStaff(reason.purpose))",
            id: "\(say.thing(reason.field).capitalised), untuk \(say.purposeForStaff(reason.purpose))")
    }
    var howLong: String {
        say(
            "It stays open to you for fifteen minutes; looking again within them is the same use.",
            id: "Terbuka bagi Anda selama lima belas menit; melihatnya lagi dalam waktu itu adalah pemakaian yang sama.")
    }
    func evidence(_ condition: String, holds: Bool) -> String {
        holds
            ? say("\(condition): yes", id: "\(condition): ya")
            : say("\(condition): no", id: "\(condition): tidak")
    }
    /// `isSeen`: who comes new may read who used their data.
    func willSee(_ isSeen: Bool) -> String {
        isSeen
            ? say("The customer will see this at once:", id: "Pelanggan langsung melihat ini:")
            : say("This will be in the record of uses:", id: "Ini akan tercatat dalam catatan pemakaian:")
    }
    func sentence(_ who: String, _ reason: CaseReason, _ number: Int64, refused cause: String?) -> String {
        let what = say.thing(reason.field), purpose = say.name(reason.purpose)
        guard let cause else {
            return say(
                "“\(who.capitalised) read your \(what) to \(purpose), in case \(number).”",
                id: "“\(who.capitalised) membaca \(what) Anda untuk \(purpose), dalam pertanyaan \(number).”")
        }
        return say(
            "“\(who.capitalised) asked for your \(what) to \(purpose), in case \(number). Refused: \(cause).”",
            id: "“\(who.capitalised) meminta \(what) Anda untuk \(purpose), dalam pertanyaan \(number). Ditolak: \(cause).”")
    }
    var show: String { say("Show it", id: "Tampilkan") }
    func willRefuse(_ cause: String, isSeen: Bool) -> String {
        guard isSeen else { return say("As it stands this will be refused: \(cause).", id: "Saat ini permintaan akan ditolak: \(cause).") }
        return say(
            "As it stands this will be refused, and the customer sees that you tried: \(cause).",
            id: "Saat ini permintaan akan ditolak, dan pelanggan melihat bahwa Anda mencoba: \(cause).")
    }
    var recorded: String {
        say("The customer sees this attempt in the list of uses.", id: "Pelanggan melihat percobaan ini dalam daftar pemakaian.")
    }

    var settled: String { say("Is it settled?", id: "Sudah selesai?") }
    var closing: String {
        say(
            "What the policy allows on an open case only is refused once it is closed. The customer can open it again.",
            id: "Yang hanya diizinkan kebijakan pada pertanyaan yang terbuka, ditolak setelah ditutup. Pelanggan dapat membukanya lagi.")
    }
    /// Why it isn't handed to these roles, which have the cases too.
    func isEmpty(_ roles: [String]) -> String {
        let who = roles.map(say.name).joined(separator: say(" or ", id: " atau "))
        return say(
            "Nobody here is \(who) who could take it, so nobody would see it there.",
            id: "Tidak ada \(who) di sini yang dapat mengambilnya, jadi di sana tidak ada yang akan melihatnya.")
    }
    /// Before it is handed over: what of a case another role reads, and what it doesn't.
    func sees(_ role: String, _ fields: [String]) -> String {
        let hidden = Environment.fieldsOfCase.filter { !fields.contains($0) }, who = say.name(role).capitalised
        let seen = say(
            "\(who) sees of this: when it came and what was done, without the words; and, where there is any, \(say.things(fields)).",
            id:
                "\(who) melihat dari pertanyaan ini: kapan datang dan apa yang dilakukan, tanpa kata-katanya; dan, bila ada, \(say.things(fields))."
        )
        guard !hidden.isEmpty else {
            return say(
                "\(who) sees the whole case, and, where there is any, \(say.things(fields)).",
                id: "\(who) melihat seluruh pertanyaan, dan, bila ada, \(say.things(fields)).")
        }
        return seen + say(" Not shown to them: \(say.things(hidden)).", id: " Tidak terlihat olehnya: \(say.things(hidden)).")
    }
    var yourWork: String { say("What your work sees of it", id: "Yang dilihat tugas Anda") }
    func yourFields(_ fields: [String]) -> String {
        say(
            "The policy opens to you, while the case is open: \(say.things(fields)). Nothing of that is kept in this case.",
            id:
                "Selama pertanyaannya terbuka, kebijakan membuka bagi Anda: \(say.things(fields)). Tidak ada yang tersimpan dalam pertanyaan ini."
        )
    }
    var handBack: String {
        say(
            "Who asks, what they said and the notes aren’t opened to your work, and nobody was asked for them. If you need them, hand it back.",
            id:
                "Siapa yang bertanya, apa yang dikatakannya, dan catatannya tidak terbuka bagi tugas Anda, dan tidak diminta. Bila perlu, serahkan kembali."
        )
    }

    var resting: String {
        say(
            """
            It rests: the customer has their data kept and not used. Until they take that back, or close it themselves, nobody here reads it, \
            answers it or closes it, no clock runs, and it isn’t late.
            """,
            id: """
                Pertanyaan ini diam: pelanggan meminta datanya disimpan dan tidak dipakai. Sampai ia menarik permintaan itu, atau menutupnya \
                sendiri, tidak ada yang membaca, menjawab, atau menutupnya di sini, tidak ada tenggat yang berjalan, dan pertanyaannya tidak \
                terlambat.
                """)
    }
    func unclosable(_ refusal: String) -> String {
        say(
            "Only who may read the case may close it. \(refusal), so it stays open here.",
            id: "Hanya yang boleh membaca pertanyaan ini yang boleh menutupnya. \(refusal), jadi di sini pertanyaannya tetap terbuka.")
    }
    var close: String { say("Close the case", id: "Tutup pertanyaannya") }
}
