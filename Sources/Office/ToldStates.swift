// What the office's rows hold of somebody and their own list tells too.

import Store
import Vault

extension ToldState {
    /// Whoever was here as themselves has proved their address, or works or worked here. Whoever's list has lost its beginning was. Papers
    /// of a matter are nobody's account.
    static let account = ToldState(
        "the account", isAlwaysTold: false, lasting: "proved or employed",
        turns: { $0.who == "the person" ? [.begins("proved or employed", since: nil)] : [] },
        rows: { subject in
            """
            SELECT 'proved or employed', NULL FROM proved_address WHERE subject = \(subject)
                UNION ALL SELECT 'proved or employed', NULL FROM staff WHERE subject = \(subject)
                UNION ALL SELECT 'proved or employed', NULL FROM former_staff WHERE subject = \(subject)
                UNION ALL SELECT 'proved or employed', NULL FROM legal_hold WHERE matter = \(subject)
            """
        })

    static let sleep = ToldState(
        "the sleep",
        turns: { use in
            switch use.verb {
            case "deactivate", "ask deletion": [.begins("asleep", since: use.at)]
            case "reactivate": [.ends("asleep")]
            default: []
            }
        },
        rows: { "SELECT 'asleep', since FROM asleep WHERE subject = \($0) AND ended IS NULL" })

    /// The moment is that of the deletion.
    static let deletion = ToldState(
        "the deletion",
        turns: { use in
            switch use.verb {
            case "ask deletion": [.begins("to be deleted", since: use.at + Environment.undoing)]
            case "reactivate": [.ends("to be deleted")]
            default: []
            }
        },
        rows: { "SELECT 'to be deleted', deleted_at FROM asleep WHERE subject = \($0) AND ended IS NULL AND deleted_at IS NOT NULL" })

    static let restriction = ToldState(
        "the restriction",
        turns: { use in
            switch use.verb {
            case "restrict": [.begins("kept and not used", since: use.at)]
            case "lift": [.ends("kept and not used")]
            default: []
            }
        },
        rows: { "SELECT 'kept and not used', since FROM restriction WHERE subject = \($0) AND ended IS NULL" })

    /// Under the words that its entry names.
    static let choices = ToldState(
        "a choice",
        turns: { use in
            let key = use.things.joined(separator: ", ")
            return switch use.verb {
            case "choose": [.begins(key, since: use.at)]
            case "take back": [.ends(key)]
            default: []
            }
        },
        rows: { subject in
            """
            SELECT CASE WHEN message = '' AND through = '' THEN condition ELSE condition || ', ' || message || ', ' || through END, since FROM choice
                WHERE subject = \(subject) AND ended IS NULL
            """
        })

    /// Who called or wrote is forgotten with their contact, and who came in themselves isn't, whatever a row says.
    static let arrival = ToldState(
        "how they came", isAlwaysTold: false,
        turns: { $0.who == "the person" ? [.begins("in themselves", since: nil)] : [] },
        rows: { subject in
            """
            SELECT 'in themselves', NULL WHERE NOT EXISTS (SELECT 1 FROM caller WHERE subject = \(subject))
            """
        })

    static let all = [account, sleep, deletion, restriction, choices, arrival]
}
