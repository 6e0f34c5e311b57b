// The words of a customer's own case.

import Office

struct OwnCaseTexts {
    let say: Language

    var ask: String { say("Ask a question", id: "Ajukan pertanyaan") }
    /// Whose words they are: of a call or a mail those of who wrote it down.
    func written(_ channel: Channel) -> String {
        switch channel {
        case .form: say("What you wrote", id: "Yang Anda tulis")
        case .call: say("What customer service wrote down of a call", id: "Yang dicatat layanan pelanggan dari sebuah telepon")
        case .mail: say("What customer service wrote down of a mail", id: "Yang dicatat layanan pelanggan dari sebuah surat")
        }
    }
    func notMine(isOpen: Bool) -> String {
        isOpen
            ? say(
                "If it wasn’t you who called or wrote, say so below: we look whose it is, and take it out of your file.",
                id: """
                    Jika bukan Anda yang menelepon atau menulis, katakan di bawah: kami mencari milik siapa ini, dan mengeluarkannya dari \
                    berkas Anda.
                    """)
            : say(
                "If it wasn’t you who called or wrote, open the case again and say so: we look whose it is, and take it out of your file.",
                id: """
                    Jika bukan Anda yang menelepon atau menulis, buka lagi pertanyaannya dan katakan itu: kami mencari milik siapa ini, dan \
                    mengeluarkannya dari berkas Anda.
                    """)
    }
    var pressed: String { say("What you told us", id: "Yang Anda sampaikan") }
    var removed: String { say("You removed these words.", id: "Kata-kata ini sudah Anda hapus.") }
    var unreadable: String {
        say(
            "These words can’t be opened at present. You didn’t remove them.",
            id: "Kata-kata ini saat ini tidak dapat dibuka. Anda tidak menghapusnya.")
    }
    /// What comes of asking, by the ways in which an answer can come.
    func writeToUs(_ offers: Offers, seesUses: Bool) -> String {
        let looks =
            seesUses
            ? say(
                " Each look at your number is in your list of uses.",
                id: " Setiap kali nomor Anda dilihat, tercatat dalam daftar pemakaian Anda.")
            : ""
        return switch (offers.refusal(of: .answer) == nil, offers.refusal(of: .mailAnswer) == nil) {
        case (true, true):
            say(
                "Write what it is about, and somebody from customer service calls you, or answers by email where you want that.",
                id:
                    "Tuliskan pertanyaan Anda, dan seseorang dari layanan pelanggan menelepon Anda, atau menjawab lewat surel bila Anda mau."
            ) + looks
        case (true, false):
            say(
                "Write what it is about, and somebody from customer service calls you.",
                id: "Tuliskan pertanyaan Anda, dan seseorang dari layanan pelanggan menelepon Anda.") + looks
        case (false, true):
            say(
                "Write what it is about, and somebody from customer service answers you by email.",
                id: "Tuliskan pertanyaan Anda, dan seseorang dari layanan pelanggan menjawab Anda lewat surel.")
        case (false, false): say("Write what it is about.", id: "Tuliskan pertanyaan Anda.")
        }
    }
    var answeredByEmail: String {
        say("We answer to your email address, by this rule:", id: "Kami menjawab ke alamat surel Anda, menurut aturan ini:")
    }
    var uncallable: String {
        say(
            "Nobody can call you: you asked for a call, and we have no telephone number of yours.",
            id: "Tidak ada yang dapat menelepon Anda: Anda meminta ditelepon, dan kami tidak punya nomor telepon Anda.")
    }
    var giveNumber: String { say("Give a telephone number", id: "Beri nomor telepon") }
    var chooseEmail: String { say("Answer me by email instead", id: "Jawab saya lewat surel saja") }
    func settling(isResting: Bool) -> String {
        isResting
            ? say(
                "You asked us not to use your data, so this waits until you let us again, or close it.",
                id: "Anda meminta data Anda tidak dipakai, jadi ini menunggu sampai Anda membolehkannya lagi, atau menutupnya.")
            : say(
                "No longer needed? Closed, nobody may use your data for it any more. You can open it again.",
                id: "Tidak perlu lagi? Setelah ditutup, data Anda tidak boleh dipakai lagi untuk ini. Anda dapat membukanya lagi.")
    }
    var refusedByVersion: String {
        say(
            "Nobody may look up your telephone number, so no call comes.",
            id: "Nomor telepon Anda tidak boleh dilihat siapa pun, jadi tidak ada yang menelepon.")
    }
    var newerVersions: String { say("Say yes to the newer version", id: "Setujui versi yang lebih baru") }
    var lookedUp: String {
        say("Who may look up your telephone number for this, and when:", id: "Siapa boleh melihat nomor telepon Anda untuk ini, dan kapan:")
    }
    /// No call is due, and the rule stands all the same.
    var lookedUpToo: String {
        say(
            "The telephone number that you gave us may be looked up too while this is open:",
            id: "Nomor telepon yang Anda berikan juga boleh dilihat selama ini terbuka:")
    }

    func news(_ news: String?, of summary: CaseSummary, isAnswered: Bool) -> String? {
        switch news {
        // The page says that it rests.
        case "asked" where summary.isResting: say("We have your question.", id: "Pertanyaan Anda kami terima.")
        case "asked" where isAnswered && summary.answering == .telephone:
            say(
                "We have your question. Somebody from customer service will call you.",
                id: "Pertanyaan Anda kami terima. Seseorang dari layanan pelanggan akan menelepon Anda.")
        case "asked" where isAnswered && summary.answering == .email:
            say(
                "We have your question. Somebody from customer service will answer you by email.",
                id: "Pertanyaan Anda kami terima. Seseorang dari layanan pelanggan akan menjawab Anda lewat surel.")
        case "asked": say("We have your question.", id: "Pertanyaan Anda kami terima.")
        case "added": say("We have it, and it is with the case.", id: "Sudah kami terima, dan ada dalam pertanyaan ini.")
        case "settled" where !summary.isOpen: say("The case is closed.", id: "Pertanyaan ini sudah ditutup.")
        case "emailed" where isAnswered && summary.answering == .email:
            say(
                "Somebody from customer service will answer you by email.",
                id: "Seseorang dari layanan pelanggan akan menjawab Anda lewat surel.")
        case "unwanted": say("Taken back: it won’t be done.", id: "Sudah ditarik: tidak akan dilakukan.")
        case "objected":
            say(
                "We look into it here. Whoever did it has nothing of you before their eyes until this is settled.",
                id: "Kami memeriksanya di sini. Yang melakukannya tidak melihat apa pun tentang Anda sampai ini selesai.")
        case "reopened": say("The case is open again.", id: "Pertanyaan ini terbuka lagi.")
        default: nil
        }
    }
}
