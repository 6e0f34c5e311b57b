// Data and keys of two houses: refused by name, and nothing of either is destroyed.

import Engines
import Foundation
import Store
import Testing

@testable import Vault

@Suite(.enabled(if: Only.sqlite(.files))) struct `A house with the keys of another` {
    /// What lies in the folder `keys`: the files that are swapped, and what the operator is told.
    static let swaps: [(files: [String], told: String)] = [
        (["keys.sqlite", "root.1", "ring.1"], "data.sqlite and the keys belong to different houses"),
        (["keys.sqlite"], "keys.sqlite and the key ring belong to different houses"),
        (["root.1", "ring.1"], "keys.sqlite and the key ring belong to different houses"),
        (["root.1"], "ring.1 doesn't open under its root"),
    ]

    @Test(arguments: swaps) func `doesn't open, says which, and destroys nothing`(_ swap: (files: [String], told: String)) async throws {
        let ours = try await SmallHouse(), theirs = try await SmallHouse()
        let sari = try await ours.sari(), dewi = try await theirs.sari()
        for house in [ours, theirs] {
            house.close()
            // Long enough that keys without data would be taken for what an interrupted registration leaves.
            house.clock.advance(by: .seconds(3 * 86_400))
        }

        try exchange(swap.files, ours, theirs)
        for house in [ours, theirs] {
            do {
                try await house.open()
                Issue.record("opened")
            } catch let fault as HouseFault { #expect(fault.sentence.contains(swap.told), "\(fault.sentence)") }
        }

        try exchange(swap.files, ours, theirs)
        for (house, person) in [(ours, sari), (theirs, dewi)] {
            try await house.open()
            #expect(try await house.read(person) == "Sari Wijaya")
        }
    }

    private func exchange(_ files: [String], _ ours: SmallHouse, _ theirs: SmallHouse) throws {
        for file in files.flatMap({ [$0, $0 + "-wal", $0 + "-shm"] }) {
            let places = [ours, theirs].map { $0.folder.appending(path: "keys/\(file)") }, aside = ours.folder.appending(path: "aside")
            let present = places.map { FileManager.default.fileExists(atPath: $0.path) }
            if present[0] { try FileManager.default.moveItem(at: places[0], to: aside) }
            if present[1] { try FileManager.default.moveItem(at: places[1], to: places[0]) }
            if present[0] { try FileManager.default.moveItem(at: aside, to: places[1]) }
        }
    }
}
