// The words of the console.

import Office
import Policy
import Vault

struct ConsoleTexts {
    let say: Language

    var today: String { say("Today", id: "Hari ini") }
    var todayLead: String { say("What waits for you, the most urgent first.", id: "Apa yang menunggu Anda, yang paling mendesak di atas.") }
    var nothingWaits: String { say("Nothing waits for you", id: "Tidak ada yang menunggu Anda") }
    var nothingWaitsLead: String {
        say(
            "What comes to your role, and what you have to agree to, will stand here.",
            id: "Yang masuk ke peran Anda, dan yang memerlukan persetujuan Anda, akan tertulis di sini.")
    }
    var late: String { say("Overdue", id: "Lewat waktu") }
    var waits: String { say("Waits for you", id: "Menunggu Anda") }
    var soon: String { say("Soon", id: "Segera") }
    var look: String { say("Look", id: "Periksa") }

    func overdue(_ count: Int) -> String {
        say.count(count, "case should have been answered", "cases should have been answered", id: "pertanyaan seharusnya sudah dijawab")
    }
    func mine(_ count: Int) -> String {
        say.count(count, "case of yours is open", "cases of yours are open", id: "pertanyaan Anda terbuka")
    }
    func untaken(_ count: Int) -> String {
        say.count(count, "case has nobody yet", "cases have nobody yet", id: "pertanyaan belum diambil siapa pun")
    }
    func next(_ due: PointInTime) -> String {
        say("The next is due \(say.dateAndTime(due)).", id: "Yang berikutnya dijawab sebelum \(say.dateAndTime(due)).")
    }
    func missing(officer role: String) -> String { say("Nobody is \(role) yet", id: "Belum ada \(role)") }
    var missingOfficerLead: String {
        say(
            "The office opens when both officers have agreed to its first policy: invite one.",
            id: "Kantor dibuka setelah kedua petugas menyetujui kebijakannya yang pertama: undanglah.")
    }
    func version(_ number: Int) -> String { say("Version \(number) of the policy is proposed", id: "Versi \(number) kebijakan diusulkan") }
    var versionLead: String {
        say(
            "Read what it changes and whom it concerns, then agree to it or leave it.",
            id: "Baca apa yang diubahnya dan siapa yang terkena, lalu setujui atau biarkan.")
    }
    func changedProposal(_ number: Int64) -> String {
        say("Proposal \(number) was changed since it was proposed", id: "Usulan \(number) diubah sejak diusulkan")
    }
    var changedProposalLead: String {
        say(
            "Somebody changed it in the database, so nobody can sign it. Read what was changed, and have it proposed again.",
            id:
                "Seseorang mengubahnya dalam basis data, jadi tak seorang pun dapat menandatanganinya. Baca apa yang diubah, dan mintalah diusulkan lagi."
        )
    }
    func holdAsked(_ number: Int64) -> String {
        say("Hold \(number) wants your agreement", id: "Pengamanan bukti \(number) meminta persetujuan Anda")
    }
    var holdAskedLead: String {
        say(
            "The other officer asked for it; after a week without an answer it lapses.",
            id: "Petugas yang lain memintanya; tanpa jawaban, gugur setelah seminggu.")
    }
    func holdReview(_ number: Int64) -> String {
        say("Hold \(number) comes up for review", id: "Pengamanan bukti \(number) perlu ditinjau lagi")
    }
    var holdReviewLead: String {
        say("It ends by itself on its day, unless a new one is asked for.", id: "Berakhir sendiri pada harinya, kecuali diminta yang baru.")
    }
    var nothingForgotten: String { say("Nothing is forgotten", id: "Tidak ada yang dilupakan") }
    var notFine: String { say("Not everything works", id: "Tidak semuanya berjalan") }
    /// `isYou`: who reads it is the one who was named.
    func newOfficer(_ new: NewOfficer, isYou: Bool) -> String {
        let who = say.actor("\(new.role) \(new.number)"), when = say.dateAndTime(new.named)
        guard !isYou else { return say("You were named \(who) on \(when)", id: "Anda ditunjuk sebagai \(who) pada \(when)") }
        return say("\(who.capitalised) was named \(when)", id: "\(who.capitalised) ditunjuk \(when)")
    }
    func newOfficerLead(_ new: NewOfficer, isYou: Bool) -> String {
        let day = say.date(new.counts)
        guard !isYou else {
            return say(
                "Your word counts once an officer who was there before agrees, and otherwise from \(day) on. Until then you can read all that officers read.",
                id:
                    "Suara Anda berlaku setelah petugas yang sudah ada menyetujui, atau mulai \(day). Sampai saat itu Anda dapat membaca semua yang dibaca petugas."
            )
        }
        return say(
            """
            An administrator named them. Their word counts once an officer who was there before agrees, and otherwise from \
            \(day) on. If nobody told you why, ask those who run the business.
            """,
            id: """
                Ditunjuk oleh administrator. Suaranya berlaku setelah petugas yang sudah ada menyetujui, atau mulai \(day). \
                Bila tidak ada yang memberi tahu alasannya, tanyakan kepada pimpinan usaha.
                """)
    }
    var agreeToOfficer: String { say("I know them, and agree", id: "Saya mengenalnya, dan setuju") }
    func complaint(_ complaint: Complaint) -> String {
        say(
            "Case \(complaint.number): what was done in case \(complaint.against) wasn’t the customer’s wish",
            id: "Pertanyaan \(complaint.number): yang dilakukan dalam pertanyaan \(complaint.against) bukan kehendak pelanggan")
    }
    var complaintLead: String {
        say(
            "Whoever did it neither sees this case nor takes it; a colleague of theirs answers. What each of them did stands in their work.",
            id:
                "Yang melakukannya tidak melihat dan tidak dapat mengambil pertanyaan ini; rekannya yang menjawab. Yang dilakukan masing-masing ada dalam catatan kerjanya."
        )
    }
    var nobodysComplaint: String {
        say(
            """
            Whoever did it neither sees this case nor takes it, and nobody else here does this work: until an administrator invites somebody \
            of the same role, the customer gets no answer.
            """,
            id: """
                Yang melakukannya tidak melihat dan tidak dapat mengambil pertanyaan ini, dan tidak ada orang lain yang bertugas sama: sampai \
                administrator mengundang seseorang dengan peran itu, pelanggan tidak mendapat jawaban.
                """)
    }
    /// As it is named; a name that the policy doesn't have, as it stands.
    func work(_ stranded: Stranded) -> String { stranded.isUnknown ? "“\(stranded.queue)”" : say.name(stranded.queue) }
    func stranded(_ stranded: Stranded, _ work: String) -> String {
        let count = stranded.numbers.count
        return say.count(
            count, "case waits for \(work), and nobody is left for it", "cases wait for \(work), and nobody is left for them",
            id: "pertanyaan menunggu \(work), dan tidak ada lagi yang dapat menanganinya")
    }
    func strandedLead(_ stranded: Stranded) -> String {
        let numbers = numbers(stranded)
        if stranded.isUnknown {
            return say(
                "\(numbers). The policy has no such work. Have somebody who answers customers open them and hand them over.",
                id: "\(numbers). Kebijakan tidak mengenal tugas itu. Mintalah yang menjawab pelanggan membukanya dan menyerahkannya.")
        }
        guard stranded.isWorked else {
            return say(
                "\(numbers). Nobody here does this work. Invite somebody for it; until then these customers get no answer.",
                id:
                    "\(numbers). Tidak ada yang bertugas itu di sini. Undanglah seseorang; sampai saat itu pelanggannya tidak mendapat jawaban."
            )
        }
        return say(
            """
            \(numbers). These customers complained of what was done by everybody who does this work, who see nothing of them until that is \
            settled. Have an administrator invite somebody else for it, who then answers the complaint too; what was asked of a use in its \
            receipt, the privacy officer settles.
            """,
            id: """
                \(numbers). Pelanggannya mengeluhkan yang dilakukan semua orang yang bertugas itu; mereka tidak melihat apa pun tentang \
                pelanggan ini sampai keluhannya selesai. Mintalah administrator mengundang orang lain untuk tugas itu, yang juga menjawab \
                keluhannya; yang ditanyakan tentang penggunaan di tanda terimanya diselesaikan petugas privasi.
                """)
    }
    var strandedTaken: String {
        say(
            "Open it, answer, or hand it to those who do this work. Each of them stands here until somebody has it.",
            id: "Buka, jawab, atau serahkan kepada yang bertugas. Masing-masing tertulis di sini sampai ada yang menanganinya.")
    }
    private func numbers(_ stranded: Stranded) -> String {
        let shown = stranded.numbers.prefix(10).map { "\($0)" }.joined(separator: ", "), more = stranded.numbers.count > 10 ? ", …" : ""
        return say("\(stranded.numbers.count == 1 ? "Case" : "Cases") \(shown)\(more)", id: "Pertanyaan \(shown)\(more)")
    }
    func failed(_ count: Int) -> String { say.count(count, "job failed", "jobs failed", id: "pekerjaan gagal") }

    func doubt(_ doubt: ClockDoubt) -> String {
        say(
            "The clock is in doubt, so nothing is forgotten: it says \(say.dateAndTime(doubt.now)), and the last moment that is known is \(say.dateAndTime(doubt.known)). Whoever runs the machine sets it right.",
            id:
                "Jamnya diragukan, maka tidak ada yang dilupakan: jam menunjuk \(say.dateAndTime(doubt.now)), sedangkan saat terakhir yang diketahui \(say.dateAndTime(doubt.known)). Yang mengurus mesinnya membetulkan jamnya."
        )
    }
    var notYet: String { say("None yet", id: "Belum ada") }
}

// Requests and retention.
extension ConsoleTexts {
    var keeping: String { say("Requests and retention", id: "Permintaan dan penyimpanan") }
    var keepingLead: String {
        say(
            "In numbers: nobody’s data are opened for this page.",
            id: "Dalam angka: tidak ada data siapa pun yang dibuka untuk halaman ini.")
    }
    var clocks: String { say("Requests and their clocks", id: "Permintaan dan batas waktunya") }
    var clocksLead: String {
        say(
            "What people see, correct, restrict or take along by themselves is done at once. Here is what somebody waits for.",
            id: "Yang dilihat, dibetulkan, dibatasi, atau dibawa sendiri oleh orangnya selesai seketika. Di sini yang masih ditunggu.")
    }
    var clockColumns: [String] {
        [
            say("What", id: "Apa"), say("Open", id: "Terbuka"), say("Oldest", id: "Tertua"), say("Due", id: "Batas"),
            say("State", id: "Keadaan"),
        ]
    }
    var noClock: String { say("No clock runs", id: "Tanpa batas") }
    var inTime: String { say("In time", id: "Tepat waktu") }
    func lateCount(_ count: Int) -> String { say("\(say.count(count)) late", id: "\(say.count(count)) terlambat") }

    func kind(_ kind: Clocked.Kind) -> String {
        switch kind {
        case .questions: say("Questions to be answered", id: "Pertanyaan yang belum dijawab")
        case .deletions: say("Accounts to be deleted, within the days of undo", id: "Akun yang akan dihapus, dalam masa pembatalan")
        case .clearing: say("Deletions whose last rows are going", id: "Penghapusan yang sisa barisnya sedang dibersihkan")
        case .waysBack: say("Ways back without a second factor", id: "Jalan kembali tanpa faktor kedua")
        case .addresses: say("New addresses that aren’t proved yet", id: "Alamat baru yang belum dibuktikan")
        case .restrictions: say("Restrictions that stand", id: "Pembatasan yang berlaku")
        case .holdsAsked: say("Holds that wait for the other officer", id: "Pengamanan bukti yang menunggu petugas lain")
        case .holdsReviewed: say("Holds until their review", id: "Pengamanan bukti sampai ditinjau")
        }
    }

    var goesNext: String { say("What goes next", id: "Yang habis masanya") }
    var goesNextLead: String {
        say(
            "Of so many people something may run out then; what no rule keeps goes by itself, and they see it.",
            id: """
                Sebanyak ini orang punya data yang mungkin habis masa simpannya; yang tidak lagi disimpan menurut aturan hilang sendiri, \
                dan orangnya melihat itu.
                """)
    }
    var spans: [String] {
        [
            say("Within a day", id: "Dalam sehari"), say("Within a week", id: "Dalam seminggu"), say("Within 30 days", id: "Dalam 30 hari"),
            say("Later, on a known day", id: "Kelak, harinya diketahui"),
        ]
    }
    var contacts: String {
        say("Calls and mails of nobody known, not counted as people", id: "Telepon dan surel tak dikenal, tidak dihitung sebagai orang")
    }
    var retained: String { say("Of people who left, for a law’s sake", id: "Dari orang yang sudah pergi, karena hukum") }
    func retained(_ outlook: Outlook) -> String {
        let count = say.count(outlook.retained, "record", "records", id: "catatan")
        guard let first = outlook.firstRetained else { return count }
        return count + say(", the first until \(say.date(first))", id: ", yang pertama sampai \(say.date(first))")
    }
    var lookedAtAll: String {
        say(
            "Whoever is due is looked at each hour, and everybody once a month; the last time",
            id: "Yang jatuh tempo diperiksa setiap jam, dan semua orang sebulan sekali; terakhir")
    }
    var held: String { say("What is held", id: "Yang ditahan") }
    var nothingHeld: String { say("Nothing is held.", id: "Tidak ada yang ditahan.") }
    func heldBy(_ hold: Hold) -> String {
        let first = say.actor(hold.first), second = hold.second.map { say.actor($0) } ?? ""
        return say(
            "Two officers agreed: \(first) and \(second). The reason lies sealed in it.",
            id: "Dua petugas sepakat: \(first) dan \(second). Alasannya tersegel di dalamnya.")
    }
    func until(_ day: Day) -> String { say("Until \(say.date(day))", id: "Sampai \(say.date(day))") }
    var kept: String { say("What is kept, and by which rules", id: "Yang disimpan, dan menurut aturan mana") }
    var keptLead: String {
        say("Records lie together where the same rules keep them.", id: "Catatan disimpan bersama bila aturan yang sama menyimpannya.")
    }
    var keptColumns: [String] {
        [say("What", id: "Apa"), say("Records", id: "Catatan"), say("People", id: "Orang"), say("Kept by", id: "Disimpan menurut")]
    }
    var nothingKept: String { say("Nothing is kept of anybody.", id: "Tidak ada yang disimpan.") }
    var takenInBefore: String {
        say(
            "taken in under a former version, and kept no longer than it said",
            id: "diambil menurut versi sebelumnya, dan tidak disimpan lebih lama dari janjinya")
    }
    var formerFields: String { say("Fields of a former version", id: "Data menurut versi sebelumnya") }
}
