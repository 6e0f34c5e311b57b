#!/usr/bin/env python3
"""Every SQL statement of the program in words that SQLite, PostgreSQL and Citus all take.

Usage: statements.py [--list | --words]. Reads the literals of Sources, refuses words that only one engine knows and keys that can't be spread over
machines, and, where PostgreSQL is installed, has a server of its own make the tables and prepare each statement against them. --words leaves that
out; --list prints the statements.
"""
import re
import sys
from pathlib import Path

from postgres import Server

ROOT = Path(__file__).resolve().parent.parent
STARTS = re.compile(r'(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|WITH|DROP)\s')
# The engines' own upkeep, in the files that speak to one of them.
OWN = ('Sources/Store/Still.swift', 'Sources/Store/Connection.swift', 'Sources/Store/Tables.swift', 'Sources/Store/TableRows.swift', 'Sources/Store/SQLite/', 'Sources/Store/PostgreSQL/')
REFUSED = {
    r'\bAUTOINCREMENT\b': 'numbers are given by `nextNumber`, not by the engine',
    r'\browid\b|\boid\b': 'a row is found by its key',
    r'\b(INSERT|UPDATE) OR\b|\bREPLACE INTO\b': 'say ON CONFLICT, and what happens then',
    r'ON CONFLICT (?!DO NOTHING|\()': 'say which key conflicts',
    r'\bGLOB\b|\bMATCH\b|\bREGEXP\b|\bINDEXED BY\b|\bLIMIT -1\b|\bIS NOT \?|\bIS \?|==': 'SQLite alone knows that',
    r'\b(ifnull|iif|printf|strftime|julianday|unixepoch|datetime|typeof|instr|group_concat|total|hex|randomblob|zeroblob|last_insert_rowid|changes|'
    r'total_changes|json_\w+|max\([^()]+,[^()]+\)|min\([^()]+,[^()]+\))\(?': 'a function of SQLite alone',
    r'\b(SKIP LOCKED|FOR UPDATE|ILIKE|DISTINCT ON|USING \w+ WHERE|ctid|jsonb?)\b|::': 'PostgreSQL alone knows that',
    r'"[^"]*"|`': 'names stand without quotes',
}


def literals(text):
    """Each string literal of a Swift file: where it begins, and its parts, text and interpolations in turns."""
    at, end = 0, len(text)
    while at < end:
        if text.startswith('//', at):
            at = text.find('\n', at) % (end + 1)
            continue
        if text[at] != '"':
            at += 1
            continue
        begin, closing = at, '"""' if text.startswith('"""', at) else '"'
        at += len(closing)
        parts, piece = [], ''
        while at < end and not text.startswith(closing, at):
            if text.startswith('\\(', at):
                depth, start = 1, at + 2
                at += 2
                while depth:
                    depth += {'(': 1, ')': -1}.get(text[at], 0)
                    at += 1
                parts += [piece, text[start:at - 1]]
                piece = ''
            elif text[at] == '\\':
                piece += ' ' if text[at + 1] == '\n' else text[at + 1]
                at += 2
            else:
                piece += text[at]
                at += 1
        at += len(closing)
        yield begin, at, [*parts, piece]


class Reader:
    """The statements of all files, with the pieces of SQL that are spliced into them."""

    def __init__(self):
        self.files = {path.relative_to(ROOT).as_posix(): path.read_text() for path in sorted((ROOT / 'Sources').rglob('*.swift'))}
        self.pieces, self.found = {}, []
        for name, text in self.files.items():
            for begin, end, parts in literals(text):
                before = text[max(0, begin - 200):begin]
                if named := re.search(r'(?:(?:let|var) (\w+): SQL\s*(?:=|\{)|func (\w+)(?:<\w+>)?\([^{]*\) -> SQL \{)\s*(?:return )?(?:if [^{]*\{\s*)?$', before):
                    self.pieces.setdefault(named[1] or named[2], []).append((name, parts))
                if STARTS.match(parts[0].lstrip()):
                    self.found.append((name, text.count('\n', 0, begin) + 1, parts))

    def statements(self):
        for name, line, parts in self.found:
            yield f'{name}:{line}', ' '.join(self.filled(name, parts).split())

    def filled(self, name, parts):
        """Values become `?`; pieces of SQL, their text: that of the same file, or of whatever the name is a member of."""
        said = parts[0]
        for inner, piece in zip(parts[1::2], parts[2::2]):
            known = self.pieces.get(re.match(r'(?:[A-Za-z_]+\.)*(\w*)', inner)[1], [])
            mine = [parts for other, parts in known if other == name] or [parts for _, parts in known if '.' in inner]
            one_of = re.search(rf'for {inner} in \["(\w+)"[^]]*\] as \[SQL\]', self.files[name]) if inner.isidentifier() else None
            said += (self.filled(name, mine[0]) if mine else one_of[1] if one_of else '?') + piece
        return said


def refused(statements):
    """Words that only one engine knows."""
    for place, statement in statements:
        for words, why in REFUSED.items():
            if found := re.search(words, re.sub(r"'[^']*'", "''", statement), re.IGNORECASE if words.startswith(r'\b(ifnull') else 0):
                yield f'{place}: “{found[0]}”: {why}\n    {statement}'


def lists(name):
    """What the rooms' migrations name under this word."""
    text = '\n'.join(path.read_text() for path in sorted((ROOT / 'Sources').rglob('*.swift')))
    return {table for found in re.findall(rf'\b{name}: \[([^]]*)\]', text) for table in re.findall(r'"(\w+)"', found)}


# Each a few rows on every machine, or one thing on one (decision 044): there a second unique key refuses as well.
WHOLE = lists('everywhere') | lists('onOne') | {'migration'}
# Their second unique key is a token of 16 random bytes: where the rows lie on many machines, an index does.
BY_TOKEN = {'address_change', 'way_back', 'call_back'}


def tables(statements):
    """Of each table that is there in the end: its columns with their types, its primary key, and its other unique keys."""
    found = {}
    for place, statement in statements:
        if made := re.match(r'CREATE TABLE (?:IF NOT EXISTS )?(\w+) \((.*)\) ?STRICT', statement):
            keys = re.findall(r'(PRIMARY KEY|UNIQUE) \(([^)]*)\)', made[2])
            columns = dict(re.findall(r'(?:^|, )(\w+) (INTEGER|TEXT|BLOB)', re.sub(r'(PRIMARY KEY|UNIQUE|CHECK) \([^)]*\)', '', made[2])))
            primary = next((k.split(', ') for kind, k in keys if kind == 'PRIMARY KEY'), re.findall(r'(\w+) [A-Z ]*PRIMARY KEY(?! \()', made[2]))
            others = [k.split(', ') for kind, k in keys if kind == 'UNIQUE'] + [[c] for c in re.findall(r'(\w+) [A-Z ]*UNIQUE(?! \()', made[2])]
            found[made[1]] = place, columns, primary, others
    for _, statement in statements:
        if dropped := re.match(r'DROP TABLE (\w+)', statement):
            del found[dropped[1]]
    return found


def unshared(statements):
    """What an engine that spreads rows over machines by the first column of their primary key refuses or asks all of them for."""
    known = tables(statements)
    for name, (place, columns, primary, others) in known.items():
        if name in WHOLE or primary == ['one']:
            continue
        # Looked up by a secret or a keyed hash, by the bucket that the subject is in, or by the number of the case that they are about.
        first = primary[0] if primary else next(iter(columns))
        if 'subject' in columns and first not in ('subject', 'bucket', 'number') and columns[first] != 'BLOB':
            yield f'{place}: {"the primary key of " if primary else ""}{name} begins with {first}, not with the subject'
        for key in others:
            if first not in key and name not in BY_TOKEN:
                yield f'{place}: {name} has a second unique key, {", ".join(key)}, without {first}'
    for name in WHOLE - known.keys():
        yield f'Sources: a room says how {name} lies, and there is no such table'
    for place, statement in statements:
        if added := re.match(r'INSERT INTO (\w+) \(([^)]*)\)', statement):
            for column in known.get(added[1], (0, 0, [], 0))[2]:
                if column not in added[2].split(', '):
                    yield f'{place}: {column} of {added[1]} would be given by the engine: {statement}'
        if changed := re.match(r'UPDATE (\w+) SET (.*?)(?: WHERE|$)', statement):
            first = known.get(changed[1], (0, 0, [''], 0))[2][:1]
            if first and re.search(rf'(^|, ){first[0]} =', changed[2]):
                yield f'{place}: a row of {changed[1]} would move to another machine: {statement}'


def keeps_keys(place):
    return place.startswith('Sources/Vault/Keys') or 'RestoringBackup' in place


def translated(statement):
    """As PostgreSQL says it: its types, and numbered parameters."""
    for ours, theirs in ((r'\bINTEGER\b', 'BIGINT'), (r'\bBLOB\b', 'BYTEA'), (r'\) ?STRICT(, WITHOUT ROWID)?', ')')):
        statement = re.sub(ours, theirs, statement)
    number = iter(range(1, 100))
    return re.sub(r'\?', lambda _: f'${next(number)}', statement)


class PostgreSQL(Server):
    """A server of its own with two empty databases, the data and the keys."""

    def __enter__(self):
        super().__enter__()
        for name in ('data', 'keys'):
            self.faults('postgres', [f'CREATE DATABASE {name}'])
        return self

    def faults(self, database, statements):
        """What it says to each; empty where it takes it. A line each, so that the number of the line is that of the statement."""
        said = self.psql(database, '\n'.join(s + ';' for s in statements)).stderr
        found = [''] * len(statements)
        for line, words in re.findall(r'^psql:<stdin>:(\d+): ERROR: +(.*)', said, re.MULTILINE):
            found[int(line) - 1] = words
        return found

    def refused(self, statements):
        """The tables in their order of two passes, as one may refer to another; then each other statement, prepared in the database that has its tables."""
        made = [(place, translated(said)) for place, said in statements if re.match('CREATE|ALTER|DROP', said)]
        for database, is_keys in (('data', False), ('keys', True)):
            mine = [said for place, said in made if 'Store/' in place or keeps_keys(place) == is_keys]
            waiting = [said for said in mine if not said.startswith('DROP')]
            while waiting:
                left = [(said, fault) for said, fault in zip(waiting, self.faults(database, waiting)) if fault and 'already exists' not in fault]
                if len(left) == len(waiting):
                    yield from (f'{fault}: {said}' for said, fault in left)
                    break
                waiting = [said for said, _ in left]
        others = [(place, f'PREPARE s{number} AS {translated(said)}') for number, (place, said) in enumerate(statements) if not re.match('CREATE|ALTER|DROP', said)]
        faults = [self.faults(database, [said for _, said in others]) for database in ('data', 'keys')]
        for (place, said), *both in zip(others, *faults):
            if all(both):
                yield f'{place}: {both[keeps_keys(place)]}: {said}'


def main():
    statements = [(place, said) for place, said in Reader().statements() if not place.startswith(OWN)]
    if '--list' in sys.argv:
        print('\n'.join(f'{place}: {said}' for place, said in statements))
        return 0
    wrong = [*refused(statements), *unshared(statements)]
    if '--words' in sys.argv:
        print('\n'.join(wrong), end='\n' if wrong else '')
        return 1 if wrong else 0
    assert len(statements) > 600, f'{len(statements)} statements were found: this shows little'
    print('\n'.join([*wrong, f'{len(statements)} statements read: {len(wrong)} have words that not every engine takes']))
    passed, failed = (0, 1) if wrong else (1, 0)
    if PostgreSQL.programs.exists():
        with PostgreSQL() as server:
            wrong = list(server.refused(statements))
        print('\n'.join([*wrong, f'PostgreSQL prepares them against the same tables, but for {len(wrong)}']))
        passed, failed = (passed, failed + 1) if wrong else (passed + 1, failed)
    else:
        print('PostgreSQL isn’t installed here, so none was prepared by it')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
