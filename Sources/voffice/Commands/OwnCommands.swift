// What the program says about itself: help, man pages, completion, its version.

import Glibc
import JSON

enum OwnCommands {
    static let all = [
        Command(
            words: ["help"], usage: ["[COMMAND...]"], operands: 0...3, purpose: "says what a command does, or which there are",
            detail: "With --json it prints all that is known of every command.", findings: "never",
            run: { call in
                guard call.isJSON else { return Help.say(call.operands) }
                Terminal.say(Help.json.text)
                return 0
            }),
        Command(
            words: ["man"], usage: ["FOLDER"], operands: 1...1, takes: [.folder], purpose: "writes the man pages into a folder",
            detail:
                "It makes the folder where there is none. One of the program, of voffice-verify, and of each command: voffice.1, voffice-policy-check.1, and so on.",
            isJSON: false,
            findings: "never",
            run: { (call) throws(WrongUse) in
                guard DataDirectory.makeFolder(call.operands[0], mode: 0o755) else {
                    throw WrongUse(message: "\(call.operands[0]) can't be made or written: \(unsafe String(cString: strerror(errno)))")
                }
                for page in Manual.pages { try File.write(Array(page.text.utf8), to: "\(call.operands[0])/\(page.name).1") }
                return 0
            }),
        Command(
            words: ["completion"], usage: [Completion.shells.joined(separator: "|")], operands: 1...1, takes: [.words(Completion.shells)],
            purpose: "prints what makes a shell complete commands and options",
            detail: """
                bash: source <(voffice completion bash). zsh: write it as _voffice into a folder of $fpath. fish: write it into
                ~/.config/fish/completions/voffice.fish.
                """, isJSON: false, findings: "never",
            run: { (call) throws(WrongUse) in
                guard let script = Completion.script(for: call.operands[0]) else {
                    throw WrongUse(message: "there is completion for \(Completion.shells.joined(separator: ", "))")
                }
                Terminal.say(script)
                return 0
            }),
        Command(
            words: ["version"], purpose: "says which vOffice this is", findings: "never",
            run: { call in
                Terminal.say(
                    call.isJSON ? JSON.object([("version", .string(Program.version))]).text : "vOffice \(Program.version)")
                return 0
            }),
    ]
}
