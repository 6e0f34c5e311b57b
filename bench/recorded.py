#!/usr/bin/env python3
"""What is recorded, through HTTP: a clerk's reads, collections, corrections and exports, 64 in flight against one by one.

Usage: recorded.py [--keep] [--rounds N] [--people N] [--seconds N]. The peer is a bare commit: one row of a SQLite database on the same disk, with
the same PRAGMAs, one by one. Every round measures each in turn, so that what else the machine does weighs on all alike. --keep writes the table
into bench/README.md.
"""
import argparse
import hashlib
import os
import re
import sqlite3
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT / 'Tests')]
import measure  # noqa: E402
from house import House  # noqa: E402
from readme import keep  # noqa: E402
from visitor import Visitor  # noqa: E402

NUMBER = '+62 812 5550 4417'
WAYS = ((1, 'one by one'), (64, '64 in flight'))


def form(visitor):
    """What the hidden field of a signed-in person's forms begins with; the other sixteen digits are each form's own."""
    return hashlib.sha256(f'voffice/form/1|{visitor.cookies["session"]}'.encode()).hexdigest()[:32]


def customer(house, number):
    """Signed in, with two open cases; and where these are."""
    visitor = Visitor(house)
    visitor.register(f'Person {number:06d} Wijaya', f'person{number:06d}@bench.example', NUMBER)
    return visitor, [asked(visitor), asked(visitor)]


def asked(visitor, text='The parcel came twice.'):
    visitor.get('/cases/new')
    assert visitor.post('/cases/new', text=text, telephone=NUMBER) == 303, visitor.page[:2000]
    return re.search(r'/cases/\d+', visitor.location)[0]


def clerk(house):
    """Ratna opens the house and takes Budi in; Budi, signed in."""
    ratna, budi = Visitor(house), Visitor(house)
    ratna.get(house.invitation)
    assert ratna.post(house.invitation, name='Ratna Dewi', email='ratna@bench.example') == 303, ratna.page[:2000]
    ratna.get('/sign-in/code')
    page, code = ratna.page, ratna.code('ratna@bench.example')
    ratna.page = page
    assert ratna.post('/sign-in/code', code=code) == 303, ratna.page[:2000]
    ratna.get('/staff/team')
    assert ratna.post('/staff/team', name='Budi Santoso', email='budi@bench.example', role='customer service') == 303, ratna.page[:2000]
    budi.get('/sign-in')
    page = budi.page
    assert budi.post('/sign-in', email='budi@bench.example') == 303, budi.page[:2000]
    code, budi.page = budi.code('budi@bench.example'), page
    assert budi.post('/sign-in/code', code=code) == 303, budi.page[:2000]
    return budi


def forms(senders, rest):
    """A wrk script that sends a form of each in turn, never one that was sent before: that would be one press. `senders`: whose browser, and where to."""
    lists = {'jars': [f'session={v.cookies["session"]}' for v, _ in senders], 'forms': [form(v) for v, _ in senders], 'paths': [p for _, p in senders]}
    tables = '\n'.join(f'local {name} = {{{", ".join(chr(34) + value + chr(34) for value in values)}}}' for name, values in lists.items())
    return tables + f'''
local at = {time.monotonic_ns() // 1000}
request = function()
    at = at + 1
    local one = at % #jars + 1
    local body = string.format("form=%s%016x&{rest}", forms[one], at, at)
    return wrk.format("POST", paths[one], {{Cookie = jars[one], ["Content-Type"] = "application/x-www-form-urlencoded"}}, body)
end
'''


def bare(folder, seconds):
    """Commits a second of one row each, one by one."""
    with closing(sqlite3.connect(Path(folder, 'bare.sqlite'), isolation_level=None)) as rows:
        rows.executescript('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS bare (number INTEGER NOT NULL) STRICT')
        count, end = 0, time.monotonic() + seconds
        while time.monotonic() < end:
            rows.execute('INSERT INTO bare (number) VALUES (?)', (count,))
            count += 1
        return count / seconds


def measured(rounds, people, seconds):
    with House(ROOT / '.build/release/voffice', tries=1_000_000) as house, tempfile.TemporaryDirectory() as folder:
        with ThreadPoolExecutor(8) as pool:
            customers = list(pool.map(lambda number: customer(house, number), range(people)))
        budi, pid = clerk(house), house.process.pid
        work = {
            'reads': ([(budi, f'/staff{place}/opening') for _, (place, _) in customers], 'what=telephone-to-answer'),
            'collections': ([(visitor, f'{place}/addition') for visitor, places in customers for place in places], 'text=It+came+again,+%d.'),
            'corrections': ([(visitor, '/privacy/correction/full-name') for visitor, _ in customers], 'value=Sari+%d'),
        }
        results, commits = {(what, how): [] for what in work for _, how in WAYS}, []
        for _ in range(rounds):
            commits.append(bare(folder, seconds))
            for what, sent in work.items():
                for connections, how in WAYS:
                    results[what, how].append(measure.load(f'{what}, {how}', house.address, [], [pid], seconds, connections, forms(*sent)))
        exports = exported(house, customers[0][0], pid)
    return results, commits, exports


def exported(house, visitor, pid, times=20):
    """Milliseconds until the file of somebody with a hundred things more is there, of the clock and of the server's processor."""
    text = 'The courier came twice, and rang at the wrong door both times.'
    for _ in range(2):
        place = asked(visitor, text)
        for _ in range(50):
            visitor.get(place)
            assert visitor.post(f'{place}/addition', text=text) == 303, visitor.page[:2000]
    waits, before = [], measure.ticks(pid)
    for _ in range(times):
        visitor.get('/privacy')
        began = time.monotonic()
        assert visitor.post('/privacy/export') == 200, visitor.page[:2000]
        waits.append((time.monotonic() - began) * 1e3)
    return measure.median(waits), (measure.ticks(pid) - before) / measure.TICK * 1e3 / times, len(visitor.body)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('--keep', action='store_true')
    options.add_argument('--rounds', type=int, default=5)
    options.add_argument('--people', type=int, default=1_000)
    options.add_argument('--seconds', type=int, default=2)
    chosen = options.parse_args()
    results, commits, (wait, cpu, size) = measured(chosen.rounds, chosen.people, chosen.seconds)
    load, peer = os.getloadavg()[0], measure.median(commits)
    lines = [
        f'{chosen.people:,} people with two cases each; wrk with 1 and 64 connections, {chosen.rounds} rounds of {chosen.seconds} s in turns, minimum / median '
        f'/ maximum. Bare commits one by one: {measure.spread(commits)} a second. The machine’s load was {load:.1f} on {os.cpu_count()} cores at the end. '
        f'An export of somebody with a hundred messages ({size / 1e3:,.0f} kB) takes {wait:.1f} ms, {cpu:.1f} of the processor with the page before it.',
        '', '| | a second | CPU µs each | p99 ms | bare commits one by one = 1 |', '|---|---|---|---|---|']
    for (what, how), rounds in results.items():
        lines.append(f'| {what}, {how} | {measure.spread([r.rate for r in rounds])} | {measure.spread([r.cpu for r in rounds])} | '
                     f'{measure.spread([r.p99 for r in rounds], 1)} | {measure.median([r.rate for r in rounds]) / peer:.2f} |')
    # What a clerk opens is recorded in company: whatever else a page asks for each time would make many at once no faster than one after the other.
    gain = measure.median([r.rate for r in results['reads', '64 in flight']]) / measure.median([r.rate for r in results['reads', 'one by one']])
    lines += ['', '| budget | measured | |', '|---|---|---|',
              f'| reads, 64 in flight, at least 2 x one by one | {gain:.2f} | {"holds" if gain >= 2 else "**does not hold**"} |']
    print('\n'.join(lines))
    if chosen.keep:
        keep('recorded', lines)
    return 0 if gain >= 2 else 1


if __name__ == '__main__':
    sys.exit(main())
