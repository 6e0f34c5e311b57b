// What the office offers and where, as its operator told it.

import HTML
import HTTP
import Office

struct PlansPage: Page {
    func title(_ visit: Visit) -> String { FrontTexts(say: visit.say).plans }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = FrontTexts(say: visit.say), business = visit.office.settings.business
        html(.div, .class("wrap flow")) { html in
            html(.div, .class("head")) { html in
                html(.h1, text: words.plans)
                html(.p, .class("lead"), text: words.plansLead)
            }
            if business.plans.isEmpty {
                html(.div, .class("none")) { html in
                    html(.p, text: words.noPlans)
                    html(.p) { $0(.a, .class("btn plain"), .href(Route.contact.path), text: words.contact) }
                }
            } else {
                html(.ul, .class("cols"), .role("list")) { html in for plan in business.plans { visit.plan(&html, plan, level: .h2) } }
                html(.p, .class("hint"), text: words.ordering)
            }
            guard !business.locations.isEmpty else { return }
            html(.section, .class("flow part"), .labelledby("locations")) { html in
                html(.h2, .id("locations"), text: words.locations)
                html(.ul, .class("cols"), .role("list")) { html in
                    for place in business.locations {
                        html(.li, .class("card flow tight")) { html in
                            html(.h3, text: place.name)
                            visit.reach(&html, address: place.address, telephone: place.telephone, email: nil, hours: place.hours)
                        }
                    }
                }
            }
        }
    }

}

extension Visit {
    /// A plan with its price, as the operator told it.
    func plan(_ html: inout HTML, _ plan: Business.Plan, level: Tag) {
        let words = FrontTexts(say: say)
        html(.li, .class("card flow tight")) { html in
            html(level, .class("t3"), text: say(plan.title.english, id: plan.title.indonesian))
            html(.p, text: say(plan.about.english, id: plan.about.indonesian))
            html(.p) { html in
                html(.b, .class("fig"), text: say.rupiah(Int(plan.price)))
                html.text(words.period(plan.period))
            }
            if !plan.includes.isEmpty {
                html(.ul) { html in for part in plan.includes { html(.li, text: say(part.english, id: part.indonesian)) } }
            }
            if !plan.locations.isEmpty { html(.p, .class("hint"), text: words.onlyAt(plan.locations)) }
        }
    }
}

struct ContactPage: Page {
    func title(_ visit: Visit) -> String { FrontTexts(say: visit.say).contact }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = FrontTexts(say: visit.say), settings = visit.office.settings, business = settings.business
        html(.div, .class("wrap slim flow")) { html in
            html(.h1, text: words.contact)
            html(.p, .class("lead"), text: words.contactLead(settings.operatorName))
            visit.reach(
                &html, address: business.address, telephone: business.telephone, email: business.email, hours: business.hours)
            if visit.house.offers.refusal(of: .call) == nil, visit.session?.staff == nil {
                html(.section, .class("card flow"), .labelledby("ask")) { html in
                    html(.h2, .id("ask"), .class("t3"), text: words.ask)
                    let offers = visit.house.offers, uncalled = offers.refusal(of: .answer), unmailed = offers.refusal(of: .mailAnswer)
                    if let uncalled, unmailed != nil { return visit.notOffered(&html, uncalled) }
                    html(.p, text: words.askLead(isIn: visit.session != nil, byCall: uncalled == nil, byMail: unmailed == nil))
                    html(.p) { html in
                        let isIn = visit.session != nil
                        html(
                            .a, .class("btn plain"), .href(isIn ? Route.newCase.path : Route.signIn.path),
                            text: isIn ? words.ask : words.signIn)
                    }
                }
            }
            html(.ul, .class("todo"), .role("list")) { html in
                way(&html, .plans, words.plans, words.plansLead)
                way(&html, .status, words.status, words.statusLead)
                if business.security != nil { way(&html, .securityText, words.hole, words.holeLead) }
            }
        }
    }

    private func way(_ html: inout HTML, _ route: Route, _ name: String, _ sentence: String) {
        html(.li) { html in
            html(.div) { html in
                html(.b) { $0(.a, .href(route.path), text: name) }
                html(.p, .class("quiet"), text: sentence)
            }
        }
    }
}

struct StatusPage: Page {
    let status: ServiceStatus

    func title(_ visit: Visit) -> String { FrontTexts(say: visit.say).status }

    func draw(_ html: inout HTML, _ visit: Visit) {
        let words = FrontTexts(say: visit.say), now = visit.office.moment()
        let isKept = visit.office.keepsMails
        html(.div, .class("wrap slim flow")) { html in
            html(.p, .class("quiet"), text: words.status)
            html(.h1, text: status.isFine ? words.allWorks : words.notAll)
            html(.p, .class("lead")) { html in
                html.text(words.looked)
                html(.time, .datetime(WallTime(now).machine), text: visit.say.dateAndTime(now))
            }
            html(.dl, .class("sum")) { html in
                part(&html, words.pages, .works, words, words.pagesLead)
                part(&html, words.writing, status.writing, words, words.writingLead)
                part(&html, words.mail, status.mail, words, isKept ? words.mailKept : words.mailLead)
                if let messages = status.messages { part(&html, words.messages, messages, words, words.messagesLead) }
                part(&html, words.log, status.log, words, words.logLead)
                part(&html, words.work, status.work, words, words.workLead)
                let isInDoubt = status.forgetting != .works
                part(&html, words.forgetting, status.forgetting, words, isInDoubt ? words.forgettingWaits : words.forgettingLead)
            }
            html(.p) { $0(.a, .href(Route.contact.path), text: words.contact) }
        }
    }

    private func part(_ html: inout HTML, _ name: String, _ state: ServiceStatus.State, _ words: FrontTexts, _ lead: String) {
        html(.div) { html in
            html(.dt, text: name)
            html(.dd) { html in
                switch state {
                case .works: html(.span, .class("tag ok"), text: words.works)
                case .late: html(.span, .class("tag wait"), text: words.late)
                case .stands: html(.span, .class("tag bad"), text: words.stands)
                }
                html(.p, .class("hint"), text: lead)
            }
        }
    }
}

extension Visit {
    func status() -> Response {
        trying { () throws(NotDone) -> Response in
            let status = try house.lately.status { () throws(NotDone) -> ServiceStatus in try office.status() }
            // It says the minute in which we looked.
            return try alike("\(say.dateAndTime(office.moment())) \(status)") { show(StatusPage(status: status)) }
        }
    }

    /// For machines that watch the house: whether it serves and takes what it is given.
    func health() -> Response {
        guard office.canWrite else { return .text("pages are served, and nothing can be written\n", status: 503) }
        return office.canSign ? .text("ok\n") : .text("pages are served, and what is recorded can't be signed\n", status: 503)
    }

    /// How a place or the company is reached; nothing where nothing is told.
    func reach(_ html: inout HTML, address: String?, telephone: String?, email: String?, hours: Business.Text?) {
        let words = FrontTexts(say: say)
        html(.dl, .class("sum")) { html in
            func line(_ html: inout HTML, _ name: String, _ value: (inout HTML) -> Void) {
                html(.div) { html in
                    html(.dt, text: name)
                    html(.dd, content: value)
                }
            }
            if let address { line(&html, words.address) { $0(.span, .class("said"), text: address) } }
            if let telephone {
                line(&html, words.telephone) { $0(.a, .href("tel:" + telephone.filter { $0 != " " }), text: telephone) }
            }
            if let email { line(&html, words.email) { $0(.a, .href("mailto:" + email), text: email) } }
            if let hours, !hours.english.isEmpty { line(&html, words.hours) { $0.text(say(hours.english, id: hours.indonesian)) } }
        }
    }
}

struct FrontTexts {
    let say: Language

    var plans: String { say("Plans and locations", id: "Paket dan lokasi") }
    var plansLead: String { say("What this office offers, and where.", id: "Apa yang ditawarkan kantor ini, dan di mana.") }
    var noPlans: String { say("No plans are told here yet. Ask us.", id: "Belum ada paket yang disebut di sini. Tanyakan kepada kami.") }
    var ordering: String {
        say(
            "You can’t order on this site yet. Write or call, and we look what fits.",
            id: "Anda belum dapat memesan di situs ini. Tulis atau telepon, dan kami carikan yang cocok.")
    }
    var locations: String { say("Locations", id: "Lokasi") }
    func onlyAt(_ names: [String]) -> String {
        let list = names.joined(separator: ", ")
        return say("To be had at: \(list)", id: "Tersedia di: \(list)")
    }
    func period(_ period: Business.Plan.Period) -> String {
        switch period {
        case .month: say(" a month", id: " sebulan")
        case .year: say(" a year", id: " setahun")
        case .day: say(" a day", id: " sehari")
        case .hour: say(" an hour", id: " sejam")
        case .once: say(" once", id: " sekali")
        }
    }

    var contact: String { say("Contact", id: "Kontak") }
    func contactLead(_ name: String) -> String { say("How to reach \(name).", id: "Cara menghubungi \(name).") }
    var address: String { say("Address", id: "Alamat") }
    var telephone: String { say("Telephone", id: "Telepon") }
    var email: String { say("Email", id: "Surel") }
    var hours: String { say("Hours", id: "Jam buka") }
    var ask: String { OwnCaseTexts(say: say).ask }
    /// `byCall`, `byMail`: the ways in which an answer can come, one at least.
    func askLead(isIn: Bool, byCall: Bool, byMail: Bool) -> String {
        let how =
            switch (byCall, byMail) {
            case (true, true): say("we call back, or write", id: "kami menelepon balik, atau menulis")
            case (true, false): say("we call back", id: "kami menelepon balik")
            case (false, _): say("we write back", id: "kami menulis balik")
            }
        return isIn
            ? say("Tell us what it is about; \(how).", id: "Tulis pertanyaan Anda; \(how).")
            : say("Sign in, and tell us what it is about; \(how).", id: "Masuk, dan tulis pertanyaan Anda; \(how).")
    }
    var signIn: String { say("Sign in", id: "Masuk") }
    var hole: String { say("You found a hole in this site", id: "Anda menemukan celah di situs ini") }
    var holeLead: String { say("Where to tell us, for you and for machines", id: "Ke mana melapor, untuk Anda dan untuk mesin") }

    var status: String { say("Status of the service", id: "Status layanan") }
    var statusLead: String { say("What works at this moment.", id: "Apa yang berjalan saat ini.") }
    var allWorks: String { say("Everything works", id: "Semuanya berjalan") }
    var notAll: String { say("Not everything works as it should", id: "Tidak semua berjalan semestinya") }
    var looked: String { say("We looked at ", id: "Terakhir kami periksa pada ") }
    var works: String { say("Works", id: "Berjalan") }
    var late: String { say("Later than it should be", id: "Terlambat") }
    var stands: String { say("Stands still", id: "Terhenti") }
    var pages: String { say("Pages", id: "Halaman") }
    var pagesLead: String { say("You are reading one.", id: "Anda sedang membacanya.") }
    var writing: String { say("Changes", id: "Perubahan") }
    var writingLead: String {
        say("What you give or change is taken and kept.", id: "Yang Anda berikan atau ubah diterima dan disimpan.")
    }
    var mail: String { say("Email", id: "Surel") }
    var mailLead: String { say("Codes and notices leave for their addresses.", id: "Kode dan pemberitahuan dikirim ke alamatnya.") }
    var mailKept: String { say("In development mails stay here, to be read.", id: "Dalam pengembangan surel tetap di sini, untuk dibaca.") }
    var messages: String { say("Text messages", id: "Pesan singkat") }
    var messagesLead: String {
        say("Codes and notices leave for telephone numbers.", id: "Kode dan pemberitahuan dikirim ke nomor telepon.")
    }
    var forgetting: String { say("Deletion", id: "Penghapusan") }
    var forgettingLead: String {
        say(
            "What runs out, or was asked to be deleted later, goes at its time.",
            id: "Yang habis masanya, atau yang diminta dihapus kemudian, dihapus pada waktunya.")
    }
    var forgettingWaits: String {
        say(
            "Our clock is in doubt. Until somebody has looked at it, what runs out, or was asked to be deleted later, stays.",
            id: "Jam kami diragukan. Sampai ada yang memeriksanya, yang habis masanya, atau yang diminta dihapus kemudian, belum dihapus.")
    }
    var log: String { say("Signed log of uses", id: "Log pemakaian bertanda tangan") }
    var logLead: String {
        say("Each use of data gets its proof within a second.", id: "Setiap pemakaian data mendapat buktinya dalam sedetik.")
    }
    var work: String { say("Work that waits", id: "Pekerjaan yang menunggu") }
    var workLead: String {
        say("What is done after the page that asked for it.", id: "Yang dikerjakan setelah halaman yang memintanya.")
    }
}
