// Lines to the person who started the program.

import Glibc
import Policy

enum Terminal {
    static func say(_ text: String) { write(text + "\n", to: 1) }
    static func complain(_ text: String) { write(text + "\n", to: 2) }

    /// `1 error`, `2 errors`, `2 entries`.
    static func count(_ number: Int, _ thing: String) -> String {
        guard number != 1 else { return "1 \(thing)" }
        return thing.hasSuffix("ry") ? "\(number) \(thing.dropLast())ies" : "\(number) \(thing)s"
    }

    private static func write(_ text: String, to file: Int32) {
        // What a document holds commands no terminal; a file or a program gets it as it is.
        var bytes = Array((isatty(file) == 1 ? text.legible : text).utf8)[...]
        while !bytes.isEmpty {
            let chunk = Array(bytes)
            let count = unsafe Glibc.write(file, chunk, chunk.count)
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
