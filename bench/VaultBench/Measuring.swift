// Clocks, loads and figures.

import Glibc
import Synchronization

func milliseconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) * 1e-15
}

func say(_ name: String, _ figure: Double) {
    print(name, figure)
    fflush(nil)
}

/// The median and the 99th percentile of so many milliseconds.
func say(_ name: String, each times: [Double]) {
    let sorted = times.sorted()
    say("\(name) median ms", sorted[sorted.count / 2])
    say("\(name) p99 ms", sorted[min(sorted.count - 1, sorted.count * 99 / 100)])
}

/// So many tasks do it again and again for so many seconds; gives how often a second.
func rate(_ tasks: Int, seconds: Int, _ work: @escaping @Sendable (Int) async throws -> Void) async throws -> Double {
    let done = Counter(), end = ContinuousClock.now + .seconds(seconds), began = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<tasks {
            group.addTask { while ContinuousClock.now < end { try await work(done.next()) } }
        }
        try await group.waitForAll()
    }
    return Double(done.count) / (milliseconds(ContinuousClock.now - began) / 1e3)
}

/// The same, so many times in all.
func times(_ count: Int, tasks: Int, _ work: @escaping @Sendable (Int) async throws -> Void) async throws {
    let next = Counter()
    try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<tasks {
            group.addTask {
                while true {
                    let number = next.next() - 1
                    guard number < count else { return }
                    try await work(number)
                }
            }
        }
        try await group.waitForAll()
    }
}

func time(_ work: () async throws -> Void) async rethrows -> Double {
    let began = ContinuousClock.now
    try await work()
    return milliseconds(ContinuousClock.now - began)
}

/// What this process has had of the processor, in milliseconds: on a machine that others keep busy, what it is compared by.
func ofTheProcessor() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    return Double(now.tv_sec) * 1e3 + Double(now.tv_nsec) * 1e-6
}

/// Megabytes of this process: now, and the most so far.
func memory() -> (now: Double, most: Double) {
    var text = [UInt8](repeating: 0, count: 8_192)
    guard let file = fopen("/proc/self/status", "r") else { return (0, 0) }
    defer { fclose(file) }
    let count = fread(&text, 1, text.count, file)
    let lines = String(decoding: text[..<count], as: UTF8.self).split(separator: "\n")
    func megabytes(_ name: String) -> Double {
        let line = lines.first { $0.hasPrefix(name) }?.split(whereSeparator: { $0 == "\t" || $0 == " " })
        return (line.flatMap { Double($0[1]) } ?? 0) / 1_024
    }
    return (megabytes("VmRSS:"), megabytes("VmHWM:"))
}

final class Counter: Sendable {
    private let number = Atomic(0)
    var count: Int { number.load(ordering: .relaxed) }
    func next() -> Int { number.add(1, ordering: .relaxed).newValue }
}

/// What many add to.
final class Collected<Element: Sendable>: Sendable {
    private let list: Mutex<[Element]>
    init(_ before: [Element]) { list = Mutex(before) }
    var all: [Element] { list.withLock { $0 } }
    func append(_ element: Element) { list.withLock { $0.append(element) } }
}
