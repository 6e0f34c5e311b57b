// Every address of the site: parsed and printed in one place. Nouns only; numbers say nothing of a person.

import HTTP

enum Route: Hashable, Sendable {
    // For everyone
    case home, policy, question, health, robots, log, copyCheck, checkpoint, outbox
    case plans, contact, status, securityText, sitemap, favicon, touchIcon
    /// A tile of the log, by its path below `/log/`.
    case logFile(String)
    case asset(String), language(Language)
    case versions, difference, version(Int64), versionDocument(Int64), versionNote(Int64)
    // Accounts
    case register, registerCode, signIn, signInCode, codeRenewal, signOut
    case beginning(String)
    case account, sessionEnding(Int64), otherSessionsEnding, cookieRemoval, alarm(String), password, passwordRemoval
    case signInFactor, wayBack, wayBackEnding, factor, factorRemoval, recoveryCodes
    case passkeys, passkeyRemoval(Int64), signInPasskey, passkeyChallenge
    // The person
    case privacy, export, use(Int64), proof(Int64), whoItWas(Int64), caseObjection(Int64)
    case cases, newCase, ownCase(Int64), reopening(Int64), settling(Int64), addition(Int64)
    case correction(String), removal(String), adding(String), addressCode, objection(String), restriction
    case newerVersions, wordToVersion(Int64), choices
    case leave, deactivation, awakening, farewell(String)
    // Staff
    case desk, deskCase(Int64), opening(Int64), closure(Int64), newContact, search(Int64), joining(Int64), parting(Int64)
    case taking(Int64)
    case answer(Int64), notes(Int64), handover(Int64)
    case behalf(Int64), callerCode(Int64), callerCheck(Int64), callBack(Int64), wish(Int64), change(Int64), newAddress(Int64)
    case team, employmentEnd, holds, hold(Int64), holdAgreement(Int64), holdEnd(
        Int64)
    case silence(Int64), silenceAgreement(Int64), silenceEnd(Int64)
    case proposals, draft, proposal(Int64), approval(Int64), withdrawal(Int64)
    case officerAgreement, unwanted(Int64)
    case ownWork, everybodysWork, work(String)
    case today, keeping, houseState, nameQuestions, complaint(Int64), nameAnswer(Int64), nameQuestionEnd(Int64)

    var path: String {
        switch self {
        case .home: "/"
        case .policy: "/policy"
        case .question: "/policy/questions"
        case .health: "/healthz"
        case .robots: "/robots.txt"
        case .plans: "/plans"
        case .contact: "/contact"
        case .status: "/status"
        case .securityText: "/.well-known/security.txt"
        case .sitemap: "/sitemap.xml"
        case .favicon: "/favicon.ico"
        case .touchIcon: "/apple-touch-icon.png"
        case .log: "/log"
        case .copyCheck: "/log/copy"
        case .checkpoint: "/log/checkpoint"
        case .logFile(let path): "/log/\(path)"
        case .outbox: "/dev/outbox"
        case .asset(let name): "/assets/\(name)"
        case .language(let language): "/language/\(language.code)"
        case .register: "/register"
        case .registerCode: "/register/code"
        case .signIn: "/sign-in"
        case .signInCode: "/sign-in/code"
        case .codeRenewal: "/sign-in/code/renewal"
        case .signOut: "/sign-out"
        case .beginning(let token): "/begin/\(token)"
        case .account: "/account"
        case .sessionEnding(let number): "/account/sessions/\(number)/ending"
        case .password: "/account/password"
        case .passkeys: "/account/passkeys"
        case .passkeyRemoval(let number): "/account/passkeys/\(number)/removal"
        case .signInPasskey: "/sign-in/passkey"
        case .passkeyChallenge: "/sign-in/passkey/challenge"
        case .signInFactor: "/sign-in/second-factor"
        case .wayBack: "/sign-in/way-back"
        case .wayBackEnding: "/account/way-back/ending"
        case .factor: "/account/second-factor"
        case .factorRemoval: "/account/second-factor/removal"
        case .recoveryCodes: "/account/recovery-codes"
        case .passwordRemoval: "/account/password/removal"
        case .otherSessionsEnding: "/account/sessions/others/ending"
        case .cookieRemoval: "/account/browser/removal"
        case .alarm(let token): "/not-me/\(token)"
        case .privacy: "/privacy"
        case .export: "/privacy/export"
        case .use(let number): "/privacy/uses/\(number)"
        case .proof(let number): "/privacy/uses/\(number)/proof"
        case .whoItWas(let number): "/privacy/uses/\(number)/who"
        case .nameQuestions: "/staff/complaints"
        case .complaint(let number): "/staff/complaints/\(number)"
        case .nameAnswer(let number): "/staff/complaints/\(number)/name"
        case .nameQuestionEnd(let number): "/staff/complaints/\(number)/end"
        case .caseObjection(let number): "/cases/\(number)/objection"
        case .cases: "/cases"
        case .newCase: "/cases/new"
        case .ownCase(let number): "/cases/\(number)"
        case .reopening(let number): "/cases/\(number)/reopening"
        case .settling(let number): "/cases/\(number)/settling"
        case .addition(let number): "/cases/\(number)/addition"
        case .correction(let place): "/privacy/correction/\(place)"
        case .removal(let place): "/privacy/removal/\(place)"
        case .adding(let field): "/privacy/adding/\(field)"
        case .addressCode: "/privacy/address/code"
        case .restriction: "/privacy/restriction"
        case .newerVersions: "/privacy/versions"
        case .choices: "/privacy/choices"
        case .wordToVersion(let number): "/privacy/versions/\(number)/word"
        case .objection(let token): "/address-back/\(token)"
        case .leave: "/leave"
        case .deactivation: "/leave/deactivation"
        case .awakening: "/leave/awakening"
        case .farewell(let receipt): "/left/\(receipt)"
        case .desk: "/staff"
        case .deskCase(let number): "/staff/cases/\(number)"
        case .opening(let number): "/staff/cases/\(number)/opening"
        case .closure(let number): "/staff/cases/\(number)/closure"
        case .newContact: "/staff/contacts/new"
        case .search(let number): "/staff/cases/\(number)/search"
        case .joining(let number): "/staff/cases/\(number)/joining"
        case .parting(let number): "/staff/cases/\(number)/parting"
        case .taking(let number): "/staff/cases/\(number)/taking"
        case .answer(let number): "/staff/cases/\(number)/answer"
        case .notes(let number): "/staff/cases/\(number)/notes"
        case .handover(let number): "/staff/cases/\(number)/handover"
        case .behalf(let number): "/staff/cases/\(number)/behalf"
        case .callerCode(let number): "/staff/cases/\(number)/caller-code"
        case .callerCheck(let number): "/staff/cases/\(number)/caller-check"
        case .callBack(let number): "/staff/cases/\(number)/call-back"
        case .wish(let number): "/staff/cases/\(number)/wish"
        case .change(let number): "/staff/cases/\(number)/change"
        case .newAddress(let number): "/staff/cases/\(number)/new-address"
        case .team: "/staff/team"
        case .employmentEnd: "/staff/team/ending"
        case .officerAgreement: "/staff/policy/officers"
        case .unwanted(let number): "/cases/\(number)/unwanted"
        case .ownWork: "/staff/activity"
        case .everybodysWork: "/staff/activity/everybody"
        case .today: "/staff/today"
        case .keeping: "/staff/keeping"
        case .houseState: "/staff/house"
        case .work(let name): "/staff/activity/of/\(name)"
        case .holds: "/staff/holds"
        case .hold(let number): "/staff/holds/\(number)"
        case .silence(let number): "/staff/holds/\(number)/silence"
        case .silenceAgreement(let number): "/staff/holds/\(number)/silence-agreement"
        case .silenceEnd(let number): "/staff/holds/\(number)/silence-end"
        case .holdAgreement(let number): "/staff/holds/\(number)/agreement"
        case .holdEnd(let number): "/staff/holds/\(number)/end"
        case .versions: "/policy/versions"
        case .difference: "/policy/versions/difference"
        case .version(let number): "/policy/versions/\(number)"
        case .versionDocument(let number): "/policy/versions/\(number)/document"
        case .versionNote(let number): "/policy/versions/\(number)/note"
        case .proposals: "/staff/policy"
        case .draft: "/staff/policy/draft"
        case .proposal(let number): "/staff/policy/\(number)"
        case .approval(let number): "/staff/policy/\(number)/approval"
        case .withdrawal(let number): "/staff/policy/\(number)/withdrawal"
        }
    }

    /// nil: no such address.
    init?(_ path: String) {
        if let fixed = Self.fixed[path] {
            self = fixed
            return
        }
        for (before, after, make) in Self.numbered where path.hasPrefix(before) && path.hasSuffix(after) {
            guard path.utf8.count > before.utf8.count + after.utf8.count else { continue }
            let middle = path.dropFirst(before.count).dropLast(after.count)
            guard let number = Int64(middle), number > 0, String(number) == middle else { continue }
            self = make(number)
            return
        }
        for (before, make) in Self.named where path.hasPrefix(before) && path.utf8.count > before.utf8.count {
            guard path.utf8.allSatisfy(Self.isPlain) else { return nil }
            self = make(String(path.dropFirst(before.count)))
            return
        }
        return nil
    }

    /// Its address with a star for each number and each link that only one person has.
    var shape: String {
        let path = path
        if Self.fixed[path] != nil { return path }
        for (before, after, _) in Self.numbered where path.hasPrefix(before) && path.hasSuffix(after) { return "\(before)*\(after)" }
        for (before, _) in Self.named where path.hasPrefix(before) { return "\(before)*" }
        return path
    }

    /// What stands for itself in an address, so that a route needs no encoding where it is printed.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"):
            true
        default: false
        }
    }

    private static let fixed: [String: Route] = {
        let routes: [Route] = [
            .home, .policy, .question, .health, .robots, .plans, .contact, .status, .securityText, .sitemap, .favicon, .touchIcon,
            .log, .copyCheck, .checkpoint, .outbox, .register, .registerCode, .signIn, .signInCode,
            .codeRenewal,
            .signOut, .account, .otherSessionsEnding, .cookieRemoval, .password, .passwordRemoval, .signInFactor, .wayBack, .wayBackEnding,
            .factor,
            .factorRemoval, .recoveryCodes, .passkeys, .signInPasskey, .passkeyChallenge,
            .privacy, .export, .addressCode, .restriction, .newerVersions, .choices, .cases, .newCase, .leave, .deactivation, .awakening,
            .desk,
            .newContact, .team, .employmentEnd, .holds, .ownWork, .everybodysWork, .today, .keeping, .houseState, .nameQuestions,
            .language(.english),
            .language(.indonesian),
            .versions, .difference, .proposals, .draft, .officerAgreement,
        ]
        return Dictionary(uniqueKeysWithValues: routes.map { ($0.path, $0) })
    }()
    private static let numbered: [(before: String, after: String, make: @Sendable (Int64) -> Route)] = [
        ("/privacy/uses/", "/proof", { .proof($0) }), ("/privacy/uses/", "/who", { .whoItWas($0) }),
        ("/privacy/uses/", "", { .use($0) }),
        ("/privacy/versions/", "/word", { .wordToVersion($0) }),
        ("/account/passkeys/", "/removal", { .passkeyRemoval($0) }),
        ("/account/sessions/", "/ending", { .sessionEnding($0) }),
        ("/staff/complaints/", "/name", { .nameAnswer($0) }), ("/staff/complaints/", "/end", { .nameQuestionEnd($0) }),
        ("/staff/complaints/", "", { .complaint($0) }),
        ("/cases/", "/objection", { .caseObjection($0) }),
        ("/cases/", "/addition", { .addition($0) }), ("/cases/", "/unwanted", { .unwanted($0) }),
        ("/cases/", "/reopening", { .reopening($0) }), ("/cases/", "/settling", { .settling($0) }), ("/cases/", "", { .ownCase($0) }),
        ("/staff/cases/", "/opening", { .opening($0) }), ("/staff/cases/", "/closure", { .closure($0) }),
        ("/staff/cases/", "/search", { .search($0) }), ("/staff/cases/", "/joining", { .joining($0) }),
        ("/staff/cases/", "/parting", { .parting($0) }),
        ("/staff/cases/", "/taking", { .taking($0) }), ("/staff/cases/", "/answer", { .answer($0) }),
        ("/staff/cases/", "/notes", { .notes($0) }), ("/staff/cases/", "/handover", { .handover($0) }),
        ("/staff/cases/", "/behalf", { .behalf($0) }), ("/staff/cases/", "/caller-code", { .callerCode($0) }),
        ("/staff/cases/", "/caller-check", { .callerCheck($0) }), ("/staff/cases/", "/call-back", { .callBack($0) }),
        ("/staff/cases/", "/wish", { .wish($0) }), ("/staff/cases/", "/change", { .change($0) }),
        ("/staff/cases/", "/new-address", { .newAddress($0) }),
        ("/staff/cases/", "", { .deskCase($0) }),
        ("/staff/holds/", "/agreement", { .holdAgreement($0) }), ("/staff/holds/", "/end", { .holdEnd($0) }),
        ("/staff/holds/", "/silence", { .silence($0) }), ("/staff/holds/", "/silence-agreement", { .silenceAgreement($0) }),
        ("/staff/holds/", "/silence-end", { .silenceEnd($0) }), ("/staff/holds/", "", { .hold($0) }),
        ("/policy/versions/", "/document", { .versionDocument($0) }), ("/policy/versions/", "/note", { .versionNote($0) }),
        ("/policy/versions/", "", { .version($0) }),
        ("/staff/policy/", "/approval", { .approval($0) }), ("/staff/policy/", "/withdrawal", { .withdrawal($0) }),
        ("/staff/policy/", "", { .proposal($0) }),
    ]
    private static let named: [(before: String, make: @Sendable (String) -> Route)] = [
        ("/assets/", { .asset($0) }), ("/begin/", { .beginning($0) }), ("/not-me/", { .alarm($0) }), ("/left/", { .farewell($0) }),
        ("/privacy/correction/", { .correction($0) }), ("/privacy/removal/", { .removal($0) }), ("/privacy/adding/", { .adding($0) }),
        ("/address-back/", { .objection($0) }),
        ("/staff/activity/of/", { .work($0) }), ("/log/tile/", { .logFile("tile/\($0)") }),
    ]

    /// What may be done there.
    var methods: Methods {
        switch self {
        case .codeRenewal, .signOut, .sessionEnding, .otherSessionsEnding, .cookieRemoval, .passwordRemoval, .factorRemoval,
            .passkeyRemoval,
            .wayBackEnding,
            .signInPasskey, .passkeyChallenge, .export, .restriction, .wordToVersion, .deactivation, .awakening, .reopening, .settling,
            .addition,
            .opening,
            .closure, .search, .joining, .parting, .taking, .answer, .notes, .handover, .callerCode, .callerCheck, .callBack, .wish,
            .change,
            .newAddress, .unwanted, .officerAgreement, .employmentEnd, .approval, .withdrawal, .holdAgreement,
            .holdEnd, .silence, .silenceAgreement, .silenceEnd, .whoItWas, .nameAnswer, .nameQuestionEnd, .caseObjection:
            .post
        case .register, .registerCode, .signIn, .signInCode, .beginning, .alarm, .password, .signInFactor, .wayBack, .factor,
            .recoveryCodes,
            .passkeys, .newCase, .newContact, .correction, .removal, .adding, .choices, .addressCode, .objection, .leave, .team, .holds,
            .draft:
            .both
        default: .get
        }
    }

    var isForStaff: Bool { path == Route.desk.path || path.hasPrefix(Route.desk.path + "/") }

    /// Whether it is the place that a link of the navigation leads to, or lies below it. Cases and what comes in lie below the desk.
    func isWithin(_ place: Route) -> Bool {
        if path == place.path { return true }
        guard place == .desk else { return path.hasPrefix(place.path + "/") }
        return ["/staff/cases/", "/staff/contacts/"].contains(where: path.hasPrefix)
    }

    enum Methods: String {
        case get = "GET, HEAD", post = "POST", both = "GET, HEAD, POST"
        func allow(_ method: Method) -> Bool {
            switch method {
            case .get, .head: self != .post
            case .post: self != .get
            case .other: false
            }
        }
    }
}
