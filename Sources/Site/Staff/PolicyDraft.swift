// The next version being written: its text, what is wrong with it, what it changes and for whom, and the button that proposes it.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func draft(_ member: StaffMember) -> Response {
        trying { () throws(NotDone) -> Response in
            var written = try office.lastVersion(languages: [Language.indonesian.code], for: member)
            // In a house of development it lies beside the file, and was published by nobody.
            if written.translations[Language.indonesian.code, default: ""].isEmpty {
                written.translations[Language.indonesian.code] = String(decoding: house.indonesian.document, as: UTF8.self)
            }
            return show(DraftPage(written: written))
        }
    }

    func drafted(_ member: StaffMember) -> Reply {
        let form = request.form, translation = Language.indonesian.code
        let written = WrittenVersion(
            document: form["document"] ?? "", translations: [translation: form["translation"] ?? ""],
            wordingOnly: form["wording"] ?? "", isMaterial: form["material"] == "yes")
        let isProposed = form["act"] == "propose"
        return later { () async throws(NotDone) -> Response in
            let looked = try office.look(at: written, for: member)
            guard isProposed, let draft = looked.draft else {
                return show(DraftPage(written: written, looked: looked), status: looked.draft == nil ? 422 : 200)
            }
            do throws(NotPublished) { return see(.proposal(try await office.propose(draft, by: member))) } catch {
                if case .notDone(let notDone) = error { throw notDone }
                return show(DraftPage(written: written, looked: looked, because: error), status: 409)
            }
        }
    }
}

struct DraftPage: Page {
    let written: WrittenVersion
    /// nil: nobody asked for it yet.
    var looked: LookedAt? = nil
    var because: NotPublished? = nil
    var hasForm: Bool { true }

    /// Diagnostics that are shown; who mends those meets the others.
    private static let most = 40

    func title(_ visit: Visit) -> String { DraftTexts(say: visit.say).title }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = DraftTexts(say: visit.say)
        html(.div, .class("wrap flow")) { html in
            html(.a, .class("back"), .href(Route.proposals.path), text: VersionTexts(say: visit.say).back)
            html(.div, .class("head")) { html in
                html(.h1, text: words.title)
                html(.p, .class("quiet"), text: words.lead)
            }
            if visit.office.settings.isDevelopment { visit.note(&html, .wait) { $0(.p, text: words.isDevelopment) } }
            if let looked { found(&html, visit, looked, words) }
            html(.form, .class("card flow form"), .post, .action(Route.draft.path), .novalidate) { html in
                visit.token(&html)
                fields(&html, visit, words)
                html(.div, .class("row")) { html in
                    html(.button, .class("btn plain"), .name("act"), .value("look"), text: words.look)
                    if looked?.draft != nil { html(.button, .class("btn"), .name("act"), .value("propose"), text: words.propose) }
                }
                if looked?.draft != nil { html(.p, .class("hint"), text: words.proposing) }
            }
        }
    }

    /// What was found, errors first.
    private var diagnostics: [Diagnostic] {
        guard let looked else { return [] }
        return Array(looked.diagnostics.sorted { $0.severity == .error && $1.severity != .error }.prefix(Self.most))
    }

    private func fields(_ html: inout HTML, _ visit: Visit, _ words: DraftTexts) {
        let faults = Dictionary(diagnostics.enumerated().map { ($1.line, $0 + 1) }, uniquingKeysWith: { first, _ in first })
        html(.div, .class("field")) { html in
            html(.label, .for("document"), text: words.document)
            html(.p, .class("hint"), .id("document-h"), text: words.documentHint)
            NumberedText(id: "document", language: "en", text: written.document, faults: faults, hint: "document-h").draw(&html, visit)
        }
        html(.details) { html in
            html(.summary, text: words.translation)
            html(.div, .class("field")) { html in
                html(.label, .for("translation"), text: words.translationOf)
                NumberedText(
                    id: "translation", language: Language.indonesian.code, text: written.translations[Language.indonesian.code] ?? ""
                ).draw(&html, visit)
            }
        }
        html(.details, .when(!written.marks.wordingOnly.isEmpty || written.marks.isMaterial, .open)) { html in
            html(.summary, text: words.marks)
            html(.div, .class("field")) { html in
                html(.label, .for("wording"), text: words.wordingOnly)
                html(.p, .class("hint"), .id("wording-h"), text: words.wordingHint)
                html(
                    .input, .class("in"), .id("wording"), .name("wording"), .autocomplete("off"), .describedby("wording-h"),
                    .value(written.marks.wordingOnly.joined(separator: ", ")))
            }
            html(.label, .class("pick")) { html in
                html(
                    .input, .type("checkbox"), .name("material"), .value("yes"), .when(written.marks.isMaterial, .checked))
                html(.span, text: words.material)
            }
        }
    }

    private func found(_ html: inout HTML, _ visit: Visit, _ looked: LookedAt, _ words: DraftTexts) {
        let errors = looked.diagnostics.count { $0.severity == .error }
        visit.note(&html, looked.draft == nil ? .bad : .ok, isFocused: true) { html in
            if let because { html(.p, text: ProposalTexts(say: visit.say).reason(because)) }
            if errors > 0 {
                html(.p, text: words.errors(errors))
            } else if let fault = looked.fault {
                html(.p, text: ProposalTexts(say: visit.say).reason(.fault(fault)))
            } else {
                html(.p, text: words.ready)
            }
        }
        if !looked.diagnostics.isEmpty {
            html(.section, .class("card flow"), .labelledby("found")) { html in
                html(.h2, .id("found"), .class("t3"), text: words.found(errors, looked.diagnostics.count - errors))
                for (place, diagnostic) in diagnostics.enumerated() {
                    html(.div, .id(of: "fault-\(place + 1)")) { html in
                        html(.a, .href("#line-\(diagnostic.line)"), text: words.line(diagnostic.line))
                        html(.pre, .class("mono scroll"), .lang("en"), .tabindex(0), text: diagnostic.text)
                    }
                }
            }
        }
        if let draft = looked.draft {
            html(.section, .class("card flow"), .labelledby("changes")) { html in
                html(.h2, .id("changes"), .class("t3"), text: VersionTexts(say: visit.say).changes)
                visit.lostTranslations(&html, draft)
                visit.changes(&html, draft, concerned: looked.concerned)
                html(.p, .class("hint"), text: VersionTexts(say: visit.say).waiting(draft.note.waiting))
            }
        }
    }
}

struct DraftTexts {
    let say: Language

    var title: String { say("Write the next version", id: "Tulis versi berikutnya") }
    var lead: String {
        say(
            """
            It begins from the last version that was published. Look at it as often as you like: nothing is stored until you propose it, and \
            nothing has force until a policy officer and a privacy officer have agreed.
            """,
            id: """
                Bermula dari versi terakhir yang diumumkan. Periksalah sesering Anda mau: tidak ada yang disimpan sebelum Anda mengusulkannya, \
                dan tidak ada yang berlaku sebelum petugas kebijakan dan petugas pelindungan data menyetujuinya.
                """)
    }
    var isDevelopment: String {
        say(
            "This is a house of development: what is published here holds until the policy’s file is changed and the house starts anew.",
            id: "Ini rumah pengembangan: yang diumumkan di sini berlaku sampai berkas kebijakannya diubah dan rumah ini dinyalakan lagi.")
    }
    var document: String { say("The policy", id: "Kebijakan") }
    var documentHint: String {
        say(
            "Give it the next number and a day in its head: “version 2, from 2027-01-31”.",
            id: "Beri nomor berikutnya dan hari mulainya di kepala dokumen: “version 2, from 2027-01-31”.")
    }
    var translation: String { say("Its Indonesian translation", id: "Terjemahan bahasa Indonesia") }
    var translationOf: String { say("The translation", id: "Terjemahannya") }
    var marks: String { say("How the change is to be read", id: "Cara membaca perubahan ini") }
    var wordingOnly: String { say("Names of which only the wording changes", id: "Nama yang hanya berubah kata-katanya") }
    var wordingHint: String {
        say(
            "With commas between them. Of others a changed meaning asks people anew.",
            id: "Dipisah dengan koma. Untuk yang lain, makna yang berubah ditanyakan lagi kepada orang.")
    }
    var material: String {
        say("It matters to people although no rule changes", id: "Penting bagi orang meskipun tidak ada aturan yang berubah")
    }
    var look: String { say("Look at what it changes", id: "Lihat yang berubah") }
    var propose: String { say("Propose it", id: "Usulkan") }
    var proposing: String {
        say(
            "The two officers then see exactly this text, and what it changes, before they sign.",
            id: "Kedua petugas lalu melihat teks ini persis, dan yang diubahnya, sebelum menandatangani.")
    }
    var ready: String { say("It can be proposed as it stands.", id: "Dapat diusulkan apa adanya.") }

    func line(_ number: Int) -> String { say("Line \(number)", id: "Baris \(number)") }
    func errors(_ count: Int) -> String {
        say.count(
            count, "error keeps it from being proposed. Your text is below, as you wrote it.",
            "errors keep it from being proposed. Your text is below, as you wrote it.",
            id: "galat menghalangi usulan ini. Teks Anda ada di bawah, seperti yang Anda tulis.")
    }
    func found(_ errors: Int, _ warnings: Int) -> String {
        let errors = say.count(errors, "error", "errors", id: "galat"),
            warnings = say.count(warnings, "warning", "warnings", id: "peringatan")
        return "\(errors), \(warnings)"
    }
}
