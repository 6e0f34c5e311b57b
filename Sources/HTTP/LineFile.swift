// A file that grows by lines, from several threads.

import Glibc

public final class LineFile: Sendable {
    private let file: Int32

    /// nil: it can't be opened to write at its end.
    public init?(_ path: String) {
        file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else { return nil }
    }

    deinit { if file >= 0 { close(file) } }

    /// One write each, so that lines don't mix. Where the disk is full the line is lost, and nothing else.
    public func append(_ line: String) {
        let bytes = Array(line.utf8) + [0x0A]
        _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    }

    /// Now, to the second, in UTC: `2026-11-29T15:04:05Z`.
    public static var moment: String {
        var seconds = time(nil), parts = tm()
        gmtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = "\(parts.tm_year + 1_900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        return "\(day)T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }
}
