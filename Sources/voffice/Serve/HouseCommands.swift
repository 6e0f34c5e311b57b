// `voffice serve`, `voffice work` and `voffice init`: opening a house, doing its work apart, and making one of production.

enum HouseCommands {
    static let all = [
        Command(
            words: ["serve"], usage: ["[--no-work]"], purpose: "opens the house",
            detail: """
                Settings are read from voffice.conf, or from VOFFICE_... in the environment. Where no data directory is, it makes one of
                development, which runs by the policy's file as it stands at each start and says so on every page. It runs until SIGTERM or
                Control-C, and then ends within ten seconds. Of a house on PostgreSQL several may run at once.
                """,
            options: [
                .init(name: "--no-work", meaning: "leaves letters, the log and what is done by the hour to `voffice work`; on PostgreSQL")
            ],
            isJSON: false, findings: "where it can't open: a setting, the data directory, the policy or the keys, with what to do",
            run: { call in
                await Serve.run(until: EndSignals(), doesWork: !call.has("--no-work"))
                return 0
            }),
        Command(
            words: ["work"], purpose: "does the work of a house on PostgreSQL, without a door",
            detail: """
                Letters leave, the log grows and becomes public, what has run out goes, keys are renewed: for servers that run with --no-work, or
                beside others that work. Several may run at once; what one that was killed had begun, another takes up after two minutes. A house in
                files of SQLite is one process's alone, and `voffice serve` does its work. It runs until SIGTERM or Control-C, and then ends within
                ten seconds.
                """,
            isJSON: false, findings: "where it can't work: a setting, the data directory, the policy or the keys, with what to do",
            run: { _ in
                await Work.run(until: EndSignals())
                return 0
            }),
        Command(
            words: ["init"], usage: ["--production"], purpose: "makes a data directory of production",
            detail: """
                The policy's file as it is waits in it to be the first version: two officers read and approve it, and until then the house
                takes in nobody but its staff. A directory of development is made by the first `voffice serve`.
                """,
            options: [.init(name: "--production", meaning: "has to be said: what is made can't become one of development")],
            findings: "where the directory is taken or the policy has an error", run: Founding.run),
        Demo.command,
    ]
}
