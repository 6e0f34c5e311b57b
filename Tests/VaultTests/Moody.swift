// A holder of the root that fails now and then.

import Crypto
import Foundation
import Store

@testable import Vault

/// A holder over files that doesn't always do as it is told.
final class Moody: RootHolder, @unchecked Sendable {
    enum Mood { case well, makesNone, forgetsNone }
    var mood = Mood.well
    private var files = FileRoots(folder: "", named: "root")

    func over(_ folder: String) -> Moody {
        files = FileRoots(folder: folder, named: "root")
        return self
    }

    func generations() throws(KeyFault) -> [Int64] { try files.generations() }
    func make(_ generation: Int64, from randomness: any Randomness) throws(KeyFault) {
        guard mood != .makesNone else { throw .unwritable("root") }
        try files.make(generation, from: randomness)
    }
    func seal(_ plain: [UInt8], under generation: Int64, boundTo context: [UInt8]) throws(KeyFault) -> [UInt8] {
        try files.seal(plain, under: generation, boundTo: context)
    }
    func open(_ sealed: [UInt8], under generation: Int64, boundTo context: [UInt8]) throws(KeyFault) -> [UInt8] {
        try files.open(sealed, under: generation, boundTo: context)
    }
    func forget(_ generation: Int64) throws(KeyFault) {
        guard mood != .forgetsNone else { throw .unwritable("root") }
        try files.forget(generation)
    }
}
