// The words of the work log.

import Office
import Policy
import Vault

struct WorkTexts {
    let say: Language

    var own: String { say("My work", id: "Pekerjaan saya") }
    var ownLead: String {
        say(
            "Each use of people’s data in your name, as they see it in their own lists. The privacy officer sees it too.",
            id: "Setiap pemakaian data orang atas nama Anda, seperti tampak di daftar mereka. Petugas pelindungan data juga melihatnya.")
    }
    var everybody: String { say("Everybody’s work", id: "Pekerjaan semua staf") }
    var everybodyLead: String {
        say(
            """
            The last four weeks, what is unusual first. A sign accuses nobody: it says where to look. Whose work you look at sees that you \
            did.
            """,
            id: """
                Empat minggu terakhir, yang tidak biasa di atas. Sebuah tanda tidak menuduh siapa pun: ia menunjukkan yang perlu dilihat. \
                Yang pekerjaannya Anda lihat mengetahuinya.
                """)
    }
    func of(_ who: String) -> String { say("Work of \(who)", id: "Pekerjaan \(who)") }
    var othersLead: String {
        say(
            "What was used of whom is a number here: the same person has the same number. That you looked is in their list.",
            id: "Orangnya hanya berupa nomor di sini: orang yang sama bernomor sama. Bahwa Anda melihatnya ada di daftar staf itu.")
    }
    var nothing: String { say("Nothing yet", id: "Belum ada") }
    var nothingLead: String {
        say(
            "Each field of a customer that is opened, and each attempt that is refused, will stand here.",
            id: "Setiap data pelanggan yang dibuka, dan setiap percobaan yang ditolak, akan tertulis di sini.")
    }
    var older: String { say("Show older", id: "Tampilkan yang lebih lama") }

    var columns: [String] {
        [
            say("When", id: "Kapan"), say("What", id: "Apa"), say("What for", id: "Untuk apa"), say("Case or hold", id: "Pertanyaan"),
            say("Whose", id: "Milik siapa"), say("Answer", id: "Jawaban"),
        ]
    }

    /// `Read telephone number`
    func deed(_ use: RecordedUse) -> String {
        let things = say.things(use.things)
        return switch use.verb {
        case "correct" where use.wasRefused: say("Wanted to correct \(things)", id: "Hendak membetulkan \(things)")
        case "delete" where use.wasRefused: say("Wanted to delete \(things)", id: "Hendak menghapus \(things)")
        case "read" where use.wasRefused: say("Asked for \(things)", id: "Meminta \(things)")
        case "hold" where use.wasRefused: say("Asked to lay aside a copy of \(things)", id: "Meminta penyisihan salinan \(things)")
        case "read": say("Read \(things)", id: "Membaca \(things)")
        case "correct": say("Corrected \(things)", id: "Membetulkan \(things)")
        case "delete": say("Deleted \(things)", id: "Menghapus \(things)")
        case "collect": say("Took in \(things)", id: "Menerima \(things)")
        case "verify": say("Verified a caller by the \(things)", id: "Memastikan penelepon lewat \(things)")
        case "part": say("Took a contact back", id: "Menarik kembali kontak")
        case "call back": say("Called back the \(things)", id: "Menelepon balik \(things)")
        case "deactivate": say("Deactivated the account", id: "Menonaktifkan akun")
        case "reactivate": say("Woke the account", id: "Membangunkan akun")
        case "send" where use.wasRefused: say("Wanted to send \(things)", id: "Hendak mengirim \(things)")
        case "aggregate": say("Counted \(things)", id: "Menghitung \(things)")
        case "send", "sent": say("Sent \(things)", id: "Mengirim \(things)")
        case "derive": say("Derived \(things)", id: "Menurunkan \(things)")
        case "give": say("Was given \(things)", id: "Menerima \(things)")
        case "export": say("Took along \(things)", id: "Membawa \(things)")
        case "extend restraint": say("Agreed that telling waits longer", id: "Setuju bahwa pemberitahuan menunggu lebih lama")
        case "end restraint": say("Found that it may be told", id: "Menyatakan bahwa boleh diberitahukan")
        case "lapse hold": say("Let the hold of \(things) lapse", id: "Membiarkan pengamanan bukti \(things) gugur")
        case "ask deletion": say("Put the account down to be deleted", id: "Mencatat akun untuk dihapus")
        case "hold": say("Laid aside a copy of \(things)", id: "Menyisihkan salinan \(things)")
        case "end hold": say("Ended the hold of \(things)", id: "Mengakhiri pengamanan bukti \(things)")
        case "drop hold": say("Took back the hold of \(things)", id: "Menarik kembali pengamanan bukti \(things)")
        default: say("\(use.verb.capitalised): \(things)", id: "\(use.verb.capitalised): \(things)")
        }
    }
    func matter(_ use: RecordedUse) -> String {
        guard let matter = use.matter else { return say("No case", id: "Tanpa pertanyaan") }
        if use.isOfHold { return say("Hold \(matter)", id: "Pengamanan bukti \(matter)") }
        if use.isOfComplaint { return say("Complaint \(matter)", id: "Keluhan \(matter)") }
        return say("Case \(matter)", id: "Pertanyaan \(matter)")
    }
    func person(_ number: Int) -> String { say("Person \(number)", id: "Orang \(number)") }
    var allowed: String { say("Yes", id: "Ya") }
    var refused: String { say("Refused", id: "Ditolak") }

    var hasLeft: String {
        say(
            "Works here no longer; seen as long as the policy keeps what was done.",
            id: "Tidak bekerja di sini lagi; terlihat selama kebijakan menyimpan yang dilakukannya.")
    }
    func figures(_ summary: WorkSummary) -> String {
        guard summary.uses > 0 else { return say("Used no customer’s data.", id: "Tidak memakai data pelanggan mana pun.") }
        let uses = say.count(summary.uses, "use", "uses", id: "pemakaian"), refused = say.count(summary.refused)
        var whose = summary.people > 0 || summary.contacts == 0 ? [say.count(summary.people, "person", "people", id: "orang")] : []
        if summary.contacts > 0 {
            whose.append(say.count(summary.contacts, "contact of nobody known", "contacts of nobody known", id: "kontak tak dikenal"))
        }
        let data = whose.joined(separator: say(" and ", id: " dan "))
        return say("\(uses) of data of \(data), \(refused) refused.", id: "\(uses) data \(data), \(refused) ditolak.")
    }
    func sentence(_ sign: WorkSummary.Sign) -> String {
        switch sign {
        case .foundForNobody(let count, let all):
            say(
                """
                In \(say.count(count)) of \(say.count(all, "contact", "contacts", id: "")) with which they looked for people somebody was found, and \
                it was nobody’s call: nothing shows that a message came in.
                """,
                id: """
                    Dalam \(say.count(count)) dari \(say.count(all)) kontak yang dipakai mencari orang, seseorang ditemukan padahal bukan \
                    miliknya: tidak ada bukti bahwa pesannya pernah datang.
                    """)
        case .withoutMatter(let count):
            say(
                "\(say.count(count, "use", "uses", id: "")) without any case or hold.",
                id: "\(say.count(count)) pemakaian tanpa pertanyaan atau pengamanan bukti.")
        case .manyPeople(let count):
            say("Data of \(say.count(count)) people within one day.", id: "Data \(say.count(count)) orang dalam satu hari.")
        case .samePerson(let count):
            say("One person’s data \(say.count(count)) times.", id: "Data orang yang sama \(say.count(count)) kali.")
        case .atNight(let count):
            say(
                "\(say.count(count, "use", "uses", id: "")) between ten at night and six in the morning.",
                id: "\(say.count(count)) pemakaian antara pukul sepuluh malam dan enam pagi.")
        }
    }
    var usual: String { say("Nothing unusual", id: "Tidak ada yang janggal") }
    var look: String { say("Worth a look", id: "Perlu dilihat") }
}
