// The keys above all others: a root in a file of its own, and sealed under it the ring of bucket keys, the key of look-ups
// and the seed that signs the log.
//
// root.N: 32 bytes. ring.N: sealed under root.N, bound to "voffice/ring/1|N": look-up key, owner key, signing seed,
// 4,096 bucket keys, 32 bytes each. A rotation writes N + 1 of both and then forgets root N.

import Crypto

struct KeyRing: Sendable {
    static let buckets = 4_096

    /// Turns a normalised address into its label in the look-up table.
    let lookup: Secret
    /// Turns a subject into the label by which their look-up rows are found again.
    let owner: Secret
    let signing: SigningKey
    private let bucketKeys: [Secret]

    func bucket(of subject: Subject) -> Secret { bucketKeys[Int(subject.id.magnitude % UInt64(Self.buckets))] }

    /// Opens the ring of a key folder, or makes one where the folder is empty.
    static func open(in folder: String, mayMake: Bool, randomness: some Randomness) throws(KeyFault) -> KeyRing {
        let rootPath = folder + "/root.1", ringPath = folder + "/ring.1"
        if var rootBytes = try DurableFile.read(rootPath), let sealed = try DurableFile.read(ringPath) {
            do {
                let root = try Secret(wiping: &rootBytes)
                return try KeyRing(opening: try Sealed.open(sealed, under: root, boundTo: binding))
            } catch { throw .doesNotOpen(ringPath) }
        }
        // Keys that were made under a ring mustn't meet a new one. A root alone is what an interrupted first start leaves.
        guard try DurableFile.read(ringPath) == nil else { throw .unreadable(rootPath) }
        guard mayMake, !DurableFile.exists(folder + "/keys.sqlite") else { throw .unreadable(ringPath) }
        let root = Secret(from: randomness)
        let plain = randomness.bytes((3 + buckets) * Secret.length)
        try DurableFile.write(root.withBytes { span in span.indices.map { span[$0] } }, to: rootPath)
        try DurableFile.write(Sealed.seal(plain, under: root, boundTo: binding), to: ringPath)
        do { return try KeyRing(opening: plain) } catch { throw .doesNotOpen(ringPath) }
    }

    private static var binding: [UInt8] { Array("voffice/ring/1|1".utf8) }

    private init(opening bytes: [UInt8]) throws(CryptoFault) {
        guard bytes.count == (3 + Self.buckets) * Secret.length else { throw .wrongLength }
        var secrets: [Secret] = []
        for start in stride(from: 0, to: bytes.count, by: Secret.length) {
            secrets.append(try Secret(bytes: Array(bytes[start..<start + Secret.length])))
        }
        (lookup, owner, signing) = (secrets[0], secrets[1], SigningKey(seed: secrets[2]))
        bucketKeys = Array(secrets[3...])
    }
}
