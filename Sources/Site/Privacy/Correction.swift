// Putting one value right: a form with what is stored now in it, and what was typed when it comes back.

import HTML
import HTTP
import Office
import Policy
import Vault

/// Which value of a person: its field, and where it stands. `email-address`, `case-message/12`, `case-message/complaint-4`.
struct CorrectionPlace: Hashable {
    let field: String, place: HeldPlace

    init(of holding: Holding) { (field, place) = (holding.field, holding.standing) }

    init?(_ path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, !first.isEmpty, parts.count <= 2 else { return nil }
        field = String(first).replacing("-", with: " ")
        guard parts.count == 2 else {
            place = .own
            return
        }
        guard let place = HeldPlace(String(parts[1])) else { return nil }
        self.place = place
    }

    var route: Route { .correction(text) }
    /// Where it is taken away.
    var removal: Route { .removal(text) }
    private var text: String { field.replacing(" ", with: "-") + (place == .own ? "" : "/\(place.text)") }
}

extension Visit {
    /// Of a value that isn't there, or that is there and isn't the person's to change.
    /// What can't be opened may be there.
    func missing(_ place: CorrectionPlace, _ session: Session) throws(NotDone) -> Response {
        let field = place.field
        guard policy.fields.contains(where: { $0.name == field }) else { return show(Trouble.missing) }
        let closed = try office.closed(field, at: place.place, of: session)
        guard closed.isEmpty else { return show(ClosedValuePage(field: field, closed: closed)) }
        let isHeld = try office.holdings(of: session).contains { $0.field == field && $0.standing == .own }
        return show(place.place == .own && isHeld ? Trouble.notByHand(field) : .notHeld(field))
    }

    func correction(_ path: String, _ session: Session) -> Reply {
        guard let place = CorrectionPlace(path) else { return now(.missing) }
        return now(
            trying { () throws(NotDone) -> Response in
                guard try office.mayCorrect(place.field, in: session) else { return askToSignInAnew(for: place) }
                let held: Holding
                do throws(NotDone) { held = try office.correctable(place.field, at: place.place, of: session) } catch {
                    guard case .notFound = error else { throw error }
                    return try missing(place, session)
                }
                return show(CorrectionPage(place: place, held: held, typed: held.value, reached: try office.reachedThrough(session)))
            })
    }

    func corrected(_ path: String, _ session: Session) -> Reply {
        guard let place = CorrectionPlace(path) else { return now(.missing) }
        let typed = request.form["value"] ?? ""
        let work: @Sendable () async throws(NotDone) -> Response = { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                switch try await office.correct(place.field, at: place.place, to: typed, for: session) {
                case .done: return .see(Route.privacy.path + "?now=corrected")
                case .codeSent(let token): return see(.addressCode, setting: [Cookie(Visit.challengeCookie, token.text)])
                }
            } catch {
                func again(_ faults: [FormFault] = [], _ refused: Refused? = nil) throws(NotDone) -> CorrectionPage {
                    let held = try office.correctable(place.field, at: place.place, of: session)
                    return CorrectionPage(
                        place: place, held: held, typed: typed, reached: try office.reachedThrough(session), refused: refused,
                        faults: faults)
                }
                switch error {
                case .form(let faults): return show(try again(faults), status: 422)
                case .tooMany(let seconds): return later(try again(), after: seconds)
                case .refused(.policy(let refused)): return show(try again([], refused), status: 403)
                case .signInAnew: return askToSignInAnew(for: place)
                // Removed in the same moment, from another window.
                case .notFound: return try missing(place, session)
                // Deleted in the same moment, from another window.
                case .refused(.gone): return show(Trouble.departed)
                default: throw error
                }
            }
        }
        // Whether somebody else has a new address mustn't be told by the time that this takes.
        return ["email address", "telephone number"].contains(place.field) ? evenly(work) : later(work)
    }
}

struct CorrectionPage: Waitable {
    let place: CorrectionPlace
    let held: Holding
    let typed: String
    /// The field through which we reach them.
    let reached: String
    /// What came of sending it.
    var refused: Refused? = nil
    var faults: [FormFault] = []
    var wait: Int? = nil
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let say = visit.say, title = heading(say)
        return faults.isEmpty ? title : say("Error: \(title)", id: "Galat: \(title)")
    }

    private func heading(_ say: Language) -> String {
        say("Correct your \(held.field)", id: "Betulkan \(say.thing(held.field)) Anda")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.privacy.path + "#held"), text: say("Back to your data", id: "Kembali ke data Anda"))
            visit.errors(&html, faults.map { ("value", $0.sentence(say)) })
            visit.waiting(&html, wait, because: say("Many tried this address just now. ", id: "Baru saja banyak yang mencoba alamat ini. "))
            html(.h1, text: heading(say))
            // Nothing is told of a correction that would be refused.
            if let refusal = refused ?? refusal(visit) {
                visit.notOffered(&html, refusal)
                if typed != held.value { visit.typed(&html, [(say.thing(held.field).capitalised, typed)]) }
                return
            }
            if let hidden = held.refusal { visit.notOffered(&html, hidden) }
            html(.p, .class("lead"), text: lead(say))
            if isAddress, let untold = visit.house.offers.refusal(of: isNumber ? .telephoneChangeNotice : .changeNotice) {
                visit.notOffered(&html, untold)
            } else if isAddress {
                html(.p, text: told(say))
            }
            form(&html, visit)
        }
    }

    private func form(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.form, .class("flow form"), .post, .action(place.route.path), .novalidate) { html in
            visit.token(&html)
            visit.field(
                &html,
                FormField(
                    id: "value", label: say.thing(held.field).capitalised, kind: kind, autocomplete: autocomplete, value: typed,
                    error: faults.first?.sentence(say)))
            html(.p, .class("row")) { html in
                html(.button, .class("btn"), text: button(say))
                html(.a, .href(Route.privacy.path + "#held"), text: say("Leave it as it is", id: "Biarkan seperti semula"))
            }
        }
    }

    /// Why the policy keeps it as it is, or keeps a new address from being proved.
    private func refusal(_ visit: Visit) -> Refused? {
        held.correcting ?? (isAddress ? visit.house.offers.refusal(of: isNumber ? .newNumber : .newAddress) : nil)
    }

    /// A new one has to be proved.
    private var isAddress: Bool { held.field == reached }

    private var isNumber: Bool { isAddress && held.kind != .email }

    private func lead(_ say: Language) -> String {
        if isNumber {
            return say(
                "We send a code to the new number. It holds when you enter the code; until then the old one does.",
                id: """
                    Kami mengirim kode ke nomor baru. Nomor itu berlaku begitu Anda memasukkan kodenya; sampai saat itu yang lama tetap \
                    berlaku.
                    """)
        }
        if isAddress {
            return say(
                "We send a code to the new address. It holds when you enter the code; until then the old one does.",
                id: """
                    Kami mengirim kode ke alamat baru. Alamat itu berlaku begitu Anda memasukkan kodenya; sampai saat itu yang lama tetap \
                    berlaku.
                    """)
        }
        return say(
            "What stood here before is forgotten: its key is destroyed at once.",
            id: "Yang tertulis sebelumnya dilupakan: kuncinya langsung dimusnahkan.")
    }

    private func told(_ say: Language) -> String {
        if isNumber {
            return say(
                "The old number hears of it, and can take the change back for seven days.",
                id: "Nomor lama diberi tahu, dan dapat membatalkan perubahan selama tujuh hari.")
        }
        return say(
            "The old address hears of it, and can take the change back for seven days.",
            id: "Alamat lama diberi tahu, dan dapat membatalkan perubahan selama tujuh hari.")
    }

    private func button(_ say: Language) -> String {
        isAddress ? say("Send the code", id: "Kirim kodenya") : say("Save", id: "Simpan")
    }

    private var kind: FormField.Kind {
        switch held.kind {
        case .email: .email
        case .phone: .telephone
        case .message, .document, .address: .long
        case .text, .date, .money, .number, .choice, .token: .text
        }
    }

    private var autocomplete: StaticString {
        switch held.kind {
        case .email: "email"
        case .phone: "tel"
        default: held.field == "full name" ? "name" : "off"
        }
    }
}
