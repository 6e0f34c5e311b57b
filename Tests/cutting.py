#!/usr/bin/env python3
"""A house on PostgreSQL whose lines are cut, which is killed, and whose database server is killed, while people write: nothing that was answered is lost.

Usage: cutting.py [ROUNDS [SEED]]. Between the house and the server stands a proxy that counts statements. In turns, of the data and of the keys, it cuts the
line at the n-th statement from now, or between that and its answer; before a COMMIT, or between that and its answer; in turns with `kill -9` of the
house and of PostgreSQL. Each write bears a mark of its own: what was answered is there once, what wasn't at most once; at the end, and each twenty rounds,
the doctor finds nothing. Prints `N passed, N failed`.
"""
import http.client
import os
import random
import re
import signal
import socket
import struct
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House  # noqa: E402
from kill9 import GONE, taken  # noqa: E402
from onserver import address, make_databases, voffice  # noqa: E402
from postgres import Server  # noqa: E402
from visitor import Patient, Visitor  # noqa: E402

KINDS = [(database, where) for database in ('voffice', 'keys') for where in ('statement', 'its answer', 'COMMIT', 'the answer to COMMIT')]
KINDS = [*KINDS, ('house', 'kill -9'), ('PostgreSQL', 'kill -9')]


class Proxy:
    """A socket before the server's. `cut` says which line ends where; `is_cut` is set when one did."""

    def __init__(self, server, folder):
        self.server, self.folder = f'{server.folder}/.s.PGSQL.5432', folder
        self.lock, self.next, self.is_cut = threading.Lock(), None, threading.Event()
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(f'{folder}/.s.PGSQL.5432')
        self.door.listen(64)
        threading.Thread(target=self.run, daemon=True).start()

    def cut(self, database, where, number):
        """At the n-th statement that database is asked from now; of the words that say COMMIT, where these are meant."""
        self.is_cut.clear()
        with self.lock:
            self.next = (database, where, number)

    def run(self):
        while True:
            client, _ = self.door.accept()
            there = socket.socket(socket.AF_UNIX)
            try:
                there.connect(self.server)
            except OSError:
                client.close()
                continue
            threading.Thread(target=self.ask, args=(client, there), daemon=True).start()
            threading.Thread(target=self.answer, args=(there, client), daemon=True).start()

    def ask(self, client, there):
        """What the house says goes on message by message, as PostgreSQL's protocol divides it."""
        said, database, is_writing, is_commit = b'', None, False, False
        try:
            while piece := client.recv(65_536):
                said += piece
                while True:
                    if database is None:
                        if len(said) < 4 or len(said) < (size := struct.unpack('>i', said[:4])[0]):
                            break
                        message, said = said[:size], said[size:]
                        words = message[8:].split(b'\0')
                        database = words[words.index(b'database') + 1].decode()
                    else:
                        if len(said) < 5 or len(said) < (size := 1 + struct.unpack('>i', said[1:5])[0]):
                            break
                        message, said = said[:size], said[size:]
                        if message[:1] == b'P':
                            text = message[5:].split(b'\0')[1]
                            is_writing |= text.startswith(b'BEGIN ISOLATION LEVEL SERIALIZABLE')
                            is_commit = text == b'COMMIT'
                        if message[:1] == b'E' and (where := self.meets(database, is_writing and is_commit)):
                            if 'answer' in where:
                                there.sendall(message + said)
                                client.shutdown(socket.SHUT_RDWR)
                                time.sleep(0.3)
                            return
                        if message[:1] == b'E' and is_commit:
                            is_writing = is_commit = False
                    there.sendall(message)
        except OSError:
            pass
        finally:
            self.end(client, there)

    def meets(self, database, is_commit):
        with self.lock:
            if not self.next or self.next[0] != database or ('COMMIT' in self.next[1] and not is_commit):
                return None
            _, where, left = self.next
            self.next = (database, where, left - 1) if left > 1 else None
            if left > 1:
                return None
        self.is_cut.set()
        return where

    def answer(self, there, client):
        try:
            while piece := there.recv(65_536):
                client.sendall(piece)
        except OSError:
            pass
        finally:
            self.end(client, there)

    @staticmethod
    def end(*ends):
        for one in ends:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class Person:
    """Somebody with an account; of each mark that they wrote, whether it was answered that it is there."""

    def __init__(self, house, name):
        self.house, self.name, self.visitor, self.asked, self.corrected = house, name, Visitor(house), {}, {}
        self.visitor.register(name, f'{name}@cut.example', '+62 812 5550 4417')

    def check(self):
        """How many writes were answered, and how many weren't and are there all the same."""
        visitor = Patient(self.house)
        visitor.cookies = dict(self.visitor.cookies)
        assert visitor.get('/cases') == 200, f'{self.name} was signed in: {visitor.page[:500]}'
        found = Counter()
        for place in sorted(set(re.findall(r'/cases/\d+', visitor.page))):
            assert visitor.get(place) == 200, f'{place}: {visitor.page[:500]}'
            found.update(set(re.findall(r'mark-[\w-]+-', visitor.page)))
        for mark, was_answered in self.asked.items():
            assert found[mark] == 1 or (not was_answered and found[mark] == 0), f'{mark} is there {found[mark]} times; answered: {was_answered}'
        assert not found.keys() - self.asked.keys(), found.keys() - self.asked.keys()
        entries = sum('verb correct' in use for use in taken(visitor))
        least = sum(self.corrected.values())
        assert least <= entries <= len(self.corrected), f'{least} corrections were answered, {len(self.corrected)} sent, {entries} are recorded'
        visitor.get('/privacy/correction/full-name')
        name = re.search(r'name="value"[^>]* value="([^"]*)"', visitor.page)[1]
        assert name in (self.corrected if entries else (self.name,)), f'{self.name} is called {name}, and said {list(self.corrected)}'
        answered = sum(self.asked.values()) + least
        return answered, sum(found.values()) + entries - answered


class Customer(threading.Thread):
    """Asks questions and puts their name right, with a mark of its own each time, one person after another, until told to end."""

    def __init__(self, house, name):
        super().__init__(daemon=True)
        self.house, self.name, self.people, self.wrong, self.goes, self.number = house, name, [], [], True, 0

    def run(self):
        while self.goes:
            self.number += 1
            try:
                if not self.people or len(self.people[-1].asked) == 8:
                    self.people.append(Person(self.house, f'{self.name}-{self.number}'))
                # Once each: of two within a minute the doctor would take the first for lost, beside a key that a cut line left of nothing.
                elif len(self.people[-1].asked) != 4 or self.people[-1].corrected:
                    mark = f'mark-{self.name}-{self.number}-'
                    self.write('/cases/new', self.people[-1].asked, mark, text=mark, telephone='+62 812 5550 4417')
                else:
                    mark = f'{self.name} {self.number}'
                    self.write('/privacy/correction/full-name', self.people[-1].corrected, mark, value=mark)
            except (*GONE, AssertionError):
                # A registration that was cut begins anew.
                time.sleep(0.05)

    def write(self, place, marks, mark, **form):
        visitor = self.people[-1].visitor
        if visitor.get(place) != 200:
            time.sleep(0.05)
            return
        marks[mark] = False
        status = visitor.post(place, **form)
        if status == 303:
            marks[mark] = True
        elif status != 503:
            self.wrong.append((place, status, visitor.page[:1500]))

    def end(self):
        self.goes = False
        self.join(60)
        assert not self.is_alive(), f'{self.name} waits for ever'
        assert not self.wrong, self.wrong[0]


def kill_server(server):
    """All its processes at once, as a machine that loses its power ends them."""
    first = int(Path(server.folder, 'db/postmaster.pid').read_text().split()[0])
    others = [int(p) for p in Path(f'/proc/{first}/task/{first}/children').read_text().split()]
    for process in (first, *others):
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            pass
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        time.sleep(0.2)
        try:
            return server.start()
        except AssertionError:
            # What it shared in memory isn't free at once.
            continue
    raise AssertionError('PostgreSQL doesn’t start again')


def one_round(number, server, house, proxy, rng):
    what, where = KINDS[number % len(KINDS)]
    if what == 'house':
        time.sleep(rng.uniform(0, 0.5))
        house.kill()
        house.start()
    elif what == 'PostgreSQL':
        time.sleep(rng.uniform(0, 0.5))
        kill_server(server)
    else:
        proxy.cut(what, where, 1 + rng.randrange(4 if 'COMMIT' in where else 60))
        assert proxy.is_cut.wait(30), f'nobody asked {what} so much'
    time.sleep(0.3)


def look(house, customers):
    for customer in customers:
        customer.end()
    # Who was cut off is answered by then, and no write is under way any more.
    deadline = time.monotonic() + 30
    while Visitor(house).get('/healthz') != 200 and time.monotonic() < deadline:
        time.sleep(0.2)
    sums = [person.check() for customer in customers for person in customer.people]
    done = voffice(house, 'admin', 'doctor')
    assert done.returncode == 0 and 'nothing is wrong' in done.stdout, done
    return [sum(column) for column in zip(*sums)]


def main(rounds, seed):
    rng, passed, answered, silent = random.Random(seed), 0, 0, 0
    print(f'seed {seed}')
    with Server(durable=True) as server, tempfile.TemporaryDirectory(prefix='voffice-cut-', dir='/tmp') as folder:
        make_databases(server)
        proxy = Proxy(server, folder)
        through = [address(server, name, role).replace(server.folder, folder) for name, role in (('voffice', 'office'), ('keys', 'keeper'))]
        with House(database=through[0], keys=through[1], tries=1_000_000) as house:
            try:
                while passed < rounds:
                    customers = [Customer(house, f'Sari{passed}x{place}') for place in range(4)]
                    for customer in customers:
                        customer.start()
                    time.sleep(1)
                    block = min(20, rounds - passed)
                    for number in range(passed, passed + block):
                        one_round(number, server, house, proxy, rng)
                    there, more = look(house, customers)
                    passed, answered, silent = passed + block, answered + there, silent + more
                    print(f'{passed} rounds: {answered} writes were answered and are there, {silent} are there of which nobody was told', flush=True)
            except (AssertionError, OSError, http.client.HTTPException):
                print(f'round {passed}…: {traceback.format_exc()}\n' + '\n'.join(house.said[-10:]))
    if answered < rounds:
        print('too little was written: this shows nothing')
        passed = 0
    print(f'{passed} passed, {rounds - passed} failed')
    return 0 if passed == rounds else 1


if __name__ == '__main__':
    if not Server.programs.exists():
        raise SystemExit('PostgreSQL isn\'t installed here: `scripts/install.sh test` does it.')
    words = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*words, *(20, random.randrange(1 << 32))[len(words):]))
