// Comparing without telling by the time that it takes where two values differ.
import CSodium

/// Whether both hold the same bytes; the time depends on the length alone.
public func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && sodium_memcmp(left, right, left.count) == 0
}
