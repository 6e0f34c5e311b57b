// The words of the person's page.

import Office
import Policy
import Vault

struct CentreTexts {
    let say: Language

    var title: String { say("Your data", id: "Data Anda") }
    var lead: String {
        say(
            "What we hold about you, and each time someone used it. If an entry were changed or removed later, the log would show it.",
            id: """
                Apa yang kami simpan tentang Anda, dan setiap kali seseorang memakainya. Bila sebuah catatan kemudian diubah \
                atau dihapus, log akan memperlihatkannya.
                """
        )
    }
    var onThisPage: String { say("On this page", id: "Di halaman ini") }
    var uses: String { say("Who used your data", id: "Siapa memakai data Anda") }
    var held: String { say("What we hold about you", id: "Apa yang kami simpan tentang Anda") }

    var thingsHeld: String { say("Things we hold", id: "Yang kami simpan") }
    var thingsHint: String { say("Each with its reason below", id: "Masing-masing beralasan, di bawah") }
    var usesShown: String { say("Uses on this page", id: "Pemakaian di halaman ini") }
    func lastUse(_ moment: String) -> String { say("Newest: \(moment)", id: "Terbaru: \(moment)") }
    var refused: String { say("Refused, of these", id: "Ditolak, di antaranya") }
    func lastRefusal(_ use: RecordedUse, _ say: Language) -> String { "\(say.things(use.things).capitalised), \(say.date(use.at))" }
    var proof: String { say("Proved", id: "Terbukti") }
    func of(_ part: Int, _ whole: Int) -> String {
        say("\(say.count(part)) of \(say.count(whole))", id: "\(say.count(part)) dari \(say.count(whole))")
    }
    var proofHint: String { say("The newest are proved in a second", id: "Yang terbaru terbukti sebentar lagi") }
    var older: String { say("Show older uses", id: "Tampilkan yang lebih lama") }
    var newest: String { say("Back to the newest", id: "Kembali ke yang terbaru") }

    /// What, value, why, since, until, from, version.
    var columns: [String] {
        [
            say("What", id: "Apa"), say("Value", id: "Isi"), say("Why", id: "Dasar"), say("Since", id: "Sejak"), say("Until", id: "Sampai"),
            say("From", id: "Dari"), say("Version", id: "Versi"),
        ]
    }
    func name(of holding: Holding) -> String {
        let name = say.thing(holding.field).capitalised
        switch holding.stage {
        case .unproved: return say("\(name), not proved yet", id: "\(name), belum terbukti")
        case .former: return say("\(name), the former one", id: "\(name), yang lama")
        case .present: break
        }
        return switch holding.standing {
        case .own: name
        case .begun(let number): say("\(name), case \(number)", id: "\(name), pertanyaan \(number)")
        case .step(_, let number): say("\(name), added in case \(number)", id: "\(name), ditambahkan dalam pertanyaan \(number)")
        case .complaint(let number): say("\(name), complaint \(number)", id: "\(name), keluhan \(number)")
        }
    }
    var correct: String { say("Correct", id: "Betulkan") }
    func closed(_ count: Int) -> String {
        count == 1
            ? say("One record of yours can’t be opened.", id: "Satu catatan Anda tidak dapat dibuka.")
            : say("\(count) records of yours can’t be opened.", id: "\(count) catatan Anda tidak dapat dibuka.")
    }
    func mayLie(_ fields: [String]) -> String {
        fields.isEmpty
            ? say("What lies in it we can’t tell.", id: "Isinya tidak dapat kami sebutkan.")
            : say("In it may lie: \(say.things(fields)).", id: "Isinya mungkin: \(say.things(fields)).")
    }
    var closedNext: String {
        say(
            """
            It was changed or damaged; nobody can read it at present, and nothing was made up in its place. The operator can look for it in a \
            backup: tell them.
            """,
            id: """
                Catatan itu diubah atau rusak; saat ini tak seorang pun dapat membacanya, dan tidak ada yang dikarang sebagai gantinya. Pengelola \
                dapat mencarinya dalam cadangan: beri tahu mereka.
                """
        )
    }
    var remove: String { say("Remove", id: "Hapus") }
    func lacks(_ field: String) -> String { say("We hold no \(field) of you.", id: "Kami tidak menyimpan \(say.thing(field)) Anda.") }
    func give(_ field: String) -> String { say("Give your \(field)", id: "Beri \(say.thing(field)) Anda") }
    func corrected(_ day: String) -> String { say("Corrected \(day)", id: "Dibetulkan \(day)") }
    /// What was just done.
    /// `field`: what we reach them by.
    func news(_ what: String?, to field: String, _ offers: Offers) -> String? {
        let isNumber = field == "telephone number", isTold = offers.refusal(of: isNumber ? .telephoneChangeNotice : .changeNotice) == nil
        return switch what {
        case "corrected":
            say(
                "It is corrected. What stood there before opens for nobody any more.",
                id: "Sudah dibetulkan. Isi lamanya tidak terbuka lagi.")
        case "removed":
            say("It is removed, and opens for nobody any more.", id: "Sudah dihapus, dan tidak terbuka lagi bagi siapa pun.")
        case "given": say("It is saved.", id: "Sudah disimpan.")
        case "restricted":
            say("Your data are kept and not used from now on.", id: "Mulai sekarang data Anda disimpan dan tidak dipakai.")
        case "lifted": say("Your data are used again, as the policy says.", id: "Data Anda dipakai lagi, menurut kebijakan.")
        case "moved" where isNumber && !isTold:
            say(
                "Your new number holds. The old one was not told: no rule of the policy lets us write to it.",
                id: "Nomor baru Anda berlaku. Nomor lama tidak diberi tahu: tidak ada aturan kebijakan yang mengizinkannya.")
        case "moved" where isNumber:
            say(
                "Your new number holds. We told the old one, and keep it for seven days in case it wasn’t you.",
                id: "Nomor baru Anda berlaku. Nomor lama kami beri tahu dan kami simpan tujuh hari, kalau-kalau itu bukan Anda.")
        case "moved" where !isTold:
            say(
                "Your new address holds. The old one was not told: no rule of the policy lets us write to it.",
                id: "Alamat baru Anda berlaku. Alamat lama tidak diberi tahu: tidak ada aturan kebijakan yang mengizinkannya.")
        case "moved":
            say(
                "Your new address holds. We told the old one, and keep it for seven days in case it wasn’t you.",
                id: "Alamat baru Anda berlaku. Alamat lama kami beri tahu dan kami simpan tujuh hari, kalau-kalau itu bukan Anda.")
        default: nil
        }
    }
    var versions: String { say("New versions", id: "Versi baru") }
    func asked(by number: Int) -> String {
        say(
            "Version \(number) of the policy would do more with what you gave us before. It waits for your yes; no answer is a no.",
            id:
                "Versi \(number) kebijakan akan berbuat lebih banyak dengan data Anda yang lama. Itu menunggu persetujuan Anda; diam berarti tidak."
        )
    }
    var seeAndAnswer: String { say("See what would change, and answer", id: "Lihat apa yang berubah, dan jawab") }
    /// `yes to version 2`, `kept and not used`
    func choice(_ value: String) -> String {
        let number = value.split(separator: " ").last ?? ""
        if value.hasPrefix("yes to version") { return say("Yes to version \(number)", id: "Ya pada versi \(number)") }
        if value.hasPrefix("no to version") { return say("No to version \(number)", id: "Tidak pada versi \(number)") }
        if value == "kept and not used" { return say("Kept and not used", id: "Disimpan dan tidak dipakai") }
        for (word, isOn) in [("refused: ", false), ("asked: ", true)] where value.hasPrefix(word) {
            let parts = value.dropFirst(word.count).split(separator: " through ").map(String.init)
            guard parts.count == 2 else { break }
            let message = ChoiceTexts(say: say).message(parts[0], through: parts[1]).capitalised
            return isOn ? say("\(message): yes", id: "\(message): ya") : say("\(message): no", id: "\(message): tidak")
        }
        if ChoiceTexts.conditions.contains(value) { return ChoiceTexts(say: say).title(value) }
        if value == "deactivated" { return say("Account deactivated", id: "Akun dinonaktifkan") }
        return value
    }
    var take: String { say("Take everything along", id: "Bawa semuanya") }
    var takeLead: String {
        say(
            "A ZIP file with all of this to read, the same for machines, and the proofs to check it without us. That you took it is recorded too.",
            id:
                "Berkas ZIP berisi semuanya untuk dibaca, versi untuk mesin, dan bukti untuk memeriksanya tanpa kami. Pengambilannya juga dicatat."
        )
    }
    var takeButton: String { say("Download everything", id: "Unduh semuanya") }
    func entries(_ count: String) -> String { say(count == "1" ? "1 entry" : "\(count) entries", id: "\(count) catatan") }
    var ourselves: String { say("We wrote it down", id: "Kami mencatatnya") }
    /// Of what isn't there to be read: a cookie's number, or what a password or a code is checked with.
    func token(_ holding: Holding) -> String {
        holding.source == "browser"
            ? say("A random number in your browser", id: "Angka acak di peramban Anda")
            : say("A secret that we only check with", id: "Rahasia yang hanya kami pakai untuk memeriksa")
    }

    /// Of something whose terms are others than they were.
    func notForgotten(before end: NotForgotten.End) -> String {
        switch end {
        case .mended: say("Not before the errors in the policy are mended", id: "Tidak sebelum galat dalam kebijakan diperbaiki")
        case .at(let moment):
            say(
                "Not before \(say.dateAndTime(moment)): the policy has changed",
                id: "Tidak sebelum \(say.dateAndTime(moment)): kebijakannya berubah")
        }
    }

    /// Of something that no rule keeps any more.
    var noTerm: String { say("No rule says how long", id: "Tidak ada aturan tentang lamanya") }

    func heldCopy(of field: String) -> String {
        say("A sealed copy of your \(say.thing(field))", id: "Salinan tersegel dari \(say.thing(field)) Anda")
    }

    /// Why an address on its way in or out goes then.
    func end(of stage: Holding.Stage) -> String? {
        switch stage {
        case .present: nil
        case .unproved: say("An hour after you gave it, if no code proves it", id: "Satu jam setelah Anda memberikannya, bila tanpa kode")
        case .former:
            say(
                "Seven days after the change: so long it can take the change back",
                id: "Tujuh hari setelah perubahan: selama itu perubahannya dapat dibatalkan")
        }
    }

    /// `12 months after we got it`.
    func until(_ term: Term) -> String {
        switch term.span {
        case .whileTrue(let condition, nil): return say("While \(condition)", id: "Selama \(say.name(condition))")
        case .whileTrue(let condition, let after?):
            return say("While \(condition), then \(say.span(after))", id: "Selama \(say.name(condition)), lalu \(say.span(after))")
        case .after("collected", let span):
            return say("\(say.span(span)) after we got it", id: "\(say.span(span)) setelah kami menerimanya")
        case .after(let event, let span): return say("\(say.span(span)) after \(event)", id: "\(say.span(span)) setelah \(say.name(event))")
        case .atMost(let event, let span):
            return say("At most \(say.span(span)) after \(event)", id: "Paling lama \(say.span(span)) setelah \(say.name(event))")
        }
    }
    func reason(of term: Term) -> String {
        switch term.reason {
        case .because(let words): say("Why: \(words)", id: "Karena: \(say.text(words))")
        case .byLaw(let citation): say("By law: \(citation)", id: "Menurut hukum: \(say.text(citation))")
        }
    }
    /// Whether the reason stands in another language than the page.
    func isForeign(_ term: Term) -> Bool {
        switch term.reason {
        case .because(let words): say.isForeign(words)
        case .byLaw(let citation): say.isForeign(citation)
        }
    }

    var leave: String { say("Leave", id: "Berhenti") }
    var leaveLead: String {
        say(
            "You can delete your account whenever you like. We say first what goes and what stays.",
            id: "Anda dapat menghapus akun kapan saja. Kami sebutkan dulu apa yang hilang dan apa yang tinggal.")
    }
    var leaveLink: String { say("See what would go", id: "Lihat apa yang akan hilang") }
}
