// Recording a call or a mail that came in, and looking for whose it is with that in hand.

import HTML
import HTTP
import Office
import Policy
import Vault

extension Visit {
    func recorded(_ member: StaffMember) -> Reply {
        let typed = ContactForm(
            channel: Channel(rawValue: request.form["channel"] ?? "") ?? .form, text: request.form["text"] ?? "",
            from: request.form["from"] ?? "", answering: Answering(rawValue: request.form["answering"] ?? "") ?? .none)
        guard Answering(rawValue: request.form["answering"] ?? "") != nil else {
            return now(show(NewContactPage(typed: typed, faults: [.answeringUnfit]), status: 422))
        }
        if typed.answering == .email, let refused = house.offers.refusal(of: .mailAnswer) {
            return now(show(NewContactPage(typed: typed, refused: refused), status: 403))
        }
        return later { () async throws(NotDone) -> Response in
            do throws(NotDone) {
                let number = try await office.record(typed, by: member)
                return .see(Route.deskCase(number).path + "?now=recorded")
            } catch {
                switch error {
                case .form(let faults):
                    let isSpent = try office.hasSpentContacts(member)
                    return show(NewContactPage(typed: typed, faults: isSpent ? [] : faults, isSpent: isSpent), status: 422)
                case .refused(.policy(let refused)): return show(NewContactPage(typed: typed, refused: refused), status: 403)
                default: throw error
                }
            }
        }
    }

    func newContact(_ member: StaffMember) -> Response {
        trying { () throws(NotDone) -> Response in
            if let refused = try office.refusalOfContacts(member) {
                throw refused.missing == nil ? .notFound : .refused(.policy(refused))
            }
            return show(
                NewContactPage(
                    typed: ContactForm(channel: .call, text: "", from: "", answering: .telephone),
                    isSpent: try office.hasSpentContacts(member)))
        }
    }
}

struct NewContactPage: Page {
    let typed: ContactForm
    var faults: [FormFault] = []
    var refused: Refused? = nil
    /// As many are recorded as may be in a day: that is said in the form's place.
    var isSpent = false
    var hasForm: Bool { true }

    func title(_ visit: Visit) -> String {
        let title = DeskListTexts(say: visit.say).record
        return faults.isEmpty ? title : visit.say("Error: \(title)", id: "Galat: \(title)")
    }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say, words = DeskListTexts(say: say)
        func rule(_ field: String) -> String? { visit.house.rules.taking(field, from: "help desk") }
        html(.div, .class("wrap slim flow")) { html in
            html(.a, .class("back"), .href(Route.desk.path), text: DeskTexts(say: say).back)
            visit.errors(&html, faults.sentences(say))
            if let refused { visit.notOffered(&html, refused) }
            let unmailed = visit.house.offers.refusal(of: .mailAnswer), addressless = visit.house.offers.refusal(of: .callerAddress)
            // What the form goes without; a refusal that stands above isn't said again.
            for refusal in [unmailed, addressless].compactMap(\.self) where refusal.thing != refused?.thing {
                visit.notOffered(&html, refusal)
            }
            html(.h1, text: words.record)
            if isSpent {
                visit.note(&html, .bad, isFocused: true) { html in
                    html(.p, text: FormFault.contactsSpent(limit: visit.office.settings.contactsADay).sentence(say) + ".")
                }
                return visit.typed(
                    &html,
                    [
                        (say("What was said or written?", id: "Apa yang dikatakan atau ditulis?"), typed.text),
                        (say("From which number or address?", id: "Dari nomor atau alamat mana?"), typed.from),
                    ])
            }
            html(.form, .class("card flow form"), .post, .action(Route.newContact.path), .novalidate) { html in
                visit.token(&html)
                visit.choices(
                    &html, name: "channel", legend: say("What came in?", id: "Apa yang masuk?"),
                    error: faults.sentence(for: "channel", say),
                    [Channel.call, .mail].map { ($0.rawValue, words.channel($0)) }, chosen: typed.channel.rawValue)
                visit.field(
                    &html,
                    FormField(
                        id: "text", label: say("What was said or written?", id: "Apa yang dikatakan atau ditulis?"), kind: .long,
                        rule: rule("case message"), value: typed.text, error: faults.sentence(for: "text", say)))
                let label = say("From which number or address?", id: "Dari nomor atau alamat mana?")
                if addressless == nil {
                    visit.field(
                        &html,
                        FormField(
                            id: "from", label: label,
                            hint: say(
                                "As far as it was given or shown; to be answered by a call they have to give a number.",
                                id: "Sejauh disebutkan atau terlihat; untuk dijawab lewat telepon, nomornya harus disebutkan."),
                            rule: rule("caller address"), isOptional: true, value: typed.from, error: faults.sentence(for: "from", say)))
                } else {
                    html(
                        .p, .class("hint"),
                        text: say("It is recorded without where it came from.", id: "Ini dicatat tanpa dari mana datangnya."))
                    visit.typed(&html, [(label, typed.from)])
                }
                visit.choices(
                    &html, name: "answering", legend: say("How do they want the answer?", id: "Bagaimana mereka ingin dijawab?"),
                    error: faults.sentence(for: "answering", say),
                    [
                        (Answering.telephone.rawValue, say("By a call", id: "Lewat telepon")),
                        (Answering.email.rawValue, say("By email", id: "Lewat surel")),
                        (Answering.none.rawValue, say("They want none", id: "Tidak perlu dijawab")),
                    ].filter { $0.0 != Answering.email.rawValue || unmailed == nil },
                    chosen: (typed.answering == .email && unmailed != nil ? .telephone : typed.answering).rawValue)
                html(.p) { $0(.button, .class("btn wide"), text: say("Record it", id: "Catat")) }
            }
        }
    }
}

/// Whose contact it is: searched for, shown, joined.
struct ContactSearch {
    let summary: CaseSummary
    let work: DeskWork
    /// A number or address that it came from is kept.
    let hasCaller: Bool
    /// How often they can still look.
    let left: Int

    func draw(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.section, .class("card flow"), .labelledby("whose")) { html in
            html(.h2, .id("whose"), .class("t3"), text: say("Whose is it?", id: "Milik siapa?"))
            visit.offer(&html, work.unsearchable) { html in form(&html, visit) }
            if let findings = work.findings { results(&html, findings, visit) }
            html(.p, .class("hint"), text: ifNobodyFits(say))
        }
    }

    private func ifNobodyFits(_ say: Language) -> String {
        switch summary.answering {
        case .none:
            say(
                "If nobody fits, leave it as it is: they want no answer.",
                id: "Bila tidak ada yang cocok, biarkan saja: mereka tidak meminta jawaban.")
        case .email:
            say(
                "If nobody fits, it can’t be answered from here: an email goes only to an address that a customer proved.",
                id:
                    "Bila tidak ada yang cocok, ini tidak dapat dijawab dari sini: surel hanya dikirim ke alamat yang sudah dibuktikan pelanggan."
            )
        case .telephone where hasCaller:
            say(
                "If nobody fits, leave it as it is: if they gave a number, it can be answered by a call all the same.",
                id: "Bila tidak ada yang cocok, biarkan saja: bila nomornya disebutkan, tetap dapat dijawab lewat telepon.")
        case .telephone:
            say(
                "If nobody fits, it can’t be answered: no number is known to call.",
                id: "Bila tidak ada yang cocok, ini tidak dapat dijawab: tidak ada nomor untuk ditelepon.")
        }
    }

    private func form(_ html: inout HTML, _ visit: Visit) {
        let say = visit.say
        html(.form, .class("flow tight"), .post, .action(Route.search(summary.number).path), .novalidate) { html in
            visit.token(&html)
            visit.field(
                &html,
                FormField(
                    id: "sought",
                    label: say("Customer number, email, telephone or name", id: "Nomor pelanggan, surel, telepon, atau nama"),
                    hint: say(
                        "Email and telephone as a whole, of a name whole words. Each person who is shown sees that you looked for them.",
                        id:
                            "Surel dan telepon seutuhnya, dari nama kata-kata utuh. Setiap orang yang muncul melihat bahwa Anda mencarinya."
                    ) + " " + searchesLeft(say),
                    rule: visit.house.rules.reading("full name", by: visit.role, to: "find your account")?.address,
                    value: work.sought, error: work.faults.sentence(for: "sought", say)))
            html(.button, .class("btn"), text: say("Look for them", id: "Cari"))
        }
    }

    private func searchesLeft(_ say: Language) -> String {
        let most = Environment.mostSearches
        return left == 1
            ? say(
                "With one contact you look \(most) times at most; this is the last.",
                id: "Dengan satu kontak paling banyak \(most) kali mencari; ini yang terakhir.")
            : say(
                "With one contact you look \(most) times at most; \(max(left, 0)) are left.",
                id: "Dengan satu kontak paling banyak \(most) kali mencari; tersisa \(max(left, 0)).")
    }

    private func results(_ html: inout HTML, _ findings: Findings, _ visit: Visit) {
        let say = visit.say, count = findings.found.count
        html(.div, .id("found"), .class("flow tight"), .tabindex(-1), .autofocus) { html in
            if findings.isTooMany {
                html(
                    .p,
                    text: say(
                        "More than five fit, so nobody was opened. Ask for another word of the name, or for the number or address.",
                        id: "Lebih dari lima cocok, jadi tidak ada yang dibuka. Tanyakan kata lain dari namanya, atau nomor atau alamatnya."
                    ))
            } else if count == 0 {
                html(.p, text: say("Nobody here fits.", id: "Tidak ada yang cocok di sini."))
                if findings.lacksCountry {
                    html(
                        .p,
                        text: say(
                            "This number begins with 0, and this house doesn’t know of which country it is: type it with the country, like +62 811 …",
                            id: """
                                Nomor ini berawalan 0, dan sistem ini tidak tahu nomor negara mana: ketik dengan kode negaranya, misalnya +62 811 …
                                """))
                }
            } else {
                html(.h3, .class("q"), text: say.count(count, "person fits", "people fit", id: "orang cocok"))
                html(.ul, .class("todo"), .role("list")) { html in for found in findings.found { hit(&html, found, visit) } }
            }
        }
    }

    private func hit(_ html: inout HTML, _ found: Found, _ visit: Visit) {
        let say = visit.say
        html(.li) { html in
            if let name = found.name {
                html(.div) { html in
                    html(.b) { $0(.bdi, text: name) }
                    html(.p, .class("quiet"), text: say("Customer \(found.customer)", id: "Pelanggan \(found.customer)"))
                }
                joining(&html, found.customer, name, visit)
            } else if let refusal = found.refusal {
                html(.div) { html in
                    html(.p, text: say("Somebody fits whom you may not open.", id: "Ada yang cocok, tetapi tidak boleh Anda buka."))
                    html(.p) { visit.refusalChips(&$0, refusal) }
                }
            }
        }
    }
}

extension ContactSearch {
    /// Two presses: the first says whose it then is and what they will read.
    private func joining(_ html: inout HTML, _ customer: Int64, _ name: String, _ visit: Visit) {
        let say = visit.say
        html(.details) { html in
            html(.summary, text: say("It is theirs", id: "Ini miliknya"))
            html(.form, .class("flow tight"), .post, .action(Route.joining(summary.number).path)) { html in
                visit.token(&html)
                html(.input, .type("hidden"), .name("customer"), .value(String(customer)))
                html(.p, .class("hint")) { html in
                    html(.bdi, text: name)
                    html.text(
                        say(
                            """
                            , customer \(customer), will then read in their cases what was said or written here, where it came from, and every note. Is it \
                            surely they? As long as no code of theirs proves it, you can take it back, but not what they have read by then.
                            """,
                            id: """
                                , pelanggan \(customer), kemudian membaca dalam pertanyaannya apa yang dikatakan atau ditulis di sini, dari mana datangnya, \
                                dan setiap catatan. Yakin memang dia? Selama belum terbukti dengan kodenya, ini dapat ditarik kembali, tetapi yang sudah \
                                dibacanya tidak.
                                """))
                }
                html(.button, .class("btn"), text: say("Yes, it is theirs", id: "Ya, ini miliknya"))
            }
        }
    }
}

extension Visit {
    /// One of several, by radio buttons.
    func choices(
        _ html: inout HTML, name: StaticString, legend: String, error: String?, _ all: [(value: String, label: String)], chosen: String
    ) {
        html(.fieldset, .class(error == nil ? "field" : "field err")) { html in
            html(.legend, text: legend)
            if let error { why(&html, error, id: "\(name)-e") }
            html(.div) { html in
                for (place, choice) in all.enumerated() {
                    html(.label, .class("pick")) { html in
                        html(
                            .input, .type("radio"), .name(name), .value(choice.value), .when(place == 0, .id(name)),
                            .when(choice.value == chosen, .checked))
                        html(.span) { $0(.b, text: choice.label) }
                    }
                }
            }
        }
    }
}
