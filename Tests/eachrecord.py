#!/usr/bin/env python3
"""Takes the records out of the demonstration's house, one at a time: the doctor names exactly that one.

Usage: eachrecord.py [MOST]. With a number so many of them, drawn at random. Not among the parts of the whole suite: all of them take some minutes.
"""
import json
import random
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from demo import call  # noqa: E402

COLUMNS = 'subject, kind, item, generation, sealed'


def faults(folder):
    """Of each finding its kind and its words."""
    found = json.loads(call(folder, 'admin', 'doctor', '--json').stdout)['findings']
    return [f'{one["kind"]}: {one["what"]}' for one in found]


def main():
    with tempfile.TemporaryDirectory(prefix='voffice-each-') as parent:
        folder = Path(parent, 'house')
        made = call(folder, 'demo')
        assert made.returncode == 0, made.stdout + made.stderr
        before = set(faults(folder))
        with closing(sqlite3.connect(folder / 'data.sqlite')) as rows:
            records = rows.execute(f'SELECT {COLUMNS} FROM record ORDER BY subject, kind, item').fetchall()
        if len(sys.argv) > 1:
            records = random.sample(records, min(int(sys.argv[1]), len(records)))
        wrong = 0
        for record in records:
            subject, kind, item, generation, _ = record
            with closing(sqlite3.connect(folder / 'data.sqlite')) as rows, rows:
                rows.execute('DELETE FROM record WHERE subject = ? AND kind = ? AND item = ?', record[:3])
            found = [line for line in faults(folder) if line not in before]
            place = f'record {item} of class {kind} of person {subject}'
            if not (any('record-lost' in line and place in line for line in found) or any('hold-lost' in line for line in found)):
                wrong += 1
                print(f'{place}, generation {generation}: {found}')
            with closing(sqlite3.connect(folder / 'data.sqlite')) as rows, rows:
                rows.execute(f'INSERT INTO record ({COLUMNS}) VALUES (?, ?, ?, ?, ?)', record)
        assert set(faults(folder)) == before, 'the house is not what it was'
        print(f'{len(records) - wrong} passed, {wrong} failed')
        return wrong > 0


if __name__ == '__main__':
    sys.exit(main())
