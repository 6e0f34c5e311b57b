#!/usr/bin/env python3
"""Which statements don't name the machine that they ask, where rows are spread over machines by the first column of their primary key; and why.

Usage: carried.py [--list | --words]. Each statement that asks or changes a table which grows says which subject (or case, token, bucket, month) it
means, or stands here with the reason why it asks every machine; and none asks tables together that lie by different columns, or by others than those by
which they lie, which an engine on several machines refuses or has to carry rows around for. --list prints those that ask every machine, under their
reasons; --words nothing but what is wrong. Prints `N passed, N failed`.
"""
import re
import sys

from statements import OWN, WHOLE, Reader, tables

# Of file, table and words, by the first that fits.
REASONS = [
    (r'^Vault/Doctor/|^Office/RowsThatMustBe |^Office/Rows .*: SELECT', 'the doctor looks at everything'),
    (r'^Vault/(House|Backup/\w+|Log/Restoring|Keys/Lacking|Keys/Rings) |/Erasure erasure:', 'a start or a restore, once'),
    (r'^Vault/Keys/Lookup lookup:', 'a step from rows of before, once'),
    (r'/(Sweep|EndedSessions|Looking|Outlook|Retaining|HouseWord|Ends|KeyPairs|KeysOfNothing|ReplacedKeys|Renewal|RefusalCounts|SeenLog|Destroying|'
     r'KeyStore|Parting|Deactivation|Asked) ', 'a job that looks at everybody, each hour or once a day, a piece at a time'),
    (r': DELETE FROM \w+ WHERE (made|at|due|since) ', 'the same, of what was asked and is over'),
    (r'/Jobs |/(ServiceStatus|Relay) (job|mail_taken):',
     'what is due and what failed, of all buckets: an index of the few that wait; a worker then claims by bucket'),
    (r'^Office/(Staff/\w+|Accounts/Accounts) |/WorkLog ', 'the staff and their console: few people, counted over all'),
    (r'/CaseWork help_case:', 'the cases that one of the staff gives back'),
    (r'/Complaint use_complaint:', 'whoever complained and wasn’t answered yet, for the console: few people'),
    (r' (call_back|way_back): .* alarm = ', 'the link of a letter, by a second token: an index on each machine'),
    (r' (session|known_browser|passkey|alarm|challenge|address_change|address|search_key):',
     'a person’s few rows of a table that is found by a token: an index on each machine, once for a page or a change'),
    (r' (help_case|help_case_closed|call_back|caller|caller_code|verified_caller|change_asked):',
     'a person’s cases, of a table that is found by the case’s number: an index on each machine, once for a page or an erasure'),
]


# What asks tables together all the same, by words of its place and text, and why.
TOGETHER = [
    (r'^Sources/Office/Rows\.swift.* UPDATE address_change SET field', 'a step from rows of before, while all lie on one machine'),
]


def spread(statements):
    """Of each table that lies spread: the first column of its key."""
    return {name: (key or ['subject'])[0] for name, (_, _, key, _) in tables(statements).items() if name not in WHOLE and key != ['one']}


def joining(statements):
    """Each that asks tables together which lie by different columns, or that joins them by others."""
    firsts = spread(statements)

    def first(table):
        # The table `subject` has the number itself as its key.
        return 'subject' if table == 'subject' else firsts[table]

    for place, said in statements:
        if any(re.search(words, f'{place} {said}') for words, _ in TOGETHER):
            continue
        named = re.findall(r'(?:FROM|JOIN|UPDATE|INTO) (\w+)(?: (?:AS )?(?!(?:WHERE|JOIN|LEFT|ON|ORDER|GROUP|SET|UNION|LIMIT|USING|SELECT|VALUES)\b)(\w+))?', said)
        if len(columns := {first(table) for table, _ in named if table in firsts}) > 1:
            yield f'{place}: asked together, tables lie by {" and ".join(sorted(columns))}: {said}'
            continue
        aliases = {alias or table: table for table, alias in named if table in firsts}
        pairs = {}
        for one, column, other, its in re.findall(r'\b(\w+)\.(\w+) = (\w+)\.(\w+)', said):
            if one in aliases and other in aliases and one != other:
                lie = (column, its) == (key(aliases[one], firsts), key(aliases[other], firsts))
                pairs[frozenset((one, other))] = pairs.get(frozenset((one, other))) or lie
        for pair, lie in pairs.items():
            if not lie:
                yield f'{place}: {" and ".join(sorted(pair))} are joined by other columns than those by which they lie: {said}'


def key(table, firsts):
    return 'id' if table == 'subject' else firsts[table]


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
    found, wrong = {reason: [] for _, reason in REASONS}, list(joining(statements))
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
