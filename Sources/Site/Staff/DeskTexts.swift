// The words of a case at the desk.

import Office

struct DeskTexts {
    let say: Language

    var back: String { say("Back to cases", id: "Kembali ke perkara") }
    var customer: String { say("The customer", id: "Pelanggan") }
    var name: String { say("Name", id: "Nama") }
    var telephone: String { say("Telephone", id: "Telepon") }
    var email: String { say("Email", id: "Surel") }
    var hidden: String { say("Hidden", id: "Tersembunyi") }
    var giveReason: String { say("Give a reason", id: "Sebutkan alasan") }
    var noNumber: String { say("None is stored.", id: "Tidak ada yang tersimpan.") }
    var shown: String {
        say("On this page only; the customer sees that you looked.", id: "Hanya di halaman ini; pelanggan melihat bahwa Anda membukanya.")
    }
    var wrote: String { say("What they wrote", id: "Yang ditulisnya") }

    var open: String { say("Open a hidden field", id: "Buka isian tersembunyi") }
    var reason: String { say("The telephone number, to call about this case.", id: "Nomor telepon, untuk menelepon soal perkara ini.") }
    func evidence(_ summary: CaseSummary) -> String {
        summary.isOpen
            ? say("An open case: case \(summary.number)", id: "Perkara yang terbuka: perkara \(summary.number)")
            : say("An open case: case \(summary.number) is closed", id: "Perkara yang terbuka: perkara \(summary.number) sudah ditutup")
    }
    var willSee: String { say("The customer will see this at once:", id: "Pelanggan langsung melihat ini:") }
    func sentence(_ who: String, _ summary: CaseSummary) -> String {
        let number = summary.number
        guard summary.isOpen else {
            return say(
                "“\(who.capitalised) asked for your telephone number to answer you, in case \(number). Refused: that needs an open case.”",
                id: """
                    “\(who.capitalised) meminta nomor telepon Anda untuk menjawab Anda, dalam perkara \(number). Ditolak: itu \
                    memerlukan perkara yang terbuka.”
                    """
            )
        }
        return say(
            "“\(who.capitalised) read your telephone number to answer you, in case \(number).”",
            id: "“\(who.capitalised) membaca nomor telepon Anda untuk menjawab Anda, dalam perkara \(number).”")
    }
    var show: String { say("Show telephone number", id: "Tampilkan nomor telepon") }
    var willRefuse: String {
        say(
            "The case is closed: this will be refused, and the customer sees that you tried.",
            id: "Perkaranya sudah ditutup: ini akan ditolak, dan pelanggan melihat bahwa Anda mencoba.")
    }
    var noRule: String {
        say(
            "No rule of the policy lets you see it: this will be refused, and the customer sees that you tried.",
            id: "Tidak ada aturan kebijakan yang membolehkannya: ini akan ditolak, dan pelanggan melihat bahwa Anda mencoba.")
    }
    var recorded: String {
        say("The customer sees this attempt in the list of uses.", id: "Pelanggan melihat percobaan ini dalam daftar pemakaian.")
    }

    var settled: String { say("Is it settled?", id: "Sudah selesai?") }
    var closing: String {
        say(
            "Once closed, nobody here can look up the number. The customer can open the case again.",
            id: "Setelah ditutup, tak seorang pun di sini dapat melihat nomornya. Pelanggan dapat membuka perkaranya lagi.")
    }
    var close: String { say("Close the case", id: "Tutup perkaranya") }
}
