// The files of a mirror that no checkpoint of now names: partial tiles of before, which stay for those who hold a checkpoint of then.

import Glibc

public enum MirrorFiles {
    /// The paths below the folder of all partial tiles and their entries, in no order.
    public static func partialTiles(in folder: String) -> [String] {
        var found: [String] = [], open = ["tile"]
        while let path = open.popLast() {
            for name in (try? DurableFile.names(in: "\(folder)/\(path)")) ?? [] {
                let inner = "\(path)/\(name)"
                // Folders are levels, groups of three digits, and what holds the partial ones.
                if path.hasSuffix(".p") {
                    found.append(inner)
                } else if isFolder("\(folder)/\(inner)") {
                    open.append(inner)
                }
            }
        }
        return found
    }

    private static func isFolder(_ path: String) -> Bool {
        var known = stat()
        return unsafe lstat(path, &known) == 0 && known.st_mode & S_IFMT == S_IFDIR
    }
}
