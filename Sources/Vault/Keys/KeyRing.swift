// What lies under the root: keys that stay as long as the house, and 4,096 bucket keys that are renewed so that old ones can be forgotten.
//
// ring.N: sealed under root N, bound to "voffice/ring/1|N": look-up key, owner key, signing seed, 4,096 bucket keys, 32 bytes each.

import Crypto

/// The keys that stay.
struct KeyRing: Sendable {
    /// Turns a normalised address into what its look-up row is found by.
    let lookup: Secret
    /// Turns a subject into the label by which their look-up rows are found again.
    let owner: Secret
    let signing: SigningKey
    private let seed: Secret

    fileprivate init(_ secrets: ArraySlice<Secret>) {
        let secrets = Array(secrets)
        (lookup, owner, seed, signing) = (secrets[0], secrets[1], secrets[2], SigningKey(seed: secrets[2]))
    }

    fileprivate var secrets: [Secret] { [lookup, owner, seed] }
    fileprivate static let count = 3
}

/// The ring and the bucket keys of one generation of the root.
struct Buckets: Sendable {
    static let count = 4_096
    /// Bytes of a ring with its buckets.
    static let length = (KeyRing.count + count) * Secret.length

    let generation: Int64
    let ring: KeyRing
    private let keys: [Secret]

    /// Under a number that no bucket has, as a damaged row may have it, nothing opens.
    subscript(bucket: Int64) -> Secret { keys[Int(bucket.magnitude % UInt64(keys.count))] }

    static func number(of subject: Subject) -> Int64 { Int64(subject.id.magnitude % UInt64(count)) }

    init(generation: Int64, from randomness: any Randomness) {
        let secrets = (0..<KeyRing.count + Self.count).map { _ in Secret(from: randomness) }
        self.init(generation: generation, secrets)
    }

    private init(generation: Int64, _ secrets: [Secret]) {
        (self.generation, ring, keys) = (generation, KeyRing(secrets[..<KeyRing.count]), Array(secrets[KeyRing.count...]))
    }

    /// The next generation: these buckets get new keys, the others keep theirs.
    func renewing(_ buckets: Set<Int64>, from randomness: any Randomness) -> Buckets {
        let keys = keys.enumerated().map { number, key in buckets.contains(Int64(number)) ? Secret(from: randomness) : key }
        return Buckets(generation: generation + 1, ring.secrets + keys)
    }

    init(generation: Int64, bytes: [UInt8]) throws(CryptoFault) {
        guard bytes.count == Self.length else { throw .wrongLength }
        var secrets: [Secret] = []
        for start in stride(from: 0, to: bytes.count, by: Secret.length) {
            secrets.append(try Secret(bytes: Array(bytes[start..<start + Secret.length])))
        }
        self.init(generation: generation, secrets)
    }

    var bytes: [UInt8] { (ring.secrets + keys).flatMap(\.copied) }
}
