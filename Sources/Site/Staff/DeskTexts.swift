// The words of a case at the desk.

import Office

struct DeskTexts {
    let say: Language

    var back: String { say("Back to cases", id: "Kembali ke perkara") }
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
            say("Recorded. It is yours until you hand it on.", id: "Sudah dicatat. Perkara ini Anda pegang sampai Anda serahkan.")
        case "joined":
            say(
                "Joined. The customer has it among their cases, and sees that you looked for them.",
                id: "Sudah disambungkan. Pelanggan melihatnya di antara perkaranya, dan melihat bahwa Anda mencarinya.")
        case "noted": say("Written down.", id: "Sudah dicatat.")
        default: nil
        }
    }
    var hidden: String { say("Hidden", id: "Tersembunyi") }
    /// After a refusal nothing more of the person is read.
    var notAsked: String { say("Not asked for again", id: "Tidak diminta lagi") }
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
            "\(say.thing(reason.field).capitalised), to \(say.name(reason.purpose))",
            id: "\(say.thing(reason.field).capitalised), untuk \(say.name(reason.purpose))")
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
                id: "“\(who.capitalised) membaca \(what) Anda untuk \(purpose), dalam perkara \(number).”")
        }
        return say(
            "“\(who.capitalised) asked for your \(what) to \(purpose), in case \(number). Refused: \(cause).”",
            id: "“\(who.capitalised) meminta \(what) Anda untuk \(purpose), dalam perkara \(number). Ditolak: \(cause).”")
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
            id: "Yang hanya diizinkan kebijakan pada perkara yang terbuka, ditolak setelah ditutup. Pelanggan dapat membukanya lagi.")
    }
    /// `refusal`: what the policy says no to.
    func unclosable(_ refusal: String) -> String {
        say(
            "Only who may read the case may close it. \(refusal), so it stays open here.",
            id: "Hanya yang boleh membaca perkara ini yang boleh menutupnya. \(refusal), jadi di sini perkaranya tetap terbuka.")
    }
    var restricted: String {
        say(
            """
            The customer asked us not to use their data. No clock runs meanwhile: they close the case, or let us go on with it, and then the \
            clock begins anew.
            """,
            id: """
                Pelanggan meminta datanya tidak dipakai. Selama itu waktunya tidak berjalan: mereka menutup perkaranya, atau membolehkan kami \
                melanjutkan, dan waktunya mulai dari awal.
                """)
    }
    var close: String { say("Close the case", id: "Tutup perkaranya") }
}
