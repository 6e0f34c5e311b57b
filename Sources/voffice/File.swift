// Whole files and standard input as bytes.
import Glibc

enum File {
    static func read(_ path: String) throws(WrongUse) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw unreadable(path, errno) }
        defer { close(file) }
        guard let bytes = read(file) else { throw unreadable(path, errno) }
        return bytes
    }

    static func standardInput() throws(WrongUse) -> [UInt8] {
        guard let bytes = read(0) else { throw WrongUse(message: "standard input can't be read") }
        return bytes
    }

    /// Writes beside the file and puts it in its place, so that no half of it is ever there.
    static func write(_ bytes: [UInt8], to path: String) throws(WrongUse) {
        let beside = path + ".new"
        let file = unsafe open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw WrongUse(message: "\(path) can't be written") }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { part in unsafe Glibc.write(file, part.baseAddress, part.count) }
            guard count > 0 else { break }
            written += count
        }
        guard close(file) == 0, written == bytes.count, unsafe rename(beside, path) == 0 else {
            throw WrongUse(message: "\(path) can't be written")
        }
    }

    /// Tells whether a file is another one than before, or was written anew.
    static func mark(_ path: String) -> [Int64] {
        var known = stat()
        guard unsafe stat(path, &known) == 0 else { return [] }
        return [Int64(known.st_ino), Int64(known.st_size), Int64(known.st_mtim.tv_sec), Int64(known.st_mtim.tv_nsec)]
    }

    private static func unreadable(_ path: String, _ fault: Int32) -> WrongUse {
        switch fault {
        case ENOENT: WrongUse(message: "there is no file \(path); look at the path, which counts from where you are")
        case EISDIR: WrongUse(message: "\(path) is a folder; name a file in it")
        case EACCES: WrongUse(message: "\(path) may not be read by you; ask its owner, or whoever runs this machine")
        default: WrongUse(message: "\(path) can't be read (error \(fault) of the system)")
        }
    }

    private static func read(_ file: Int32) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = unsafe Glibc.read(file, &chunk, chunk.count)
            if count < 0 { return nil }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }
}
