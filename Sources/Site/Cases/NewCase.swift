// Asking us: a question, and how it is to be answered.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    /// With the number that is stored already, which can be changed.
    func newCase(_ session: Session) -> Response {
        guard session.staff == nil else { return show(NewCasePage(isForWork: true)) }
        return trying { () throws(NotDone) -> Response in
            let known = try office.holdings(of: session).first { $0.field == "telephone number" }?.value
            let rests = try office.restriction(of: session) != nil
            return show(NewCasePage(telephone: known ?? "", byMail: try office.answersByEmail(session), rests: rests))
        }
    }

    func asked(_ session: Session) -> Reply {
        let text = request.form["text"] ?? "", telephone = request.form["telephone"] ?? ""
        let answering = Answering(rawValue: request.form["answering"] ?? "") ?? .telephone
        guard session.staff == nil else { return now(show(NewCasePage(text: text, isForWork: true), status: 403)) }
        @Sendable func page(_ faults: [FormFault] = []) -> NewCasePage {
            let byMail = (try? office.answersByEmail(session)) ?? (false, nil)
            let rests = (try? office.restriction(of: session)) ?? nil
            return NewCasePage(text: text, telephone: telephone, answering: answering, byMail: byMail, faults: faults, rests: rests != nil)
        }
        // A number that nobody may read in order to answer isn't taken in either.
        let isUnanswered =
            answering == .email && house.offers.refusal(of: .mailAnswer) != nil
            || (answering == .telephone || telephone.contains { !$0.isWhitespace }) && house.offers.refusal(of: .answer) != nil
        guard house.offers.refusal(of: .call) == nil, !isUnanswered else { return now(show(page(), status: 403)) }
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                let opened = try await office.askForCall(session, text: text, telephone: telephone, answering: answering)
                return .see(Route.ownCase(opened.number).path + "?now=asked")
            } catch {
                switch error {
                case .form(let faults): return show(page(faults), status: 422)
                case .tooMany(let seconds): return later(page(), after: seconds)
                default: throw error
                }
            }
        }
    }
}

struct NewCasePage: Waitable {
    var text = "", telephone = ""
    var answering = Answering.telephone
    /// Whether an answer by email could be sent to them; if the policy is against it, why not.
    var byMail: (offered: Bool, refusal: Refused?) = (false, nil)
    var faults: [FormFault] = []
    var wait: Int? = nil
    var isReturned = false
    /// They have their data kept and not used.
    var rests = false
    /// Whoever asks is signed in with an account for their work here.
    var isForWork = false
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let say = visit.say, title = OwnCaseTexts(say: say).ask
        return faults.isEmpty ? title : say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.cases.path), text: say("Back to your questions", id: "Kembali ke pertanyaan Anda"))
            visit.errors(&html, faults.sentences(say))
            visit.waiting(
                &html, wait,
                because: say(
                    "As many of your questions are open as we take at once. ",
                    id: "Pertanyaan Anda yang terbuka sudah sebanyak yang kami terima sekaligus. "),
                until: say(
                    "What you typed is still here. Send it again when one of them is settled: you can say so in the question itself.",
                    id: """
                        Isian Anda masih ada di sini. Kirim lagi setelah salah satunya selesai: itu dapat Anda katakan di pertanyaan itu \
                        sendiri.
                        """))
            visit.returned(&html, isReturned)
            html(.h1, text: OwnCaseTexts(say: say).ask)
            if isForWork { return work(&html, visit) }
            let refusal = visit.house.offers.refusal(of: .call)
            let uncalled = visit.house.offers.refusal(of: .answer)
            // Nobody waits for an answer that can't come. What is in the way of both is said once.
            if refusal == nil {
                var said: Set<String> = []
                for unanswered in [uncalled, byMail.refusal].compactMap(\.self)
                where said.insert(say.cause(unanswered) + unanswered.thing).inserted {
                    visit.notOffered(&html, unanswered)
                }
            }
            let isAnswered = uncalled == nil || byMail.offered
            if rests, refusal == nil, isAnswered { resting(&html, visit) }
            visit.offer(&html, refusal) { html in if isAnswered { form(&html, visit, isByCall: uncalled == nil) } }
            if refusal != nil || !isAnswered {
                visit.typed(&html, words(say))
                html(.p) { $0(.a, .href(Route.contact.path), text: say("Other ways to reach us", id: "Cara lain menghubungi kami")) }
            } else if uncalled != nil {
                visit.typed(&html, [words(say)[1]])
            }
            html(.div, .class("part")) { visit.alsoAsked(&$0) }
        }
    }

    /// No answer could go to whoever asks.
    private func work(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(
            .p, .class("lead"),
            text: say(
                "You are signed in with an account for your work here. It has no customer’s address or number to which an answer could go.",
                id: """
                    Anda masuk dengan akun untuk pekerjaan Anda di sini. Akun ini tidak punya alamat atau nomor pelanggan yang dapat dituju \
                    jawaban.
                    """))
        html(
            .p,
            text: say(
                "To ask as a customer, sign out and open an account with an address of your own. What is about your work, ask a colleague.",
                id: """
                    Untuk bertanya sebagai pelanggan, keluarlah dan buka akun dengan alamat Anda sendiri. Yang menyangkut pekerjaan Anda, \
                    tanyakan kepada rekan.
                    """))
        if !text.isEmpty { visit.typed(&html, [words(say)[0]]) }
    }

    private func resting(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        visit.note(&html, .wait) { html in
            html(
                .p,
                text: say(
                    "You asked us not to use your data. We take your question in, and it rests until you take that back.",
                    id: "Anda meminta data Anda tidak dipakai. Pertanyaan Anda kami terima, dan diam sampai Anda menariknya kembali."))
            html(.p) {
                $0(.a, .href(Route.privacy.path + "#restrict"), text: say("Your data and this choice", id: "Data Anda dan pilihan ini"))
            }
        }
    }

    private func words(_ say: Language) -> [(label: String, value: String)] {
        [
            (say("What is it about?", id: "Perihal apa?"), text),
            (say("Where should we call?", id: "Ke nomor mana kami menelepon?"), telephone),
        ]
    }

    private func form(_ html: inout HTML, _ visit: Visit, isByCall: Bool) {
        let say = visit.say
        func rule(_ field: String) -> String? { visit.house.rules.taking(field, from: "help form") }
        html(.form, .class("flow form"), .post, .action(Route.newCase.path), .novalidate) { html in
            visit.token(&html)
            visit.field(
                &html,
                FormField(
                    id: "text", label: say("What is it about?", id: "Perihal apa?"), kind: .long,
                    hint: visit.house.rules.reading("case message", by: "customer service") != nil
                        ? say(
                            "Customer service reads it while the matter is open.",
                            id: "Layanan pelanggan membacanya selama pertanyaannya terbuka.") : nil,
                    rule: rule("case message"), value: text, error: faults.sentence(for: "text", say)))
            guard isByCall else {
                html(.input, .type("hidden"), .name("answering"), .value(Answering.email.rawValue))
                html(.p, .class("quiet"), text: say("We answer to your email address.", id: "Kami menjawab ke alamat surel Anda."))
                return ask(&html, say)
            }
            visit.field(
                &html,
                FormField(
                    id: "telephone", label: say("Where should we call?", id: "Ke nomor mana kami menelepon?"), kind: .telephone,
                    hint: (visit.reachedThrough == "telephone number"
                        ? say(
                            "It is the number by which you sign in; another one you give first with your data.",
                            id: "Ini nomor yang Anda pakai untuk masuk; nomor lain Anda beri dulu di halaman data Anda.")
                        : say(
                            "It becomes the number of your account; one that is there already is replaced.",
                            id: "Nomor ini menjadi nomor akun Anda; yang sudah ada digantikan."))
                        + (visit.seesUses
                            ? say(
                                " Each look at it is in your list of uses.",
                                id: " Setiap kali dilihat, tercatat dalam daftar pemakaian Anda.") : ""),
                    rule: rule("telephone number"), autocomplete: "tel", value: telephone, error: faults.sentence(for: "telephone", say)
                ))
            if byMail.offered {
                visit.choices(
                    &html, name: "answering", legend: say("How should we answer?", id: "Bagaimana kami menjawab?"),
                    error: faults.sentence(for: "answering", say),
                    [
                        (Answering.telephone.rawValue, say("By a call to this number", id: "Lewat telepon ke nomor ini")),
                        (
                            Answering.email.rawValue,
                            say("By email; then no number is taken in", id: "Lewat surel; nomornya tidak kami ambil")
                        ),
                    ], chosen: answering.rawValue)
            }
            ask(&html, say)
        }
    }

    private func ask(_ html: inout HTML, _ say: Language) {
        html(.p) { $0(.button, .class("btn wide"), text: say("Ask us", id: "Tanyakan")) }
    }
}
