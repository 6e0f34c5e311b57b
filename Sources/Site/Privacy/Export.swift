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
            let beside: [(name: String, bytes: [UInt8])] = [
                (say("your-data.html", id: "data-anda.html"), ExportPage(export: export).document(self)),
                (say("how-to-check.txt", id: "cara-memeriksa.txt"), Array(ExportPage.checking(self).utf8)),
            ]
            let data: JSON
            do throws(Refusal) { data = try export.json(from: office.settings.address, beside: beside) } catch { throw .refused(error) }
            guard let archive = try? Zip.pack([("data.json", data.bytes)] + beside, seconds: Int64(export.at.unixSeconds)) else {
                throw .refused(.damaged("export"))
            }
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
                    if !export.closed.isEmpty {
                        html(.p) { $0(.b, text: words.closed(export.closed.count)) }
                        for record in export.closed { html(.p, text: words.mayLie(record.fields)) }
                        html(.p, text: words.closedNext)
                    }
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
            data.json holds everything that the page shows, what opens each use and proves it in the log of
            \(visit.office.settings.operatorName), and our signed word on the whole: whose it is, of when, where the record of uses
            begins and ends, each value and each file here. \(visit.office.settings.address)/assets/export-2.schema.json says how it is built.

            To check it in your browser: \(visit.office.settings.address)/log/copy
            To check it on your own computer: voffice-verify FILE.zip --key KEY
            The program comes with vOffice and needs neither the internet nor us. It says whether anything was changed, is missing or
            was added, and whether each use is in the log. KEY is the key of our log: take it from
            \(visit.office.settings.address)/log, or from others who have kept it, not from this archive. Whoever forged the
            archive could have put a key of their own into it.

            """,
            id: """
                data.json memuat semua yang ada di halaman itu, yang membuka tiap pemakaian dan membuktikannya di log
                \(visit.office.settings.operatorName), dan pernyataan kami yang ditandatangani atas semuanya: milik siapa, per kapan, di mana
                catatan pemakaian bermula dan berakhir, tiap nilai, dan tiap berkas di sini.
                \(visit.office.settings.address)/assets/export-2.schema.json menjelaskan susunannya.

                Untuk memeriksanya di peramban Anda: \(visit.office.settings.address)/log/copy
                Untuk memeriksanya di komputer Anda: voffice-verify BERKAS.zip --key KUNCI
                Program itu bagian dari vOffice dan tidak memerlukan internet maupun kami. Program itu menyatakan apakah ada yang diubah,
                hilang, atau ditambahkan, dan apakah tiap pemakaian ada di log. KUNCI adalah kunci log kami: ambillah dari
                \(visit.office.settings.address)/log, atau dari orang lain yang menyimpannya, bukan dari arsip ini. Siapa pun yang
                memalsukan arsip ini bisa saja menaruh kuncinya sendiri di dalamnya.

                """)
    }

    private static let style = Trusted(
        """
        <style>body{font:1rem/1.5 system-ui,sans-serif;color:#1c1b18;background:#fff}main{max-width:44rem;margin:2rem auto;padding:0 1rem}\
        dl{display:grid;grid-template-columns:7rem 1fr;gap:.2rem 1rem;margin:0}dt,small,time{color:#5b574e}dd{margin:0;white-space:pre-wrap}\
        dd,p{overflow-wrap:anywhere}p{margin:0}h2{margin-top:2rem}h3{margin:1.2rem 0 .3rem}li{margin:.6rem 0}</style>
        """)
}
