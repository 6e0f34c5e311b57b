#!/usr/bin/env python3
"""GDPRbench's four mixes through our whole way, against PostgreSQL rows with indexes and against PostgreSQL with the paper's features.

Usage: gdpr.py [--keep] [--people N] [--items N] [--operations N] [--rounds N]. Each record is a hundred bytes with its metadata; 64 ask at once. Ours runs on
SQLite and on PostgreSQL (bench/VaultBench, `mixes`), the peers by pgbench on a server of their own, all with fsync, in turns. bench/README.md says what each
operation is on either side. --keep writes the table into bench/README.md.
"""
import argparse
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT / 'Tests')]
from engines import TOOL, engine, of_the_server  # noqa: E402
from measure import median, spread  # noqa: E402
from postgres import Server  # noqa: E402
from readme import keep  # noqa: E402

MIXES = {
    'customer': {'read': 20, 'meta_purpose': 10, 'meta_user': 10, 'update': 20, 'update_purpose': 10, 'update_user': 10, 'delete': 20},
    'controller': {'update_purpose': 25, 'update_user': 25, 'delete': 25, 'insert': 25},
    'processor': {'read': 20, 'meta_purpose': 40, 'meta_user': 40},
    'regulator': {'meta_user': 50, 'log': 50}}
METADATA = ['pur', 'ttl', 'usr', 'obj', 'dec', 'acl', 'shr', 'src', 'cat']
LIST = 'id, ' + ', '.join(METADATA)
HUNDRED = 'The courier rang. ' * 5 + 'The couri.'


def schema(records, people, features):
    """The records with an index on each kind of metadata; with the paper's features the value is encrypted, and each operation is kept in a log."""
    sealed = f"pgp_sym_encrypt('{HUNDRED}', 'the key')" if features else f"'{HUNDRED}'"
    return f"""
        CREATE EXTENSION pgcrypto;
        CREATE TABLE rec (id bigserial PRIMARY KEY, {', '.join(f'{m} int NOT NULL' for m in METADATA)}, expires timestamptz, data {'bytea' if features else 'text'});
        CREATE TABLE audit (at timestamptz NOT NULL, who int NOT NULL, what text NOT NULL, usr int NOT NULL, id bigint);
        INSERT INTO rec (pur, ttl, usr, obj, dec, acl, shr, src, cat, expires, data)
            SELECT 1 + random() * 24, 1000000, 1 + n % {people}, 1 + random() * 99, 1 + random(), 1 + random() * 9, 1 + random() * 9, 1 + random() * 9,
                1 + random() * 9, now() + interval '1000000 s', {sealed} FROM generate_series(0, {records} - 1) n;
        {''.join(f'CREATE INDEX ON rec ({m});' for m in METADATA)}
        CREATE INDEX ON rec (expires);
        CREATE INDEX ON audit (usr, at);
        VACUUM ANALYZE rec;
    """


def script(operation, records, people, features, whole, skewed):
    """One operation as pgbench runs it, in one exchange. `whole`: by purpose it reaches everybody's records, as GDPRbench has it; else those of one person."""
    draw = f'random_zipfian(1, {records}, 1.001)' if skewed and operation != 'delete' else f'random(1, {records})'
    data = f"pgp_sym_encrypt('{HUNDRED}', 'the key')" if features else f"'{HUNDRED}'"
    opened = "pgp_sym_decrypt(data, 'the key')" if features else 'data'
    one, mine = 'id = :k', 'usr = :u'
    purpose = 'pur = :p' if whole else 'usr = :u AND pur = :p'
    said = {
        'read': f'SELECT {LIST}, {opened} FROM rec WHERE {one}', 'meta_purpose': f'SELECT {LIST} FROM rec WHERE {purpose}',
        'meta_user': f'SELECT {LIST} FROM rec WHERE {mine}', 'update': f'UPDATE rec SET data = {data} WHERE {one}',
        'update_purpose': f'UPDATE rec SET shr = :x WHERE {purpose}', 'update_user': f'UPDATE rec SET acl = :x WHERE {mine}',
        'delete': f'DELETE FROM rec WHERE {one}', 'log': f'SELECT * FROM audit WHERE {mine} ORDER BY at DESC LIMIT 20',
        'insert': f"INSERT INTO rec (pur, ttl, usr, obj, dec, acl, shr, src, cat, expires, data) VALUES (:p, 1000000, :u, :x, 1, :x, :x, :x, :x, "
                  f"now() + interval '1000000 s', {data})"}[operation]
    if features:
        said = f"WITH entered AS (INSERT INTO audit VALUES (now(), 1, '{operation}', :u, :k)) {said}"
    return f'\\set k {draw}\n\\set u 1 + (:k - 1) % {people}\n\\set p random(1, 25)\n\\set x random(1, 10)\n{said};\n'


def peer(people, items, operations, rounds, features, whole):
    """Operations a second of each mix, and the server's processor for each, µs."""
    found, records = {}, people * items
    with Server(durable=True, settings=['shared_buffers=512MB', 'max_wal_size=4GB']) as server, tempfile.TemporaryDirectory() as folder:
        done = server.psql('postgres', schema(records, people, features))
        assert done.returncode == 0, done.stderr
        space = int(server.psql('postgres', "SELECT pg_total_relation_size('rec')").stdout)
        for _ in range(rounds):
            for mix, parts in MIXES.items():
                words = []
                for operation, share in parts.items():
                    if operation == 'log' and not features:
                        continue
                    file = Path(folder, f'{mix}-{operation}.sql')
                    file.write_text(script(operation, records, people, features, whole, mix == 'customer'))
                    words += ['-f', f'{file}@{share}']
                before = of_the_server(server)
                done = subprocess.run([server.programs / 'pgbench', '-h', server.folder, '-U', 'house', '-n', '-c', '64', '-j', '1', '-t', str(max(1, operations // 64)),
                                       '-M', 'prepared', '--max-tries=100', *words, 'postgres'], capture_output=True, text=True)
                assert done.returncode == 0, done.stderr
                count = int(re.search(r'actually processed: (\d+)', done.stdout)[1])
                found.setdefault(mix, []).append(float(re.search(r'tps = ([\d.]+)', done.stdout)[1]))
                found.setdefault(mix + ' cpu', []).append((of_the_server(server) - before) * 1e6 / count)
        entries = int(server.psql('postgres', 'SELECT count(*) FROM audit').stdout)
        audit = int(server.psql('postgres', "SELECT pg_total_relation_size('audit')").stdout)
    return found, space / records, audit / entries if entries else None


def ours(people, items, operations, rounds, parts):
    found, space, entry = {}, None, None
    with engine(parts) as server, tempfile.TemporaryDirectory(dir='/var/tmp') as folder:
        Path(folder, 'keys').mkdir()
        more = {'VOFFICE_BENCH_POSTGRES': server.folder, 'VOFFICE_BENCH_PARTS': str(parts)} if server else {}
        before = of_the_server(server)
        process = subprocess.Popen([TOOL, folder, 'mixes', *map(str, (people, items, operations, rounds))], stdout=subprocess.PIPE, text=True,
                                   env={**os.environ, **more})
        for line in process.stdout:
            print(parts or 'SQLite', line, end='', file=sys.stderr, flush=True)
            name, value = line.rsplit(' ', 1)
            mix, _, what = name.partition(' ')
            if mix not in MIXES:
                before = of_the_server(server)
            elif what == 'a second':
                found.setdefault(mix, []).append(float(value))
            else:
                now = of_the_server(server)
                found.setdefault(mix + ' cpu', []).append(float(value) + (now - before) * 1e6 / operations)
                before = now
        assert process.wait() == 0, process.returncode
        if not server:
            size = sizes(Path(folder, 'data.sqlite')) | sizes(Path(folder, 'keys/keys.sqlite'))
            data, keys = sqlite3.connect(Path(folder, 'data.sqlite')), sqlite3.connect(Path(folder, 'keys/keys.sqlite'))
            records, entries = (data.execute(f'SELECT count(*) FROM {table}').fetchone()[0] for table in ('record', 'use_record'))
            space = size['record'] / records + size['item_key'] / keys.execute('SELECT count(*) FROM item_key').fetchone()[0]
            entry = sum(size[table] for table in ('use_record', 'log_leaf', 'log_tile', 'staff_use', 'staff_use_staff')) / entries
    return found, space, entry


def sizes(path):
    """Bytes of each table and index."""
    return dict(sqlite3.connect(path).execute('SELECT name, sum(pgsize) FROM dbstat GROUP BY name'))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('--keep', action='store_true')
    options.add_argument('--people', type=int, default=1_000)
    options.add_argument('--items', type=int, default=100)
    options.add_argument('--operations', type=int, default=10_000)
    options.add_argument('--rounds', type=int, default=5)
    chosen = options.parse_args()
    size = (chosen.people, chosen.items)
    columns = {
        'ours, SQLite': ours(*size, chosen.operations, chosen.rounds, 0), 'ours, PostgreSQL': ours(*size, chosen.operations, chosen.rounds, 8),
        'rows': peer(*size, chosen.operations, chosen.rounds, False, False), 'with features': peer(*size, chosen.operations, chosen.rounds, True, False),
        'with features, by purpose everybody’s': peer(*size, max(64, chosen.operations // 20), 1, True, True)}
    lines = [f'{chosen.people:,} people with {chosen.items} records of a hundred bytes, {chosen.operations:,} operations a round, 64 in flight, {chosen.rounds} rounds, '
             f'minimum / median / maximum. The machine’s load was {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the end.', '',
             f'| operations a second | {" | ".join(columns)} |', '|---|' + '---|' * len(columns)]
    for mix in MIXES:
        lines.append(f'| {mix} | {" | ".join(spread(found[mix]) for found, _, _ in columns.values())} |')
    lines += ['', f'| µs of the processor for each, median | {" | ".join(columns)} |', '|---|' + '---|' * len(columns)]
    for mix in MIXES:
        lines.append(' | '.join([f'| {mix}', *(f'{median(found[mix + " cpu"]):,.0f}' for found, _, _ in columns.values())]) + ' |')
    (mine, space, entry), (rows, plain, _), (featured, _, audit) = columns['ours, SQLite'], columns['rows'], columns['with features']
    whole = columns['with features, by purpose everybody’s'][0]
    lines += ['', f'A record takes {space:.0f} bytes with its key (rows: {plain:.0f} with their indexes), and a use in the record of uses {entry:.0f} with its leaf and '
              f'tiles (the peer’s log: {audit:.0f}).', '', '| budget | measured | |', '|---|---|---|']
    missed = 0
    for mix in MIXES:
        for name, least, other in (('the rows', 1, rows), ('the features', 10, featured), ('the features, by purpose everybody’s', 10, whole)):
            gain = median(mine[mix]) / median(other[mix])
            missed += gain < least
            lines.append(f'| {mix}, at least {least} x {name} | {gain:.2f} | {"holds" if gain >= least else "**does not hold**"} |')
    for name, figure, most in (('space of the records, at most 2 x the rows', space / plain, 2), ('bytes of a use, at most 400', entry, 400)):
        missed += figure > most
        lines.append(f'| {name} | {figure:.2f} | {"holds" if figure <= most else "**does not hold**"} |')
    print('\n'.join(lines))
    if chosen.keep:
        keep('gdpr', lines)
    return 1 if missed else 0


if __name__ == '__main__':
    sys.exit(main())
