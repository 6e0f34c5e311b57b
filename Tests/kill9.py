#!/usr/bin/env python3
"""Kills the house without warning while people register, opens it again, and looks for anything that it had promised.

Usage: kill9.py [TIMES]. After each kill: every account that had been confirmed is there, signed in, with its name; no entry
is at odds with the log; the log never got shorter; the databases are whole.
"""
import http.client
import random
import re
import sqlite3
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House  # noqa: E402
from visitor import Visitor  # noqa: E402

AT_ONCE = 6


class Registrar(threading.Thread):
    """Registers one person after another until the house is gone; keeps those whose confirmation was answered."""

    def __init__(self, house, number, round_number):
        super().__init__(daemon=True)
        self.house, self.number, self.round = house, number, round_number
        self.promised, self.refused = [], None

    def run(self):
        for person in range(10_000):
            name = f'Person {self.round}-{self.number}-{person}'
            visitor = Visitor(self.house)
            try:
                visitor.register(name, f'p{self.round}.{self.number}.{person}@kill.example')
            except (OSError, http.client.HTTPException):
                return
            except AssertionError as refused:
                self.refused = refused
                return
            self.promised.append((name, visitor))


def size_of_log(house):
    visitor = Visitor(house)
    return int(visitor.page.split('\n')[1]) if visitor.get('/log/checkpoint') == 200 else 0


def whole(data):
    for database in [p for p in Path(data).rglob('*') if p.is_file() and p.open('rb').read(15) == b'SQLite format 3']:
        with sqlite3.connect(database) as rows:
            answer = rows.execute('PRAGMA integrity_check').fetchone()[0]
            assert answer == 'ok', f'{database}: {answer}'
            broken = rows.execute('PRAGMA foreign_key_check').fetchall()
            assert not broken, f'{database}: {broken}'


def one_round(house, number, promised):
    before = size_of_log(house)
    registrars = [Registrar(house, n, number) for n in range(AT_ONCE)]
    for registrar in registrars:
        registrar.start()
    time.sleep(random.uniform(0.4, 1.6))
    house.kill()
    for registrar in registrars:
        registrar.join(20)
        if registrar.refused:
            raise AssertionError(f'the house refused before it was killed: {registrar.refused}')
    new = [p for r in registrars for p in r.promised]
    promised += new
    whole(house.data)
    house.start()
    time.sleep(1.5)
    after = size_of_log(house)
    assert after >= before, f'the log had {before} entries and has {after}'
    for name, visitor in promised[-200:]:
        status = visitor.get('/privacy')
        assert status == 200, f'{name} was signed in before the kill, and gets {status} after it'
        assert name in visitor.page, f'{name} is missing on the page of {name}'
        assert 'Does not match' not in visitor.page, f'an entry of {name} is at odds with the log'
    print(f'round {number}: {len(new)} accounts confirmed before the kill, {len(promised)} in all, log {before} -> {after}', flush=True)
    return len(new)


def main(times):
    promised, passed, confirmed = [], 0, 0
    with House() as house:
        for number in range(1, times + 1):
            try:
                confirmed += one_round(house, number, promised)
                passed += 1
            except AssertionError as broken:
                print(f'round {number}: {broken}')
                print('\n'.join(house.said[-10:]))
                break
    failed = times - passed
    if not confirmed:
        print('no account was confirmed before any of the kills: this shows nothing')
        passed, failed = 0, times
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
