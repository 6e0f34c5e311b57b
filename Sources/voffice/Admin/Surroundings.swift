// What the machine does with the house's files: who may read them, and whether what is forgotten here is really gone.

import Glibc
import Store
import Vault

enum Surroundings {
    /// - Parameter isDevelopment: as the database shows how the house was founded.
    static func findings(of data: String, _ database: Database, safe: String, mirror: String?, isDevelopment: Bool?) -> [Finding] {
        stamp(of: data, database, isDevelopment) + full([data, safe] + [mirror].compactMap(\.self)) + openFiles(in: data)
            + openFiles(in: safe, [safe]) + limits(of: DataDirectory.keyFolder(of: data)) + limits(of: safe, beside: data)
    }

    /// With a stamp of the other kind the house would open by another policy than its own.
    private static func stamp(of data: String, _ database: Database, _ isDevelopment: Bool?) -> [Finding] {
        let path = data + "/stamp", text = (try? File.read(path)).map { String(decoding: $0, as: UTF8.self) }
        switch text {
        case "development\n" where isDevelopment == false:
            return [Finding(.stamp, "\(path) says `development`, and \(database.name) is that of a house in production")]
        case "production\n" where isDevelopment == true:
            return [Finding(.stamp, "\(path) says `production`, and \(database.name) is that of a house in development")]
        case "development\n", "production\n": return []
        case nil: return [Finding(.stamp, "\(path) is missing")]
        default: return [Finding(.stamp, "\(path) says neither `development` nor `production`")]
        }
    }

    /// Below that the house can't be sure of the next hour.
    private static let leastFree: UInt = 32 << 20

    private static func full(_ folders: [String]) -> [Finding] {
        folders.compactMap { folder in
            var disk = statvfs()
            guard unsafe statvfs(folder, &disk) == 0 else { return nil }
            if disk.f_flag & UInt(ST_RDONLY) != 0 { return Finding(.diskFull, "\(folder) is mounted so that nobody can write") }
            let free = UInt(disk.f_bavail) * UInt(disk.f_frsize)
            return free < leastFree ? Finding(.diskFull, "\(folder) has \(free >> 20) MB left") : nil
        }
    }

    /// Files and folders that others than the house's user can read or write.
    private static func openFiles(in data: String) -> [Finding] {
        let keys = DataDirectory.keyFolder(of: data), database = DataDirectory.database(of: data)
        let files = ["", "-wal", "-shm"].map { database + $0 }
        return openFiles(in: keys, [data, keys] + files)
    }

    private static func openFiles(in folder: String, _ more: [String]) -> [Finding] {
        (Set(more + names(in: folder).map { "\(folder)/\($0)" }).sorted()).compactMap { path in
            var status = stat()
            guard unsafe stat(path, &status) == 0 else { return nil }
            if status.st_uid != geteuid() { return Finding(.fileMode, "\(path) belongs to user \(status.st_uid)") }
            guard status.st_mode & 0o077 != 0 else { return nil }
            return Finding(.fileMode, "\(path) is open to others (mode \(String(status.st_mode & 0o777, radix: 8)))")
        }
    }

    /// What a root that was overwritten and deleted can still be found in.
    private static func limits(of keys: String) -> [Finding] {
        var limits: [Finding] = []
        switch fileSystem(of: keys) {
        case "ext4", "ext3", "xfs":
            limits.append(
                Finding(
                    .limit,
                    "\(keys): forgotten roots are overwritten in place; what a flash disk keeps by itself, only an encrypted disk hides"
                ))
        case "tmpfs": limits.append(Finding(.limit, "\(keys) lies in memory: the keys are gone when the machine stops"))
        case let other:
            limits.append(
                Finding(
                    .limit,
                    """
                    \(keys) lies on a file system (\(other ?? "unknown")) that may write elsewhere than it overwrites: a forgotten root can be \
                    found on the disk. Keep the keys on ext4 or xfs, on an encrypted disk
                    """))
        }
        limits.append(
            Finding(.limit, "a snapshot of the volume or of the whole machine keeps what is forgotten; from inside nobody can tell"))
        let swaps = (try? File.read("/proc/swaps")).map { $0.count(where: { $0 == UInt8(ascii: "\n") }) } ?? 0
        if swaps > 1 { limits.append(Finding(.limit, "swap is on: keys in memory can reach the disk. Encrypt it, or turn it off")) }
        return limits
    }

    /// A safe that goes with the data is none.
    private static func limits(of safe: String, beside data: String) -> [Finding] {
        var (here, there) = (stat(), stat())
        guard unsafe stat(data, &here) == 0, unsafe stat(safe, &there) == 0, here.st_dev == there.st_dev else { return [] }
        return [
            Finding(.limit, "\(safe) is on the disk of \(data): if that fails, no key part of any backup opens. Set `safe` to another disk")
        ]
    }

    /// The type of what is mounted there, as /proc names it.
    private static func fileSystem(of path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        let path = unsafe String(cString: resolved), mounts = (try? File.read("/proc/self/mounts")) ?? []
        var found: (point: String, type: String)?
        for line in String(decoding: mounts, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: " ").map(String.init)
            guard parts.count > 2, path == parts[1] || path.hasPrefix(parts[1] == "/" ? "/" : parts[1] + "/") else { continue }
            if found.map({ parts[1].count >= $0.point.count }) ?? true { found = (parts[1], parts[2]) }
        }
        return found?.type
    }

    static func names(in folder: String) -> [String] {
        guard let stream = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { start in
                unsafe start.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
