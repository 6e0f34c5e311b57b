// The words of a receipt.

struct ReceiptTexts {
    let say: Language

    var back: String { say("Back to your data", id: "Kembali ke data Anda") }
    var allowed: String { say("Allowed", id: "Boleh") }
    var refused: String { say("Refused", id: "Ditolak") }

    var who: String { say("Who", id: "Siapa") }
    var what: String { say("What was used", id: "Yang dipakai") }
    var purpose: String { say("What for", id: "Untuk apa") }
    /// `policy version 2`
    func version(_ name: String) -> String {
        let number = name.split(separator: " ").last ?? ""
        return say("Version \(number) of the policy", id: "Versi \(number) kebijakan")
    }
    var matter: String { say("About", id: "Perihal") }
    func `case`(_ number: Int64) -> String { say("Case \(number)", id: "Pertanyaan \(number)") }
    func hold(_ number: Int64) -> String { say("Hold \(number)", id: "Pengamanan bukti \(number)") }
    var outcomeOf: String { say("Outcome of", id: "Hasil dari") }
    func entry(_ number: Int64) -> String { say("Use \(number)", id: "Pemakaian \(number)") }
    var cause: String { say("Why refused", id: "Mengapa ditolak") }
    var rule: String { say("Rule", id: "Aturan") }
    var version: String { say("Policy version", id: "Versi kebijakan") }
    var entry: String { say("The entry as it is in the log", id: "Catatan sebagaimana ada di log") }

    var proved: String { say("Proved", id: "Terbukti") }
    var provedLead: String {
        say(
            "This entry is in the log as you see it, and the log has not been changed since.",
            id: "Catatan ini ada di log seperti yang Anda lihat, dan log tidak berubah sejak itu.")
    }
    func checks(_ number: Int64) -> [String] {
        [
            say("Its fingerprint is that of leaf \(number)", id: "Sidiknya sama dengan daun \(number)"),
            say("The leaf leads, step by step, to the root of the log", id: "Daun itu menuju, langkah demi langkah, ke akar log"),
            say("The office signed the root", id: "Kantor menandatangani akar itu"),
        ]
    }
    func original(_ number: Int64) -> String {
        say(
            "It is in the log since it happened, under number \(number), word for word; your export has what opens and proves it.",
            id: """
                Sejak kejadiannya catatan ini ada di log, dengan nomor \(number), kata demi kata; ekspor Anda memuat yang membuka dan \
                membuktikannya.
                """)
    }
    var yourself: String {
        say(
            "Checked by our server just now. You need not trust it: your browser checks it too.",
            id: "Baru saja diperiksa server kami. Anda tak perlu memercayainya: peramban Anda memeriksanya juga.")
    }
    var needsScript: String {
        say(
            "With script switched on, your browser’s own answer stands here.",
            id: "Dengan skrip menyala, jawaban peramban Anda sendiri ada di sini.")
    }
    var download: String { say("Download the proof", id: "Unduh buktinya") }

    var pending: String { say("Recorded", id: "Tercatat") }
    var pendingLead: String {
        say(
            "The entry is stored. The log signs its root each second; look again in a moment.",
            id: "Catatan sudah tersimpan. Log menandatangani akarnya tiap detik; lihat lagi sebentar lagi.")
    }
    var again: String { say("Look again", id: "Lihat lagi") }
    var mismatch: String { say("Does not match the log", id: "Tidak cocok dengan log") }
    var mismatchLead: String {
        say(
            "What is stored here is not what the log recorded. Somebody or something changed it. Keep this page and write to us.",
            id: "Yang tersimpan di sini bukan yang dicatat log. Seseorang atau sesuatu mengubahnya. Simpan halaman ini dan hubungi kami.")
    }

    var how: String { say("How the proof works", id: "Cara kerja buktinya") }
    var joined: String {
        say(
            """
            Each entry has a fingerprint. Fingerprints are joined two by two until one is left: the root, which we sign. If we \
            changed or removed your entry, the root would no longer be the one that was signed.
            """,
            id: """
                Setiap catatan punya sidik. Sidik-sidik digabung dua-dua sampai tersisa satu: akar, yang kami tanda tangani. \
                Bila catatan Anda kami ubah atau hapus, akarnya bukan lagi yang ditandatangani itu.
                """
        )
    }
    var limits: String {
        say(
            "The proof shows that the entry is unchanged. It can’t show a use that never went through the policy.",
            id: """
                Bukti ini menunjukkan bahwa catatan tidak berubah. Ia tidak dapat menunjukkan pemakaian yang tidak pernah \
                melalui kebijakan.
                """
        )
    }
}
