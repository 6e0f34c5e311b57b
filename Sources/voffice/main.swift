// The command line of the house.

import Glibc

exit(await Program.run(Array(CommandLine.arguments.dropFirst())))
