// An account that sleeps: the switch, what it means, and the way back; and the days before a deletion.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func deactivated(_ session: Session) -> Reply {
        if let ending = endingSleep(session) { return now(ending) }
        return later { () async throws(NotDone) -> Response in
            try await office.deactivate(session)
            return .see(Route.leave.path + "?now=asleep")
        }
    }

    func awoken(_ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            try await office.reactivate(session)
            return .see(Route.leave.path + "?now=awake")
        }
    }
}

/// What the page on leaving says of sleeping, and its form.
struct SleepPart {
    /// nil: the account is awake.
    let sleep: Sleep?
    /// What the policy would make of a sleep that begins now.
    let slumber: Slumber
    /// Why the policy would refuse to take the choice in.
    let refusal: Refused?
    let news: String?
    /// Who works here has no customer's account to let sleep.
    let isStaff: Bool

    /// Whether a deletion may wait for its day: the account sleeps until then.
    var mayWait: Bool { refusal == nil && slumber.end == nil && sleep?.deletedAt == nil }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, words = SleepTexts(say: say)
        if let news = words.news(news) { visit.note(&html, .ok, isFocused: true) { $0(.p, text: news) } }
        guard !isStaff || sleep != nil else { return }
        html(.h2, .id("sleep"), text: words.title)
        if let sleep {
            sleep.note(&html, visit, isLinked: false)
            html(.form, .post, .action(Route.awakening.path)) { html in
                visit.token(&html)
                html(.p) { $0(.button, .class("btn"), text: words.wake) }
            }
        } else if let end = slumber.end {
            visit.note(&html, .bad) { html in
                html(.p, text: words.ending(end))
                visit.out(&html, end)
            }
        } else {
            html(.p, text: words.lead(slumber))
            visit.lost(&html, slumber.lost, words)
            visit.offer(&html, refusal) { html in
                html(.form, .post, .action(Route.deactivation.path)) { html in
                    visit.token(&html)
                    html(.p) { $0(.button, .class("btn plain"), text: words.lull) }
                }
            }
        }
    }
}

extension Visit {
    /// What goes although the account only sleeps.
    fileprivate func lost(_ html: inout HTML, _ lost: [Foreseen], _ words: SleepTexts) {
        guard !lost.isEmpty else { return }
        note(&html, .bad) { html in
            html(.p, text: words.lostBefore)
            var told: [String] = []
            html(.ul) { html in
                for foreseen in lost where !told.contains(words.lost(foreseen)) {
                    told.append(words.lost(foreseen))
                    html(.li, text: words.lost(foreseen))
                }
            }
            for rule in Set(lost.compactMap { $0.missing?.text }).sorted() { missing(&html, rule) }
        }
    }

    fileprivate func out(_ html: inout HTML, _ foreseen: Foreseen) {
        if let rule = foreseen.missing?.text { missing(&html, rule) }
    }

    private func missing(_ html: inout HTML, _ rule: String) {
        html(
            .p,
            text: say(
                "The rule that it stood on is no longer in the policy:", id: "Aturan yang mendasarinya tidak lagi ada dalam kebijakan:"))
        html(.p, .class("said"), .lang("en"), text: rule)
    }
}

extension Sleep {
    /// That the account sleeps, how long, and when it is deleted.
    func note(_ html: inout HTML, _ visit: Visit, isLinked: Bool = true) {
        let words = SleepTexts(say: visit.say)
        visit.note(&html, .wait) { html in
            html(.p) { $0(.b, text: words.state(self)) }
            html(.p, text: words.meaning(self))
            visit.lost(&html, slumber.lost, words)
            if isLinked { html(.p) { $0(.a, .href(Route.leave.path), text: words.wayBack) } }
        }
    }
}

/// The deletion was asked for: when it comes, its receipt, and how it is undone.
struct LeavingLaterPage: Page {
    let receipt: String
    let day: PointInTime
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        visit.say("Your account will be deleted in seven days", id: "Akun Anda akan dihapus dalam tujuh hari")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = LeaveTexts(say: visit.say), sleeping = SleepTexts(say: visit.say)
        html(.div, .class("wrap slim flow")) { html in
            html(.h1, text: title(visit))
            html(.p, .class("lead"), text: sleeping.undo)
            html(.dl, .class("sum")) { html in
                html(.div) { html in
                    html(.dt, text: words.receipt)
                    html(.dd) { html in
                        html(.span, .class("mono"), text: receipt)
                        html(.p, .class("hint"), text: sleeping.receipt)
                    }
                }
                html(.div) { html in
                    html(.dt, text: sleeping.goesOn)
                    html(.dd) { $0(.time, .datetime(WallTime(day).machine), text: visit.say.dateAndTime(day)) }
                }
                html(.div) { html in
                    let last = LastBackup.ofDeletion(on: Day(of: day))
                    html(.dt, text: words.lastBackup)
                    html(.dd) { $0(.time, .datetime(last.iso), text: visit.say.date(last)) }
                }
            }
            // Who only has the number wakes nobody.
            if visit.session != nil {
                html(.form, .post, .action(Route.awakening.path)) { html in
                    visit.token(&html)
                    html(.p) { $0(.button, .class("btn"), text: sleeping.wake) }
                }
            }
        }
    }
}

struct SleepTexts {
    let say: Language

    var title: String { say("Let your account sleep", id: "Tidurkan akun Anda") }
    func lead(_ slumber: Slumber) -> String {
        let nothing = slumber.lost.isEmpty ? say("Nothing is lost. ", id: "Tidak ada yang hilang. ") : ""
        let day = slumber.until.map { say(" until \(say.date($0))", id: " sampai \(say.date($0))") } ?? ""
        return nothing
            + say(
                "You get only codes, answers and what you must know about your data, and you can wake it\(day) whenever you sign in.",
                id: """
                    Anda hanya mendapat kode, jawaban, dan yang harus Anda ketahui tentang data Anda, dan dapat membangunkannya kapan \
                    saja\(day).
                    """)
    }
    /// What nothing keeps while the account sleeps.
    func ending(_ end: Foreseen) -> String {
        let field = say.thing(end.field)
        let until = end.isKept ? end.until.map { say(" after \(say.date($0))", id: " setelah \(say.date($0))") } ?? "" : ""
        return say(
            "This can’t be done here: no rule of the policy keeps your \(field) while the account sleeps, so it would be forgotten\(until), and you with it.",
            id: """
                Ini tidak dapat dilakukan di sini: tidak ada aturan kebijakan yang menyimpan \(field) Anda selama akun tidur, jadi akan \
                dilupakan\(until), dan akun Anda bersamanya.
                """)
    }
    var lostBefore: String {
        say(
            "No rule keeps this so long. While the account sleeps it is forgotten:",
            id: "Ini tidak disimpan selama itu. Selama akun tidur, ini dilupakan:")
    }
    func lost(_ foreseen: Foreseen) -> String {
        let field = say.thing(foreseen.field).capitalised
        guard foreseen.isKept, let until = foreseen.until else { return say("\(field), at once", id: "\(field), langsung") }
        return say("\(field), after \(say.date(until))", id: "\(field), setelah \(say.date(until))")
    }
    var lull: String { say("Deactivate my account", id: "Nonaktifkan akun saya") }
    var wake: String { say("Wake my account", id: "Bangunkan akun saya") }
    var wayBack: String { say("Wake it, or see what would go", id: "Bangunkan, atau lihat apa yang akan hilang") }
    func state(_ sleep: Sleep) -> String {
        guard let day = sleep.deletedAt else {
            return say("Your account sleeps since \(say.date(sleep.since)).", id: "Akun Anda tidur sejak \(say.date(sleep.since)).")
        }
        return say(
            "Your account sleeps, and is deleted on \(say.dateAndTime(day)).",
            id: "Akun Anda tidur, dan dihapus pada \(say.dateAndTime(day)).")
    }
    func meaning(_ sleep: Sleep) -> String {
        if let end = sleep.slumber.end, !end.isKept {
            return say(
                "No rule of the policy keeps your \(say.thing(end.field)) while it sleeps. Wake it soon: otherwise it is forgotten.",
                id: """
                    Tidak ada aturan kebijakan yang menyimpan \(say.thing(end.field)) Anda selama akun tidur. Segera bangunkan: kalau tidak, \
                    akun itu dilupakan.
                    """)
        }
        if sleep.deletedAt != nil { return say("Until then you can undo it.", id: "Sampai saat itu Anda dapat membatalkannya.") }
        guard let until = sleep.until else { return lead(sleep.slumber) }
        let day = say.date(until)
        return say(
            "You can wake it until \(day); after that it is forgotten.",
            id: "Anda dapat membangunkannya sampai \(day); setelah itu dilupakan.")
    }
    var undo: String {
        say(
            "It sleeps until then. Wake it before that day, and it isn’t deleted.",
            id: "Sampai saat itu akun Anda tidur. Bangunkan sebelum hari itu, dan akun itu tidak dihapus.")
    }
    var receipt: String {
        say(
            "From that day on this number opens the receipt; it says nothing of you. Write it down: this page shows it once.",
            id:
                "Mulai hari itu nomor ini membuka tanda terimanya; nomor ini tidak mengatakan apa pun tentang Anda. Catatlah: halaman ini menampilkannya hanya sekali."
        )
    }
    var goesOn: String { say("Deleted on", id: "Dihapus pada") }
    func news(_ what: String?) -> String? {
        switch what {
        case "asleep": say("Your account sleeps from now on.", id: "Mulai sekarang akun Anda tidur.")
        case "later": say("Your account will be deleted as you asked.", id: "Akun Anda akan dihapus seperti permintaan Anda.")
        case "awake": say("Your account is awake, and isn’t deleted.", id: "Akun Anda sudah bangun, dan tidak dihapus.")
        default: nil
        }
    }
}
