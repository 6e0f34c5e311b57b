// What the library's callbacks do: admit, read, hand over, answer.

import CMicrohttpd
import Glibc
import Synchronization

final class Engine: Sendable {
    let connections: Connections
    let limits: Limits
    let isStopping = Atomic(false)
    /// What the server proves itself with to whoever comes next.
    let tls: Mutex<TLS?>
    private let handler: any Handler
    private let isSecure: Bool
    private let suspended = Mutex<[ObjectIdentifier: Exchange]>([:])

    init(_ handler: some Handler, _ limits: Limits, isSecure: Bool, _ tls: TLS?) {
        (self.handler, self.limits, self.isSecure) = (handler, limits, isSecure)
        self.tls = Mutex(tls)
        connections = Connections(limits)
    }

    /// The head is complete, a piece of the body is here, the body is complete, or the answer to a suspended request is.
    func proceed(_ exchange: Exchange, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>, piece: UnsafeBufferPointer<UInt8>)
        -> MHD_Result
    {
        if let answer = exchange.takeAnswer() { return queue(answer, exchange) }
        do throws(Fault) {
            guard exchange.request != nil else {
                let head = try Head(
                    reading: exchange.handle, method: method, target: exchange.target, targetLength: exchange.targetLength, version: version
                )
                guard vo_head_size(exchange.handle) <= limits.head else { throw .headTooLarge }
                guard !exchange.hasNUL else { throw .malformed }
                if let fault = exchange.fault { throw fault }
                let target = try Target(exchange.rawTarget)
                let limit = handler.bodyLimit(at: target.path) ?? limits.body
                let length = try head.bodyLength(limit: max(limit, Limits.mostDiscarded))
                exchange.request = (head, target)
                exchange.isTooLarge = length > limit
                if !exchange.isTooLarge { exchange.body.reserveCapacity(length) }
                if length > 0 { exchange.connection.enter(.body) }
                // An answer at this call would end the connection; the library calls again when the whole request is here.
                return .YES
            }
            guard piece.isEmpty else {
                if !exchange.isTooLarge { exchange.body.append(contentsOf: piece) }
                return .YES
            }
            guard !exchange.isTooLarge else { throw .tooLarge }
            return try handOver(exchange)
        } catch {
            return queue(handler.page(for: error), exchange, closing: true)
        }
    }

    /// Answers all who still wait: the server ends.
    func abandon() {
        let waiting = suspended.withLock { Array($0.values) }
        for exchange in waiting { exchange.finish(.text("The server was stopped before this was done. Try again.\n", status: 503)) }
    }

    private func handOver(_ exchange: Exchange) throws(Fault) -> MHD_Result {
        let (head, target) = exchange.request!
        let request = try Request(head, target, body: exchange.body, address: address(of: exchange, head), isSecure: isSecure)
        exchange.connection.enter(.work)
        switch handler.respond(to: request) {
        case .now(let response): return queue(response, exchange)
        case .later(let work):
            suspended.withLock { $0[ObjectIdentifier(exchange)] = exchange }
            MHD_suspend_connection(exchange.handle)
            Task.detached { exchange.finish(await work()) }
            return .YES
        }
    }

    private func address(of exchange: Exchange, _ head: Head) -> Address {
        let peer = Address(vo_address(exchange.handle))
        return limits.client(behind: peer, forwardedFor: head["x-forwarded-for"])
    }

    private func queue(_ response: Response, _ exchange: Exchange, closing: Bool = false) -> MHD_Result {
        suspended.withLock { $0[ObjectIdentifier(exchange)] = nil }
        exchange.connection.enter(.answer)
        if case .asset(let asset) = response.body {
            guard let head = exchange.request?.head else { return .NO }
            let (status, ready) = asset.answer(to: head)
            return MHD_queue_response(exchange.handle, UInt32(status), ready)
        }
        let isPacked = exchange.request?.head.acceptsGzip ?? false
        guard let ready = ready(response, isPacked, closing: closing || isStopping.load(ordering: .relaxed)) else { return .NO }
        defer { MHD_destroy_response(ready) }
        return MHD_queue_response(exchange.handle, UInt32(response.status), ready)
    }

    /// `isPacked`: it goes to somebody who takes gzip.
    private func ready(_ response: Response, _ isPacked: Bool, closing: Bool) -> OpaquePointer? {
        let bytes: [UInt8], type: ContentType, isFramed: Bool, packed: [UInt8]?
        switch response.body {
        case .bytes(let plain, let kind): (bytes, type, isFramed, packed) = (plain, kind, false, nil)
        case .framed(let frame, let place, let middle, let kind):
            packed = isPacked ? middle.gzipped(in: frame, at: place) : nil
            (bytes, type, isFramed) = (packed ?? middle.plain(in: frame, at: place), kind, true)
        case .asset: return nil
        }
        let made = bytes.withUnsafeBytes {
            MHD_create_response_from_buffer($0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
        }
        guard let ready = made else { return nil }
        add("Content-Type", type.name, to: ready)
        if isFramed { add("Vary", "Accept-Encoding", to: ready) }
        if packed != nil { add("Content-Encoding", "gzip", to: ready) }
        for (name, value) in Protection.headers { add(name, value, to: ready) }
        if isSecure { add(Protection.https.0, Protection.https.1, to: ready) }
        switch response.caching {
        case .never: add("Cache-Control", "no-store", to: ready)
        case .everyone(let seconds): add("Cache-Control", "public, max-age=\(seconds)", to: ready)
        }
        for cookie in response.cookies { add("Set-Cookie", cookie.written(isSecure: isSecure), to: ready) }
        for (name, value) in response.headers { add(name, value, to: ready) }
        if closing { add("Connection", "close", to: ready) }
        return ready
    }
}

// The callbacks. `context` is the engine; a connection's context is its `Connection`, a request's its `Exchange`.

let admitted: MHD_AcceptPolicyCallback = { context, address, _ in
    engine(context).connections.admits(Address(address)) ? .YES : .NO
}

let connected: MHD_NotifyConnectionCallback = { context, handle, slot, event in
    guard let slot else { return }
    switch event {
    case .CONNECTION_NOTIFY_STARTED:
        let engine = engine(context), connections = engine.connections, network = connections.network(of: Address(vo_address(handle)))
        let connection = Connection(socket: vo_socket(handle), network: network, engine.tls.withLock { $0 })
        connections.add(connection)
        slot.pointee = Unmanaged.passRetained(connection).toOpaque()
    default:
        guard let held = slot.pointee else { return }
        engine(context).connections.remove(Unmanaged<Connection>.fromOpaque(held).takeRetainedValue())
        slot.pointee = nil
    }
}

/// The request line is here; what this returns becomes the request's context.
let opened: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer? = {
    context, target, handle in
    guard let target, let handle, let held = vo_context(handle) else { return nil }
    let connection = Unmanaged<Connection>.fromOpaque(held).takeUnretainedValue()
    return Unmanaged.passRetained(Exchange(handle, connection, target: target, limit: engine(context).limits.head)).toOpaque()
}

let handled: MHD_AccessHandlerCallback = { context, _, _, method, version, piece, length, slot in
    guard let method, let version, let length, let held = slot?.pointee else { return .NO }
    let exchange = Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
    let bytes = UnsafeBufferPointer(start: piece.map { UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self) }, count: length.pointee)
    length.pointee = 0
    return engine(context).proceed(exchange, method: method, version: version, piece: bytes)
}

let completed: MHD_RequestCompletedCallback = { _, _, slot, _ in
    guard let held = slot?.pointee else { return }
    Unmanaged<Exchange>.fromOpaque(held).takeRetainedValue().connection.enter(.head)
    slot?.pointee = nil
}

private func engine(_ context: UnsafeMutableRawPointer?) -> Engine { Unmanaged<Engine>.fromOpaque(context!).takeUnretainedValue() }
