// Words about versions of the policy, their states and their signatures.

import Office
import Policy
import Vault

struct VersionTexts {
    let say: Language

    var title: String { say("Versions of the policy", id: "Versi kebijakan") }
    var lead: String {
        say(
            """
            Data that you gave under a version stay under its rules: a later version can only narrow what may be done with them, unless \
            you say yes. So every version stays here, as it was signed.
            """,
            id: """
                Data yang Anda berikan di bawah suatu versi tetap di bawah aturannya: versi berikutnya hanya dapat mempersempit, kecuali \
                Anda setuju. Maka setiap versi tetap ada di sini, seperti saat ditandatangani.
                """)
    }
    func name(_ edition: Edition) -> String { say("Version \(edition.number)", id: "Versi \(edition.number)") }

    func state(_ edition: Edition) -> String {
        switch edition.state {
        case .proposed: say("Waits for approval", id: "Menunggu persetujuan")
        case .overtaken: say("Overtaken", id: "Didahului")
        case .withdrawn: say("Withdrawn", id: "Ditarik")
        case .published: say("Published, not in force yet", id: "Diumumkan, belum berlaku")
        case .inForce: say("In force", id: "Berlaku")
        case .former: say("Former", id: "Terdahulu")
        }
    }

    /// It isn't any more what was proposed.
    var changedSince: String { say("Changed since it was proposed", id: "Diubah sejak diusulkan") }

    func tone(_ edition: Edition) -> StaticString {
        switch edition.state {
        case .inForce: "tag ok"
        case .published, .proposed: "tag wait"
        case .overtaken, .withdrawn, .former: "tag"
        }
    }

    /// From when until when.
    func span(_ edition: Edition) -> String {
        guard let since = edition.since else {
            return edition.note.map { say("from \(say.date($0.from))", id: "mulai \(say.date($0.from))") } ?? ""
        }
        let from = say("from \(say.dateAndTime(since))", id: "sejak \(say.dateAndTime(since))")
        return from + (edition.until.map { say(" to \(say.dateAndTime($0))", id: " sampai \(say.dateAndTime($0))") } ?? "")
    }

    func approval(_ approval: Edition.Approval) -> String {
        let who = say.actor("\(approval.role) \(approval.number)").capitalised
        return say("\(who) agreed on \(say.exact(approval.at))", id: "\(who) menyetujui pada \(say.exact(approval.at))")
    }
    var loaded: String {
        say("Loaded from its file as it stood; nobody signed it.", id: "Dimuat dari berkasnya apa adanya; tidak ditandatangani siapa pun.")
    }

    func waiting(_ waiting: Waiting) -> String {
        switch waiting {
        case .none:
            say(
                "It only narrows what we may do, so it needn’t wait.",
                id: "Hanya mempersempit apa yang boleh kami lakukan, jadi tidak perlu menunggu.")
        case .short: say("It waits 72 hours after the second approval.", id: "Menunggu 72 jam setelah persetujuan kedua.")
        case .long: say("It waits 14 days after the second approval.", id: "Menunggu 14 hari setelah persetujuan kedua.")
        }
    }

    var fingerprint: String { say("Fingerprint of the rules", id: "Sidik aturan") }
    var documentDigest: String { say("SHA-256 of the document", id: "SHA-256 dokumen") }
    var document: String { say("The document, byte for byte", id: "Dokumennya, bita demi bita") }
    var signed: String { say("The signed note", id: "Catatan bertanda tangan") }
    var signedBy: String {
        say(
            "Signed by the house and by its two officers. The note is an entry of the public log.",
            id: "Ditandatangani oleh kantor ini dan kedua petugasnya. Catatan ini ada dalam log umum.")
    }
    func entry(_ number: Int64) -> String { say("Entry no. \(number) of the log", id: "Entri no. \(number) dalam log") }
    var altered: String {
        say(
            """
            The database no longer holds this version as two officers signed it, so it isn’t shown. Their signatures are in the public \
            log, and whoever runs this house has been told.
            """,
            id: """
                Basis data tidak lagi menyimpan versi ini seperti yang ditandatangani kedua petugas, jadi tidak ditampilkan. Tanda tangan \
                mereka ada dalam log umum, dan pengelola kantor ini sudah diberi tahu.
                """)
    }
    var back: String { say("All versions", id: "Semua versi") }
    var changes: String { say("What it changes", id: "Apa yang berubah") }

    var compare: String { say("Compare two versions", id: "Bandingkan dua versi") }
    var older: String { say("From", id: "Dari") }
    var newer: String { say("To", id: "Ke") }
    var compareThem: String { say("Compare", id: "Bandingkan") }
    func changes(from old: Edition, to new: Edition) -> String {
        say(
            "What changes from version \(old.number) to version \(new.number)",
            id: "Yang berubah dari versi \(old.number) ke versi \(new.number)")
    }
    var untranslated: String {
        say("In English: the newer version has no translation.", id: "Dalam bahasa Inggris: versi yang lebih baru tidak punya terjemahan.")
    }
    var nothingChanged: String {
        say(
            "The two say the same: no rule, term or promise differs.",
            id: "Keduanya sama: tidak ada aturan, jangka waktu, atau janji yang berbeda.")
    }
    var onlyOne: String {
        say(
            "There is one version so far; a later one can be compared with it.",
            id: "Baru ada satu versi; versi berikutnya dapat dibandingkan dengannya.")
    }
    var unknown: String { say("Choose two versions from the list.", id: "Pilih dua versi dari daftar.") }
}
