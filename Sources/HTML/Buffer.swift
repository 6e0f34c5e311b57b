// Bytes that grow at the end: what a page is written into. An array would ask at each append whether it is shared.

@safe @usableFromInline struct Buffer: ~Copyable {
    @usableFromInline private(set) var start: UnsafeMutablePointer<UInt8>
    @usableFromInline private(set) var count = 0
    @usableFromInline private(set) var capacity: Int

    @usableFromInline init(capacity: Int) {
        self.capacity = max(capacity, 64)
        unsafe start = .allocate(capacity: self.capacity)
    }
    @inlinable deinit { unsafe start.deallocate() }

    @inlinable mutating func append(_ byte: UInt8) {
        if count == capacity { grow(by: 1) }
        unsafe start[count] = byte
        count += 1
    }

    @inlinable mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        if capacity - count < bytes.count { grow(by: bytes.count) }
        unsafe (start + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    @usableFromInline mutating func grow(by more: Int) {
        let larger = max(capacity * 2, count + more)
        let next = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe next.update(from: start, count: count)
        unsafe start.deallocate()
        unsafe (start, capacity) = (next, larger)
    }

    @usableFromInline var bytes: [UInt8] { unsafe Array(UnsafeBufferPointer(start: start, count: count)) }
}
