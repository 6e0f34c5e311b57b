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

    /// `throttle`: of registrations, sign-ins and codes from one network; `beat`: on which those are answered.
    public init(
        office: Environment, assets: Assets, indonesian: Translation = Translation(), throttle: Throttle, beat: Swift.Duration = .zero
    ) {
        houses = Houses(Self.furnished(office, assets, indonesian, throttle, beat)) { house in
            Self.furnished(house.office, house.assets, Translation(publishedIn: house.office), house.throttle, house.beat)
        }
        hosts = Hosts(of: office.settings)
    }

    public func respond(to request: Request) -> Reply {
        let house = house
        guard hosts.contains(request.header("host")) || request.path == Route.health.path else { return .now(elsewhere) }
        guard let route = Route(request.path) else { return nowhere(request) }
        guard let press = FormToken.press(request) else { return answer(request, route, house) }
        return presses.once(press) { answer(request, route, house) }
    }

    private func answer(_ request: Request, _ route: Route, _ house: House) -> Reply {
        if case .asset(let name) = route { return asset(name, request) }
        let visit: Visit
        do throws(NotDone) { visit = try Visit(request, route, house) } catch { return stranger(request).now(.fault(of: error)) }
        guard route.methods.allow(request.method) else { return visit.now(.wrongMethod) }
        guard request.method != .post || visit.form.accepts(request) else { return visit.now(visit.returned()) }
        return visit.reply()
    }

    public func page(for fault: Fault) -> Response { UnreadPage.response(fault, house) }

    private static func furnished(
        _ office: Environment, _ assets: Assets, _ indonesian: Translation, _ throttle: Throttle, _ beat: Swift.Duration
    ) -> House {
        var house = House(
            office: office, policy: office.policy, isOpen: (try? office.isOpen) ?? true, coming: office.vault.coming?.row, assets: assets,
            rules: StandingRules(of: office), offers: Offers(of: office), indonesian: indonesian,
            answers: Answers(of: office.policy), notForgotten: office.fieldsNotForgotten, throttle: throttle, beat: beat)
        house.front = front(of: house)
        return house
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

    /// The pages that read the same for every stranger, drawn once: they change only with the policy.
    private static func front(of house: House) -> [FrontPage: Asset] {
        var front: [FrontPage: Asset] = [:]
        let isSecure = house.office.settings.address.hasPrefix("https:")
        for route in [Route.home, .policy] {
            for language in Language.allCases {
                guard let request = try? Request(.get, route.path, headers: [("accept-language", language.code)]) else { continue }
                let visit = Visit(of: nil, request, route, house)
                let response = route == .home ? visit.show(HomePage()) : visit.show(PolicyPage())
                guard case .bytes(let bytes, let type) = response.body else { continue }
                front[FrontPage(route: route, language: language)] = Asset(bytes, type, .asking, isSecure: isSecure)
            }
        }
        return front
    }

    private func asset(_ name: String, _ request: Request) -> Reply {
        guard let asset = house.assets[name] else { return stranger(request).now(.missing) }
        guard request.method == .get || request.method == .head else { return stranger(request).now(.wrongMethod) }
        return .now(Response(asset))
    }
}

/// What every visit has at hand.
struct House: Sendable {
    let office: Environment
    let policy: Policy
    /// The first version is published: it takes in customers.
    let isOpen: Bool
    /// A version that is published and hasn't begun.
    let coming: Int64?
    let assets: Assets
    let rules: StandingRules
    let offers: Offers
    let indonesian: Translation
    let answers: Answers
    /// Fields that stay until the policy's errors are mended.
    let notForgotten: Set<String>
    let throttle: Throttle
    /// What must not tell by its time whether an address is known is answered at a multiple of this.
    let beat: Swift.Duration
    var front: [FrontPage: Asset] = [:]

    /// With the version of its content, so that a browser may keep it.
    func asset(_ name: String) -> String { Route.asset(name).path + (assets[name].map { "?v=\($0.version)" } ?? "") }
}

struct FrontPage: Hashable {
    let route: Route, language: Language
}

extension Visit {
    fileprivate func reply() -> Reply {
        let isPost = request.method == .post
        if session == nil, let page = house.front[FrontPage(route: route, language: say)] { return now(Response(page)) }
        switch route {
        case .home: return now(show(HomePage()))
        case .policy: return now(show(PolicyPage()))
        case .question: return now(ask())
        case .health: return .now(.text("ok\n"))
        case .robots: return now(robots())
        case .plans: return now(show(PlansPage()))
        case .contact: return now(show(ContactPage()))
        case .status: return now(status())
        case .securityText: return now(securityText())
        case .sitemap: return now(sitemap())
        case .favicon: return now(icon("favicon.ico"))
        case .touchIcon: return now(icon("touch-icon.png"))
        case .log: return log()
        case .checkpoint: return checkpoint()
        case .logFile(let path): return logFile(path)
        case .outbox: return outbox()
        case .versions: return now(versions())
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
        case .password: return person { session in isPost ? passwordSet(session) : now(password(session)) }
        case .passwordRemoval: return person { passwordRemoved($0) }
        case .signInFactor: return isPost ? factorGiven() : askForFactor()
        case .factor: return person { session in isPost ? factorSet(session) : factor(session) }
        case .factorRemoval: return person { factorRemoved($0) }
        case .recoveryCodes: return person { session in isPost ? recoveryCodesKept(session) : recoveryCodes(session) }
        case .passkeys: return person { session in isPost ? passkeyAdded(session) : passkeys(session) }
        case .passkeyRemoval(let number): return person { session in passkeyRemoved(number, session) }
        case .passkeyChallenge: return passkeyBegun()
        case .signInPasskey: return cameByPasskey()
        case .alarm(let token): return isPost ? alarmed(token) : now(alarm(token))

        case .privacy: return person { now(privacy($0)) }
        case .export: return person { exported($0) }
        case .use(let number): return person { session in now(use(number, session)) }
        case .proof(let number): return person { session in now(proof(number, session)) }
        case .cases: return person { now(ownCases($0)) }
        case .newCase: return person { session in isPost ? asked(session) : now(newCase(session)) }
        case .ownCase(let number): return person { session in now(ownCase(number, session)) }
        case .reopening(let number): return person { session in reopened(number, session) }
        case .correction(let place): return person { session in isPost ? corrected(place, session) : correction(place, session) }
        case .addressCode: return person { session in isPost ? addressConfirmed(session) : askForAddressCode() }
        case .restriction: return person { restricted($0) }
        case .newerVersions: return person { now(newerVersions($0)) }
        case .wordToVersion(let row): return person { session in said(to: row, session) }
        case .objection(let token): return isPost ? objected(token) : askForObjection(token)
        case .leave: return person { session in isPost ? left(session) : now(leaving(session)) }
        case .deactivation: return person { session in deactivated(session) }
        case .awakening: return person { session in awoken(session) }
        case .farewell(let receipt): return now(farewell(receipt))

        case .desk: return staff { now(desk($0)) }
        case .deskCase(let number): return staff { member in deskCase(number, member) }
        case .telephone(let number): return staff { member in telephone(number, member) }
        case .closure(let number): return staff { member in closed(number, member) }
        case .team: return staff { member in isPost ? invited(member) : team(member) }
        case .holds: return officer { member, _ in isPost ? held(member) : holds(member) }
        case .hold(let number): return officer { member, _ in hold(number, member) }
        case .holdAgreement(let number): return officer { member, _ in agreedToHold(number, member) }
        case .holdEnd(let number): return officer { member, _ in endedHold(number, member) }
        case .silence(let number): return officer { member, _ in prolongedSilence(number, member) }
        case .silenceAgreement(let number): return officer { member, _ in agreedToSilence(number, member) }
        case .silenceEnd(let number): return officer { member, _ in endedSilence(number, member) }
        case .proposals: return officer { member, _ in now(proposals(member)) }
        case .proposal(let number): return officer { member, session in now(proposal(number, member, session)) }
        case .approval(let number): return officer { member, session in approved(number, member, session) }
        case .withdrawal(let number): return officer { member, session in withdrawn(number, member, session) }
        }
    }
}
