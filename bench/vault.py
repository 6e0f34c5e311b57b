#!/usr/bin/env python3
"""The vault against its budgets: recorded reads, collections, corrections, erasures, an export, proofs, growth, memory, start.

Usage: vault.py [--keep] [--people N] [--items N] [--seconds N]. bench/VaultBench makes a house of 10,000 people, measures it, and
again with N; bare commits to the same database, one by one, are the peer. --keep writes the table into bench/README.md.
"""
import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TOOL = ROOT / '.build/release/VaultBench'
sys.path[:0] = [str(HERE)]
from readme import keep  # noqa: E402


def figures(small, large, items, seconds):
    # On the disk and not in memory: what a commit costs is part of it.
    with tempfile.TemporaryDirectory(dir='/var/tmp') as folder:
        Path(folder, 'keys').mkdir()
        process = subprocess.Popen([TOOL, folder, *map(str, (small, large, items, seconds))], stdout=subprocess.PIPE, text=True)
        found = {}
        for line in process.stdout:
            print(line, end='', file=sys.stderr, flush=True)
            name, value = line.rsplit(' ', 1)
            found[name] = float(value)
        assert process.wait() == 0, f'{TOOL} ended with {process.returncode}'
        for _ in range(3):
            for line in subprocess.run([TOOL, folder], capture_output=True, text=True, check=True).stdout.splitlines():
                name, value = line.rsplit(' ', 1)
                found[name] = min(float(value), found.get(name, float('inf')))
        found['space MB'] = sum(p.stat().st_size for p in Path(folder).rglob('*.sqlite')) / 1e6
    return found


def table(found, small, large):
    lines = [f'| a second | {small:,} people | {large:,} people |', '|---|---|---|']
    for what in ('bare commits', 'reads', 'collections', 'corrections'):
        for how in ('one by one', '64 in flight'):
            lines.append(f'| {what}, {how} | {found[f"small {what} {how}"]:,.0f} | {found[f"large {what} {how}"]:,.0f} |')
    lines += ['', '| | |', '|---|---|']
    rows = [name for name in found if not re.match('(small|large) (bare|reads|coll|corr)', name)]
    return lines + [f'| {name} | {found[name]:,.2f} |' for name in rows]


def budgets(found, items):
    def ratio(what):
        return found[f'small {what} one by one'] / found[f'large {what} one by one']
    return [
        ('recorded reads, 64 in flight, at least 8 x bare commits one by one', found['small reads 64 in flight'] / found['small bare commits one by one'], 8, True),
        ('erasure of 10 items idle, p99 at most 2 ms', found['erasure of 10 items idle p99 ms'], 2, False),
        ('erasure of 10 items under load, p99 at most 20 ms', found['erasure of 10 items under load p99 ms'], 20, False),
        (f'erasure of {items:,} items, at most 1.5 x that of 10', found[f'erasure of {items} items ms'] / found['erasure of 10 items idle median ms'], 1.5, False),
        ('export of 100 items, at most 5 ms', found['export of 100 items median ms'], 5, False),
        ('proof from 10 million leaves made, at most 10 µs', found['proof of 10000000 made µs'], 10, False),
        ('proof verified, at most 10 µs', found['proof of 10000000 verified µs'], 10, False),
        ('growth, a read slower by at most 1.5', ratio('reads'), 1.5, False),
        ('growth, a collection slower by at most 1.5', ratio('collections'), 1.5, False),
        ('growth, a proof slower by at most 1.5', found['large proof median ms'] / found['small proof median ms'], 1.5, False),
        ('memory idle, at most 25 MB', found['open MB'], 25, False),
        ('memory under load, at most 200 MB', found['most MB'], 200, False),
        ('memory at rest, at most 25 MB', found['at rest MB'], 25, False),
        ('start, at most 50 ms', found['start ms'], 50, False),
    ]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('--keep', action='store_true')
    options.add_argument('--people', type=int, default=1_000_000)
    options.add_argument('--items', type=int, default=100_000)
    options.add_argument('--seconds', type=int, default=4)
    chosen = options.parse_args()
    small = min(10_000, chosen.people)
    found = figures(small, chosen.people, chosen.items, chosen.seconds)
    held = [(name, value, value >= bound if is_least else value <= bound) for name, value, bound, is_least in budgets(found, chosen.items)]
    lines = [*table(found, small, chosen.people), '', '| budget | measured | |', '|---|---|---|',
             *(f'| {name} | {value:.2f} | {"holds" if ok else "**does not hold**"} |' for name, value, ok in held)]
    print('\n'.join(lines))
    if chosen.keep:
        keep('vault', lines)
    return 0 if all(ok for *_, ok in held) else 1


if __name__ == '__main__':
    sys.exit(main())
