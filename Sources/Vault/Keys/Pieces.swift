// Files that are too long to be held whole: read and written in pieces.

import Crypto
import Glibc

extension DurableFile {
    static func readPieces(of path: String, _ body: ([UInt8]) throws(KeyFault) -> Void) throws(KeyFault) {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .unreadable(path) }
        defer { close(file) }
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe Glibc.read(file, &piece, piece.count)
            guard count >= 0 else { throw .unreadable(path) }
            if count == 0 { return }
            try body(Array(piece[..<count]))
        }
    }

    /// A new file, readable by its owner only, on the disk on return; one that is there already is never written over.
    static func writePieces(
        to path: String, _ body: (_ put: ([UInt8]) throws(KeyFault) -> Void) throws(KeyFault) -> Void
    ) throws(KeyFault) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .unwritable(path) }
        defer { close(file) }
        try body { (bytes) throws(KeyFault) in try put(bytes, into: file, path) }
        guard fsync(file) == 0, syncFolder(of: path) else { throw .unwritable(path) }
    }

    /// Behind what is there, on the disk on return; made where there is none.
    static func append(_ bytes: [UInt8], to path: String) throws(KeyFault) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .unwritable(path) }
        defer { close(file) }
        try put(bytes, into: file, path)
        guard fsync(file) == 0, syncFolder(of: path) else { throw .unwritable(path) }
    }

    /// Length and SHA-256 of a file.
    static func digest(of path: String) throws(KeyFault) -> (length: Int, digest: [UInt8]) {
        var hash = SHA256.Running(), length = 0
        try readPieces(of: path) { (bytes) throws(KeyFault) in
            hash.add(bytes)
            length += bytes.count
        }
        return (length, hash.digest.bytes)
    }

    /// Makes the folder with those above it where they lack, for its owner only; false where it can't be made or written.
    static func makeFolder(_ path: String) -> Bool {
        var upTo = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            upTo += upTo.isEmpty && !path.hasPrefix("/") ? String(part) : "/" + part
            if upTo.isEmpty || upTo == "/" { continue }
            if unsafe mkdir(upTo, 0o700) != 0, errno != EEXIST { return false }
        }
        return unsafe access(path, W_OK) == 0
    }

    static func removeFolder(_ path: String) { unsafe rmdir(path) }

    static func rename(_ path: String, _ new: String) throws(KeyFault) {
        guard unsafe Glibc.rename(path, new) == 0, syncFolder(of: new) else { throw .unwritable(new) }
    }

    private static func put(_ bytes: [UInt8], into file: Int32, _ path: String) throws(KeyFault) {
        var written = 0
        while written < bytes.count {
            let rest = Array(bytes[written...])
            let count = unsafe Glibc.write(file, rest, rest.count)
            guard count > 0 else { throw .unwritable(path) }
            written += count
        }
    }
}
