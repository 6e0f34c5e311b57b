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
    /// After a refusal nothing more of the person is read.
    var notAsked: String { say("Not asked for again", id: "Tidak diminta lagi") }
    var giveReason: String { say("Give a reason", id: "Sebutkan alasan") }
    var noNumber: String { say("None is stored.", id: "Tidak ada yang tersimpan.") }
    var shown: String {
        say("On this page only; the customer sees that you looked.", id: "Hanya di halaman ini; pelanggan melihat bahwa Anda membukanya.")
    }
    var wrote: String { say("What they wrote", id: "Yang ditulisnya") }

    var open: String { say("Open a hidden field", id: "Buka isian tersembunyi") }
    var reason: String { say("The telephone number, to call about this case.", id: "Nomor telepon, untuk menelepon soal perkara ini.") }
    func evidence(_ condition: String, holds: Bool) -> String {
        holds
            ? say("\(condition): yes", id: "\(condition): ya")
            : say("\(condition): no", id: "\(condition): tidak")
    }
    var willSee: String { say("The customer will see this at once:", id: "Pelanggan langsung melihat ini:") }
    func sentence(_ who: String, _ number: Int64, refused cause: String?) -> String {
        guard let cause else {
            return say(
                "“\(who.capitalised) read your telephone number to answer you, in case \(number).”",
                id: "“\(who.capitalised) membaca nomor telepon Anda untuk menjawab Anda, dalam perkara \(number).”")
        }
        return say(
            "“\(who.capitalised) asked for your telephone number to answer you, in case \(number). Refused: \(cause).”",
            id: "“\(who.capitalised) meminta nomor telepon Anda untuk menjawab Anda, dalam perkara \(number). Ditolak: \(cause).”")
    }
    var show: String { say("Show telephone number", id: "Tampilkan nomor telepon") }
    func willRefuse(_ cause: String) -> String {
        say(
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
            id: "Yang hanya diizinkan kebijakan pada perkara yang terbuka, ditolak setelah ditutup. Pelanggan dapat membukanya lagi.")
    }
    /// `refusal`: what the policy says no to.
    func unclosable(_ refusal: String) -> String {
        say(
            "Only who may read the case may close it. \(refusal), so it stays open here.",
            id: "Hanya yang boleh membaca perkara ini yang boleh menutupnya. \(refusal), jadi di sini perkaranya tetap terbuka.")
    }
    var close: String { say("Close the case", id: "Tutup perkaranya") }
}
