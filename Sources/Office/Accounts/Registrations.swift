// How often one address may be given to open an account: whoever types a stranger's address can't flood them with mail.

import Store
import Vault

extension Limit {
    /// Five registrations of one address in ten minutes, fifteen in a day, from one network; from all of them four times as many. Each has its
    /// own code with its own tries, so this bounds the guesses too.
    static func registrations(times: Int) -> Limit { slower([(15 * times, 5 * times, 600), (.max, 15 * times, 86_400)]) }
}

extension Environment {
    /// - Parameter network: nil: not known, and all such are one.
    /// - Returns: whether the address may be given once more, which then is counted.
    func mayGive(_ address: LookupAddress, from network: [UInt8]? = nil, at now: Instant) async throws(Refusal) -> Bool {
        let marking = try await marking(at: now), here = network.map { [1] + $0 + [0] } ?? [0]
        let tried = [
            marking.tried("registration", here + address.bytesToMark, .registrations(times: 1)),
            marking.tried("registration anywhere", address.bytesToMark, .registrations(times: 4)),
        ]
        return try await store.write { (rows) throws(Refusal) in try Tried.count(tried, at: now, in: rows) == nil }
    }
}
