#!/usr/bin/env python3
"""Both engines beside each other: SQLite and PostgreSQL, with the same people, in the same run.

Usage: engines.py [--keep] [--people N] [--items N] [--seconds N] [--parts N...]. bench/VaultBench measures reads, collections, corrections, erasures, an
export and proofs from within, wrk the own page of signed-in people through HTTP. PostgreSQL is a server of its own in a temporary directory that keeps
its promises (fsync), reached by a socket; --parts says into how many parts a table that grows is divided, each in turn. --keep writes the table into
bench/README.md.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT / 'Tests')]
import measure  # noqa: E402
from house import House  # noqa: E402
from onserver import address, make_databases  # noqa: E402
from postgres import Server  # noqa: E402
from readme import keep  # noqa: E402
from run import fetch, register  # noqa: E402

TOOL = ROOT / '.build/release/VaultBench'
SIGNED_IN = 500


@contextmanager
def engine(parts):
    """nil parts: SQLite. Else a server with two empty databases."""
    if not parts:
        yield None
        return
    with Server(durable=True, settings=['shared_buffers=512MB', 'max_wal_size=4GB']) as server:
        make_databases(server)
        yield server


def of_the_server(server):
    """Seconds of the processor of all that it runs or ran."""
    if not server:
        return 0
    first = int(Path(server.folder, 'db/postmaster.pid').read_text().split()[0])
    used = 0
    for process in measure.children(first):
        try:
            used += measure.ticks(process)
        except OSError:
            # It ended meanwhile, and stands below.
            continue
    ended = Path(f'/proc/{first}/stat').read_text().rpartition(')')[2].split()
    return (used + int(ended[13]) + int(ended[14])) / measure.TICK


def vault(server, parts, people, items, seconds):
    # On the disk and not in memory: what a commit costs is part of it.
    with tempfile.TemporaryDirectory(dir='/var/tmp') as folder:
        Path(folder, 'keys').mkdir()
        more = {'VOFFICE_BENCH_POSTGRES': server.folder, 'VOFFICE_BENCH_PARTS': str(parts)} if server else {}
        found = {}
        process = subprocess.Popen([TOOL, folder, *map(str, (people, people, items, seconds))], stdout=subprocess.PIPE, text=True, env={**os.environ, **more})
        for line in process.stdout:
            print(parts or 'SQLite', line, end='', file=sys.stderr, flush=True)
            name, value = line.rsplit(' ', 1)
            found[name.removeprefix('small ')] = float(value)
        assert process.wait() == 0, f'{TOOL} ended with {process.returncode}'
    return found


def page(server, parts, seconds):
    """Requests a second of their own page by people who are signed in, and microseconds of the house's and of the server's processor for each."""
    settings = {'database': address(server, 'voffice', 'office'), 'keys': address(server, 'keys', 'keeper'), 'database_partitions': parts} if server else {}
    with House(ROOT / '.build/release/voffice', tries=1_000_000, **settings) as house:
        cookies = register(house, SIGNED_IN)
        time.sleep(2)
        assert 'Wijaya' in fetch(house.address + '/privacy', cookies[0])
        measure.load('warm', house.address + '/privacy', cookies, [], 2)
        before = of_the_server(server)
        rounds = [measure.load('page', house.address + '/privacy', cookies, [house.process.pid], seconds) for _ in range(3)]
        used = (of_the_server(server) - before) * 1e6 / sum(r.rate * seconds for r in rounds)
        return {'own page, requests a second': measure.median([r.rate for r in rounds]), 'own page, p99 ms': measure.median([r.p99 for r in rounds]),
                'own page, µs of the house’s processor': measure.median([r.cpu for r in rounds]), 'own page, µs of the server’s processor': used}


ROWS = [f'{what} {how}' for what in ('bare commits', 'reads', 'collections', 'corrections') for how in ('one by one', '64 in flight')] + [
    'proof median ms', 'proof p99 ms', 'export of 100 items median ms', 'erasure of 10 items idle median ms', 'erasure of 10 items idle p99 ms',
    'erasure of 10 items under load median ms', 'erasure of 10 items under load p99 ms', 'loaded MB']


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('--keep', action='store_true')
    options.add_argument('--people', type=int, default=10_000)
    options.add_argument('--items', type=int, default=1_000)
    options.add_argument('--seconds', type=int, default=4)
    options.add_argument('--parts', type=int, nargs='+', default=[8])
    chosen = options.parse_args()
    found, loads = {}, []
    for parts in [0, *chosen.parts]:
        with engine(parts) as server:
            before = of_the_server(server)
            one = vault(server, parts, chosen.people, chosen.items, chosen.seconds)
            one['server’s processor in all, s'] = of_the_server(server) - before
        with engine(parts) as server:
            one |= page(server, parts, chosen.seconds)
        found[parts] = one
        loads.append(os.getloadavg()[0])
    names = [f'PostgreSQL, {parts} parts' if parts > 1 else 'PostgreSQL, whole' if parts else 'SQLite' for parts in found]
    rows = [*ROWS, *(name for name in found[0] if name.startswith('own page')), f'erasure of {chosen.items} items ms', 'server’s processor in all, s']
    lines = [f'{chosen.people:,} people, {SIGNED_IN} signed in for the page; each load {chosen.seconds} s. The machine’s load was '
             f'{", ".join(f"{load:.1f}" for load in loads)} on {os.cpu_count()} cores at the end of each column.', '',
             f'| a second, or as said | {" | ".join(names)} |', '|---|' + '---|' * len(names),
             *(f'| {row} | {" | ".join(f"{one[row]:,.2f}" if one[row] < 100 else f"{one[row]:,.0f}" for one in found.values())} |' for row in rows)]
    last = found[chosen.parts[-1]]
    gain = last['reads 64 in flight'] / last['bare commits one by one']
    lines += ['', '| budget | measured | |', '|---|---|---|',
              f'| PostgreSQL: recorded reads, 64 in flight, at least 3 x bare commits one by one | {gain:.2f} | {"holds" if gain >= 3 else "**does not hold**"} |']
    print('\n'.join(lines))
    if chosen.keep:
        keep('engines', lines)
    return 0 if gain >= 3 else 1


if __name__ == '__main__':
    sys.exit(main())
