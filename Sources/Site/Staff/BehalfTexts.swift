// The words of what is done on somebody's behalf.

import Office

struct BehalfTexts {
    /// How word of a change goes to them.
    enum Word { case mail, message, none }
    let say: Language
    var word = Word.mail

    var wanted: String { say("Do they want something changed?", id: "Ada yang ingin mereka ubah?") }
    var wantedLead: String {
        say(
            "A name, an address, a number, or the account itself: once you made sure who it is.",
            id: "Nama, alamat, nomor, atau akunnya sendiri: setelah Anda memastikan siapa orangnya.")
    }
    var go: String { say("Do it on their behalf", id: "Lakukan atas nama mereka") }
    func title(_ number: Int64) -> String { say("On their behalf, case \(number)", id: "Atas nama mereka, pertanyaan \(number)") }
    func back(_ number: Int64) -> String { say("Back to case \(number)", id: "Kembali ke pertanyaan \(number)") }
    var lead: String {
        guard word != .none else {
            return say(
                "All that you do here the customer sees at once, with its rule. No word of it goes to them.",
                id: "Semua yang Anda lakukan di sini langsung dilihat pelanggan, beserta aturannya. Kabarnya tidak dikirim kepadanya.")
        }
        return say(
            "All that you do here the customer sees at once, with its rule, and hears of.",
            id: "Semua yang Anda lakukan di sini langsung dilihat pelanggan, beserta aturannya, dan dikabarkan kepadanya.")
    }

    // Who it is
    var who: String { say("Who is it?", id: "Siapa orangnya?") }
    var codeLead: String {
        say(
            "Send a code to where we reached them before, and have them read it out. You see neither the code nor the address.",
            id: "Kirim kode ke tempat kami biasa menghubunginya, lalu minta dibacakan. Anda tidak melihat kode maupun alamatnya.")
    }
    var verified: String { say("Verified", id: "Terbukti") }
    func verified(by field: String, until time: String) -> String {
        say(
            "They read out the code to their \(say.thing(field)). To you, in this case, they are the customer until \(time).",
            id: "Mereka membacakan kode ke \(say.thing(field))nya. Bagi Anda, dalam pertanyaan ini, mereka pelanggan sampai \(time).")
    }
    var wait: String {
        say(
            "Too many codes went to them just now. Another one can go in ten minutes.",
            id: "Baru saja terlalu banyak kode dikirim kepadanya. Kode berikutnya dapat dikirim sepuluh menit lagi.")
    }

    // Calling back
    var callBack: String { say("No code reaches them?", id: "Kodenya tidak bisa sampai?") }
    var callBackLead: String {
        say(
            """
            Call them back at the number that we have known for a week. They are told at their address, and can stop it; only then, after \
            the days that the policy sets, does it count.
            """,
            id: """
                Telepon balik nomor yang sudah kami kenal selama seminggu. Mereka dikabari di alamatnya dan dapat menghentikannya; baru \
                sesudah itu, setelah hari-hari yang ditetapkan kebijakan, telepon itu dianggap bukti.
                """)
    }
    var openNumber: String { say("Open the number to call it", id: "Buka nomornya untuk ditelepon") }
    var spoke: String { say("I called it, and spoke with them", id: "Saya meneleponnya, dan berbicara dengannya") }
    func standing(_ day: String?) -> String {
        guard let day else {
            return say("You called back. The notice is on its way to them.", id: "Sudah ditelepon balik. Kabarnya sedang dikirim.")
        }
        return say(
            "They were called back, and told. If nobody objects, it counts from \(day) on, for a week.",
            id: "Mereka sudah ditelepon balik dan dikabari. Bila tidak ada yang keberatan, berlaku mulai \(day), selama seminggu.")
    }

    // What they ask for
    var whatTheyAsk: String { say("What do they ask for?", id: "Apa yang mereka minta?") }
    var whatTheyAskLead: String {
        say("Only what is written down here can be done, once.", id: "Hanya yang dicatat di sini yang dapat dilakukan, satu kali.")
    }
    var writeDown: String { say("Write it down", id: "Catat") }
    func name(_ wish: Wish) -> String {
        switch wish {
        case .name: say("Another name", id: "Nama lain")
        case .email: say("Another email address", id: "Alamat surel lain")
        case .telephone: say("Another telephone number", id: "Nomor telepon lain")
        case .sleep: say("Deactivate the account", id: "Nonaktifkan akunnya")
        case .waking: say("Wake the account", id: "Bangunkan akunnya")
        case .deletion: say("Delete the account", id: "Hapus akunnya")
        }
    }
    func id(_ wish: Wish) -> String { wish.rawValue.replacing(" ", with: "-") }

    // Doing it
    func new(_ wish: Wish) -> String {
        switch wish {
        case .email: say("New email address", id: "Alamat surel baru")
        case .telephone: say("New telephone number", id: "Nomor telepon baru")
        default: say("The name as it should be", id: "Nama yang benar")
        }
    }
    func newHint(_ wish: Wish) -> String {
        guard word != .none else {
            return say(
                "A code goes there. It counts once they read that out. Nothing goes to the former one, so nobody can take it back from there.",
                id: """
                    Kode dikirim ke sana. Berlaku setelah mereka membacakannya. Yang lama tidak dikabari, jadi tak seorang pun dapat \
                    membatalkannya dari sana.
                    """)
        }
        return wish == .email
            ? say(
                "A code goes there. It counts once they read that out; the old address can take it back for a week.",
                id: "Kode dikirim ke sana. Berlaku setelah mereka membacakannya; alamat lama dapat membatalkannya selama seminggu.")
            : say(
                "A code goes there. It counts once they read that out; they can take it back for a week.",
                id: "Kode dikirim ke sana. Berlaku setelah mereka membacakannya; mereka dapat membatalkannya selama seminggu.")
    }
    func button(_ wish: Wish) -> String {
        switch wish {
        case .name: say("Change the name", id: "Ubah namanya")
        case .email: say("Send a code to the new address", id: "Kirim kode ke alamat baru")
        case .telephone: say("Send a code to the new number", id: "Kirim kode ke nomor baru")
        case .sleep: say("Deactivate the account", id: "Nonaktifkan akunnya")
        case .waking: say("Wake the account", id: "Bangunkan akunnya")
        case .deletion: say("Delete it in seven days", id: "Hapus dalam tujuh hari")
        }
    }
    func consequence(_ wish: Wish) -> String {
        let consequence =
            switch wish {
            case .sleep: say("It sleeps until they come back.", id: "Akunnya tidur sampai mereka kembali.")
            case .deletion:
                say(
                    "It sleeps from now on and is deleted in seven days; until then they can undo it.",
                    id: "Akunnya tidur mulai sekarang dan dihapus dalam tujuh hari; sampai saat itu dapat dibatalkan.")
            default: say("It is awake again, and isn’t deleted.", id: "Akunnya bangun lagi, dan tidak dihapus.")
            }
        return consequence + " " + heard
    }
    private var heard: String {
        switch word {
        case .mail: say("They hear of it by mail.", id: "Mereka dikabari lewat surel.")
        case .message: say("They hear of it by a message to their number.", id: "Mereka dikabari lewat pesan ke nomornya.")
        case .none: say("No word of it goes to them.", id: "Kabarnya tidak dikirim kepada mereka.")
        }
    }
    func goes(on day: String) -> String {
        say("The account is to be deleted on \(day).", id: "Akunnya akan dihapus pada \(day).")
    }
    var lacking: String {
        say("As it stands the policy says no: something is missing above.", id: "Saat ini kebijakan menolak: di atas ada yang kurang.")
    }
    /// What will stand in the person's list.
    func willRead(_ who: String, _ wish: Wish, _ number: Int64) -> String {
        let who = who.capitalised
        return switch wish {
        case .name, .email, .telephone:
            say(
                "“\(who) corrected your \(say.thing(wish.rawValue)) to answer you, in case \(number).”",
                id: "“\(who) membetulkan \(say.thing(wish.rawValue)) Anda untuk \(say.name("answer you")), dalam pertanyaan \(number).”")
        case .sleep:
            say(
                "“\(who) deactivated your account at your word, in case \(number).”",
                id: "“\(who) menonaktifkan akun Anda atas permintaan Anda, dalam pertanyaan \(number).”")
        case .waking:
            say(
                "“\(who) woke your account at your word, in case \(number).”",
                id: "“\(who) membangunkan akun Anda atas permintaan Anda, dalam pertanyaan \(number).”")
        case .deletion:
            say(
                "“\(who) put your account down to be deleted in seven days, at your word, in case \(number).”",
                id: "“\(who) mencatat akun Anda untuk dihapus dalam tujuh hari, atas permintaan Anda, dalam pertanyaan \(number).”")
        }
    }

    func news(_ name: String) -> String? {
        switch name {
        case "verified": say("It is them: the code is right.", id: "Benar mereka: kodenya cocok.")
        case "called":
            say("Written down. They are told, and can stop it.", id: "Sudah dicatat. Mereka dikabari, dan dapat menghentikannya.")
        case "wished": say("Written down, as what they ask for.", id: "Sudah dicatat, sebagai permintaan mereka.")
        case "changed" where word == .none:
            say(
                "Done. They see it in their list; no word of it goes to them.",
                id: "Selesai. Mereka melihatnya dalam daftarnya; kabarnya tidak dikirim kepada mereka.")
        case "changed":
            say(
                "Done. They see it in their list, and hear of it.",
                id: "Selesai. Mereka melihatnya dalam daftarnya, dan dikabari.")
        default: nil
        }
    }

    func fault(_ outcome: CallerOutcome) -> String? {
        switch outcome {
        case .verified: nil
        case .wrong(let left): say.codeWrong(left: left)
        case .expired:
            say(
                "This code is too old or used up, or a colleague sent it. Send another",
                id: "Kode ini terlalu lama, sudah terpakai, atau dikirim rekan. Kirim yang lain")
        case .unfit: say.codeUnfit
        }
    }
    func fault(_ outcome: AddressOutcome) -> String? {
        switch outcome {
        case .changed: nil
        case .wrong(let left): say.codeWrong(left: left)
        case .expired:
            say(
                "This code is too old or used up, or a colleague sent it. Enter the address again for a new one",
                id: "Kode ini terlalu lama, sudah terpakai, atau dikirim rekan. Isi alamatnya lagi untuk kode baru")
        case .unfit: say.codeUnfit
        case .taken:
            say(
                "Somebody proved this address before they did. Enter another one",
                id: "Seseorang lebih dulu membuktikan alamat ini. Isi alamat lain")
        }
    }
    /// The id of the field in which it is typed.
    func valueField(_ wish: Wish) -> StaticString {
        switch wish {
        case .email: "new-email"
        case .telephone: "new-telephone"
        default: "new-name"
        }
    }
    func codeField(_ wish: Wish) -> StaticString { wish == .email ? "email-code" : "telephone-code" }
    /// Where what is wrong with a field stands on this page.
    static func anchor(_ field: String) -> String { ["email", "telephone", "name"].contains(field) ? "new-\(field)" : field }

    /// A step of a case.
    func sentence(_ step: CaseStep, _ who: String, isForPerson: Bool) -> String {
        let about = step.about ?? "", thing = say.thing(about)
        let theirs = isForPerson ? say("your \(thing)", id: "\(thing) Anda") : say("the customer’s \(thing)", id: "\(thing) pelanggan")
        return switch step.kind {
        case .codeSent: say("\(who) sent a code to \(theirs).", id: "\(who) mengirim kode ke \(theirs).")
        case .newCode:
            say(
                "\(who) sent a code to the new \(thing) that was given.", id: "\(who) mengirim kode ke \(thing) baru yang diberikan.")
        case .verified:
            isForPerson
                ? say("\(who) made sure that it was you, by the code.", id: "\(who) memastikan bahwa itu Anda, dengan kode itu.")
                : say(
                    "\(who) made sure that it was the customer, by the code.", id: "\(who) memastikan bahwa itu pelanggan, dengan kode itu."
                )
        case .calledBack:
            isForPerson
                ? say("\(who) called you back.", id: "\(who) menelepon balik Anda.")
                : say("\(who) called the customer back.", id: "\(who) menelepon balik pelanggan.")
        case .unwanted:
            say("\(who) took back what was asked for: \(wish(about)).", id: "\(who) menarik yang diminta: \(wish(about)).")
        case .wanted:
            say("\(who) wrote down what is asked for: \(wish(about)).", id: "\(who) mencatat yang diminta: \(wish(about)).")
        case .changed: say("\(who) did what was asked for: \(wish(about)).", id: "\(who) melakukan yang diminta: \(wish(about)).")
        default:
            isForPerson
                ? say("You said that it wasn’t you.", id: "Anda berkata bahwa itu bukan Anda.")
                : say("The customer said that it wasn’t they.", id: "Pelanggan berkata bahwa itu bukan dirinya.")
        }
    }

    var takeBack: String { say("They don’t ask for it", id: "Ia tidak memintanya") }
    var askedForYou: String { say("Asked for as yours, and not done yet", id: "Diminta atas nama Anda, dan belum dilakukan") }
    var objection: String { say("That wasn’t me", id: "Itu bukan saya") }
    func objected(_ number: Int64) -> String {
        say(
            "You said that it wasn’t you: it is looked into in case \(number).",
            id: "Anda menyatakan bukan Anda: diperiksa dalam pertanyaan \(number).")
    }
    var objectionLead: String {
        say(
            """
            Something of your account was changed here because somebody said that they were you. If it wasn’t you, a case is opened in which \
            others look into it.
            """,
            id: """
                Sesuatu di akun Anda diubah di sini karena seseorang mengaku sebagai Anda. Bila itu bukan Anda, sebuah pertanyaan dibuka atas nama Anda, dan orang \
                lain yang memeriksanya.
                """)
    }
    var notWanted: String { say("I don’t want this", id: "Saya tidak menginginkannya") }

    private func wish(_ name: String) -> String {
        Wish(rawValue: name).map { self.name($0) }.map { $0.prefix(1).lowercased() + $0.dropFirst() } ?? name
    }
}
