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
        say.count(count, "case should have been answered", "cases should have been answered", id: "perkara seharusnya sudah dijawab")
    }
    func mine(_ count: Int) -> String { say.count(count, "case of yours is open", "cases of yours are open", id: "perkara Anda terbuka") }
    func untaken(_ count: Int) -> String {
        say.count(count, "case has nobody yet", "cases have nobody yet", id: "perkara belum diambil siapa pun")
    }
    func next(_ due: PointInTime) -> String {
        say("The next is due \(say.dateAndTime(due)).", id: "Yang berikutnya dijawab sebelum \(say.dateAndTime(due)).")
    }
    func version(_ number: Int) -> String { say("Version \(number) of the policy is proposed", id: "Versi \(number) kebijakan diusulkan") }
    var versionLead: String {
        say(
            "Read what it changes and whom it concerns, then agree to it or leave it.",
            id: "Baca apa yang diubahnya dan siapa yang terkena, lalu setujui atau biarkan.")
    }
    func holdAsked(_ number: Int64) -> String {
        say("Hold \(number) wants your agreement", id: "Perintah simpan \(number) meminta persetujuan Anda")
    }
    var holdAskedLead: String {
        say(
            "The other officer asked for it; after a week without an answer it lapses.",
            id: "Petugas yang lain memintanya; tanpa jawaban, gugur setelah seminggu.")
    }
    func holdReview(_ number: Int64) -> String {
        say("Hold \(number) comes up for review", id: "Perintah simpan \(number) perlu ditinjau lagi")
    }
    var holdReviewLead: String {
        say("It ends by itself on its day, unless a new one is asked for.", id: "Berakhir sendiri pada harinya, kecuali diminta yang baru.")
    }
    var notFine: String { say("Not everything works", id: "Tidak semuanya berjalan") }
    func newOfficer(_ new: NewOfficer) -> String {
        let who = say.actor("\(new.role) \(new.number)")
        return say(
            "\(who.capitalised) was named \(say.dateAndTime(new.named))", id: "\(who.capitalised) ditunjuk \(say.dateAndTime(new.named))")
    }
    func newOfficerLead(_ new: NewOfficer) -> String {
        say(
            """
            An administrator named them. Their word counts once an officer who was there before agrees, and otherwise from \
            \(say.date(new.counts)) on. If nobody told you why, ask those who run the business.
            """,
            id: """
                Ditunjuk oleh administrator. Suaranya berlaku setelah petugas yang sudah ada menyetujui, atau mulai \(say.date(new.counts)). \
                Bila tidak ada yang memberi tahu alasannya, tanyakan kepada pimpinan usaha.
                """)
    }
    var agreeToOfficer: String { say("I know them, and agree", id: "Saya mengenalnya, dan setuju") }
    func complaint(_ complaint: Complaint) -> String {
        say(
            "Case \(complaint.number): what was done in case \(complaint.against) wasn’t the customer’s wish",
            id: "Perkara \(complaint.number): yang dilakukan dalam perkara \(complaint.against) bukan kehendak pelanggan")
    }
    var complaintLead: String {
        say(
            "Whoever did it neither sees this case nor takes it; a colleague of theirs answers. What each of them did stands in their work.",
            id:
                "Yang melakukannya tidak melihat dan tidak dapat mengambil perkara ini; rekannya yang menjawab. Yang dilakukan masing-masing ada dalam catatan kerjanya."
        )
    }
    var nobodysComplaint: String {
        say(
            """
            Whoever did it neither sees this case nor takes it, and nobody else here does this work: until an administrator invites somebody \
            of the same role, the customer gets no answer.
            """,
            id: """
                Yang melakukannya tidak melihat dan tidak dapat mengambil perkara ini, dan tidak ada orang lain yang bertugas sama: sampai \
                administrator mengundang seseorang dengan peran itu, pelanggan tidak mendapat jawaban.
                """)
    }
    func failed(_ count: Int) -> String { say.count(count, "job failed", "jobs failed", id: "pekerjaan gagal") }

    func doubt(_ doubt: ClockDoubt) -> String {
        say(
            "The clock is in doubt, so nothing is forgotten: it says \(say.dateAndTime(doubt.now)), and the last moment that is known is \(say.dateAndTime(doubt.known)). Whoever runs the machine sets it right.",
            id:
                "Jamnya diragukan, maka tidak ada yang dilupakan: jam menunjuk \(say.dateAndTime(doubt.now)), sedangkan saat terakhir yang diketahui \(say.dateAndTime(doubt.known)). Pengelola mesin membetulkannya."
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
        case .holdsAsked: say("Holds that wait for the other officer", id: "Perintah simpan yang menunggu petugas lain")
        case .holdsReviewed: say("Holds until their review", id: "Perintah simpan sampai ditinjau")
        }
    }

    var goesNext: String { say("What goes next", id: "Yang habis masanya") }
    var goesNextLead: String {
        say(
            "Of so many people something may run out then; what no rule keeps goes by itself, and they see it.",
            id: "Dari sekian orang ada yang mungkin habis masanya; yang tidak disimpan aturan hilang sendiri, dan orangnya melihatnya.")
    }
    var spans: [String] {
        [
            say("Within a day", id: "Dalam sehari"), say("Within a week", id: "Dalam seminggu"), say("Within 30 days", id: "Dalam 30 hari"),
            say("Later, on a known day", id: "Kelak, harinya diketahui"),
        ]
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

// The house.
extension ConsoleTexts {
    var house: String { say("The house", id: "Rumah ini") }
    var houseLead: String {
        say(
            "What runs by itself, what doesn’t, and what to do. It says nothing of anybody.",
            id: "Apa yang berjalan sendiri, apa yang tidak, dan apa yang perlu dilakukan. Tidak menyebut siapa pun.")
    }
    var works: String { say("What works", id: "Yang berjalan") }
    var parts: [String] {
        [
            say("Taking in what is given", id: "Menerima yang diberikan"), say("Sending mail", id: "Mengirim surel"),
            say("Signing the log", id: "Menandatangani log"), say("Doing what is due", id: "Mengerjakan yang tiba waktunya"),
        ]
    }
    func state(_ state: ServiceStatus.State) -> String {
        switch state {
        case .works: say("Works", id: "Berjalan")
        case .late: say("Late, and goes on by itself", id: "Terlambat, dan berlanjut sendiri")
        case .stands: say("Stands still: somebody has to look at it", id: "Berhenti: perlu diperiksa")
        }
    }
    var waiting: String { say("To be done", id: "Yang akan dikerjakan") }
    func waiting(_ count: Int, late: Int) -> String {
        let jobs = say.count(count, "job", "jobs", id: "pekerjaan")
        return late == 0 ? jobs : jobs + say(", \(say.count(late)) of them late", id: ", \(say.count(late)) terlambat")
    }
    var bounced: String { say("Mail that came back", id: "Surel yang kembali") }
    var refusesEverybody: String {
        say("Stands still: the mail server refuses every letter", id: "Berhenti: peladen surel menolak semua surat")
    }
    var refusesEverybodyLead: String {
        say(
            """
            The last letters, to at least \(say.count(Environment.refusedInARow)) different people, were all refused, and none was taken in between. That isn’t the fault of \
            their addresses: the mail server takes nothing from this house. Look at its log, at whether the account and the sender of the \
            settings below may send through it, and then have those who wait for a code ask for another one.
            """,
            id: """
                Surat-surat terakhir, kepada sedikitnya \(say.count(Environment.refusedInARow)) orang yang berbeda, semuanya ditolak, dan di antaranya tidak ada yang diterima. \
                Itu bukan kesalahan alamatnya: peladen surel tidak menerima apa pun dari rumah ini. Periksa lognya, dan apakah akun dan \
                pengirim dalam setelan di bawah boleh mengirim lewat peladen itu, lalu minta yang menunggu kode untuk meminta kode lain.
                """)
    }
    var nothingBounced: String { say("None in the last thirty days.", id: "Tidak ada dalam tiga puluh hari terakhir.") }
    var jobs: String { say("Other jobs that failed", id: "Pekerjaan lain yang gagal") }
    var nothingFailed: String { say("None in the last thirty days.", id: "Tidak ada dalam tiga puluh hari terakhir.") }

    func name(_ work: FailedWork) -> String {
        let what = work.what.isEmpty ? say("a message", id: "sebuah pesan") : say.thing(work.what)
        return switch work.kind {
        case .mail: say("Mail: \(what)", id: "Surel: \(what)")
        case .text: say("Text message: \(what)", id: "Pesan singkat: \(what)")
        case .clearing: say("The last rows of a deletion", id: "Sisa baris sebuah penghapusan")
        case .other: say("A job that this program doesn’t know", id: "Pekerjaan yang tidak dikenal program ini")
        }
    }
    func tried(_ work: FailedWork) -> String {
        say(
            "Given up after \(say.count(work.tries, "try", "tries", id: "")).", id: "Dihentikan setelah \(say.count(work.tries)) percobaan."
        )
    }
    func sentence(_ hindrance: Hindrance, byMail isMail: Bool) -> String {
        let carrier = isMail ? say("mail server", id: "peladen surel") : say("telephone gateway", id: "gerbang telepon")
        return switch hindrance {
        case .policy: say("The policy refuses that we send it.", id: "Kebijakan menolak pengirimannya.")
        case .unreadable: say("It can’t be opened.", id: "Isinya tidak dapat dibuka.")
        case .undecided: say("It must be decided anew.", id: "Perlu diputuskan lagi.")
        case .shut: say("The \(carrier) takes nothing now.", id: "Saat ini \(carrier) tidak menerima apa pun.")
        case .notThis: say("The \(carrier) doesn’t take this one now.", id: "Saat ini \(carrier) tidak menerima yang ini.")
        case .late:
            say("Its time was over before the \(carrier) took it.", id: "Waktunya habis sebelum diterima \(carrier).")
        case .refused: say("The \(carrier) refuses it for good.", id: "Ditolak \(carrier) untuk seterusnya.")
        case .unknown: say("Whether the \(carrier) took it isn’t known.", id: "Tidak diketahui apakah \(carrier) menerimanya.")
        }
    }
    /// What went wrong with a file or a database: in the reader's words what that means, then the machine's own.
    var machineSays: String { say("The machine says of it:", id: "Kata mesinnya (dalam bahasa Inggris):") }
    func unnamed(_ work: FailedWork) -> String {
        switch work.kind {
        case .mail, .text:
            say(
                "The house’s own database or files kept it from being sent.",
                id: "Basis data atau berkas rumah ini menghalangi pengirimannya.")
        case .clearing:
            say(
                "The house’s own database or files kept it from being ended.",
                id: "Basis data atau berkas rumah ini menghalangi penyelesaiannya.")
        case .other: say("Nobody here knows how to do it.", id: "Di sini tidak ada yang tahu cara mengerjakannya.")
        }
    }
    func whatToDo(_ work: FailedWork) -> String {
        guard work.hindrance != nil || work.kind == .clearing || work.kind == .other else {
            return say(
                "Look whether the disk has room and can be written, and at “voffice admin doctor”; whoever waits for a code asks for another one.",
                id:
                    "Periksa apakah cakram masih berisi ruang dan dapat ditulisi, dan lihat “voffice admin doctor”; yang menunggu kode meminta kode lain."
            )
        }
        return whatToDoNow(work)
    }
    private func whatToDoNow(_ work: FailedWork) -> String {
        switch work.kind {
        case .mail:
            say(
                "Whoever waits for a code asks for another one. If it is more than one, look at the settings of mail below, and at the mail server.",
                id: "Yang menunggu kode meminta kode lain. Bila lebih dari satu, periksa setelan surel di bawah, dan peladen surelnya.")
        case .text:
            say(
                "Whoever waits for a code asks for another one. If it is more than one, look at the gateway’s settings and its account.",
                id: "Yang menunggu kode meminta kode lain. Bila lebih dari satu, periksa setelan gerbangnya dan akunnya.")
        case .clearing:
            say(
                "The keys are destroyed, so nobody can read it. Start the house anew: a start goes on with it.",
                id:
                    "Kuncinya sudah dimusnahkan, jadi tidak terbaca siapa pun. Jalankan ulang rumah ini: saat mulai, pekerjaan itu dilanjutkan."
            )
        case .other:
            say(
                "It was left by another program. Look at the changelog, or ask who installed this one.",
                id: "Ditinggalkan program lain. Lihat catatan perubahan, atau tanyakan kepada yang memasangnya.")
        }
    }

    var log: String { say("Log and checkpoints", id: "Log dan titik periksa") }
    var signed: String { say("Signed last", id: "Terakhir ditandatangani") }
    var published: String { say("Published last", id: "Terakhir diumumkan") }
    func checkpoint(_ size: String, _ root: String) -> String { say("\(size) entries, root \(root)", id: "\(size) catatan, akar \(root)") }
    var key: String { say("Its key", id: "Kuncinya") }
    var aboutLog: String { say("About the signed log", id: "Tentang log bertanda tangan") }
    var settings: String { say("Settings as they stand", id: "Setelan yang berlaku") }
    var settingsLead: String {
        say(
            "A secret is never a setting: it lies in a file that a setting names.",
            id: "Rahasia tidak pernah menjadi setelan: ia ada di berkas yang disebut setelan.")
    }
    var settingColumns: [String] { [say("Name", id: "Nama"), say("Value", id: "Nilai"), say("From", id: "Dari")] }
    var leftOut: String { say("Left out, so as voffice.conf says of each:", id: "Tidak diisi, jadi seperti tertulis di voffice.conf:") }
}
