// What the officers' pages say of holds.

import Office
import Vault

/// The words of it.
struct HoldTexts {
    let say: Language

    var lead: String {
        say(
            """
            What a court or a claim forbids to lose: one officer asks, the other agrees, either ends it. A copy of just that is laid aside; \
            what the person corrects or deletes goes as always. They see it on their page, unless a court forbids that for a time.
            """,
            id: """
                Apa yang menurut pengadilan atau gugatan tidak boleh hilang: satu petugas meminta, yang lain menyetujui, salah satunya \
                mengakhiri. Hanya salinan hal itu yang disisihkan; yang dibetulkan atau dihapus orangnya tetap hilang seperti biasa. Ia \
                melihatnya di halamannya, kecuali pengadilan untuk sementara melarangnya.
                """)
    }
    var customerHint: String { say("Their email address, or their number.", id: "Alamat surelnya, atau nomornya.") }
    var reviewHint: String {
        say("The hold ends after this day by itself.", id: "Setelah hari ini perintahnya berakhir sendiri.")
    }

    var silenceLabel: String {
        say("A court forbids to tell them until (optional)", id: "Pengadilan melarang memberi tahu sampai (opsional)")
    }
    var silenceHint: String {
        say(
            "Until then neither their page nor their record of uses shows it. Afterwards they see everything and get word of it.",
            id: """
                Sampai hari itu halaman dan catatan pemakaiannya tidak memperlihatkannya. Setelah itu ia melihat semuanya dan diberi tahu.
                """)
    }
    var longer: String { say("The court forbids it longer, until", id: "Pengadilan melarangnya lebih lama, sampai") }
    var agreeToSilence: String { say("Agree to tell later", id: "Setuju memberi tahu nanti") }
    var endSilence: String { say("Tell them now", id: "Beri tahu sekarang") }

    func silence(_ restraint: Restraint?) -> String? {
        guard let restraint else { return nil }
        let runs = restraint.until.map { until in
            say(
                "A court forbids to tell the person until \(say.date(until)).",
                id: "Pengadilan melarang memberi tahu orangnya sampai \(say.date(until)).")
        }
        let asked = restraint.asked.map { asked in
            say(
                "\(say.actor(restraint.first ?? "").capitalised) asked to tell the person only after \(say.date(asked)).",
                id: "\(say.actor(restraint.first ?? "").capitalised) meminta orangnya baru diberi tahu setelah \(say.date(asked)).")
        }
        return [runs, asked].compactMap { $0 }.joined(separator: " ")
    }

    func name(_ hold: Hold) -> String {
        let whose = hold.subject.map { say("number \($0.id)", id: "nomor \($0.id)") }
        return say("Hold \(hold.number), ", id: "Perintah \(hold.number), ")
            + (whose ?? say("of somebody who left", id: "milik orang yang sudah pergi"))
    }

    func state(_ summary: HoldSummary) -> String {
        let hold = summary.hold
        if let ended = hold.ended {
            return say("Ended on \(say.date(ended)): the copy is gone.", id: "Diakhiri pada \(say.date(ended)): salinannya sudah hilang.")
        }
        if summary.isOver {
            return say(
                "Over since its day of review, \(say.date(hold.review)): the copy is gone. End it to close the matter.",
                id: "Berakhir sejak hari tinjauannya, \(say.date(hold.review)): salinannya sudah hilang. Akhiri untuk menutup urusannya.")
        }
        guard let second = hold.second, let agreed = hold.agreed else {
            return say(
                "Asked by \(say.actor(hold.first)) on \(say.date(hold.proposed)). Nothing is held yet: agree with the order in your hands.",
                id: """
                    Diminta \(say.actor(hold.first)) pada \(say.date(hold.proposed)). Belum ada yang ditahan: setujui dengan perintahnya di \
                    tangan Anda.
                    """)
        }
        return say(
            "\(say.actor(hold.first).capitalised) and \(say.actor(second)), since \(say.date(agreed)); look again by \(say.date(hold.review)).",
            id: """
                \(say.actor(hold.first).capitalised) dan \(say.actor(second)), sejak \(say.date(agreed)); tinjau lagi sebelum \
                \(say.date(hold.review)).
                """)
    }

    func end(_ hold: Hold) -> String {
        hold.agreed == nil ? say("Take it back", id: "Tarik kembali") : say("End it", id: "Akhiri")
    }

    func news(_ what: String?) -> String? {
        switch what {
        case "proposed": say("Asked. The other officer has to agree.", id: "Sudah diminta. Petugas yang lain harus menyetujuinya.")
        case "agreed": say("Held. The copy is laid aside.", id: "Ditahan. Salinannya disisihkan.")
        case "silent": say("They hear of it later.", id: "Ia baru diberi tahu nanti.")
        case "told": say("They are told now.", id: "Ia diberi tahu sekarang.")
        case "ended": say("Ended. The copy is gone.", id: "Diakhiri. Salinannya sudah hilang.")
        default: nil
        }
    }
}
