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

    @Test func `a database that is damaged is ours to mend`() async throws {
        #expect(try response(to: .refused(.store(.corrupt("page 7"))), .english, in: await House()).status == 500)
    }
}
