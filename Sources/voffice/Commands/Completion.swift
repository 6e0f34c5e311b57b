// What makes a shell complete: the words of commands, their options, and what stands behind those.

enum Completion {
    static let shells = ["bash", "zsh", "fish"]

    static func script(for shell: String) -> String? {
        switch shell {
        case "bash": bash
        case "zsh": zsh
        case "fish": fish
        default: nil
        }
    }

    /// How a shell names a place: the words so far, with a blank before each.
    fileprivate static func place(_ words: [String]) -> String { words.map { " \($0)" }.joined() }
    fileprivate static var places: String { Program.paths.map { "'\(place($0))'" }.joined(separator: " | ") }

    /// The options that have a value, each with the place where it stands.
    fileprivate static var values: [(place: String, kind: Command.Value)] {
        Program.commands.flatMap { command in
            command.options.filter { $0.value != nil }.map { ("\(place(command.words)) \($0.name)", $0.kind) }
        }
    }

    /// Every place where words or options are offered: of the program itself, of groups and of commands.
    fileprivate static var stops: [(words: [String], command: Command?)] {
        ([[]] + Program.paths).map { words in (words, Program.commands.first { $0.words == words }) }
    }

    /// In single quotes of a shell.
    fileprivate static func quoted(_ text: String, end: String = "'\\''") -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: end) + "'"
    }
}

extension Completion {
    private static var bash: String {
        let ofValues = values.map { value in "        '\(value.place)') \(bash(value.kind)); return ;;" }
        let ofPlaces = stops.map { stop in
            let words = Program.next(after: stop.words).map(\.word), options = stop.command?.allOptions.map(\.name) ?? ["--help"]
            let operands = (stop.command?.takes ?? []).map { "; " + bash($0, adding: true) }.joined()
            return "        '\(place(stop.words))') _voffice_words '\((words + options).joined(separator: " "))'\(operands) ;;"
        }
        return """
            # Completion of voffice for bash, made by `voffice completion bash`.
            _voffice_words() { COMPREPLY+=($(compgen -W "$1" -- "$cur")); }
            _voffice_files() {
                [[ $cur == -* ]] && return
                compopt -o filenames 2>/dev/null
                local IFS=$'\\n'
                COMPREPLY+=($(compgen "$1" -- "$cur"))
            }
            _voffice() {
                local cur=${COMP_WORDS[COMP_CWORD]} before='' place='' word number
                for ((number = 1; number < COMP_CWORD; number++)); do
                    word=${COMP_WORDS[number]}
                    case "$place $word" in
                        \(places)) place+=" $word" ;;
                        *) break ;;
                    esac
                done
                before=${COMP_WORDS[COMP_CWORD-1]}
                COMPREPLY=()
                case "$place $before" in
            \(ofValues.joined(separator: "\n"))
                esac
                case "$place" in
            \(ofPlaces.joined(separator: "\n"))
                esac
            }
            complete -F _voffice voffice
            """
    }

    private static func bash(_ kind: Command.Value, adding: Bool = false) -> String {
        switch kind {
        case .file: "_voffice_files -f"
        case .folder: "_voffice_files -d"
        case .words(let words): "_voffice_words '\(words.joined(separator: " "))'"
        case .text: adding ? ":" : "COMPREPLY=()"
        }
    }
}

extension Completion {
    private static var zsh: String {
        let ofValues = values.map { value in "        ('\(value.place)') \(zsh(value.kind)); return ;;" }
        let ofPlaces = stops.map { stop in
            let options = stop.command?.allOptions ?? [.init(name: "--help", meaning: "says which commands there are")]
            let words = Program.next(after: stop.words).map { described($0.word, $0.purpose) }
            let operands = (stop.command?.takes ?? []).filter { $0 != .text }.map { "; " + zsh($0) }.joined()
            let offered = options.map { described($0.name, $0.meaning) }
            return """
                        ('\(place(stop.words))')
                            if [[ $current == -* ]]; then _voffice_offer \(offered.joined(separator: " "))
                            else \(words.isEmpty ? ":" : "_voffice_offer " + words.joined(separator: " "))\(operands); fi ;;
                """
        }
        return """
            #compdef voffice
            # Completion of voffice for zsh, made by `voffice completion zsh`.
            _voffice_offer() {
                local -a offers
                offers=("$@")
                _describe voffice offers
            }
            _voffice() {
                local place='' word current=${words[CURRENT]}
                local -i number
                for ((number = 2; number < CURRENT; number++)); do
                    word=${words[number]}
                    case "$place $word" in
                        (\(places)) place+=" $word" ;;
                        (*) break ;;
                    esac
                done
                case "$place ${words[CURRENT-1]}" in
            \(ofValues.joined(separator: "\n"))
                esac
                case "$place" in
            \(ofPlaces.joined(separator: "\n"))
                esac
            }
            if [[ ${funcstack[1]} == _voffice ]]; then _voffice "$@"; else compdef _voffice voffice; fi
            """
    }

    /// A word and what it is for, as `_describe` takes them.
    private static func described(_ word: String, _ meaning: String) -> String {
        quoted("\(word):\(meaning.split(separator: ":", omittingEmptySubsequences: false).joined(separator: "\\:"))")
    }

    private static func zsh(_ kind: Command.Value) -> String {
        switch kind {
        case .file: "_files"
        case .folder: "_files -/"
        case .words(let words): "compadd -- \(words.joined(separator: " "))"
        case .text: "_message value"
        }
    }
}

extension Completion {
    private static var fish: String {
        let ofPlaces = stops.flatMap { stop -> [String] in
            let at = "complete -c voffice -n '__voffice_at\(place(stop.words))'"
            let words = Program.next(after: stop.words).map { "\(at) -a \($0.word) -d \(fish($0.purpose))" }
            let options = (stop.command?.allOptions ?? [.init(name: "--help", meaning: "says which commands there are")]).map { option in
                "\(at) -l \(option.name.dropFirst(2))\(option.value == nil ? "" : fish(option.kind)) -d \(fish(option.meaning))"
            }
            let operands = (stop.command?.takes ?? []).compactMap { kind in
                switch kind {
                case .file: "\(at) -F"
                case .folder: "\(at) -a '(__fish_complete_directories (commandline -ct))'"
                case .words(let words): "\(at) -a '\(words.joined(separator: " "))'"
                case .text: nil
                }
            }
            return words + options + operands
        }
        return """
            # Completion of voffice for fish, made by `voffice completion fish`.
            function __voffice_at --description 'whether the words so far lead exactly here'
                set -l place
                for word in (commandline -opc)[2..-1]
                    switch " "(string join ' ' -- $place $word)
                        case \(Program.paths.map { "'\(place($0))'" }.joined(separator: " "))
                            set -a place $word
                        case '*'
                            break
                    end
                end
                test "$place" = "$argv"
            end
            complete -c voffice -f
            \(ofPlaces.joined(separator: "\n"))
            """
    }

    private static func fish(_ kind: Command.Value) -> String {
        switch kind {
        case .file: " -r -F"
        case .folder: " -x -a '(__fish_complete_directories (commandline -ct))'"
        case .words(let words): " -x -a '\(words.joined(separator: " "))'"
        case .text: " -x"
        }
    }

    private static func fish(_ text: String) -> String { quoted(text, end: "\\'") }
}
