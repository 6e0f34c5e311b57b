#!/usr/bin/env python3
"""Which statements don't name the machine that they ask, where rows are spread over machines by the first column of their primary key; and why.

Usage: carried.py [--list | --words | --joins]. Each statement that asks or changes a table which grows says which subject (or case, token, bucket, month) it
means, or stands here with the reason why it asks every machine. --list prints those that do, under their reasons; --words nothing but what is wrong; --joins those that join tables which lie by different columns.
Prints `N passed, N failed`.
"""
import re
import sys

from statements import OWN, WHOLE, Reader, tables

# Of file, table and words, by the first that fits.
REASONS = [
    (r'^Vault/Doctor/|^Office/RowsThatMustBe |^Office/Rows .*: SELECT', 'the doctor looks at everything'),
    (r'^Vault/(House|Backup/\w+|Log/Restoring|Keys/Lacking|Keys/Rings) |/Erasure erasure:', 'a start or a restore, once'),
    (r'^Vault/Keys/Lookup lookup:', 'a step from rows of before, once'),
    (r' leaf_waiting:', 'what waits for the log one sequencer drains from all'),
    (r'/(Sweep|EndedSessions|Looking|Outlook|Retaining|Ends|KeyPairs|KeysOfNothing|ReplacedKeys|Renewal|RefusalCounts|SeenLog|Destroying|KeyStore|'
     r'Parting|Deactivation) ', 'a job that looks at everybody, each hour or once a day, a piece at a time'),
    (r': DELETE FROM \w+ WHERE (made|at|due|since) ', 'the same, of what was asked and is over'),
    (r'/Jobs |/(ServiceStatus|Relay) (job|mail_taken):',
     'what is due and what failed, of all buckets: an index of the few that wait; a worker then claims by bucket'),
    (r'^Office/(Staff/\w+|Accounts/Accounts) |/WorkLog ', 'the staff and their console: few people, counted over all'),
    (r'/CaseWork help_case:', 'the cases that one of the staff gives back'),
    (r' (call_back|way_back): .* alarm = ', 'the link of a letter, by a second token: an index on each machine'),
    (r' (session|known_browser|passkey|alarm|challenge|address_change|address|search_key):',
     'a person’s few rows of a table that is found by a token: an index on each machine, once for a page or a change'),
    (r' (help_case|help_case_closed|call_back|caller|caller_code|verified_caller|change_asked):',
     'a person’s cases, of a table that is found by the case’s number: an index on each machine, once for a page or an erasure'),
]


def spread(statements):
    """Of each table that lies spread: the first column of its key."""
    return {name: (key or ['subject'])[0] for name, (_, _, key, _) in tables(statements).items() if name not in WHOLE and key != ['one']}


def joining(statements):
    """Each that asks tables together which lie by different columns."""
    firsts = spread(statements)
    for place, said in statements:
        # The table `subject` has the number itself as its key.
        columns = {'subject' if table == 'subject' else firsts[table] for table in re.findall(r'(?:FROM|JOIN|UPDATE|INTO) (\w+)', said) if table in firsts}
        if len(columns) > 1:
            yield f'{place}: {said}'


def asking_all(statements):
    """Place, table and text of each that doesn't carry the first column of a table's key."""
    firsts = spread(statements)
    for place, said in statements:
        if not re.match('SELECT|UPDATE|DELETE|WITH', said):
            continue
        for table in sorted(set(re.findall(r'(?:FROM|JOIN|UPDATE) (\w+)', said)) & firsts.keys()):
            first = firsts[table]
            if not re.search(rf'\b(?:\w+\.)?{first} (=|IN)\s', said):
                yield place, table, said


def main():
    statements = [(place, said) for place, said in Reader().statements() if not place.startswith(OWN)]
    if '--joins' in sys.argv:
        print('\n'.join(joining(statements)))
        return 0
    found, wrong = {reason: [] for _, reason in REASONS}, []
    for place, table, said in asking_all(statements):
        file = re.match(r'Sources/(.*)\.swift', place)[1]
        reason = next((reason for words, reason in REASONS if re.search(words, f'{file} {table}: {said}')), None)
        if reason:
            found[reason].append(f'{place} {table}: {said}')
        else:
            wrong.append(f'{place}: {table} is asked on every machine, and nothing here says why: {said}')
    wrong += [f'nothing asks every machine because of this any more: {reason}' for reason, those in found.items() if not those]
    if '--words' in sys.argv:
        print('\n'.join(wrong), end='\n' if wrong else '')
        return 1 if wrong else 0
    for reason, those in found.items():
        print(f'{len(those):4} {reason}')
        if '--list' in sys.argv:
            print('\n'.join(f'        {one}' for one in those))
    count = len({one.split(' ')[0] for those in found.values() for one in those})
    print('\n'.join([*wrong, f'{count} of {len(statements)} statements ask every machine, each for one of these reasons']))
    print(f'{int(not wrong)} passed, {int(bool(wrong))} failed')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
