// The stamp of a data directory says whether the shortcuts of development are open in it.

import Foundation
import Testing

@testable import voffice

/// An opened directory stays locked for the life of the process, so each opening has a folder of its own.
@Suite final class `A data directory` {
    private let base = FileManager.default.temporaryDirectory.appending(path: "voffice-\(UUID().uuidString)")
    deinit { try? FileManager.default.removeItem(at: base) }

    /// A folder as the last start left it.
    private func folder(stamp: String?, hasData: Bool) throws -> URL {
        let folder = base.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if let stamp { try Data(stamp.utf8).write(to: folder.appending(path: "stamp")) }
        if hasData { try Data().write(to: folder.appending(path: "data.sqlite")) }
        return folder
    }

    @Test func `that is new is stamped for development`() throws {
        let new = base.appending(path: "new")
        #expect(try DataDirectory(opening: new.path).isDevelopment)
        #expect(try String(contentsOf: new.appending(path: "stamp"), encoding: .utf8) == "development\n")
    }

    @Test func `of a house that lost its stamp opens as neither, and gets none`() throws {
        let folder = try folder(stamp: nil, hasData: true), stamp = folder.appending(path: "stamp").path
        #expect(throws: DataDirectory.Unfit.badStamp(stamp)) { try DataDirectory(opening: folder.path) }
        #expect(!FileManager.default.fileExists(atPath: stamp))
    }

    @Test func `isn't one that holds other things, which stay as they are`() throws {
        let folder = try folder(stamp: nil, hasData: false)
        try Data().write(to: folder.appending(path: "passwd"))
        #expect(throws: DataDirectory.Unfit.foreign(folder.path)) { try DataDirectory(opening: folder.path) }
        #expect(throws: DataDirectory.Unfit.foreign(folder.path)) { try DataDirectory(makingProduction: folder.path) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["passwd"])
    }

    @Test(arguments: [("development\n", true), ("production\n", false)])
    func `is what its stamp says`(_ stamp: String, isDevelopment: Bool) throws {
        #expect(try DataDirectory(opening: try folder(stamp: stamp, hasData: true).path).isDevelopment == isDevelopment)
    }

    @Test(arguments: ["", "production", "Development\n", "production\ndevelopment\n"])
    func `with any other word opens as neither`(_ stamp: String) throws {
        let folder = try folder(stamp: stamp, hasData: true)
        #expect(throws: DataDirectory.Unfit.badStamp(folder.appending(path: "stamp").path)) { try DataDirectory(opening: folder.path) }
    }

    @Test func `of a house that lost its keys gets no empty folder for them`() throws {
        let folder = try folder(stamp: "production\n", hasData: true)
        _ = try DataDirectory(opening: folder.path)
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "keys").path))
        let new = base.appending(path: "empty")
        _ = try DataDirectory(opening: new.path)
        #expect(FileManager.default.fileExists(atPath: new.appending(path: "keys").path))
    }

    @Test func `that a setting names by mistake is told as that, and nothing is made there`() throws {
        let nowhere = base.appending(path: "nowhere").path, other = try folder(stamp: nil, hasData: false).path
        #expect(DataDirectory.lacksHouse(nowhere)?.contains("isn't there. Set `data`") == true)
        #expect(!FileManager.default.fileExists(atPath: nowhere))
        try Data().write(to: URL(filePath: other + "/notes.txt"))
        try FileManager.default.createDirectory(atPath: other + "/keys", withIntermediateDirectories: true)
        #expect(DataDirectory.lacksHouse(other)?.contains("holds no house. Set `data`") == true)
        try Data().write(to: URL(filePath: other + "/restoring"))
        #expect(DataDirectory.lacksHouse(other)?.contains("was interrupted") == true)
        #expect(DataDirectory.lacksHouse(try folder(stamp: nil, hasData: true).path) == nil, "it lost its other half")
        #expect(DataDirectory.lacksHouse(try folder(stamp: "production\n", hasData: false).path) == nil)
    }

    @Test(arguments: [(0, "0 entries"), (1, "1 entry"), (2, "2 entries")])
    func `is counted in words as people write them`(_ number: Int, _ words: String) {
        #expect(Terminal.count(number, "entry") == words)
        #expect(Terminal.count(1, "person") == "1 person" && Terminal.count(2, "key") == "2 keys")
    }

    @Test func `is one process's at a time`() throws {
        let folder = try folder(stamp: "production\n", hasData: true)
        let first = try DataDirectory(opening: folder.path)
        #expect(throws: DataDirectory.Unfit.inUse(folder.path)) { try DataDirectory(opening: first.path) }
    }

    @Test func `lets others in once it is open, where its rows lie on a server`() async throws {
        let folder = try folder(stamp: "production\n", hasData: true)
        let first = try DataDirectory(opening: folder.path, besideOthers: true)
        let second = Task.detached { try DataDirectory(opening: folder.path, besideOthers: true) }
        // Nothing tells that it waits; were it let in, it would be long since.
        try await Task.sleep(for: .milliseconds(300))
        #expect(throws: DataDirectory.Unfit.inUse(folder.path)) { try DataDirectory(opening: folder.path) }
        first.letOthersIn()
        #expect(try await second.value.isDevelopment == false)
        #expect(throws: DataDirectory.Unfit.inUse(folder.path)) { try DataDirectory(opening: folder.path) }
    }
}
