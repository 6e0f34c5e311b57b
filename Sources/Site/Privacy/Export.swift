// Everything to take along: a ZIP with a page to read, the data for machines, and how to check them.

import HTML
import HTTP
import JSON
import Office
import Policy
import Vault
import Zip

extension Visit {
    func exported(_ session: Session) -> Reply {
        later { () async throws(NotDone) -> Response in
            let export = try await office.export(of: session)
            let day = Day(of: export.at).iso
            let files: [(name: String, bytes: [UInt8])] = [
                (say("your-data.html", id: "data-anda.html"), ExportPage(export: export).document(self)),
                ("data.json", Array(export.json(from: office.settings.address).text.utf8)),
                (say("how-to-check.txt", id: "cara-memeriksa.txt"), Array(ExportPage.checking(self).utf8)),
            ]
            guard let archive = try? Zip.pack(files, seconds: Int64(export.at.unixSeconds)) else { throw .refused(.damaged("export")) }
            var response = Response(200, archive, .zip)
            response.headers.append(("Content-Disposition", "attachment; filename=\"data-\(day).zip\""))
            return response
        }
    }
}

/// The page to read, which needs nothing beside itself.
struct ExportPage {
    let export: ExportedPerson

    func document(_ visit: Visit) -> [UInt8] {
        let words = CentreTexts(say: visit.say), say = visit.say
        var html = HTML()
        html.doctype()
        html(.html, .lang(say.code)) { html in
            html(.head) { html in
                html(.meta, .charset("utf-8"))
                html(.meta, .name("viewport"), .content("width=device-width, initial-scale=1"))
                html(.title, text: "\(words.title) – \(visit.office.settings.operatorName)")
                html.raw(Self.style)
            }
            html(.body) { html in
                html(.main) { html in
                    html(.h1, text: words.title)
                    html(
                        .p,
                        text: say(
                            "As \(visit.office.settings.operatorName) held it on \(say.exact(export.at)). Keep it in a safe place.",
                            id:
                                "Sebagaimana disimpan \(visit.office.settings.operatorName) pada \(say.exact(export.at)). Simpan di tempat aman."
                        ))
                    html(.h2, text: words.held)
                    held(&html, visit, words)
                    html(.h2, text: words.uses)
                    html(.ol) { html in
                        for entry in export.uses {
                            html(.li) { html in
                                html(.time, .datetime(WallTime(entry.use.at).machine), text: say.dateAndTime(entry.use.at))
                                html(.p) { UseSentence(use: entry.use, say: say, repeated: entry.repeated).draw(&$0) }
                                html(.p) { $0(.small, text: Self.proof(of: entry, say)) }
                            }
                        }
                    }
                }
            }
        }
        return html.finished()
    }

    private func held(_ html: inout HTML, _ visit: Visit, _ words: CentreTexts) {
        let say = visit.say, columns = words.columns
        for holding in export.holdings {
            html(.h3, text: words.name(of: holding))
            html(.dl) { html in
                fact(&html, columns[1], value(of: holding, words, say))
                fact(&html, columns[2], holding.rules.map(\.address).joined(separator: ", "))
                fact(&html, columns[3], say.date(holding.since))
                html(.dt, text: columns[4])
                html(.dd) { html in
                    if let until = holding.until { html(.p, text: say.date(until)) }
                    for term in holding.terms { html(.p, text: "\(words.until(term)). \(words.reason(of: term)) (\(term.address))") }
                }
                fact(&html, columns[5], holding.source.isEmpty ? words.ourselves : say.name(holding.source).capitalised)
                fact(&html, columns[6], "\(holding.version.number)")
            }
        }
    }

    private func fact(_ html: inout HTML, _ name: String, _ value: String) {
        html(.dt, text: name)
        html(.dd, text: value)
    }

    private func value(of holding: Holding, _ words: CentreTexts, _ say: Language) -> String {
        if let refusal = holding.refusal { return say("Refused: ", id: "Ditolak: ") + say.cause(ofOutcome: refusal.outcome) }
        if holding.kind == .token { return words.token(holding) }
        return holding.field == "record of uses" ? words.entries(holding.value) : holding.value
    }

    private static func proof(of entry: ChainEntry, _ say: Language) -> String {
        let rules = entry.use.rules.joined(separator: ", ")
        let state =
            switch entry.proof {
            case .signed(let number): say("In the log as no. \(number)", id: "Di log sebagai no. \(number)")
            case .recorded: say("Recorded, not yet in the log", id: "Tercatat, belum di log")
            case .mismatch: say("Does not match the log", id: "Tidak cocok dengan log")
            }
        return rules.isEmpty ? state : "\(rules) · \(state)"
    }

    static func checking(_ visit: Visit) -> String {
        visit.say(
            """
            data.json holds everything that the page shows, and for each use what opens and proves its entry in the log of
            \(visit.office.settings.operatorName). \(visit.office.settings.address)/assets/export-1.schema.json says how it is built.

            To check it on your own computer: voffice-verify data.json
            The program comes with vOffice and needs neither the internet nor us. It says whether each entry is what went into
            the log, whether one is missing between two others, and which key signed the log. Compare that key with the one on
            \(visit.office.settings.address)/log, and with what others have kept of it.

            """,
            id: """
                data.json memuat semua yang ada di halaman itu, dan untuk tiap pemakaian apa yang membuka dan membuktikan catatannya di
                log \(visit.office.settings.operatorName). \(visit.office.settings.address)/assets/export-1.schema.json
                menjelaskan susunannya.

                Untuk memeriksanya di komputer Anda: voffice-verify data.json
                Program itu bagian dari vOffice dan tidak memerlukan internet maupun kami. Program itu menyatakan apakah tiap catatan
                memang yang masuk ke log, apakah ada yang hilang di antaranya, dan kunci mana yang menandatangani log. Bandingkan kunci
                itu dengan yang ada di \(visit.office.settings.address)/log, dan dengan yang disimpan orang lain.

                """)
    }

    private static let style = Trusted(
        """
        <style>body{font:1rem/1.5 system-ui,sans-serif;color:#1c1b18;background:#fff}main{max-width:44rem;margin:2rem auto;padding:0 1rem}\
        dl{display:grid;grid-template-columns:7rem 1fr;gap:.2rem 1rem;margin:0}dt,small,time{color:#5b574e}dd{margin:0;white-space:pre-wrap}\
        dd,p{overflow-wrap:anywhere}p{margin:0}h2{margin-top:2rem}h3{margin:1.2rem 0 .3rem}li{margin:.6rem 0}</style>
        """)
}
