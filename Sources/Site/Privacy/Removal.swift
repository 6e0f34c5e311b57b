// Taking one value away: what goes and what that changes, or the rule and the law by which it stays.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func removal(_ path: String, _ session: Session) -> Reply {
        guard let place = CorrectionPlace(path) else { return now(.missing) }
        return now(trying { () throws(NotDone) -> Response in try removal(of: place, session, status: 200) })
    }

    func removed(_ path: String, _ session: Session) -> Reply {
        guard let place = CorrectionPlace(path) else { return now(.missing) }
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                try await office.remove(place.field, at: place.place, for: session)
                return .see(Route.privacy.path + "?now=removed")
            } catch {
                switch error {
                // The page says why.
                case .form, .refused(.policy): return try removal(of: place, session, status: 409)
                case .notFound: return try missing(place, session)
                case .refused(.gone): return show(Trouble.departed)
                default: throw error
                }
            }
        }
    }

    private func removal(of place: CorrectionPlace, _ session: Session, status: UInt16) throws(NotDone) -> Response {
        do throws(NotDone) {
            let offer = try office.removal(of: place.field, at: place.place, of: session)
            return show(RemovalPage(place: place, offer: offer), status: status)
        } catch {
            if case .notFound = error { return try missing(place, session) }
            guard case .refused(.policy(let refused)) = error else { throw error }
            return show(RemovalRefused(place: place, refused: refused), status: status == 200 ? 200 : 403)
        }
    }
}

struct RemovalPage: Page {
    let place: CorrectionPlace
    let offer: RemovalOffer
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String { RemovalTexts(say: visit.say).title(place) }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = RemovalTexts(say: visit.say)
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.privacy.path + "#held"), text: words.back)
            html(.h1, text: words.title(place))
            if let refused = offer.refused { return stays(&html, refused, visit, words) }
            if offer.isTheOnlyWay { return onlyWay(&html, visit, words) }
            html(.p, .class("lead"), text: words.lead)
            html(.p, text: words.backups(visit.say.date(offer.lastBackup)))
            for sentence in words.meanwhile(place, offer) { html(.p, text: sentence) }
            html(.p) { visit.chips(&$0, offer.rules) }
            html(.form, .class("flow form"), .post, .action(place.removal.path)) { html in
                visit.token(&html)
                html(.p, .class("row")) { html in
                    html(.button, .class("btn risk"), text: words.button(place))
                    html(.a, .href(Route.privacy.path + "#held"), text: words.leaveIt)
                }
            }
        }
    }

    private func stays(_ html: inout HTML, _ refused: Refused, _ visit: Visit, _ words: RemovalTexts) {
        guard let staying = offer.staying else { return visit.notOffered(&html, refused) }
        html(.p, .class("lead"), text: words.stays)
        visit.staying(&html, [staying])
        html(.p, text: words.byItself)
    }

    private func onlyWay(_ html: inout HTML, _ visit: Visit, _ words: RemovalTexts) {
        visit.note(&html, .wait) { $0(.p, text: FormFault.onlyWay.sentence(visit.say) + ".") }
        html(.p, .class("row")) { html in
            html(.a, .class("btn plain"), .href(place.route.path), text: words.another(place))
            html(.a, .href(Route.leave.path), text: words.leave)
        }
    }
}

/// No rule lets the person, or one forbids it.
struct RemovalRefused: Page {
    let place: CorrectionPlace, refused: Refused

    func title(_ visit: Visit) -> String { RemovalTexts(say: visit.say).title(place) }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = RemovalTexts(say: visit.say)
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.privacy.path + "#held"), text: words.back)
            html(.h1, text: words.title(place))
            visit.notOffered(&html, refused)
        }
    }
}

struct RemovalTexts {
    let say: Language

    var back: String { say("Back to your data", id: "Kembali ke data Anda") }
    func title(_ place: CorrectionPlace) -> String {
        let field = say.thing(place.field)
        return switch place.place {
        case .own: say("Remove your \(field)", id: "Hapus \(field) Anda")
        case .begun(let number): say("Remove your \(field) in case \(number)", id: "Hapus \(field) Anda dalam pertanyaan \(number)")
        case .step(_, let number):
            say("Remove what was added in case \(number)", id: "Hapus yang ditambahkan dalam pertanyaan \(number)")
        case .complaint(let number): say("Remove your \(field) in complaint \(number)", id: "Hapus \(field) Anda dalam keluhan \(number)")
        }
    }
    var lead: String {
        say(
            "It goes at once: its key is destroyed, and nobody reads it again, not even we.",
            id: "Langsung hilang: kuncinya dimusnahkan, dan tak seorang pun membacanya lagi, kami pun tidak.")
    }
    func backups(_ day: String) -> String {
        say(
            "There is no undo. Until \(day) a backup of before could still open it; after that none can.",
            id: "Ini tidak dapat dibatalkan. Sampai \(day) cadangan lama masih dapat membukanya; sesudah itu tidak lagi.")
    }
    /// What follows from it.
    func meanwhile(_ place: CorrectionPlace, _ offer: RemovalOffer) -> [String] {
        switch place.field {
        case "full name":
            [
                say(
                    "Customer service sees no name then, and finds you by none. You may give one again.",
                    id: "Layanan pelanggan lalu tidak melihat nama Anda dan tidak menemukan Anda dengannya. Anda boleh memberinya lagi.")
            ]
        case "telephone number" where offer.toBeCalled.isEmpty:
            [
                say(
                    "We can’t call you then. You may give a number again.",
                    id: "Kami lalu tidak dapat menelepon. Anda boleh memberi nomor lagi.")
            ]
        case "telephone number":
            [
                say(
                    "You asked us to call in case \(numbers(offer)). Without a number nobody can; you may give one again.",
                    id:
                        "Anda meminta kami menelepon dalam pertanyaan \(numbers(offer)). Tanpa nomor itu tidak bisa; Anda boleh memberinya lagi."
                )
            ]
        case "case message" where isOfComplaint(place), "case note" where isOfComplaint(place):
            [say("The complaint itself stays, without these words.", id: "Keluhannya sendiri tetap ada, tanpa kata-kata ini.")]
        case "case message", "case note":
            [say("The case itself stays, without these words.", id: "Pertanyaannya sendiri tetap ada, tanpa kata-kata ini.")]
        default: []
        }
    }
    private func isOfComplaint(_ place: CorrectionPlace) -> Bool { if case .complaint = place.place { true } else { false } }
    private func numbers(_ offer: RemovalOffer) -> String {
        let numbers = offer.toBeCalled.sorted().map { "\($0)" }
        guard let last = numbers.last, numbers.count > 1 else { return numbers.first ?? "" }
        return numbers.dropLast().joined(separator: ", ") + say(" and ", id: " dan ") + last
    }
    func button(_ place: CorrectionPlace) -> String { say("Remove \(place.field)", id: "Hapus \(say.thing(place.field))") }
    var leaveIt: String { say("Leave it as it is", id: "Biarkan seperti semula") }
    var stays: String { say("It stays, because a law demands it:", id: "Ini tetap disimpan, karena undang-undang mengharuskannya:") }
    var byItself: String { say("After that it goes by itself.", id: "Sesudah itu hilang dengan sendirinya.") }
    func another(_ place: CorrectionPlace) -> String {
        say("Put another \(place.field) in its place", id: "Ganti dengan \(say.thing(place.field)) lain")
    }
    var leave: String { say("Delete your account", id: "Hapus akun Anda") }
}
