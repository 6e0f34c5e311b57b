// A small file that is either the old one or the new one, whatever happens in between.

import Glibc
import Store

enum DurableFile {
    /// Bytes of the file; nil where there is none.
    static func read(_ path: String) throws(KeyFault) -> [UInt8]? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw .unreadable(path)
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe Glibc.read(file, &chunk, chunk.count)
            guard count >= 0 else { throw .unreadable(path) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// nil: there is none.
    static func length(of path: String) -> Int? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// nil: there is none.
    static func modified(_ path: String) -> Instant? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Instant(seconds: Int64(status.st_mtim.tv_sec)) : nil
    }

    /// Whether a text stands within its first quarter of a megabyte, as a table's name does in a database.
    static func begins(_ path: String, with text: String) -> Bool {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 18)
        let count = unsafe Glibc.read(file, &bytes, bytes.count)
        return count > 0 && bytes[..<count].firstRange(of: Array(text.utf8)) != nil
    }

    /// A file itself, no folder and no link to one.
    static func isRegular(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    /// Nothing where there is none.
    static func remove(_ path: String) {
        if unsafe unlink(path) == 0 { _ = syncFolder(of: path) }
    }

    /// Overwritten, then taken away; durable on return. What the disk itself keeps of it is the disk's (`voffice admin doctor` says).
    static func shred(_ path: String) throws(KeyFault) {
        let file = unsafe open(path, O_RDWR | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return }
            throw .unwritable(path)
        }
        defer { close(file) }
        let length = lseek(file, 0, SEEK_END), zeros = [UInt8](repeating: 0, count: min(max(0, length), 1 << 20))
        var done = 0
        while done < length {
            let count = unsafe pwrite(file, zeros, min(zeros.count, length - done), done)
            guard count > 0 else { throw .unwritable(path) }
            done += count
        }
        guard length >= 0, fsync(file) == 0, unsafe unlink(path) == 0, syncFolder(of: path) else { throw .unwritable(path) }
    }

    /// Held by one process at a time, until the file that comes back is closed; nil where another holds it.
    static func hold(_ path: String) throws(KeyFault) -> Int32? {
        let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .unwritable(path) }
        if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
        close(file)
        return nil
    }

    /// Does it unless another holds the file, and holds it meanwhile; nil where another does. Makes none: where there is none, nobody holds it.
    static func unlessHeld<Value>(_ path: String, _ body: () throws(KeyFault) -> Value) throws(KeyFault) -> Value? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            guard errno == ENOENT else { throw .unreadable(path) }
            return try body()
        }
        defer { close(file) }
        return flock(file, LOCK_EX | LOCK_NB) == 0 ? try body() : nil
    }

    static func release(_ lock: Int32) { close(lock) }

    /// The numbers N of the files `name.N`, the lowest first; none where there is no folder.
    static func numbers(of name: String, in folder: String) throws(KeyFault) -> [Int64] {
        try names(in: folder).compactMap { $0.hasPrefix(name + ".") ? Int64($0.dropFirst(name.count + 1)) : nil }.sorted()
    }

    /// What a folder holds; nothing where there is none.
    static func names(in folder: String) throws(KeyFault) -> [String] {
        guard let stream = unsafe opendir(folder) else {
            if errno == ENOENT { return [] }
            throw .unreadable(folder)
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { start in
                unsafe start.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Written beside, synced, put in place, and the folder synced; readable by the owner only unless told otherwise.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws(KeyFault) {
        let beside = path + ".new"
        let file = unsafe open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard file >= 0 else { throw .unwritable(path) }
        var written = 0
        while written < bytes.count {
            let rest = Array(bytes[written...])
            let count = unsafe Glibc.write(file, rest, rest.count)
            guard count > 0 else {
                close(file)
                throw .unwritable(path)
            }
            written += count
        }
        let synced = fsync(file) == 0
        close(file)
        guard synced, unsafe Glibc.rename(beside, path) == 0, syncFolder(of: path) else { throw .unwritable(path) }
    }

    /// Where it lies; a slash at the end doesn't count.
    static func folder(of path: String) -> String {
        let path = path.count > 1 && path.hasSuffix("/") ? path.dropLast() : path[...]
        return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    static func syncFolder(of path: String) -> Bool {
        let file = unsafe open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return fsync(file) == 0
    }
}

/// What is wrong with the keys at start; the text names the file.
public enum KeyFault: Error, Sendable {
    case unreadable(String)
    case unwritable(String)
    /// The ring doesn't open under the root: one of the two files was changed or belongs to another house.
    case doesNotOpen(String)
    /// A file of the safe isn't as this house wrote it.
    case changed(String)
    /// The safe is another house's.
    case anothers(String)
    /// The folder holds root and ring of an older generation than the one under which the keys lie: another server renewed them elsewhere.
    case older(String, has: Int64, holds: Int64)
    /// A house's data are there, and no key store in this folder.
    case lost(String)
}
