"""What must be true of a data directory whatever happened to it: whole databases, and data, keys and log that agree.

A process that has a database open must not open and close its file besides: that drops its locks. So each is closed before the next look.
"""
import sqlite3
from contextlib import closing
from pathlib import Path


def whole(data):
    for database in [p for p in Path(data).rglob('*') if p.is_file() and p.open('rb').read(15) == b'SQLite format 3']:
        with closing(sqlite3.connect(database)) as rows:
            answer = rows.execute('PRAGMA integrity_check').fetchone()[0]
            assert answer == 'ok', f'{database}: {answer}'
            broken = rows.execute('PRAGMA foreign_key_check').fetchall()
            assert not broken, f'{database}: {broken}'


def agree(data):
    """Data, keys and log, as they are once the house is open again and nobody writes."""
    with closing(sqlite3.connect(f'file:{data}/data.sqlite?mode=ro', uri=True)) as rows:
        rows.execute('ATTACH ? AS keys', (f'file:{data}/keys/keys.sqlite?mode=ro',))

        # The house may go on meanwhile, so what comes later is looked at first.
        seen = rows.execute('SELECT size FROM keys.seen_tree').fetchone()
        size = rows.execute('SELECT count(*) FROM log_leaf').fetchone()[0]
        assert not seen or seen[0] <= size, f'the keys have seen {seen[0]} entries of the log, and it has {size}'

        def none(what, query):
            found = rows.execute(query).fetchall()
            assert not found, f'{what}: {found[:5]}'

        same = 'k.subject = r.subject AND k.kind = r.kind AND k.item = r.item'
        none('erasures that had begun aren’t finished', 'SELECT subject FROM erasure')
        none('a record without its key', f'''SELECT subject, kind, item FROM record r WHERE NOT EXISTS
            (SELECT 1 FROM keys.item_key k WHERE {same} AND k.generation = r.generation)''')
        none('a key of a value that was replaced', f'''SELECT r.subject, r.kind, r.item FROM record r JOIN keys.item_key k ON {same}
            WHERE k.generation < r.generation''')
        none('keys that are to be destroyed still', 'SELECT subject FROM keys.replaced_key')
        for table in ('record', 'use_record', 'chain', 'keys.class_key', 'keys.item_key'):
            none(f'{table} of somebody who left', f'SELECT subject FROM {table} WHERE subject IN (SELECT subject FROM keys.destroyed)')
        none('a chain with a gap or without its end', '''SELECT u.subject FROM use_record u JOIN chain c ON c.subject = u.subject
            GROUP BY u.subject HAVING count(*) <> max(c.seq) OR min(u.seq) <> 1 OR max(u.seq) <> max(c.seq)''')
        none('an entry that is neither in the log nor on its way there', '''SELECT subject, seq FROM use_record u WHERE number IS NULL AND
            NOT EXISTS (SELECT 1 FROM leaf_waiting q WHERE q.subject = u.subject AND q.seq = u.seq)''')
        none('an entry of the papers that waits to be told and is missing', '''SELECT matter, seq FROM withheld w WHERE NOT EXISTS
            (SELECT 1 FROM use_record u WHERE u.subject = w.matter AND u.seq = w.seq)''')
        none('an entry that was told and waits still', '''SELECT w.matter, w.seq FROM withheld w
            JOIN use_record u ON u.subject = w.matter AND u.seq = w.seq JOIN told_late t ON t.number = u.number AND t.subject = w.subject''')
        none('an entry that was told twice', 'SELECT subject, number FROM told_late GROUP BY subject, number HAVING count(*) > 1')
        none('what was told late without its entry', '''SELECT subject, seq FROM told_late t WHERE NOT EXISTS
            (SELECT 1 FROM use_record u WHERE u.subject = t.subject AND u.seq = t.seq)''')
        none('an entry at odds with its leaf', '''SELECT u.subject, u.seq FROM use_record u LEFT JOIN log_leaf l ON l.number = u.number
            WHERE u.number IS NOT NULL AND l.leaf IS NOT u.leaf''')
