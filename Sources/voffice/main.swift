// The command line of the house.

import Glibc

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "serve": await Serve.run(Array(arguments.dropFirst()), until: EndSignals())
case "init": Founding.run(Array(arguments.dropFirst()))
case "policy": exit(PolicyCommand.run(Array(arguments.dropFirst())))
case "log": exit(LogCommand.run(Array(arguments.dropFirst())))
case "admin": exit(await AdminCommand.run(Array(arguments.dropFirst())))
case "backup": exit(BackupCommand.run(Array(arguments.dropFirst())))
case "restore": exit(await BackupCommand.restore(Array(arguments.dropFirst())))
case "--version", "version": print("vOffice 0.1")
default:
    Terminal.say(
        """
        vOffice, a virtual office whose privacy policy is a program.

            voffice serve             opens the house (settings: voffice.conf, or VOFFICE_... in the environment)
            voffice init --production makes a data directory of production, founded under the policy's file as it is
            voffice policy COMMAND    works with a policy: check, test, decide, explain, diff, fmt, who, what, publish, versions
            voffice log COMMAND       checks the log of uses: verify, prove, check
            voffice backup TARGET     copies the house while it is open: data and keys, for two places
            voffice restore DATA KEYS puts a house back into an empty directory
            voffice admin COMMAND     looks after the house: doctor, clock, keys rotate
            voffice version
        """)
    exit(arguments.isEmpty || arguments.first == "help" || arguments.first == "--help" ? 0 : 2)
}
