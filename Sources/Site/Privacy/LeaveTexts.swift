// The words of leaving and of its receipt.

import Office
import Policy

struct LeaveTexts {
    let say: Language

    var title: String { say("Leave", id: "Berhenti") }
    var deleting: String { say("Delete your account", id: "Hapus akun Anda") }
    var employed: String {
        say(
            "Your account goes with your employment: an administrator ends it, on the page of the team.",
            id: "Akun Anda berakhir bersama pekerjaan Anda: administrator yang mengakhirinya, di halaman tim.")
    }
    var back: String { say("Back to your data", id: "Kembali ke data Anda") }
    /// `later`: in seven days, too.
    /// `until`: nothing is deleted at once before that day. `backup`: the last day on which a backup of before could still be opened.
    func lead(later: Bool, notAtOnceUntil until: Day?, backup: LastBackup) -> String {
        let ends =
            later && until == nil
            ? say(
                "\(say.date(backup.atOnce)), or \(say.date(backup.later)) if you wait",
                id: "\(say.date(backup.atOnce)), atau \(say.date(backup.later)) bila Anda menunggu")
            : say.date(later ? backup.later : backup.atOnce)
        let backups = say(
            "A backup of before could still be opened until \(ends); after that nobody can, we neither.",
            id: "Cadangan dari sebelumnya masih dapat dibuka sampai \(ends); setelah itu tak seorang pun dapat, kami pun tidak.")
        if later, until != nil {
            return say(
                """
                The keys to your data are destroyed in seven days; after that there is no way back. Until then your account sleeps, and you \
                can undo it. \(backups)
                """,
                id: """
                    Kunci data Anda dimusnahkan dalam tujuh hari; setelah itu tidak ada jalan kembali. Sampai saat itu akun Anda tidur, \
                    dan Anda dapat membatalkannya. \(backups)
                    """)
        }
        guard later else {
            return say(
                "The keys to your data are destroyed at once, and there is no way back. \(backups)",
                id: "Kunci data Anda langsung dimusnahkan, dan tidak ada jalan kembali. \(backups)")
        }
        return say(
            """
            The keys to your data are destroyed, in seven days or at once; after that there is no way back. Until then your account sleeps, \
            and you can undo it. \(backups)
            """,
            id: """
                Kunci data Anda dimusnahkan, dalam tujuh hari atau langsung; setelah itu tidak ada jalan kembali. Sampai saat itu akun Anda \
                tidur, dan Anda dapat membatalkannya. \(backups)
                """
        )
    }
    var goes: String { say("What goes", id: "Yang hilang") }
    var stays: String { say("What stays", id: "Yang tinggal") }
    var nothingStays: String { say("Nothing.", id: "Tidak ada.") }
    var inTheLog: String {
        say(
            "The public log keeps its fingerprints of past uses. Without the destroyed keys they say nothing of you.",
            id: """
                Log publik tetap menyimpan sidik pemakaian yang lalu. Tanpa kunci yang dimusnahkan, sidik itu tidak mengatakan \
                apa pun tentang Anda.
                """
        )
    }
    var sure: String { say("Yes, delete my account and everything in it", id: "Ya, hapus akun saya dan semua isinya") }
    var tick: String { say("Tick the box if you are sure", id: "Centang kotaknya bila Anda yakin") }
    var deleteLater: String { say("Delete in seven days", id: "Hapus dalam tujuh hari") }
    var delete: String { say("Delete at once", id: "Hapus sekarang juga") }
    func notAtOnce(before day: Day) -> String {
        say(
            """
            Not at once before \(say.date(day)): your address was changed lately, and until then whoever has the former one can say that it \
            wasn’t them.
            """,
            id: """
                Tidak langsung sebelum \(say.date(day)): alamat Anda belum lama ini diubah, dan sampai saat itu pemilik alamat lama dapat \
                mengatakan bahwa itu bukan dia.
                """)
    }
    var notDeleted: String { say("Nothing was deleted. ", id: "Tidak ada yang dihapus. ") }
    var whyAnew: String {
        say(
            "To delete an account you must have signed in within the last ten minutes. ",
            id: "Untuk menghapus akun, Anda harus baru saja masuk, paling lama sepuluh menit yang lalu. ")
    }
    var signInAnew: String { say("Sign in once more", id: "Masuk sekali lagi") }
    var stay: String { say("No, I stay", id: "Tidak, saya tetap di sini") }

    var done: String { say("Your account is deleted", id: "Akun Anda sudah dihapus") }
    var doneLead: String {
        say(
            "The keys to your data are destroyed. A backup that was made before has its keys for three weeks yet; after that nothing opens it.",
            id: """
                Kunci data Anda sudah dimusnahkan. Cadangan yang dibuat sebelumnya masih punya kuncinya selama tiga minggu; setelah itu tidak \
                ada yang dapat membukanya.
                """)
    }
    var lastBackup: String { say("Last day on which a backup could be opened", id: "Hari terakhir cadangan masih dapat dibuka") }
    var receipt: String { say("Receipt", id: "Tanda terima") }
    var withoutReceipt: String {
        say(
            "There is no receipt of it: the policy has no rule that lets us make one.",
            id: "Tidak ada tanda terimanya: kebijakan tidak memuat aturan yang mengizinkan kami membuatnya.")
    }
    var when: String { say("Deleted on", id: "Dihapus pada") }
    var keepAddress: String {
        say(
            "Keep the address of this page if you want to come back to the receipt. It holds a random number, and nothing about you.",
            id: """
                Simpan alamat halaman ini bila Anda ingin melihat tanda terimanya lagi. Isinya angka acak, dan tidak ada apa \
                pun tentang Anda.
                """
        )
    }
    var home: String { say("Go to the first page", id: "Ke halaman pertama") }
}
