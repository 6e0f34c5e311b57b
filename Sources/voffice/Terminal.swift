// Lines to the person who started the program.

import Glibc

enum Terminal {
    static func say(_ text: String) { write(text + "\n", to: 1) }
    static func complain(_ text: String) { write(text + "\n", to: 2) }

    /// `1 error`, `2 errors`.
    static func count(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }

    private static func write(_ text: String, to file: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let chunk = Array(bytes)
            let count = unsafe Glibc.write(file, chunk, chunk.count)
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
