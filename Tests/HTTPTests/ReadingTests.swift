// What a request says, without a server: cookies, signals, addresses, and how often a network tries; and what compressing does.
import Foundation
@testable import HTTP
import Programs
import Synchronization
import Testing

@Suite struct Reading {
    @Test func `a cookie that was sent twice, or isn't plain, is none`() throws {
        func session(_ header: String, isSecure: Bool = false) throws -> String? {
            try Request(.get, "/", headers: [("Cookie", header)], isSecure: isSecure).cookie("session")
        }
        #expect(try session("session=a; lang=id") == "a")
        #expect(try session("sessions=a;session=b") == "b")
        #expect(try session("session=a; session=b") == nil)
        #expect(try session("session=a b") == nil)
        #expect(try session("session=a", isSecure: true) == nil)
        #expect(try session("__Host-session=a", isSecure: true) == "a")
    }

    @Test func `a browser asks not to be followed in two ways`() throws {
        func signal(_ name: String, _ value: String) throws -> Bool { try Request(.get, "/", headers: [(name, value)]).privacySignal }
        #expect(try signal("Sec-GPC", "1") && signal("DNT", "1"))
        #expect(try !signal("Sec-GPC", "0") && !signal("DNT", "0") && !signal("DNT", "unspecified"))
    }

    @Test func `the address behind a proxy is the last one that a proxy of ours didn't make up`() {
        var limits = Limits()
        limits.proxies = [.loopback, Address("10.0.0.2")!]
        func client(_ peer: String, _ list: String?) -> Address { limits.client(behind: Address(peer)!, forwardedFor: list) }
        #expect(client("127.0.0.1", "203.0.113.9") == Address("203.0.113.9"))
        #expect(client("127.0.0.1", "192.0.2.1, 203.0.113.9") == Address("203.0.113.9"), "the left one is the visitor's own claim")
        #expect(client("127.0.0.1", "192.0.2.1,203.0.113.9,10.0.0.2") == Address("203.0.113.9"))
        #expect(client("127.0.0.1", "2001:db8::7") == Address("2001:db8::7"))
        #expect(client("192.0.2.1", "203.0.113.9") == Address("192.0.2.1"), "a stranger is believed nothing")
        for nothing in [nil, "", "somewhere", "203.0.113.9, unknown", "203.0.113.9,"] {
            #expect(client("127.0.0.1", nothing) == .loopback, "\(nothing ?? "none")")
        }
        #expect(client("127.0.0.1", "203.0.113.9, x, 10.0.0.2") == Address("10.0.0.2"))
    }

    @Test func `a network tries so often, gets its tries back with time, and its neighbours share them`() {
        let time = Atomic<UInt64>(1_000_000)
        let throttle = Throttle(tries: 4, within: 60) { time.load(ordering: .relaxed) }
        let here = Address("203.0.113.9")!, nextDoor = Address("203.0.113.200")!, elsewhere = Address("203.0.114.9")!
        for _ in 0..<2 { #expect(throttle.wait(here) == nil && throttle.wait(nextDoor) == nil) }
        #expect(throttle.wait(here) == 15 && throttle.wait(nextDoor) == 15 && throttle.wait(elsewhere) == nil)
        time.add(14_000, ordering: .relaxed)
        #expect(throttle.wait(here) == 1)
        time.add(1_000, ordering: .relaxed)
        #expect(throttle.wait(here) == nil && throttle.wait(here) == 15)
        time.add(60_000, ordering: .relaxed)
        for _ in 0..<4 { #expect(throttle.wait(here) == nil) }
        #expect(throttle.wait(Address("2001:db8:1:2::1")!) == nil)
        for _ in 0..<3 { _ = throttle.wait(Address("2001:db8:1:ffff::1")!) }
        #expect(throttle.wait(Address("2001:db8:1::7")!) != nil && throttle.wait(Address("2001:db8:2::7")!) == nil)
    }

    @Test func `more networks than are counted one by one are counted as one`() {
        let throttle = Throttle(tries: 2, within: 60) { 1_000_000 }
        for number in 0..<UInt32(Throttle.most) { _ = throttle.wait(Address(v4: number << 8)) }
        #expect(throttle.wait(Address(v4: 0)) == nil, "those that were first go on as they were")
        let late = (0..<3).map { throttle.wait(Address(v4: (UInt32(Throttle.most) + $0) << 8)) }
        #expect(late[0] == nil && late[1] == nil && late[2] != nil)
    }

    @Test func `a mark tells networks apart in this process alone`() {
        let marks = NetworkMarks(), sari = Address("203.0.113.9")!
        #expect(marks.mark(of: sari) == marks.mark(of: sari) && marks.mark(of: sari) != marks.mark(of: .loopback))
        #expect(marks.mark(of: sari) != NetworkMarks().mark(of: sari))
    }

    @Test func `addresses of one household are one network`() {
        #expect(Address("2001:db8:1:2::1")!.network == Address("2001:db8:1:2:ffff::9")!.network)
        #expect(Address("192.0.2.1")!.network != Address("192.0.2.2")!.network)
        #expect(Address("::ffff:127.0.0.1") == Address.loopback)
        #expect(Address("somewhere") == nil)
    }
}

@Suite struct Compressing {
    @Test func `what was compressed is what it was`() throws {
        let bytes = Array(repeating: Array("rule { color: green }\n".utf8), count: 500).flatMap { $0 }
        let packed = try #require(gzipped(bytes))
        #expect(packed.count < bytes.count / 20 && packed.prefix(3) == [0x1F, 0x8B, 8])
        #expect(try unpacked(packed) == bytes)
        #expect(gzipped([1, 2, 3]) == nil && gzipped([]) == nil && gzipped((0..<1000).map { _ in UInt8.random(in: 0...255) }) == nil)
    }

    @Test(arguments: [(0, 0), (9, 4), (70_000, 66_000), (65_535, 65_535), (3, 0)])
    func `a frame goes as it is around a middle that was compressed before`(count: Int, place: Int) throws {
        let bytes = Array(repeating: Array("rule { color: green }\n".utf8), count: 500).flatMap { $0 }, middle = Middle(bytes)
        let frame = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let packed = try #require(middle.gzipped(in: frame, at: place))
        #expect(try unpacked(packed) == middle.plain(in: frame, at: place))
        #expect(Array(middle.plain(in: frame, at: place)[place..<place + bytes.count]) == bytes)
        let other = try #require(middle.gzipped(in: Array(repeating: 65, count: count), at: place))
        #expect(packed.count == other.count, "whatever the frame says, it is as long")
    }

    private func unpacked(_ packed: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "voffice-\(UUID().uuidString).gz")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(packed).write(to: file)
        let gunzip = Process(), output = Pipe()
        (gunzip.executableURL, gunzip.arguments, gunzip.standardOutput) = (URL(filePath: "/bin/gzip"), ["-dc", file.path], output)
        try gunzip.start()
        let unpacked = try output.fileHandleForReading.readToEnd()
        gunzip.waitUntilExit()
        try #require(gunzip.terminationStatus == 0)
        return [UInt8](unpacked ?? Data())
    }
}
