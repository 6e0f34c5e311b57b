// What `publish` says beside the difference, in both languages.

import Policy

struct PublishingWords {
    let tongue: Tongue

    private func say(_ english: String, id indonesian: String) -> String { tongue == .english ? english : indonesian }

    func proposed(_ number: Int64, from: Day) -> String {
        say(
            """
            Proposal \(number). A policy officer and a privacy officer, two people, read it under /staff/policy/\(number), sign in \
            anew and approve it; it begins on \(from.iso), if both do so in time.
            """,
            id: """
                Usulan \(number). Petugas kebijakan dan petugas privasi, dua orang, membacanya di /staff/policy/\(number), masuk sekali lagi, \
                lalu menyetujuinya; versi ini mulai pada \(from.iso), kalau keduanya menyetujui pada waktunya.
                """)
    }

    func lost(translation language: String) -> String {
        say(
            """
            Warning: the version before has a translation (\(language)), and this one has none, so its readers would meet the document's \
            own words. Put voffice.\(language).md beside the document, and propose it again.
            """,
            id: """
                Peringatan: versi sebelumnya punya terjemahan (\(language)), sedangkan yang ini tidak, jadi pembacanya akan menemui kata-kata \
                dokumen aslinya. Letakkan voffice.\(language).md di samping dokumen, lalu usulkan lagi.
                """)
    }

    func faulty(translation faults: Int) -> String {
        say(
            """
            Warning: the translation beside it has \(Terminal.count(faults, "fault")), where its readers would meet the document's own words. \
            `voffice policy check` of the two files says which.
            """,
            id: """
                Peringatan: terjemahan di sampingnya punya \(faults) kesalahan; di situ pembacanya akan menemui kata-kata dokumen aslinya. \
                `voffice policy check` atas kedua berkas menyebutkannya.
                """)
    }

    var marked: String {
        say("It is marked as material, so it waits 14 days.", id: "Usulan ini ditandai sebagai perubahan penting, jadi menunggu 14 hari.")
    }

    func earliest(_ day: Day) -> String {
        say(
            "Approved at this moment, it could begin on \(day.iso).",
            id: "Kalau disetujui saat ini juga, paling cepat mulai pada \(day.iso).")
    }
}
