// `voffice admin doctor`: everything that isn't as it should be in the house, and what this machine can't promise.

import JSON
import Office
import Store
import Vault

enum Doctor {
    /// 0 nothing is wrong; 1 something is, or the house can't be looked at.
    static func run(isJSON: Bool) -> Int32 {
        let configuration = Serve.readConfiguration(), data = configuration.data
        if let lacking = DataDirectory.lacksHouse(data) { return unreadable(lacking, isJSON) }
        let database = configuration.databases.data(of: data)
        let inspection: Inspection, mail: [Finding], now = SystemClock().now()
        do throws(HouseFault) {
            inspection = try Vault.inspect(
                database: database, keyFolder: DataDirectory.keyFolder(of: data),
                keys: configuration.databases.keys,
                migrations: Vault.migrations + [Environment.migrations], tables: Environment.tablesAboutPeople,
                presence: Environment.presence,
                safe: Safe(folder: configuration.safeFolder), mirror: configuration.mirror, now: now)
            do throws(StoreFault) { mail = try Environment.findingsOfMail(in: database, at: now) } catch { throw .store(error) }
        } catch { return unreadable(error.sentence, isJSON) }
        let former = ((try? FormerHouse(in: data)) ?? nil)?.findings(at: now) ?? []
        let findings =
            inspection.findings + mail + former
            + Surroundings.findings(
                of: data, database, safe: configuration.safeFolder, mirror: configuration.mirror, isDevelopment: inspection.isDevelopment)
        let faults = findings.filter(\.isFault)
        if isJSON { Terminal.say(json(inspection, findings)) } else { say(inspection, findings) }
        return faults.isEmpty ? 0 : 1
    }

    private static func unreadable(_ sentence: String, _ isJSON: Bool) -> Int32 {
        if isJSON {
            Terminal.say(JSON.object([("ok", .bool(false)), ("unreadable", .string(sentence))]).text)
        } else {
            Terminal.complain("voffice admin: \(sentence)")
        }
        return 1
    }

    private static func say(_ inspection: Inspection, _ findings: [Finding]) {
        for finding in findings.filter(\.isFault) + findings.filter({ !$0.isFault }) {
            Terminal.say("\(finding.kind.rawValue): \(finding.what)\n    \(finding.kind.next)")
        }
        let faults = findings.count(where: \.isFault)
        Terminal.say(
            """
            Looked at \(seen(inspection).joined(separator: ", ")) and \(Terminal.count(inspection.entries, "entry")) of the log: \
            \(faults == 0 ? "nothing is wrong." : Terminal.count(faults, "fault") + ".")
            """)
    }

    /// What lies in the databases, each counted.
    static func seen(_ inspection: Inspection) -> [String] {
        [
            Terminal.count(inspection.persons, "person"), Terminal.count(inspection.records, "record"),
            Terminal.count(inspection.secrets, "key"), Terminal.count(inspection.uses, "use"),
        ]
    }

    private static func json(_ inspection: Inspection, _ findings: [Finding]) -> String {
        JSON.object([
            ("ok", .bool(!findings.contains(where: \.isFault))),
            ("looked_at", counts(inspection)), ("findings", .list(findings.map(json))),
        ]).text
    }

    static func counts(_ inspection: Inspection) -> JSON {
        .object([
            ("persons", .int(inspection.persons)), ("records", .int(inspection.records)), ("keys", .int(inspection.secrets)),
            ("uses", .int(inspection.uses)), ("log", .int(inspection.entries)),
        ])
    }

    static func json(_ finding: Finding) -> JSON {
        .object([
            ("kind", .string(finding.kind.rawValue)), ("fault", .bool(finding.isFault)), ("what", .string(finding.what)),
            ("next", .string(finding.kind.next)),
        ])
    }
}
