// What a backup is sealed in: a file of pieces, each bound to its place.

import Crypto
import Foundation
import Policy
import Store
import Testing
import TransparencyLog

@testable import Vault

@Suite struct `A sealed file` {
    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 200_000]) func `opens whole, and not with a piece moved, left out or put behind`(
        _ length: Int
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sealed-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let plain = SystemRandomness().bytes(length), epochs = FileRoots(folder: folder.path, named: "epoch")
        func path(_ name: String) -> String { folder.appending(path: name).path }
        try Data(plain).write(to: URL(filePath: path("plain")))
        try epochs.make(1, from: SystemRandomness())
        try SealedFile.write([7, 7], path("plain"), to: path("sealed"), under: 1, of: epochs, randomness: SystemRandomness())
        #expect(try SealedFile.read(path("sealed"), head: 2, to: path("opened"), under: 1, of: epochs) == [7, 7])
        #expect(try [UInt8](Data(contentsOf: URL(filePath: path("opened")))) == plain)

        let sealed = [UInt8](try Data(contentsOf: URL(filePath: path("sealed")))), piece = 65_576, start = 88
        var harmed = [sealed + [0], Array(sealed.dropLast())]
        if length > 65_536 {
            harmed.append(Array(sealed[..<(start + piece)]))
            harmed.append(Array(sealed[..<start] + sealed[(start + piece)...]))
            harmed.append(sealed + sealed[start..<(start + piece)])
        }
        for (number, bytes) in harmed.enumerated() {
            try Data(bytes).write(to: URL(filePath: path("harmed")))
            #expect(throws: KeyFault.self) {
                _ = try SealedFile.read(path("harmed"), head: 2, to: path("opened-\(number)"), under: 1, of: epochs)
            }
        }
    }
}
