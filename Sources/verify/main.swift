// `voffice-verify data.json`: checks what a person took along from a vOffice house, without that house and without a network.

import Crypto
import Foundation
import TransparencyLog

let usage = """
    Checks the data that somebody took along from a vOffice house (data.json of the ZIP).

        voffice-verify data.json              says what holds and which key signed the log
        voffice-verify data.json --key KEY    and that it was this key, as others have kept it

    Exit code 0: everything holds. 1: something doesn't. 2: it can't be checked.
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
guard words.count == 1 else { fail("which file?\n\(usage)", 2) }
guard let bytes = FileManager.default.contents(atPath: words[0]) else { fail("\(words[0]) can't be read", 2) }

let export: Export
do { export = try JSONDecoder().decode(Export.self, from: bytes) } catch { fail("\(words[0]) isn't a vOffice export: \(error)", 2) }
let report = export.check(key: key)
for line in report.lines { print(line) }
exit(report.holds ? 0 : 1)
