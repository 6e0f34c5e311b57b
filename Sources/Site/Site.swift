// The site: from a request to the one verb behind it, and from there to a page.

public import HTTP
public import Office
import Policy
import Vault

public struct Site: Handler {
    var house: House { houses.now }
    private let houses: Houses
    private let hosts: Hosts
    private let presses = Presses()

    /// `throttle`: of registrations, sign-ins and codes from one network; `beat`: on which those are answered; `statusKept`: so long the status
    /// that was found is told again.
    public init(
        office: Environment, assets: Assets, indonesian: Translation = Translation(), throttle: Throttle, beat: Swift.Duration = .zero,
        statusKept: Swift.Duration = .zero
    ) {
        let lately = LatelyLookedAt(for: statusKept)
        houses = Houses(Self.furnished(office, assets, indonesian, throttle, beat, lately)) { house in
            // Another version is coming, or the first one is published: the words of the one in force stay, also where they came from a file.
            let isSame = house.policy.documentDigest == house.office.policy.documentDigest
            let published = Translation(publishedIn: house.office)
            return Self.furnished(
                house.office, house.assets, isSame && published.isEmpty ? house.indonesian : published, house.throttle, house.beat,
                house.lately)
        }
        hosts = Hosts(of: office.settings)
    }

    public func respond(to request: Request) -> Reply {
        let house = house
        guard hosts.contains(request.header("host")) || request.path == Route.health.path else { return .now(elsewhere) }
        guard let route = Route(request.path) else { return nowhere(request) }
        guard let press = FormToken.press(request) else { return answer(request, route, house) }
        return presses.once(press) { answer(request, route, house) }.withNews()
    }

    private func answer(_ request: Request, _ route: Route, _ house: House) -> Reply {
        if case .asset(let name) = route { return asset(name, request) }
        let visit: Visit
        do throws(NotDone) { visit = try Visit(request, route, house) } catch { return stranger(request).now(.fault(of: error)) }
        guard route.methods.allow(request.method) else { return visit.now(.wrongMethod) }
        guard request.method != .post || visit.form.accepts(request) else { return visit.now(visit.returned()) }
        // None of our pages sends two values under one name.
        guard request.method != .post || Set(request.form.all.map(\.name)).count == request.form.all.count else {
            return visit.now(.damagedForm)
        }
        return visit.reply()
    }

    /// A policy is a long text, and its translation another.
    public func bodyLimit(at path: String) -> Int? { path == Route.draft.path ? 512 * 1024 : nil }

    public func page(for fault: Fault) -> Response { UnreadPage.response(fault, house) }

    private static func furnished(
        _ office: Environment, _ assets: Assets, _ indonesian: Translation, _ throttle: Throttle, _ beat: Swift.Duration,
        _ lately: LatelyLookedAt
    ) -> House {
        House(
            office: office, isOpen: (try? office.isOpen) ?? true, coming: office.vault.coming?.row, assets: assets, indonesian: indonesian,
            notForgotten: try? office.notForgotten(), throttle: throttle, beat: beat, lately: lately)
    }

    private var elsewhere: Response {
        let address = house.office.settings.address
        return .text(
            """
            This house answers at \(address) only. If you run it and people reach it by another name, set `address` to that one.
            Kantor ini hanya menjawab di \(address). Bila Anda pengelolanya dan alamatnya lain, isikan alamat itu pada `address`.

            """, status: 421)
    }

    /// The page that isn't there, with the bars of whoever asks.
    private func nowhere(_ request: Request) -> Reply {
        let visit = try? Visit(request, .home, house)
        return (visit ?? stranger(request)).now(.missing)
    }

    /// A visit of somebody whose session isn't looked up, for pages that say that something isn't there.
    private func stranger(_ request: Request) -> Visit { Visit(of: nil, request, .home, house) }

    private func asset(_ name: String, _ request: Request) -> Reply {
        guard let asset = house.assets.asset(name, version: request.query["v"]) else { return stranger(request).now(.missing) }
        guard request.method == .get || request.method == .head else { return stranger(request).now(.wrongMethod) }
        return .now(Response(asset))
    }
}

/// What every visit has at hand. One object, not copied for each.
final class House: Sendable {
    let office: Environment
    let policy: Policy
    /// The first version is published: it takes in customers.
    let isOpen: Bool
    /// A version that is published and hasn't begun.
    let coming: Int64?
    /// The version in force is the file's: of development, as long as nothing is published there.
    let isByFile: Bool
    let assets: Assets
    let rules: StandingRules
    let offers: Offers
    /// The roles that a case can be handed to.
    let desks: [String]
    let indonesian: Translation
    let answers: Answers
    /// Fields that stay although no rule may keep them.
    let notForgotten: NotForgotten?
    let throttle: Throttle
    /// What must not tell by its time whether an address is known is answered at a multiple of this.
    let beat: Swift.Duration
    let lately: LatelyLookedAt
    /// Which house drew a page that is kept.
    let mark = KeptPages.Mark()
    let publicPages = PublicPages()

    init(
        office: Environment, isOpen: Bool, coming: Int64?, assets: Assets, indonesian: Translation, notForgotten: NotForgotten?,
        throttle: Throttle, beat: Swift.Duration, lately: LatelyLookedAt
    ) {
        self.lately = lately
        isByFile = office.settings.isDevelopment && (try? office.isPublished) != true
        (self.office, policy, self.isOpen, self.coming, self.assets) = (office, office.policy, isOpen, coming, assets)
        (rules, offers, desks, answers) = (StandingRules(of: office), Offers(of: office), office.desks, Answers(of: office.policy))
        (self.indonesian, self.notForgotten, self.throttle, self.beat) = (indonesian, notForgotten, throttle, beat)
    }

    /// With the version of its content, so that a browser may keep it.
    func asset(_ name: String) -> String { Route.asset(name).path + (assets[name].map { "?v=\($0.version)" } ?? "") }
}

extension Visit {
    fileprivate func reply() -> Reply {
        let isPost = request.method == .post
        switch route {
        case .home: return now(alike(HomePage()))
        case .policy: return policyPage()
        case .question: return now(ask())
        case .health: return now(health())
        case .robots: return now(robots())
        case .plans: return now(alike(PlansPage()))
        case .contact: return now(alike(ContactPage()))
        case .status: return now(status())
        case .securityText: return now(securityText())
        case .sitemap: return now(sitemap())
        case .favicon: return now(icon("favicon.ico"))
        case .touchIcon: return now(icon("touch-icon.png"))
        case .log: return log()
        case .copyCheck: return now(alike(CopyPage()))
        case .checkpoint: return checkpoint()
        case .logFile(let path): return logFile(path)
        case .outbox: return outbox()
        case .versions: return now(versions())
        case .difference: return difference()
        case .version(let row): return version(row)
        case .versionDocument(let row): return now(versionDocument(row))
        case .versionNote(let row): return now(versionNote(row))
        case .language(let language): return switchLanguage(to: language)
        case .asset: return now(.missing)

        case .register: return isPost ? registered() : now(show(RegisterPage()))
        case .registerCode, .signInCode: return isPost ? confirmed() : askForCode()
        case .codeRenewal: return codeRenewed()
        case .signIn: return isPost ? signInStarted() : now(show(SignInPage()))
        case .signOut: return signedOut()
        case .beginning(let token): return isPost ? begun(token) : beginning(token)

        case .account: return person { now(account($0)) }
        case .sessionEnding(let number): return person { session in ended(number, session) }
        case .otherSessionsEnding: return person { othersEnded($0) }
        case .cookieRemoval: return person { cookiesRemoved($0) }
        case .password: return person { session in isPost ? passwordSet(session) : now(password(session)) }
        case .passwordRemoval: return person { passwordRemoved($0) }
        case .signInFactor: return isPost ? factorGiven() : askForFactor()
        case .wayBack: return isPost ? wayBackTaken() : now(wayBack())
        case .wayBackEnding: return person { wayBackEnded($0) }
        case .factor: return person { session in isPost ? factorSet(session) : factor(session) }
        case .factorRemoval: return person { factorRemoved($0) }
        case .recoveryCodes: return person { session in isPost ? recoveryCodesKept(session) : recoveryCodes(session) }
        case .passkeys: return person { session in isPost ? passkeyAdded(session) : passkeys(session) }
        case .passkeyRemoval(let number): return person { session in passkeyRemoved(number, session) }
        case .passkeyChallenge: return passkeyBegun()
        case .signInPasskey: return cameByPasskey()
        case .alarm(let token): return isPost ? alarmed(token) : now(alarm(token))

        case .privacy: return person { now(keptPrivacy($0)) }
        case .export: return person { exported($0) }
        case .use(let number): return person { session in now(use(number, session)) }
        case .proof(let number): return person { session in now(proof(number, session)) }
        case .whoItWas(let number): return person { session in askedWhoItWas(number, session) }
        case .cases: return person { now(ownCases($0)) }
        case .newCase: return person { session in isPost ? asked(session) : now(newCase(session)) }
        case .ownCase(let number): return person { session in now(ownCase(number, session)) }
        case .reopening(let number): return person { session in reopened(number, session) }
        case .settling(let number): return person { session in settled(number, session) }
        case .caseObjection(let number): return person { session in objectedToCase(number, session) }
        case .unwanted(let number): return person { session in unwanted(number, session) }
        case .addition(let number): return person { session in added(number, session) }
        case .correction(let place): return person { session in isPost ? corrected(place, session) : correction(place, session) }
        case .removal(let place): return person { session in isPost ? removed(place, session) : removal(place, session) }
        case .adding(let field): return person { session in isPost ? added(field, session) : adding(field, session) }
        case .addressCode: return person { session in isPost ? addressConfirmed(session) : askForAddressCode(session) }
        case .restriction: return person { restricted($0) }
        case .newerVersions: return person { now(newerVersions($0)) }
        case .choices: return person { session in isPost ? chosen(session) : now(choices(session)) }
        case .wordToVersion(let row): return person { session in said(to: row, session) }
        case .objection(let token): return isPost ? objected(token) : askForObjection(token)
        case .leave: return person { session in isPost ? left(session) : now(leaving(session)) }
        case .deactivation: return person { session in deactivated(session) }
        case .awakening: return person { session in awoken(session) }
        case .farewell(let receipt): return now(farewell(receipt))

        case .desk: return staff { now(desk($0)) }
        case .deskCase(let number): return staff { member in deskCase(number, member) }
        case .opening(let number): return staff { member in opened(number, member) }
        case .closure(let number): return staff { member in closed(number, member) }
        case .newContact: return staff { member in isPost ? recorded(member) : now(newContact(member)) }
        case .search(let number): return staff { member in sought(number, member) }
        case .joining(let number): return staff { member in joined(number, member) }
        case .parting(let number): return staff { member in parted(number, member) }
        case .taking(let number): return staff { member in taken(number, member) }
        case .answer(let number): return staff { member in answered(number, member) }
        case .notes(let number): return staff { member in noted(number, member) }
        case .handover(let number): return staff { member in handed(number, member) }
        case .behalf(let number): return staff { member in behalf(number, member) }
        case .callerCode(let number): return staff { member in callerAsked(number, member) }
        case .callerCheck(let number): return staff { member in callerChecked(number, member) }
        case .callBack(let number): return staff { member in calledBack(number, member) }
        case .wish(let number): return staff { member in wished(number, member) }
        case .change(let number): return staff { member in changed(number, member) }
        case .newAddress(let number): return staff { member in newAddressChecked(number, member) }
        case .team: return staff { member in isPost ? invited(member) : team(member) }
        case .employmentEnd: return staff { member in employmentEnded(member) }
        case .officerAgreement: return officer { _, session in officerAgreed(session) }
        case .ownWork: return staff { _ in session.map { now(ownWork($0)) } ?? now(.missing) }
        case .everybodysWork: return staff { everybodysWork($0) }
        case .work(let name): return staff { work(of: name, $0) }
        case .today: return staff { now(today($0)) }
        case .nameQuestions: return staff { now(nameQuestions($0)) }
        case .complaint(let number): return staff { member in complaint(number, member) }
        case .nameAnswer(let number): return staff { member in learnedWhoItWas(number, member) }
        case .nameQuestionEnd(let number): return staff { member in settledNameQuestion(number, member) }
        case .keeping: return staff { now(keeping($0)) }
        case .houseState: return staff { now(houseState($0)) }
        case .holds: return officer { member, _ in isPost ? held(member) : holds(member) }
        case .hold(let number): return officer { member, _ in hold(number, member) }
        case .holdAgreement(let number): return officer { member, _ in agreedToHold(number, member) }
        case .holdEnd(let number): return officer { member, _ in endedHold(number, member) }
        case .silence(let number): return officer { member, _ in prolongedSilence(number, member) }
        case .silenceAgreement(let number): return officer { member, _ in agreedToSilence(number, member) }
        case .silenceEnd(let number): return officer { member, _ in endedSilence(number, member) }
        case .proposals: return officer { member, _ in now(proposals(member)) }
        case .draft: return officer { member, _ in isPost ? drafted(member) : now(draft(member)) }
        case .proposal(let number): return officer { member, session in now(proposal(number, member, session)) }
        case .approval(let number): return officer { member, session in approved(number, member, session) }
        case .withdrawal(let number): return officer { member, session in withdrawn(number, member, session) }
        }
    }
}
