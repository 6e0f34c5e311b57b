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
    case over(Int64, CaseEnd)
    /// The value was removed meanwhile, or never given; or there is one meanwhile where one was to be given.
    case notHeld(String), heldAlready(String)
    /// It is stored, and no page changes it: it goes with what it belongs to.
    case notByHand(String)
    /// A form of ours without a part that its page gave it.
    case damagedForm
    case refused(Refused)
    case tooMany(after: Int)
    case notSent
    /// The store can't take anything in for now.
    case cannotWrite(after: Int)
    /// A row of the house's own data stands where a new one has to be; the number stands in its log too.
    case inTheWay(number: String)
    /// The public log isn't as it was signed.
    case unsigned
    /// Something in the house; the number stands in its log too, and says nothing of the person.
    case broken(number: String)
    /// What the page needs is there and can't be opened. The same number.
    case damaged(number: String)

    static func fault(of error: NotDone) -> Trouble {
        switch error {
        case .notFound, .form, .signInAnew: .missing
        case .refused(.policy(let refused)): .refused(refused)
        case .tooMany(let seconds): .tooMany(after: seconds)
        case .notSent: .notSent
        case .refused(.gone): .missing
        // What needs the log signed waits until it is mended, of which the house tells its operator.
        case .refused(.logHalted): .cannotWrite(after: 600)
        case .refused(let refusal): stopped(error) ?? blocked(error) ?? reported(refusal)
        }
    }

    /// Writing stands still for a while; what needs the operator is told in the log.
    private static func stopped(_ error: NotDone) -> Trouble? {
        guard let stop = error.writingStop else { return nil }
        if let sentence = stop.forTheOperator { log(sentence) }
        return .cannotWrite(after: stop.seconds)
    }

    /// What was changed in the database; only the operator can do something about it.
    private static func blocked(_ error: NotDone) -> Trouble? {
        error.rowInTheWay.map { .inTheWay(number: numbered($0)) }
    }

    private static func reported(_ refusal: Refusal) -> Trouble {
        let number = numbered(refusal.sentence)
        if case .damaged = refusal { return .damaged(number: number) }
        return .broken(number: number)
    }

    /// Tells the log, and gives the number by which it is found there.
    private static func numbered(_ sentence: String) -> String {
        let letters = Array("23456789CFGHJMPQRVWX")
        let number = String((0..<7).map { $0 == 3 ? "-" : letters.randomElement() ?? "X" })
        log("trouble \(number): \(sentence)")
        return number
    }

    static func log(_ sentence: String) {
        let line = sentence + "\n"
        unsafe line.withCString { text in _ = unsafe write(STDERR_FILENO, text, line.utf8.count) }
    }

    var status: UInt16 {
        switch self {
        case .missing: 404
        case .departed, .over, .notHeld: 410
        case .heldAlready, .notByHand: 409
        case .wrongMethod: 405
        case .foreignForm, .foreignLink, .oneFactor, .refused: 403
        case .damagedForm: 422
        case .tooMany: 429
        case .notSent, .cannotWrite, .inTheWay, .unsigned: 503
        case .broken, .damaged: 500
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

    func title(_ visit: Visit) -> String { trouble.heading(visit.say) }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.h1, text: trouble.heading(say))
            html(.p, .class("lead"), text: trouble.lead(say))
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
            switch trouble {
            case .broken(let number), .damaged(let number), .inTheWay(let number): numbered(&html, number, say)
            default: break
            }
        }
    }

    private func numbered(_ html: inout HTML, _ number: String, _ say: Language) {
        html(.p) { html in
            html.text(say("If you write to us about it, give the number ", id: "Bila Anda menyurati kami, sebutkan nomor "))
            html(.b, .class("mono"), text: number)
            html.text(say("; with it we find the fault, not your data.", id: "; dengan itu kami menemukan galatnya, bukan data Anda."))
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
                if case .deskCase = visit.route { say("Open the case", id: "Buka pertanyaannya") } else {
                    say("Open the page", id: "Buka halamannya")
                }
            return (visit.route, name, say("From here it is you who opens it", id: "Dari sini, Andalah yang membukanya"))
        }
        if case .heldAlready(let field) = trouble, let place = CorrectionPlace(field.replacing(" ", with: "-")) {
            return (
                place.route, say("Correct it", id: "Betulkan"),
                say("With what is stored now before you", id: "Dengan isi yang tersimpan sekarang")
            )
        }
        if case .over(let number, .closed) = trouble {
            return (
                .deskCase(number), say("See case \(number)", id: "Lihat pertanyaan \(number)"),
                say("What was done in it", id: "Apa yang dikerjakan di dalamnya")
            )
        }
        if let member = session.staff {
            guard visit.firstPlace(of: member) == .desk else {
                return (.today, ConsoleTexts(say: say).today, say("What waits for you", id: "Yang menunggu Anda"))
            }
            return (.desk, say("Back to the cases", id: "Kembali ke pertanyaan"), say("Open ones first", id: "Yang terbuka lebih dulu"))
        }
        return (
            .privacy, say("See your data", id: "Lihat data Anda"),
            say("What we hold, and who used it", id: "Apa yang kami simpan, dan siapa yang memakainya")
        )
    }
}
