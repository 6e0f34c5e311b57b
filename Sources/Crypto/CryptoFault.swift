// What can go wrong in this room. None of these says why in more detail, so that nothing is told to who tries.

public enum CryptoFault: Error, Hashable {
    /// The key is another one, the value was changed, or it was sealed for another place: don't use it.
    case doesNotOpen
    /// A key, salt or sealed value doesn't have the length that its kind always has.
    case wrongLength
    /// The signature isn't this key's over this message.
    case badSignature
    /// Hashing a password needs more memory than the machine gives; try again later, or lower its cost.
    case outOfMemory
}
