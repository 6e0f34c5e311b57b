// What settings point to, looked at before anything is made: a start that is refused leaves nothing behind.

import Glibc
import HTTP
import Office

extension Configuration {
    /// - Parameter hasDoor: people come in here.
    /// - Throws: the first setting that leads nowhere, or where it mustn't.
    mutating func examine(hasDoor: Bool = true) throws(Wrong) {
        do throws(MailSettings.Expected) {
            try databases.examine()
            try mail.examine()
            try telephone.examine()
        } catch { throw wrong(error.name, error.sentence) }
        if hasDoor, let reason = Server.whyNot(host: host) {
            throw wrong("host", "can't listen on \(host): \(reason). Set `host` to an IP address of this machine (`port` may be any)")
        }
        business = try readBusiness()
        if hasDoor { _ = try tls() }
        for (name, folder) in folders { try examine(name, folder) }
        if let mirror, let safe, Folder(mirror).touches(Folder(safe)) {
            throw wrong("mirror", "a folder apart from `safe` is expected: the mirror is for everybody, the safe for nobody")
        }
        if let requestLog, !Self.canGrow(requestLog) {
            throw wrong(
                "request_log", "\(requestLog) can't be written. Name a file in a folder that the process owns, or leave the setting out")
        }
    }

    /// Whether lines can be put at the end of a file, which may not be there yet, and isn't afterwards.
    private static func canGrow(_ path: String) -> Bool {
        let isThere = unsafe access(path, F_OK) == 0, file = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else { return false }
        close(file)
        if !isThere { unsafe unlink(path) }
        return true
    }

    /// The keys of backups lie with what they are for.
    var isSafeInData: Bool { Folder(safeFolder).touches(Folder(data)) }

    private func readBusiness() throws(Wrong) -> Business {
        guard let office else { return Business() }
        guard let file = try? File.read(office) else {
            throw wrong("office", "\(office) can't be read; a file like office.conf of the project is expected")
        }
        return try BusinessFile.read(String(decoding: file, as: UTF8.self), named: office)
    }

    /// What the server shows of itself, and can prove; nil where a proxy does.
    func tls() throws(Wrong) -> TLS? {
        guard let certificate, let key else { return nil }
        guard let chain = try? File.read(certificate) else {
            throw wrong("certificate", "\(certificate) can't be read; a file with the certificate and its chain (PEM) is expected")
        }
        guard let secret = try? File.read(key) else {
            throw wrong("key", "\(key) can't be read; a file with the certificate's key (PEM) is expected")
        }
        var known = stat()
        guard unsafe stat(key, &known) == 0, known.st_mode & 0o077 == 0 else {
            throw wrong("key", "others than its owner may read \(key); a file that only the server may read is expected (chmod 600)")
        }
        guard let tls = TLS(certificate: chain, key: secret) else {
            throw wrong("certificate", "\(certificate) is no certificate (PEM), or \(key) isn't its key")
        }
        return tls
    }

    /// Those that must be none of the data directory's; the safe lies in it by default.
    private var folders: [(String, String)] { [("mirror", mirror), ("safe", safe)].compactMap { name, path in path.map { (name, $0) } } }

    private func examine(_ name: String, _ path: String) throws(Wrong) {
        guard !Folder(path).touches(Folder(data)) else {
            throw wrong(name, "a folder apart from `data` is expected, neither it nor in it nor around it (\(path) and \(data))")
        }
        guard Folder(path).canBeMade else {
            throw wrong(name, "\(path) can't be made or written. Give the process a folder that it owns, or leave the setting out")
        }
    }
}

/// A folder by its place on the disk, whatever links lead there; it may not be there yet.
struct Folder {
    private let path: String
    private let parts: [Substring]

    init(_ path: String) {
        self.path = path
        // What is there is followed to where it is, and what isn't is put behind it.
        var there = path.hasPrefix("/") ? path : "./" + path, lacking: [Substring] = []
        var real: String?
        while real == nil {
            real = unsafe realpath(there, nil).map { found in
                defer { unsafe free(found) }
                return unsafe String(cString: found)
            }
            guard real == nil, let slash = there.lastIndex(of: "/") else { break }
            lacking.insert(there[there.index(after: slash)...], at: 0)
            there = slash == there.startIndex ? "/" : String(there[..<slash])
        }
        var parts: [Substring] = []
        for part in (real ?? "/").split(separator: "/").map({ Substring(String($0)) }) + lacking where !part.isEmpty && part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        self.parts = parts
    }

    /// One of them is, or is in, the other.
    func touches(_ other: Folder) -> Bool { lies(in: other) || other.lies(in: self) }

    /// It is the other, or is in it.
    func lies(in other: Folder) -> Bool { parts.starts(with: other.parts) }

    /// Made to see, and taken away again where it wasn't there.
    var canBeMade: Bool {
        var made: [String] = [], upTo = path.hasPrefix("/") ? "" : "."
        defer { for folder in made.reversed() { unsafe rmdir(folder) } }
        for part in path.split(separator: "/") {
            upTo += "/" + part
            if unsafe mkdir(upTo, 0o700) == 0 { made.append(upTo) } else if errno != EEXIST { return false }
        }
        var kind = stat()
        return unsafe stat(upTo, &kind) == 0 && kind.st_mode & S_IFMT == S_IFDIR && access(upTo, W_OK) == 0
    }
}
