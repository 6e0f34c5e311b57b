// What a newer version would change for the reader, in sentences, and their yes, no or nothing.

import Crypto
import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func newerVersions(_ session: Session, isUnanswered: Bool = false) -> Response {
        trying { () throws(NotDone) -> Response in
            let versions = try office.newerVersions(for: session)
            let page = NewerVersionsPage(
                versions: versions, voices: try voices(of: versions), refusal: office.refusalOfWord, news: news,
                isUnanswered: isUnanswered)
            return show(page, status: isUnanswered ? 422 : 200)
        }
    }

    func said(to version: Int64, _ session: Session) -> Reply {
        let words: [String: Bool?] = ["yes": true, "no": false, "nothing": nil]
        guard let word = words[request.form["word"] ?? ""] else { return now(newerVersions(session, isUnanswered: true)) }
        return later { () async throws(NotDone) -> Response in
            try await office.say(word, to: version, for: session)
            return .see(Route.newerVersions.path + "?now=" + (word == nil ? "nothing" : word == true ? "yes" : "no"))
        }
    }

    /// Each version in the reader's language, as far as it was translated.
    private func voices(of versions: [NewerVersion]) throws(NotDone) -> [Digest: Voice] {
        var voices: [Digest: Voice] = [:]
        for policy in versions.flatMap({ [$0.policy] + $0.changes.map(\.former) }) where voices[policy.documentDigest] == nil {
            voices[policy.documentDigest] = try voice(of: policy)
        }
        return voices
    }
}

struct NewerVersionsPage: Page {
    let versions: [NewerVersion]
    /// By their documents.
    let voices: [Digest: Voice]
    /// Why the policy would take no word in.
    let refusal: Refused?
    let news: String?
    let isUnanswered: Bool
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let title = NewerVersionTexts(say: visit.say).title
        return isUnanswered ? visit.say("Error: \(title)", id: "Galat: \(title)") : title
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = NewerVersionTexts(say: visit.say)
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.privacy.path), text: words.back)
            if isUnanswered { visit.errors(&html, [("word-yes", words.choose)]) }
            if let news = words.news(news) { visit.note(&html, .ok, isFocused: true) { $0(.p, text: news) } }
            html(.h1, text: words.title)
            html(.p, .class("lead"), text: versions.isEmpty ? words.nothing : words.lead)
            for version in versions { draw(&html, version, visit, words) }
            html(.p) { $0(.a, .href(Route.versions.path), text: words.all) }
        }
    }

    private func draw(_ html: inout HTML, _ version: NewerVersion, _ visit: Visit, _ words: NewerVersionTexts) {
        let id = "version-\(version.row)"
        html(.section, .class("card flow"), .labelledby(of: id)) { html in
            html(.div, .class("row apart")) { html in
                html(.h2, .id(of: id), .class("t3"), text: words.name(version))
                html(.span, .class(version.said == nil ? "tag wait" : "tag"), text: words.state(version))
            }
            for change in version.changes { draw(&html, change, version, visit, words) }
            html(.p) { $0(.a, .href(Route.version(version.row).path), text: words.wholeVersion) }
            if let said = version.said {
                html(.p, text: words.whatItMeans(said, version))
                form(&html, version, visit) { $0(.button, .class("btn plain"), .name("word"), .value("nothing"), text: words.takeBack) }
            } else {
                visit.offer(&html, refusal) { html in form(&html, version, visit) { choice(&$0, version, visit, words) } }
            }
        }
    }

    private func draw(
        _ html: inout HTML, _ change: NewerVersion.Change, _ version: NewerVersion, _ visit: Visit, _ words: NewerVersionTexts
    ) {
        guard let voice = voices[version.policy.documentDigest] else { return }
        let former = voices[change.former.documentDigest]
        html(.h3, text: words.given(under: change.former.version.number))
        html(.p, .class("hint"), text: words.items(change.asked))
        for passage in voice.passages(of: change.difference.asking(of: Set(change.asked)), from: change.former, former: former) {
            visit.draw(&html, passage)
        }
        let anyway = voice.passages(of: change.difference.inAnyCase(for: Set(change.stored)), from: change.former, former: former)
        guard !anyway.isEmpty else { return }
        html(.details) { html in
            html(.summary, text: words.inAnyCase)
            for passage in anyway { visit.draw(&html, passage) }
        }
    }

    private func form(_ html: inout HTML, _ version: NewerVersion, _ visit: Visit, _ inner: (inout HTML) -> Void) {
        html(.form, .class("flow"), .post, .action(Route.wordToVersion(version.row).path), .novalidate) { html in
            visit.token(&html)
            inner(&html)
        }
    }

    private func choice(_ html: inout HTML, _ version: NewerVersion, _ visit: Visit, _ words: NewerVersionTexts) {
        let isFirst = version.row == versions.first { $0.said == nil }?.row
        html(.fieldset, .class("cols")) { html in
            html(.legend, .class("q"), text: words.question(version.policy.version.number))
            if isUnanswered, isFirst { visit.why(&html, words.choose, id: "word-e") }
            for (value, name, meaning) in words.answers {
                html(.label, .class("pick box")) { html in
                    html(
                        .input, .type("radio"), .name("word"), .value(value), .when(isFirst, .id(of: "word-\(value)")),
                        .when(isUnanswered && isFirst, .describedby("word-e")))
                    html(.span) { html in
                        html(.b, text: name)
                        html(.small, text: meaning)
                    }
                }
            }
        }
        html(.p, .class("hint"), text: words.silence)
        html(.p) { $0(.button, .class("btn"), text: words.save) }
    }
}

struct NewerVersionTexts {
    let say: Language

    var title: String { say("What new versions change for you", id: "Apa yang diubah versi baru bagi Anda") }
    var back: String { say("Back to your data", id: "Kembali ke data Anda") }
    var lead: String {
        say(
            "We compared them with what we hold about you. What follows happens to it only if you say yes.",
            id: "Kami bandingkan dengan apa yang kami simpan tentang Anda. Hal berikut hanya terjadi bila Anda berkata ya.")
    }
    var nothing: String {
        say(
            "No version does more with what we hold about you than the one under which you gave it. When one would, it stands here, and waits for your yes.",
            id: """
                Tidak ada versi yang berbuat lebih banyak dengan data Anda daripada versi saat Anda memberikannya. Bila ada, ia muncul di \
                sini dan menunggu persetujuan Anda.
                """)
    }
    var all: String { say("All versions of the policy", id: "Semua versi kebijakan") }

    func name(_ version: NewerVersion) -> String {
        let number = version.policy.version.number
        guard let begins = version.begins else { return say("Version \(number), in force now", id: "Versi \(number), sedang berlaku") }
        let day = say.date(begins)
        return say("Version \(number), from \(day)", id: "Versi \(number), mulai \(day)")
    }
    func state(_ version: NewerVersion) -> String {
        guard let said = version.said else { return say("Needs your answer", id: "Menunggu jawaban Anda") }
        let day = say.date(said.since)
        return said.isYes ? say("Your yes, \(day)", id: "Persetujuan Anda, \(day)") : say("Your no, \(day)", id: "Penolakan Anda, \(day)")
    }
    func given(under number: Int) -> String {
        say("For what you gave us under version \(number)", id: "Untuk yang Anda berikan di bawah versi \(number)")
    }
    func items(_ fields: [String]) -> String {
        say("It is about your \(say.things(fields)).", id: "Ini tentang \(say.things(fields)) Anda.")
    }
    var inAnyCase: String { say("What changes for you in any case", id: "Yang berubah bagi Anda dalam hal apa pun") }
    var wholeVersion: String { say("Read the whole version", id: "Baca seluruh versinya") }

    func question(_ number: Int) -> String {
        say("May we do this with what you gave us?", id: "Bolehkah ini kami lakukan dengan yang Anda berikan?")
    }
    var answers: [(value: String, name: String, meaning: String)] {
        [
            ("yes", say("Yes", id: "Ya"), say("You can take this back at any time.", id: "Dapat Anda tarik kembali kapan saja.")),
            (
                "no", say("No", id: "Tidak"),
                say(
                    "It costs you nothing: all stays under the version under which you gave it.",
                    id: "Tidak merugikan Anda: semuanya tetap di bawah versi saat Anda memberikannya.")
            ),
        ]
    }
    var silence: String { say("If you don’t answer, we treat it as no.", id: "Bila Anda tidak menjawab, kami anggap tidak.") }
    var save: String { say("Save my answer", id: "Simpan jawaban saya") }
    var choose: String {
        say("Choose yes or no, or leave this page without an answer", id: "Pilih ya atau tidak, atau tinggalkan halaman ini")
    }
    var takeBack: String { say("Take it back", id: "Tarik kembali") }
    func whatItMeans(_ said: Said, _ version: NewerVersion) -> String {
        if said.isYes, let begins = version.begins {
            let day = say.date(begins)
            return say(
                "From \(day) this version decides about what you gave us before, too.",
                id: "Mulai \(day) versi ini ikut memutuskan tentang yang Anda berikan sebelumnya.")
        }
        return said.isYes
            ? say(
                "This version decides about what you gave us before, too.",
                id: "Versi ini ikut memutuskan tentang yang Anda berikan sebelumnya.")
            : say(
                "What you gave us stays under the version under which you gave it.",
                id: "Yang Anda berikan tetap di bawah versi saat Anda memberikannya.")
    }
    func news(_ what: String?) -> String? {
        switch what {
        case "yes": say("Your yes is stored.", id: "Persetujuan Anda tersimpan.")
        case "no": say("Your no is stored. Nothing changes for you.", id: "Penolakan Anda tersimpan. Tidak ada yang berubah bagi Anda.")
        case "nothing":
            say(
                "It is taken back: from now on this version does nothing more with what you gave us before.",
                id: "Sudah ditarik kembali: mulai sekarang versi ini tidak berbuat lebih dengan yang Anda berikan sebelumnya.")
        default: nil
        }
    }
}
