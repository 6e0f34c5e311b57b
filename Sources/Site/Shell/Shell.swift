// What stands around every page: head, skip link, bars, footer.

import HTML
import Office
import Policy

struct Shell<Content: Page> {
    let visit: Visit
    let page: Content
    private var say: Language { visit.say }

    func draw(_ html: inout HTML) {
        html.doctype()
        html(.html, .lang(say.code)) { html in
            html(.head) { head(&$0) }
            let isForStaff = visit.route.isForStaff && visit.session?.staff != nil
            html(.body, .when(isForStaff, .class("staff"))) { html in
                html(.a, .class("skip btn"), .href("#main"), text: say("Skip to content", id: "Langsung ke isi"))
                html.raw(Drawings.symbols)
                if isForStaff { staff(&html) } else { customer(&html) }
            }
        }
    }

    private func head(_ html: inout HTML) {
        html(.meta, .charset("utf-8"))
        html(.meta, .name("viewport"), .content("width=device-width, initial-scale=1"))
        html(.meta, .name("color-scheme"), .content("light dark"))
        html(.title, text: "\(page.title(visit)) – \(visit.office.settings.operatorName)")
        html(.link, .rel("stylesheet"), .href(visit.house.asset("tokens.css")))
        html(.link, .rel("stylesheet"), .href(visit.house.asset("components.css")))
        html(.link, .rel("icon"), .type("image/svg+xml"), .href(visit.house.asset("icon.svg")))
        if page.hasPasskeys { html(.script, .src(visit.house.asset("passkeys.js")), .type("module")) }
        if page.hasCopyCheck { html(.script, .src(visit.house.asset("copy-page.js")), .type("module")) }
        if page.hasProof { html(.script, .src(visit.house.asset("verify.js")), .type("module")) }
    }

    private func customer(_ html: inout HTML) {
        DevelopmentBar(visit: visit).draw(&html)
        FoundingBar(visit: visit).draw(&html)
        html(.header, .class("top")) { html in
            html(.div, .class("wrap")) { html in
                brand(&html)
                html(.nav, .class("nav"), .label(say("Main", id: "Utama"))) { html in
                    for (route, name) in places { link(&html, route, name) }
                }
                html(.div, .class("end")) { end(&$0) }
            }
        }
        html(.main, .id("main")) { main(&$0) }
        foot(&html)
    }

    private func main(_ html: inout HTML) {
        if let asked = visit.session?.wayBack { WayBackBar(asked: asked, visit: visit).draw(&html) }
        page.draw(&html, visit)
    }

    private func staff(_ html: inout HTML) {
        html(.header, .class("side")) { html in
            brand(&html)
            html(.nav, .class("nav"), .label(say("Back office", id: "Kantor belakang"))) { html in
                // What no rule lets a role open isn't offered to it.
                let rules = visit.house.rules, role = visit.session?.staff?.role ?? ""
                link(&html, .today, ConsoleTexts(say: say).today)
                if visit.house.desks.contains(role) {
                    link(&html, .desk, say("Cases", id: "Pertanyaan"))
                }
                if rules.reading("staff name", by: role, to: "run the staff's accounts") != nil || mayInvite {
                    link(&html, .team, say("Team", id: "Tim"))
                }
                if visit.session?.staff?.isOfficer == true { link(&html, .proposals, say("Versions", id: "Versi")) }
                if visit.session?.staff?.isOfficer == true { link(&html, .holds, say("Holds", id: "Pengamanan bukti")) }
                if rules.reading("work log", by: role, to: "keep the record") != nil {
                    link(&html, .keeping, ConsoleTexts(say: say).keeping)
                }
                if rules.reading("staff name", by: role, to: "keep the record") != nil {
                    link(&html, .nameQuestions, NameQuestionTexts(say: say).title)
                }
                if rules.reading("staff name", by: role, to: "run the staff's accounts") != nil {
                    link(&html, .houseState, ConsoleTexts(say: say).house)
                }
                link(&html, .ownWork, WorkTexts(say: say).own)
                link(&html, .policy, say("Policy", id: "Kebijakan"))
                link(&html, .privacy, say("Your data", id: "Data Anda"))
            }
        }
        html(.div) { html in
            DevelopmentBar(visit: visit).draw(&html)
            FoundingBar(visit: visit).draw(&html)
            html(.aside, .class("who"), .label(say("Your session", id: "Sesi Anda"))) { html in
                if let member = visit.session?.staff {
                    html(.span) { html in
                        html.text(say("You are ", id: "Anda "))
                        html(.b, text: say.actor("\(member.role) \(member.number)"))
                    }
                }
                html(
                    .span,
                    text: visit.house.offers.grants(.seeing)
                        ? say(
                            "What you open about a person is logged and shown to that person.",
                            id: "Apa yang Anda buka tentang seseorang dicatat dan diperlihatkan kepadanya.")
                        : say("What you open about a person is logged.", id: "Apa yang Anda buka tentang seseorang dicatat."))
                html(.div, .class("end")) { end(&$0) }
            }
            html(.main, .id("main")) { main(&$0) }
        }
    }

    private var mayInvite: Bool {
        guard let member = visit.session?.staff else { return false }
        do throws(NotDone) { return try visit.office.previewOfInviting(by: member) == nil } catch { return false }
    }

    private var places: [(Route, String)] {
        let plans = visit.office.settings.business.plans.isEmpty ? [] : [(Route.plans, say("Plans", id: "Paket"))]
        guard let session = visit.session else {
            let policy = (Route.policy, say("Privacy policy", id: "Kebijakan privasi"))
            return plans + (visit.house.isOpen ? [policy, (.register, say("Register", id: "Daftar"))] : [policy])
        }
        if let member = session.staff {
            return [
                (visit.firstPlace(of: member), say("Back office", id: "Kantor belakang")), (.privacy, say("Your data", id: "Data Anda")),
                (.policy, say("Policy", id: "Kebijakan")),
            ]
        }
        return [
            (.privacy, say("Your data", id: "Data Anda")), (.cases, say("Questions", id: "Pertanyaan")),
            (.policy, say("Policy", id: "Kebijakan")),
        ] + plans
    }

    private func link(_ html: inout HTML, _ route: Route, _ name: String) {
        html(.a, .href(route.path), .when(visit.route.isWithin(route), .currentPage), text: name)
    }

    private func brand(_ html: inout HTML) {
        html(.a, .class("brand"), .href(Route.home.path)) { html in
            html.raw(Drawings.mark)
            html(.span, text: visit.office.settings.operatorName)
        }
    }

    private func end(_ html: inout HTML) {
        let other = say.other
        html(
            .a, .href(Route.language(other).path + "?to=" + visit.returnPath + visit.returnChoice), .lang(other.code),
            .hreflang(other.code), text: other.name)
        if visit.session == nil {
            html(.a, .href(Route.signIn.path), text: say("Sign in", id: "Masuk"))
        } else {
            html(.a, .href(Route.account.path), .when(visit.route == .account, .currentPage), text: say("Account", id: "Akun"))
            html(.form, .post, .action(Route.signOut.path)) { html in
                visit.token(&html)
                html(.button, .class("quietly"), text: say("Sign out", id: "Keluar"))
            }
        }
    }

    private func foot(_ html: inout HTML) {
        html(.footer, .class("foot")) { html in
            html(.div, .class("wrap row apart")) { html in
                html(.p, text: visit.office.settings.operatorName)
                html(.p, .class("row")) { html in
                    let version = visit.policy.version.number
                    html(
                        .a, .href(Route.policy.path),
                        text: say("Privacy policy, version \(version)", id: "Kebijakan privasi, versi \(version)"))
                    html(.a, .href(Route.log.path), text: say("Signed log", id: "Log bertanda tangan"))
                    let words = FrontTexts(say: say)
                    for (route, name) in [(Route.plans, words.plans), (.contact, words.contact), (.status, words.status)] {
                        html(.a, .href(route.path), text: name)
                    }
                }
            }
        }
    }
}

extension Visit {
    /// The hidden field that every form carries.
    func token(_ html: inout HTML) {
        html(.input, .type("hidden"), .name(FormToken.field), .value(form.text))
    }

    /// Where a change of language leads back to: this page, or the one that it answers from.
    var returnPath: String {
        switch route {
        case .codeRenewal: Route.signInCode.path
        case .signInPasskey, .passkeyChallenge: Route.signIn.path
        case .sessionEnding, .otherSessionsEnding, .cookieRemoval, .passwordRemoval, .factorRemoval, .passkeyRemoval, .wayBackEnding:
            Route.account.path
        case .reopening(let number), .settling(let number), .addition(let number): Route.ownCase(number).path
        case .wordToVersion: Route.newerVersions.path
        case .deactivation, .awakening: Route.leave.path
        case .opening(let number), .closure(let number), .search(let number), .joining(let number), .taking(let number),
            .answer(let number),
            .notes(let number), .handover(let number):
            Route.deskCase(number).path
        case .callerCode(let number), .callerCheck(let number), .callBack(let number), .wish(let number), .change(let number),
            .newAddress(let number):
            Route.behalf(number).path
        case .parting(let number): Route.deskCase(number).path
        case .unwanted(let number), .caseObjection(let number): Route.ownCase(number).path
        case .employmentEnd: Route.team.path
        case .whoItWas(let number): Route.use(number).path
        case .nameAnswer(let number), .nameQuestionEnd(let number): Route.complaint(number).path
        case .holdAgreement, .holdEnd: Route.holds.path
        case .silence(let number), .silenceAgreement(let number), .silenceEnd(let number): Route.hold(number).path
        case .officerAgreement: Route.proposals.path
        case .restriction, .export: Route.privacy.path
        case .approval(let number), .withdrawal(let number): Route.proposal(number).path
        default: route.methods == .post ? Route.home.path : route.path
        }
    }
}

/// On every page of a data directory that is stamped `development`.
struct DevelopmentBar {
    let visit: Visit

    func draw(_ html: inout HTML) {
        guard visit.office.settings.isDevelopment else { return }
        let say = visit.say, isByFile = visit.house.isByFile
        let errors = isByFile ? visit.office.policyDiagnostics.count { $0.severity == .error } : 0
        html(.aside, .class("dev"), .label(say("Development", id: "Pengembangan"))) { html in
            html(.p, .class("wrap row")) { html in
                html(.b, text: say("Development.", id: "Pengembangan."))
                html(
                    .span, .class("roomy"),
                    text: (isByFile
                        ? say("The policy’s file is in force as it stands; ", id: "Berkas kebijakan berlaku apa adanya; ")
                        : say(
                            "The policy is in force as it was published, until its file is changed; ",
                            id: "Kebijakan berlaku seperti yang diumumkan, sampai berkasnya diubah; "))
                        + (visit.office.keepsMails
                            ? say("no email leaves.", id: "tidak ada surel yang keluar.")
                            : say("emails leave by the mail server.", id: "surel keluar lewat peladen surel.")))
                if errors > 0 {
                    html(
                        .span, .class("tag bad"),
                        text: say.count(errors, "error in the policy", "errors in the policy", id: "galat dalam kebijakan"))
                }
                if visit.office.keepsMails { html(.a, .href(Route.outbox.path), text: say("Outbox", id: "Kotak keluar")) }
            }
        }
    }
}
