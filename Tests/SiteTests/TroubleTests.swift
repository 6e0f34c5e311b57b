// What a person reads when something didn't happen.
import HTTP
import Office
import Store
import Testing
import Vault

@testable import Site

@Suite struct Troubles {
    private func response(to error: NotDone, _ language: Language, in house: House) throws -> Response {
        let request = try Request(.post, "/cases/new", headers: [("Accept-Language", language.code)])
        return Visit(of: nil, request, .newCase, house.site.house).trying { () throws(NotDone) -> Response in throw error }
    }

    @Test(arguments: [(StoreFault.full, "300"), (.readOnly, "300"), (.busy, "5")])
    func `a store that takes nothing in is no fault of ours to hide: later, and nothing was lost`(_ fault: StoreFault, _ seconds: String)
        async throws
    {
        let house = try await House()
        for (language, words) in [
            (Language.english, ["Nothing was lost", "Try again"]), (.indonesian, ["Tidak ada yang hilang", "Coba lagi"]),
        ] {
            let response = try response(to: .refused(.store(fault)), language, in: house)
            #expect(response.status == 503)
            #expect(response.headers.contains { "\($0.0)" == "Retry-After" && $0.1 == seconds })
            for word in words { #expect(Answer(response).text.contains(word)) }
        }
    }

    @Test func `a row that stands where a new one has to be is told as that, with what helps, to both sides`() async throws {
        let house = try await House()
        for (language, word) in [(Language.english, "has to be new is in our database"), (.indonesian, "harus baru sudah ada")] {
            let response = try response(to: .refused(.store(.conflict("use_record.subject, use_record.seq"))), language, in: house)
            #expect(response.status == 503 && Answer(response).text.contains(word))
            #expect(!response.headers.contains { "\($0.0)" == "Retry-After" }, "waiting doesn't help")
        }
        #expect("\(StoreFault.conflict("help_case.number"))".contains("`voffice admin doctor`"))
    }

    @Test(
        arguments: [
            "INSERT INTO use_record (subject, seq, kind, month, leaf, opening) SELECT subject, seq + 1, kind, month, leaf, opening FROM use_record u WHERE seq = (SELECT max(seq) FROM use_record WHERE subject = u.subject)",
            "DELETE FROM number_given WHERE name = 'help_case'",
        ] as [SQL]) func `an entry that is repeated, or the count of cases that is lost, is answered with what to do`(_ change: SQL)
        async throws
    {
        let house = try await House(), sari = try await house.sari()
        _ = try await sari.post("/cases/new", ["text": "Please call.", "telephone": "0812 5550 4417"])
        try house.store.writeAndWait { (rows) throws(StoreFault) in _ = try rows.run(change) }
        let answer = try await sari.post("/cases/new", ["text": "Once more.", "telephone": "0812 5550 4417"])
        #expect(answer.status == 503 && answer.text.contains("Whoever runs this house is told") && answer.text.contains("Once more."))
    }

    @Test func `a database that is damaged is ours to mend`() async throws {
        #expect(try response(to: .refused(.store(.corrupt("page 7"))), .english, in: await House()).status == 500)
    }
}
