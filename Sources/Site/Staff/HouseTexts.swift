// The words of the page on the house: what works, what failed and what to do.

import Office
import Policy
import Vault

extension ConsoleTexts {
    var house: String { say("The house", id: "Sistem kantor") }
    var houseLead: String {
        say(
            "What runs by itself, what doesn’t, and what to do. It says nothing of anybody.",
            id: "Apa yang berjalan sendiri, apa yang tidak, dan apa yang perlu dilakukan. Tidak menyebut siapa pun.")
    }
    var works: String { say("What works", id: "Yang berjalan") }
    var taking: String { say("Taking in what is given", id: "Menerima yang diberikan") }
    var mailing: String { say("Sending mail", id: "Mengirim surel") }
    var texting: String { say("Sending text messages", id: "Mengirim pesan singkat") }
    var signing: String { say("Signing the log", id: "Menandatangani log") }
    var doing: String { say("Doing what is due", id: "Mengerjakan yang tiba waktunya") }
    var forgetting: String { say("Forgetting what has run out", id: "Melupakan yang habis masanya") }
    /// nil: only the machine has words for it.
    func sentence(_ halt: Halt) -> String? {
        switch halt.cause {
        case .diskFull:
            say("The disk is full. Free some room; it goes on by itself.", id: "Cakram penuh. Kosongkan sebagian; ini berlanjut sendiri.")
        case .readOnly:
            say(
                "The database can’t be written. Look at the owner and the mode of its file and folder; of a server, whether it is a standby.",
                id:
                    "Basis data tidak dapat ditulisi. Periksa pemilik dan izin berkas dan foldernya; bila di peladen, apakah itu peladen cadangan."
            )
        case .unreadableDisk:
            say(
                "The database’s file can’t be read or written. Look at the disk, its mount, and the rights.",
                id: "Berkas basis data tidak dapat dibaca atau ditulisi. Periksa cakram, pemasangannya, dan hak aksesnya.")
        case .serverAway:
            say(
                "The database server can’t be reached. Start it, or set its address right; the house goes on by itself.",
                id: "Peladen basis data tidak dapat dihubungi. Jalankan, atau betulkan alamatnya; vOffice berlanjut sendiri.")
        case .other: nil
        }
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
                Itu bukan kesalahan alamatnya: peladen surel tidak menerima apa pun dari sini. Periksa lognya, dan apakah akun dan \
                pengirim dalam setelan di bawah boleh mengirim lewat peladen itu, lalu minta yang menunggu kode untuk meminta kode lain.
                """)
    }
    var gatewayRefusesEverybody: String {
        say("Stands still: the telephone gateway refuses every message", id: "Berhenti: gerbang telepon menolak semua pesan")
    }
    var gatewayRefusesEverybodyLead: String {
        say(
            """
            The last text messages, to at least \(say.count(Environment.refusedInARow)) different people, were all refused, and none was taken in between. That isn’t the \
            fault of their numbers: look at the gateway’s account and its settings, and then have those who wait for a code ask for another one.
            """,
            id: """
                Pesan-pesan singkat terakhir, kepada sedikitnya \(say.count(Environment.refusedInARow)) orang yang berbeda, semuanya ditolak, dan di antaranya tidak ada yang \
                diterima. Itu bukan kesalahan nomornya: periksa akun gerbang itu dan setelannya, lalu minta yang menunggu kode untuk meminta kode lain.
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
                id: "Basis data atau berkas di sini menghalangi pengirimannya.")
        case .clearing:
            say(
                "The house’s own database or files kept it from being ended.",
                id: "Basis data atau berkas di sini menghalangi penyelesaiannya.")
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
        case .mail where work.isInvitation:
            say(
                """
                Whoever was invited doesn’t know it, and the address may be wrong. Among those who work here, end the employment of who hasn’t come \
                in yet, and invite them anew by the right address.
                """,
                id: """
                    Yang diundang belum mengetahuinya, dan alamatnya mungkin salah. Di antara yang bekerja di sini, akhiri hubungan kerja yang \
                    belum pernah masuk, lalu undang lagi dengan alamat yang benar.
                    """)
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
                    "Kuncinya sudah dimusnahkan, jadi tidak terbaca siapa pun. Jalankan ulang vOffice: saat mulai, pekerjaan itu dilanjutkan."
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
    var publicLogChanged: String {
        say(
            "The newest public checkpoints aren’t as they were signed, so nobody is given one. What was changed is named by",
            id: "Titik periksa publik yang terbaru tidak seperti saat ditandatangani, jadi tidak dibagikan. Apa yang diubah disebut oleh")
    }
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
