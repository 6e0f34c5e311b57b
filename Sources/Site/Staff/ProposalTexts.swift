// Words of the officers' page.

import Office
import Policy
public import Vault

struct ProposalTexts {
    let say: Language

    var first: String {
        say(
            "It is the first version of this house: nothing was promised before it. Read the whole of it.",
            id: "Ini versi pertama kantor ini: belum ada janji sebelumnya. Bacalah seluruhnya.")
    }
    var wholeText: String { say("The whole text", id: "Seluruh teksnya") }
    var approvals: String { say("Approvals", id: "Persetujuan") }
    var toApprovals: String { say("To the approvals", id: "Ke persetujuan") }
    var nobody: String { say("Nobody has agreed yet.", id: "Belum ada yang menyetujui.") }
    var signInAnew: String { say("Sign in anew", id: "Masuk sekali lagi") }
    var whyAnew: String {
        say(
            "What you sign counts as your word. So a code has to show that it is you, after this was proposed and no longer than ten minutes ago.",
            id:
                "Tanda tangan Anda berlaku sebagai kata Anda. Maka sebuah kode harus menunjukkan bahwa ini Anda, sesudah ini diusulkan dan paling lama sepuluh menit yang lalu."
        )
    }
    var approve: String { say("Approve this version", id: "Setujui versi ini") }
    var meaning: String {
        say(
            "You sign the digest of this document, its rules, its day and the marks. With the second signature it is published, for good.",
            id:
                "Anda menandatangani sidik dokumen ini, aturannya, harinya dan tandanya. Dengan tanda tangan kedua, versi ini diumumkan untuk selamanya."
        )
    }
    var withdraw: String { say("Withdraw it", id: "Tarik kembali") }
    var withdrawing: String {
        say(
            "One officer is enough, as long as it isn’t in force. The version before it goes on.",
            id: "Satu petugas cukup, selama belum berlaku. Versi sebelumnya tetap berlaku.")
    }

    var whyFactor: String {
        say(
            "Here officers sign only after coming in by two factors. Set up an authenticator app on your account’s page, then sign in anew.",
            id: """
                Di sini petugas hanya menandatangani setelah masuk dengan dua faktor. Pasang aplikasi autentikator di halaman akun Anda, \
                lalu masuk sekali lagi.
                """)
    }

    func waits(_ new: NewOfficer) -> String {
        say(
            """
            You were named lately, so your word counts from \(say.date(new.counts)) on, or as soon as an officer who was there before agrees \
            to you
            """,
            id: """
                Anda baru ditunjuk, jadi suara Anda berlaku mulai \(say.date(new.counts)), atau segera setelah petugas yang sudah ada menyetujui \
                Anda
                """)
    }
    func broken(_ number: Int64) -> String {
        say("Proposal \(number) can’t be shown", id: "Usulan \(number) tidak dapat ditampilkan")
    }
    var whatToDo: String {
        say(
            """
            Nobody can sign it, and nothing that holds has changed. Tell the administrator: the version can be proposed again, and what else \
            was changed is named by
            """,
            id: """
                Tak seorang pun dapat menandatanganinya, dan yang berlaku tidak berubah. Beri tahu administrator: versi ini dapat diusulkan \
                lagi, dan apa lagi yang telah diubah disebut oleh
                """)
    }
    private func name(of part: ProposalPart) -> String {
        switch part {
        case .note: say("the note of the proposal", id: "catatan usulan")
        case .document: say("the document of the proposal", id: "dokumen usulan")
        case .translation: say("the translation of the proposal", id: "terjemahan usulan")
        case .former: say("the version before it", id: "versi sebelumnya")
        }
    }

    func reason(_ reason: NotPublished) -> String {
        switch reason {
        case .signInAnew:
            return say(
                "You signed in too long ago, or before this was proposed. Sign in anew, then do it again.",
                id: "Sudah terlalu lama sejak Anda masuk, atau Anda masuk sebelum ini diusulkan. Masuklah sekali lagi, lalu ulangi.")
        case .secondFactorMissing: return whyFactor
        case .newOfficer(let new): return waits(new)
        case .notDone: return say("It couldn’t be stored.", id: "Tidak dapat disimpan.")
        case .fault(let fault):
            switch fault {
            case .samePerson:
                return say(
                    "Two different people have to agree, and you have already.",
                    id: "Dua orang yang berbeda harus menyetujui, dan Anda sudah.")
            case .approvedAlready:
                return say("Somebody in your role has agreed to it already.", id: "Seseorang dengan tugas Anda sudah menyetujuinya.")
            case .withdrawn: return say("It was withdrawn.", id: "Sudah ditarik.")
            case .overtaken:
                return say(
                    "Another version was published since. It has to be proposed again.",
                    id: "Versi lain sudah diumumkan. Versi ini harus diusulkan lagi.")
            case .published: return say("It is published already.", id: "Sudah diumumkan.")
            case .inForce:
                return say(
                    "It is in force already. Only a new version takes it back.",
                    id: "Sudah berlaku. Hanya versi baru yang dapat mencabutnya.")
            case .followed:
                return say(
                    "A later version stands on it. Withdraw that one first.",
                    id: "Versi yang lebih baru bertumpu padanya. Tarik yang itu dahulu.")
            case .inThePast:
                return say(
                    "Its day lies in the past. Propose it again with a later one.",
                    id: "Harinya sudah lewat. Usulkan lagi dengan hari yang lebih kemudian.")
            case .tooSoon(_, let earliest):
                return say(
                    "Its day comes too soon: people have to have time to read it. It can begin on \(say.date(earliest)) or later; propose it again.",
                    id: "Harinya terlalu dekat: orang harus sempat membacanya. Paling cepat \(say.date(earliest)); usulkan lagi.")
            case .altered(let part):
                return say(
                    "\(name(of: part).capitalised) isn’t as it was proposed: the database was changed.",
                    id: "\(name(of: part).capitalised) tidak lagi seperti saat diusulkan: basis datanya telah diubah.")
            case .unreadable(let errors):
                return say.count(
                    errors, "error keeps it from being proposed.", "errors keep it from being proposed.",
                    id: "galat menghalangi usulan ini.")
            case .lacksOfficer(let role):
                return say(
                    "It declares no role “\(role)”, so nothing could be published after it. Put it back.",
                    id: "Tugas “\(role)” tidak dinyatakan, jadi sesudahnya tidak ada yang dapat diumumkan. Kembalikan.")
            case .numberTaken(let least):
                return say(
                    "Give it version \(least) or a greater one: a number stands for one version only.",
                    id: "Beri versi \(least) atau lebih besar: satu nomor hanya untuk satu versi.")
            case .beforeFormer(let day):
                return say(
                    "The version before it begins on \(say.date(day)). Let this one begin later.",
                    id: "Versi sebelumnya mulai pada \(say.date(day)). Mulailah yang ini sesudahnya.")
            case .unknownName(let name):
                return say(
                    "It declares no “\(name)”, so the wording of that can’t be marked.",
                    id: "“\(name)” tidak dinyatakan, jadi kata-katanya tidak dapat ditandai.")
            case .unchangedName(let name):
                return say(
                    "What it says of “\(name)” hasn’t changed, so there is no wording to mark.",
                    id: "Yang dikatakannya tentang “\(name)” tidak berubah, jadi tidak ada kata-kata yang perlu ditandai.")
            case .repeated(let proposal):
                return say(
                    "It is proposed already, as proposal \(proposal), and waits for your approval there.",
                    id: "Sudah diusulkan sebagai usulan \(proposal), dan menunggu persetujuan Anda di sana.")
            case .unfounded:
                return say(
                    "The first version isn’t published yet. Both officers have to approve that one first.",
                    id: "Versi pertama belum diumumkan. Kedua petugas harus menyetujui yang itu dahulu.")
            default: return say("\(fault)", id: "\(fault)")
            }
        }
    }
}

extension PublishingFault {
    /// Why it isn't published, in the language of this code; by itself where the site doesn't speak that.
    public func said(in code: String) -> String {
        Language(code: code).map { ProposalTexts(say: $0).reason(.fault(self)) } ?? description
    }
}
