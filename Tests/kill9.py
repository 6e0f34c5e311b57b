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


class Witness(threading.Thread):
    """Keeps the newest signed checkpoint of the log, until the house is gone."""

    def __init__(self, house):
        super().__init__(daemon=True)
        self.house, self.size, self.root = house, 0, ''

    def look(self):
        visitor = Visitor(self.house)
        if visitor.get('/log/checkpoint') == 200:
            _, size, self.root, *_ = visitor.page.split('\n')
            self.size = int(size)

    def run(self):
        try:
            while True:
                self.look()
                time.sleep(0.02)
        except (OSError, http.client.HTTPException):
            return


def whole(data):
    for database in [p for p in Path(data).rglob('*') if p.is_file() and p.open('rb').read(15) == b'SQLite format 3']:
        with sqlite3.connect(database) as rows:
            answer = rows.execute('PRAGMA integrity_check').fetchone()[0]
            assert answer == 'ok', f'{database}: {answer}'
            broken = rows.execute('PRAGMA foreign_key_check').fetchall()
            assert not broken, f'{database}: {broken}'


def one_round(house, number, promised):
    before, after = Witness(house), Witness(house)
    before.start()
    registrars = [Registrar(house, n, number) for n in range(AT_ONCE)]
    for registrar in registrars:
        registrar.start()
    time.sleep(random.uniform(0.4, 1.6))
    house.kill()
    before.join(20)
    for registrar in registrars:
        registrar.join(20)
        if registrar.refused:
            raise AssertionError(f'the house refused before it was killed: {registrar.refused}')
    new = [p for r in registrars for p in r.promised]
    promised += new
    whole(house.data)
    house.start()
    after.look()
    assert after.size >= before.size, f'a checkpoint was signed over {before.size} entries, and now over {after.size}'
    assert after.size > before.size or after.root == before.root, f'two roots are signed for the size {after.size}'
    time.sleep(1.5)
    after.look()
    for name, visitor in promised[-200:]:
        status = visitor.get('/privacy')
        assert status == 200, f'{name} was signed in before the kill, and gets {status} after it'
        assert name in visitor.page, f'{name} is missing on the page of {name}'
        assert 'Does not match' not in visitor.page, f'an entry of {name} is at odds with the log'
    print(f'round {number}: {len(new)} accounts confirmed before the kill, {len(promised)} in all, log {before.size} -> {after.size}', flush=True)
    return len(new)


def main(times):
    promised, passed, confirmed = [], 0, 0
    with House(tries=1_000_000, log_period=1, log_floor=1) as house:
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
