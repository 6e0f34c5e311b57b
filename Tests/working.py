#!/usr/bin/env python3
"""One house on PostgreSQL with several servers and workers, all in one data directory: who does the work, and that all count tries together.

Usage: working.py. Servers with --no-work leave letters to `voffice work`; of two workers each letter is one's; what a killed one had begun another takes
up; passwords, codes, registrations and forms are refused at the same count whichever server they come to. Prints `N passed, N failed`.
"""
import collections
import queue
import re
import socket
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import ROOT, Elsewhen, House  # noqa: E402
from mailserver import MailServer  # noqa: E402
from onserver import address, make_databases, voffice  # noqa: E402
from postgres import Server  # noqa: E402
from visitor import Visitor  # noqa: E402

# How long a worker may hold a job (`Store.lease`), and some more.
LEASE = 130


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as found:
        return found.getsockname()[1]


class Beside(Elsewhen):
    """One more process of a house that is open, in its data directory: a server on a port of its own, or a worker."""

    def __init__(self, house, *words, jump=0, **settings):
        super().__init__(**{**house.settings, 'port': free_port(), **settings})
        self.house, self.words, self.jump = house, list(words), jump

    # People reach all servers by one address.
    address = property(lambda self: self.house.address)
    port = property(lambda self: self.settings['port'], lambda self, _: None)

    def __enter__(self):
        self.data = self.house.data
        self.start()
        return self

    def __exit__(self, *_):
        if self.process:
            self.kill()


class Letters:
    """A mail server, and what it took so far."""

    def __init__(self):
        self.server, self.taken, self.came = MailServer(), [], queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        try:
            while True:
                letter, mail = self.server.next()
                self.taken.append((letter['to'][0], mail))
                self.came.put((letter['to'][0], mail))
        except ValueError:
            pass

    def next(self, to, within=15):
        end = time.monotonic() + within
        while True:
            found, mail = self.came.get(timeout=max(0.01, end - time.monotonic()))
            if found == to:
                return mail

    def code(self, to):
        return re.search(r'Your code: (\d{6})', self.next(to).get_content())[1]

    def count(self, to):
        return sum(found == to for found, _ in self.taken)

    def none_comes(self, to, within=2):
        before = self.count(to)
        time.sleep(within)
        assert self.count(to) == before, 'a letter came'


def asks_for_account(house, email):
    visitor = Visitor(house)
    visitor.get('/register')
    assert visitor.post('/register', name='Sari Wijaya', email=email, telephone='') == 303, visitor.page[:500]
    return visitor


def waiting(server):
    return int(server.psql('voffice', 'SELECT count(*) FROM job WHERE failed IS NULL').stdout)


def files_are_one_process_s(server, house, letters):
    with House() as alone:
        for words in (['work'], ['serve', '--no-work']):
            done = voffice(alone, *words)
            assert done.returncode == 1 and "files of SQLite, which are one process's alone" in done.stderr and 'voffice admin move' in done.stderr, done
    assert 'in use by another' in voffice(house, 'admin', 'spread').stderr, 'a house that is open was spread'


def letters_leave_by_a_worker(server, house, letters):
    visitor = asks_for_account(house, 'sari@ladatimur.example')
    letters.none_comes('sari@ladatimur.example')
    assert waiting(server) == 1
    with Beside(house, 'work') as worker:
        code = letters.code('sari@ladatimur.example')
        visitor.get('/sign-in/code')
        assert visitor.post('/sign-in/code', code=code) == 303 and visitor.get('/privacy') == 200, visitor.page[:500]
        # Whoever takes everything along waits for the log, which the worker places.
        assert visitor.post('/privacy/export') == 200, visitor.page[:500]
        assert worker.stop() == 0


def each_letter_is_one_worker_s(server, house, letters):
    people = [f'guest{number}@ladatimur.example' for number in range(12)]
    with Beside(house, 'work'), Beside(house, 'work'):
        for email in people:
            asks_for_account(house, email)
        for _ in range(150):
            if not waiting(server):
                break
            time.sleep(0.1)
    counts = collections.Counter(to for to, _ in letters.taken)
    assert all(counts[email] == 1 for email in people), counts


def what_a_killed_one_began_another_takes_up(server, house, letters):
    email = 'rudi@ladatimur.example'
    with socket.create_server(('127.0.0.1', 0)) as silent, Beside(house, 'work', mail_server=f'smtp://localhost:{silent.getsockname()[1]}') as worker:
        asks_for_account(house, email)
        silent.settimeout(10)
        # It has the letter in hand, and waits for a word of the mail server.
        line, _ = silent.accept()
        with Beside(house, 'work'):
            letters.none_comes(email)
            worker.kill()
            letters.none_comes(email)
            assert waiting(server) == 1
        line.close()
    with Beside(house, 'work', jump=LEASE):
        letters.next(email)
        letters.none_comes(email)
    assert letters.count(email) == 1 and waiting(server) == 0
    done = voffice(house, 'admin', 'doctor')
    assert done.returncode == 0 and 'nothing is wrong' in done.stdout, done


def guesses(houses, email, count):
    """What becomes of so many guesses of a password, at one server after the other."""
    said = []
    for number in range(count):
        visitor = Visitor(houses[number % len(houses)])
        visitor.get('/sign-in')
        said.append(visitor.post('/sign-in', email=email, password='tujuh perahu'))
    return said


def tries_count_for_all(server, house, letters):
    with Beside(house, 'serve', '--no-work') as other:
        for email in ('sari@ladatimur.example', 'nobody@ladatimur.example'):
            assert guesses([house, other], email, 7) == [422] * 5 + [429] * 2
        with Beside(house, 'work'):
            for number in range(8):
                asks_for_account([house, other][number % 2], 'dewi@ladatimur.example')
            for number in range(8):
                visitor = Visitor([house, other][number % 2])
                visitor.get('/sign-in')
                assert visitor.post('/sign-in', email='sari@ladatimur.example', way='code') == 303
            before = letters.count('sari@ladatimur.example')
            time.sleep(2)
            assert waiting(server) == 0 and letters.count('sari@ladatimur.example') >= before
    assert letters.count('dewi@ladatimur.example') == 5, letters.count('dewi@ladatimur.example')
    # That with which she registered counts too.
    assert letters.count('sari@ladatimur.example') == 5, letters.count('sari@ladatimur.example')
    # A server that starts again hasn't forgotten.
    house.stop()
    house.start()
    assert guesses([house], 'nobody@ladatimur.example', 1) == [429]
    kept = server.psql('voffice', "SELECT count(*), min(length(mark)), max(length(mark)) FROM tried").stdout.strip()
    assert re.fullmatch(r'[1-9]\d*\|32\|32', kept), kept


def forms_of_a_network_count_for_all(server, house, letters):
    house.stop()
    house.settings['tries'] = 9
    server.psql('voffice', 'DELETE FROM tried')
    house.start()
    with Beside(house, 'serve', '--no-work') as other:
        said = []
        for number in range(11):
            visitor = Visitor([house, other][number % 2])
            visitor.get('/sign-in')
            said.append(visitor.post('/sign-in', email=f'guest{number}@elsewhere.example', password='tujuh perahu'))
        assert said == [422] * 9 + [429] * 2, said
        assert visitor.headers['Retry-After'], visitor.headers


def main():
    if not Server.programs.exists():
        raise SystemExit('PostgreSQL isn\'t installed here: `scripts/install.sh test` does it.')
    passed = failed = 0
    with Server() as server:
        make_databases(server)
        letters = Letters()
        settings = {'database': address(server, 'voffice', 'office'), 'keys': address(server, 'keys', 'keeper'), 'port': free_port(), 'tries': 1_000,
                    'mail_server': f'smtp://localhost:{letters.server.port}', 'mail_from': 'halo@office.example'}
        settings['address'] = f'http://localhost:{settings["port"]}'
        house = House(**settings)
        house.words = ['serve', '--no-work']
        with letters.server, house:
            for test in (files_are_one_process_s, letters_leave_by_a_worker, each_letter_is_one_worker_s, what_a_killed_one_began_another_takes_up,
                         tries_count_for_all, forms_of_a_network_count_for_all):
                began = time.monotonic()
                try:
                    test(server, house, letters)
                    passed += 1
                except (AssertionError, OSError, KeyError, ValueError, queue.Empty, subprocess.SubprocessError):
                    failed += 1
                    print(f'{test.__name__}: {traceback.format_exc()}\n{house.said[-10:]}')
                print(f'{test.__name__}: {time.monotonic() - began:.1f} s')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
