// Pages for what didn't happen: what it was, what was not lost, what to do next.

import HTML
import HTTP
import Office
import Policy
import Vault
import Glibc

enum Trouble: Sendable {
    case missing, wrongMethod, foreignForm, foreignLink
    /// Somebody of the staff whom only one factor brought in.
    case oneFactor
    /// The person whose data it is about was deleted meanwhile.
    case departed
    /// The case was closed or deleted meanwhile, and who works here could see it before.
    case over
    /// A form of ours without a part that its page gave it.
    case damagedForm
    case refused(Refused)
    case tooMany(after: Int)
    case notSent
    /// The store can't take anything in for now.
    case cannotWrite(after: Int)
    /// Something in the house; the number stands in its log too, and says nothing of the person.
    case broken(number: String)

    static func fault(of error: NotDone) -> Trouble {
        switch error {
        case .notFound, .form, .signInAnew: .missing
        case .refused(.policy(let refused)): .refused(refused)
        case .tooMany(let seconds): .tooMany(after: seconds)
        case .notSent: .notSent
        case .refused(.gone): .missing
        // What needs the log signed waits until it is mended, of which the house tells its operator.
        case .refused(.logHalted): .cannotWrite(after: 600)
        case .refused(let refusal): stopped(error) ?? reported(refusal)
        }
    }

    /// Writing stands still for a while; what needs the operator is told in the log.
    private static func stopped(_ error: NotDone) -> Trouble? {
        guard let stop = error.writingStop else { return nil }
        if let sentence = stop.forTheOperator { log(sentence) }
        return .cannotWrite(after: stop.seconds)
    }

    private static func reported(_ refusal: Refusal) -> Trouble {
        let letters = Array("23456789CFGHJMPQRVWX")
        let number = String((0..<7).map { $0 == 3 ? "-" : letters.randomElement() ?? "X" })
        log("trouble \(number): \(refusal.sentence)")
        return .broken(number: number)
    }

    static func log(_ sentence: String) {
        let line = sentence + "\n"
        unsafe line.withCString { text in _ = unsafe write(STDERR_FILENO, text, line.utf8.count) }
    }

    var status: UInt16 {
        switch self {
        case .missing: 404
        case .departed, .over: 410
        case .wrongMethod: 405
        case .foreignForm, .foreignLink, .oneFactor, .refused: 403
        case .damagedForm: 422
        case .tooMany: 429
        case .notSent, .cannotWrite: 503
        case .broken: 500
        }
    }

    func headers(for route: Route) -> [(StaticString, String)] {
        switch self {
        case .wrongMethod: [("Allow", route.methods.rawValue)]
        case .tooMany(let seconds), .cannotWrite(let seconds): [("Retry-After", String(seconds))]
        default: []
        }
    }
}

struct TroublePage: Page {
    let trouble: Trouble
    /// What came with it and was taken in nowhere.
    var typed: [(label: String, value: String)] = []

    func title(_ visit: Visit) -> String { heading(visit.say) }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.h1, text: heading(say))
            html(.p, .class("lead"), text: lead(say))
            if case .refused(let refused) = trouble { rule(&html, refused, visit) }
            visit.typed(&html, typed)
            html(.h2, text: say("What you can do", id: "Yang dapat Anda lakukan"))
            html(.ul, .class("todo"), .role("list")) { html in
                for (route, name, sentence) in ways(visit) {
                    html(.li) { html in
                        html(.div) { html in
                            html(.b) { $0(.a, .href(route.path), text: name) }
                            html(.p, .class("quiet"), text: sentence)
                        }
                    }
                }
            }
            if case .broken(let number) = trouble {
                html(.p) { html in
                    html.text(say("If you write to us about it, give the number ", id: "Bila Anda menyurati kami, sebutkan nomor "))
                    html(.b, .class("mono"), text: number)
                    html.text(
                        say("; with it we find the fault, not your data.", id: "; dengan itu kami menemukan galatnya, bukan data Anda."))
                }
            }
        }
    }

    private func rule(_ html: inout HTML, _ refused: Refused, _ visit: Visit) {
        let say = visit.say
        visit.note(&html, .bad, isFocused: true) { html in
            html(.p, text: say("Refused: ", id: "Ditolak: ") + say.cause(refused) + ".")
            html(.p) { visit.refusalChips(&$0, refused, withAddress: true) }
            visit.whyNot(&html, refused)
            // Of somebody who isn't signed in nobody knows whose data they meant.
            if refused.entry != nil, visit.session != nil {
                html(
                    .p, .class("hint"),
                    text: say(
                        "The attempt is in the record of the person whom the data are of.",
                        id: "Percobaan ini tercatat pada orang yang empunya data."))
            }
        }
    }

    private func heading(_ say: Language) -> String {
        switch trouble {
        case .missing: say("There is nothing at this address", id: "Tidak ada halaman di alamat ini")
        case .departed: say("This account is deleted", id: "Akun ini sudah dihapus")
        case .over: say("This case was closed or deleted meanwhile", id: "Perkara ini sementara itu ditutup atau dihapus")
        case .wrongMethod: say("This address doesn’t take that", id: "Alamat ini tidak menerima permintaan seperti itu")
        case .foreignForm: say("We didn’t take this form", id: "Formulir ini tidak kami terima")
        case .foreignLink: say("A page of another site led here", id: "Halaman situs lain mengarahkan ke sini")
        case .oneFactor: say("A second factor first", id: "Faktor kedua dulu")
        case .damagedForm: say("This form came damaged", id: "Formulir ini sampai dalam keadaan rusak")
        case .refused(let refused): say.refusal(refused)
        case .tooMany: say("Too many tries", id: "Terlalu banyak percobaan")
        case .notSent: say("The email could not be sent", id: "Surel tidak dapat dikirim")
        case .cannotWrite: say("We can’t take anything in just now", id: "Saat ini kami tidak dapat menerima apa pun")
        case .broken: say("Something broke on our side", id: "Ada yang rusak di pihak kami")
        }
    }

    private func lead(_ say: Language) -> String {
        switch trouble {
        case .missing:
            say("The page may have moved, or it was never yours to see.", id: "Halamannya mungkin pindah, atau memang bukan untuk Anda.")
        case .departed:
            say(
                "It was deleted while you were writing, so nothing was changed and nothing of it is left here.",
                id: "Akun dihapus saat Anda menulis, jadi tidak ada yang berubah dan tidak ada yang tersisa di sini.")
        case .over:
            say(
                "Nothing was sent, and nothing was written down. If it is closed, it stands among the closed cases.",
                id:
                    "Tidak ada yang terkirim, dan tidak ada yang tercatat. Bila ditutup, perkaranya ada di antara yang ditutup."
            )
        case .wrongMethod: say("Nothing was changed.", id: "Tidak ada yang berubah.")
        case .damagedForm:
            say(
                "A part of it was missing, so nothing was changed. Open its page again, and press once more.",
                id: "Sebagiannya hilang, jadi tidak ada yang berubah. Buka lagi halamannya, lalu tekan sekali lagi.")
        case .foreignForm:
            say(
                """
                It came from another site, or from a page that was opened before you signed in or out, or the browser lost its cookies. \
                Nothing was changed.
                """,
                id: """
                    Asalnya dari situs lain, atau dari halaman yang dibuka sebelum Anda masuk atau keluar, atau kuki peramban hilang. \
                    Tidak ada yang berubah.
                    """)
        case .foreignLink:
            say(
                "What you open here is recorded under your name, so it was not opened. Open it yourself if you mean to.",
                id: "Yang Anda buka di sini tercatat atas nama Anda, jadi belum dibuka. Buka sendiri bila memang itu maksud Anda.")
        case .oneFactor:
            say(
                """
                What customers entrust to us opens only for who comes in by two factors. Add an app or a passkey; it takes a minute. If \
                you have one, sign in once more.
                """,
                id: """
                    Yang dipercayakan pelanggan kepada kami hanya terbuka bagi yang masuk dengan dua faktor. Tambahkan aplikasi atau kunci \
                    sandi; semenit selesai. Bila sudah punya, masuklah sekali lagi.
                    """)
        // What was done before this page was asked for stays done.
        case .refused(let refused) where refused.verb == .read:
            say(
                "The policy decides, and it said no. Nothing was shown.",
                id: "Kebijakan yang memutuskan, dan jawabannya tidak. Tidak ada yang ditampilkan.")
        case .refused:
            say(
                "The policy decides, and it said no. Nothing was shown and nothing was changed.",
                id: "Kebijakan yang memutuskan, dan jawabannya tidak. Tidak ada yang ditampilkan dan tidak ada yang berubah.")
        case .tooMany(let seconds):
            say(
                "To keep others from guessing, we wait a while. Try again in \(say.wait(seconds)).",
                id: "Supaya orang lain tidak menebak-nebak, tunggu dulu. Coba lagi dalam \(say.wait(seconds)).")
        case .notSent:
            say(
                "What you entered is stored; nothing was lost. Ask for the code again in a minute.",
                id: "Isian Anda tersimpan; tidak ada yang hilang. Minta kodenya lagi sebentar lagi.")
        case .cannotWrite(let seconds):
            say(
                """
                Nothing was lost: what was stored before is still there, and nothing of what you just sent was stored. Try again \
                in \(say.wait(seconds)).
                """,
                id: """
                    Tidak ada yang hilang: yang tersimpan tetap ada, dan kiriman Anda barusan belum disimpan. Coba lagi dalam \
                    \(say.wait(seconds)).
                    """)
        case .broken:
            say(
                "Nothing was lost: what was stored before is still there, and what you just sent was not taken in by half.",
                id: "Tidak ada yang hilang: yang tersimpan tetap ada, dan kiriman Anda barusan tidak diterima separuh-separuh.")
        }
    }

    /// Ways on, the nearest first.
    private func ways(_ visit: Visit) -> [(Route, String, String)] {
        let say = visit.say
        if case .oneFactor = trouble { return factors(say) }
        return [
            own(visit),
            (
                .policy, say("Read the policy", id: "Baca kebijakannya"),
                say("What is allowed, and by which rule", id: "Apa yang boleh, dan menurut aturan mana")
            ),
            (.home, say("Go to the first page", id: "Ke halaman pertama"), say("Everything starts there", id: "Semuanya mulai di sana")),
            (
                .contact, say("Reach us", id: "Hubungi kami"),
                say("By telephone, email or post, as far as they are told", id: "Lewat telepon, surel, atau pos, sejauh disebutkan")
            ),
        ]
    }

    private func factors(_ say: Language) -> [(Route, String, String)] {
        [
            (
                .factor, say("Add an authenticator app", id: "Tambahkan aplikasi autentikator"),
                say("It shows a new code each half minute", id: "Menampilkan kode baru tiap setengah menit")
            ),
            (
                .passkeys, say("Add a passkey", id: "Tambahkan kunci sandi"),
                say("Your device asks for your finger, face or PIN", id: "Perangkat Anda meminta jari, wajah, atau PIN")
            ),
            (
                .signIn, say("Sign in once more", id: "Masuk sekali lagi"),
                say("With the factor that you have", id: "Dengan faktor yang Anda punya")
            ),
        ]
    }

    private func own(_ visit: Visit) -> (Route, String, String) {
        let say = visit.say
        guard let session = visit.session else {
            return (
                .signIn, say("Sign in", id: "Masuk"),
                visit.house.offers.refusal(of: .signIn) == nil
                    ? say("With a code that we send to your email address", id: "Dengan kode yang kami kirim ke alamat surel Anda")
                    : say("In the ways that the policy allows", id: "Dengan cara yang diizinkan kebijakan")
            )
        }
        if case .foreignLink = trouble {
            let name =
                if case .deskCase = visit.route { say("Open the case", id: "Buka perkaranya") } else {
                    say("Open the page", id: "Buka halamannya")
                }
            return (visit.route, name, say("From here it is you who opens it", id: "Dari sini, Andalah yang membukanya"))
        }
        if let member = session.staff {
            guard visit.firstPlace(of: member) == .desk else {
                return (.today, ConsoleTexts(say: say).today, say("What waits for you", id: "Yang menunggu Anda"))
            }
            return (.desk, say("Back to the cases", id: "Kembali ke perkara"), say("Open ones first", id: "Yang terbuka lebih dulu"))
        }
        return (
            .privacy, say("See your data", id: "Lihat data Anda"),
            say("What we hold, and who used it", id: "Apa yang kami simpan, dan siapa yang memakainya")
        )
    }
}
