// `voffice-verify data.zip --key KEY`: checks what a person took along from a vOffice house, without that house and without a network.

import Foundation
import Zip

let usage = """
    Checks what somebody took along from a vOffice house: the archive, or data.json out of it.

        voffice-verify data.zip --key KEY     KEY is the log's, as the house publishes it on its page /log and others have kept it
        voffice-verify data.zip               without it nobody can say who signed: a forger brings a key of their own

    More than one file can be given. Exit code 0: everything holds, under that key. 1: something doesn't. 2: it can't be said.
    """

func fail(_ sentence: String, _ code: Int32) -> Never {
    FileHandle.standardError.write(Data("voffice-verify: \(sentence)\n".utf8))
    exit(code)
}

var words = Array(CommandLine.arguments.dropFirst())
var key: String?
if let option = words.firstIndex(of: "--key") {
    guard option + 1 < words.count else { fail("--key needs a value.\n\(usage)", 2) }
    key = words[option + 1]
    words.removeSubrange(option...option + 1)
}
if words == ["--help"] || words == ["-h"] {
    print(usage)
    exit(0)
}
guard !words.isEmpty else { fail("which file?\n\(usage)", 2) }

/// Prints what is to be said of one file, and gives the code to end with.
@MainActor func check(_ name: String) -> Int32 {
    guard let bytes = FileManager.default.contents(atPath: name).map({ [UInt8]($0) }) else { fail("\(name) can't be read", 2) }
    if words.count > 1 { print("\(name):") }
    var data = bytes, archive: [(name: String, bytes: [UInt8])]?
    if bytes.starts(with: "PK".utf8) {
        archive = try? Zip.unpack(bytes)
        guard let archive else {
            print("WRONG: the archive is damaged, was cut, or was packed anew: give data.json out of it alone.")
            return 1
        }
        data = archive.first { $0.name == "data.json" }?.bytes ?? []
    }
    let check = Check(data, in: archive, key: key)
    for line in check.wrong { print("WRONG: \(line)") }
    for line in check.found { print(line) }
    guard !check.isOnlyCut else {
        print("What is in it holds; what had been lost before isn't in it. Keep this file, and ask the house what became of the rest.")
        return 1
    }
    guard check.wrong.isEmpty else {
        print("Not everything holds. Keep this file: it is evidence.")
        return 1
    }
    guard key != nil else {
        print(
            """
            Everything fits together. Whether the house signed it nobody can say from the file alone. If the key above is the one on its
            page /log, or that others have kept, say so: voffice-verify \(name) --key \(check.key)
            """)
        return 2
    }
    print("Everything holds.")
    return 0
}

let codes = words.map { check($0) }
exit(codes.contains(1) ? 1 : codes.max() ?? 0)
