// `voffice init --production`: a data directory that runs by what is published in it, and the document that is to be the first.

import Crypto
import JSON
import Office
import Policy
import Store
import Vault

enum Founding {
    static func run(_ call: Call) throws(WrongUse) -> Int32 {
        guard call.has("--production") else {
            throw WrongUse(message: "--production is missing; a directory of development is made by the first `voffice serve`")
        }
        var configuration = Serve.readConfiguration()
        Serve.examine(&configuration)
        // Read before anything is made: a document with an error makes no house.
        let file = Serve.readPolicy(configuration.policy, isDevelopment: false), clock = SystemClock()
        let translations = Serve.readTranslations(beside: configuration.policy)
        do throws(DataDirectory.Unfit) {
            let directory = try DataDirectory(makingProduction: configuration.data)
            do throws(PublishingFault) {
                let store: Store
                do throws(StoreFault) {
                    store = try Store.open(
                        configuration.databases.data(of: directory.path), migrations: Vault.migrations + [Environment.migrations],
                        clock: clock)
                } catch { throw .store(error) }
                try Vault.found(store, policy: file.policy, document: file.document, translations: translations, at: clock.now())
                store.close()
            } catch { Serve.stop(error.description) }
        } catch { Serve.stop(error.sentence) }
        if call.isJSON {
            Terminal.say(
                JSON.object([
                    ("data", .string(configuration.data)), ("version", .int(file.policy.version.number)),
                    ("document", .string(file.policy.documentDigest.hex)),
                ]).text)
            return 0
        }
        Terminal.say(
            """
            \(configuration.data) is a directory of production. Version \(file.policy.version.number) of the policy waits in it to be \
            published (document \(file.policy.documentDigest.hex)).
            Next: `voffice serve` prints a link for the first administrator, who invites a policy officer and a privacy officer. Both \
            read the policy, sign in anew and approve it. Until then the house takes in nobody but its staff.
            """)
        return 0
    }
}
