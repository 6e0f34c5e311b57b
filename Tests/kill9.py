#!/usr/bin/env python3
"""Kills the house without warning at random moments under mixed load, opens it again, and looks for anything that it had promised.

Usage: kill9.py [TIMES [SEED]]. People register, sign in, put their names right, ask, and leave; a clerk reads; the log is signed and
published, and two officers publish a version of the policy, and forbid for a while to tell somebody what is done in her matter. After each kill: every acknowledged write is there, one on its way is there whole or not at all; data, keys and log agree;
erasures that had begun are finished; the log extends every checkpoint that a client kept.
"""
import http.client
import io
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House  # noqa: E402
from officers import JAKARTA, Officers  # noqa: E402
from promises import agree, whole  # noqa: E402
from visitor import Patient  # noqa: E402

GONE = (OSError, http.client.HTTPException)


class Worker(threading.Thread):
    """Does one thing after another until the house is gone. What was answered is promised; the last one may be on its way."""

    def __init__(self, house, name):
        super().__init__(daemon=True)
        self.house, self.name, self.wrong = house, name, None

    def run(self):
        try:
            number = 0
            while True:
                self.work(f'{self.name}-{number}')
                number += 1
        except GONE:
            return
        except AssertionError as wrong:
            self.wrong = wrong


class Registering(Worker):
    promised = []

    def work(self, name):
        visitor = Patient(self.house)
        visitor.register(name, f'{name}@kill.example')
        self.promised.append((name, visitor))

    @classmethod
    def check(cls, rng):
        for name, visitor in rng.sample(cls.promised, min(12, len(cls.promised))) + cls.promised[-4:]:
            status = visitor.get('/privacy')
            assert status == 200, f'{name} was signed in before the kill, and gets {status} after it'
            assert name in visitor.page, f'{name} is missing on the page of {name}'
            assert 'Does not match' not in visitor.page, f'an entry of {name} is at odds with the log'


class Correcting(Worker):
    """Sari puts her name right, again and again."""
    sari, known, on_its_way, count = None, '', '', 0

    def work(self, name):
        cls = type(self)
        cls.sari.get('/privacy/correction/full-name')
        cls.on_its_way = name
        assert cls.sari.post('/privacy/correction/full-name', value=name) == 303, cls.sari.page[:2000]
        cls.known, cls.count = name, cls.count + 1

    @classmethod
    def check(cls, _):
        assert cls.sari.get('/privacy/correction/full-name') == 200, cls.sari.page[:2000]
        found = re.search(r'name="value"[^>]* value="([^"]*)"', cls.sari.page)[1]
        assert found in (cls.known, cls.on_its_way), f'Sari corrected her name to {cls.known}, and it is {found}'
        entries = [use for use in taken(cls.sari) if 'verb correct' in use]
        extra = len(entries) - cls.count
        assert extra == (1 if found != cls.known else 0), f'{cls.count} corrections were answered, {len(entries)} are recorded'
        cls.known, cls.count = found, len(entries)


class Reading(Worker):
    """Budi reads the number of Sari's case."""
    budi, case, count = None, '', 0

    def work(self, _):
        cls = type(self)
        cls.budi.get(f'/staff/cases/{cls.case}')
        assert cls.budi.post(f'/staff/cases/{cls.case}/opening', what='telephone-to-answer') == 303, cls.budi.page[:2000]
        cls.count += 1

    @classmethod
    def check(cls, _):
        entries = [use for use in taken(Correcting.sari) if 'verb read' in use and 'things telephone number' in use]
        assert 0 <= len(entries) - cls.count <= 1, f'{cls.count} looks were answered, {len(entries)} are recorded'
        cls.count = len(entries)


class SigningIn(Worker):
    """Somebody signs in from another browser, each time another: five codes in ten minutes go to an address, and no kill gives it more."""
    sessions = []

    def work(self, name):
        email = f'{name}@kill.example'
        Patient(self.house).register(name, email)
        visitor = Patient(self.house)
        visitor.get('/sign-in')
        form = visitor.page
        assert visitor.post('/sign-in', email=email) == 303, visitor.page[:2000]
        time.sleep(0.2)
        code = visitor.code(email)
        visitor.page = form
        if visitor.post('/sign-in/code', code=code) == 303:
            self.sessions.append(visitor)

    @classmethod
    def check(cls, rng):
        for visitor in rng.sample(cls.sessions, min(5, len(cls.sessions))):
            assert visitor.get('/privacy') == 200, 'a session that had begun is gone'


class Asking(Worker):
    promised = []

    def work(self, name):
        visitor = Patient(self.house)
        visitor.register(name, f'{name}@kill.example')
        for number in range(10):
            visitor.get('/cases/new')
            text = f'Question {number} of {name}'
            assert visitor.post('/cases/new', text=text, telephone='+62 812 5550 4417') == 303, visitor.page[:2000]
            self.promised.append((visitor, visitor.location.partition('?')[0], text))

    @classmethod
    def check(cls, rng):
        for visitor, place, text in rng.sample(cls.promised, min(6, len(cls.promised))) + cls.promised[-3:]:
            assert visitor.get(place) == 200 and text in visitor.page, f'{place} said “{text}”, and says it no more'


class Leaving(Worker):
    promised, on_their_way = [], []

    def work(self, name):
        visitor = Patient(self.house)
        visitor.register(name, f'{name}@kill.example')
        visitor.get('/leave')
        self.on_their_way.append((name, visitor))
        assert visitor.post('/leave', sure='yes', when='now') == 303, visitor.page[:2000]
        self.on_their_way.pop()
        self.promised.append((name, visitor, visitor.location))

    @classmethod
    def check(cls, rng):
        for name, visitor, receipt in rng.sample(cls.promised, min(6, len(cls.promised))) + cls.promised[-2:]:
            assert visitor.get(receipt) == 200, f'the receipt of {name} is gone'
            assert visitor.get('/privacy') == 303, f'{name} had left, and is there again'
        for name, visitor in cls.on_their_way:
            status = visitor.get('/privacy')
            assert status == 303 or (status == 200 and name in visitor.page), f'{name} is half there: {status}'
        cls.on_their_way.clear()


class Publishing(Worker):
    """Two officers agree to a version of the policy."""
    officers = None

    def work(self, _):
        self.officers.publish()
        # Nothing else of it would notice, once there is nothing to agree to, that the house is gone.
        Patient(self.house).get('/health')

    @classmethod
    def check(cls, _):
        cls.officers.check()


class Restraining(Worker):
    """Two officers forbid to tell Tika what is done in a matter of hers, longer and longer, and let her know; again and again."""
    tika, officers, matters, told = None, {}, [], 0

    def work(self, _):
        cls = type(self)
        if not cls.officers:
            time.sleep(0.05)
            Patient(self.house).get('/health')
            return
        putri, agus = cls.officers['policy officer'], cls.officers['privacy officer']
        putri.get('/staff/holds')
        day = cls.day(30)
        assert putri.post('/staff/holds', customer='tika@kill.example', field0='on', text='Order 12/2026 of the court of Jakarta.',
                          review=day, silence=day) == 303, putri.page[:2000]
        putri.get('/staff/holds')
        matter = {'number': max(int(n) for n in re.findall(r'/staff/holds/(\d+)', putri.page)), 'longer': 0, 'state': 'agreeing'}
        cls.matters.append(matter)
        agus.get('/staff/holds')
        assert agus.post(f'/staff/holds/{matter["number"]}/agreement') == 303, agus.page[:2000]
        matter['state'] = 'silent'
        for more in range(3):
            cls.prolong(matter, more)
        matter['state'] = 'ending'
        self.end(matter)

    @classmethod
    def prolong(cls, matter, more):
        """One officer asks for a later day, the other agrees: an entry in the papers."""
        putri, agus = cls.officers['policy officer'], cls.officers['privacy officer']
        putri.get(f'/staff/holds/{matter["number"]}')
        assert putri.post(f'/staff/holds/{matter["number"]}/silence', silence=cls.day(31 + more)) == 303, putri.page[:2000]
        agus.get(f'/staff/holds/{matter["number"]}')
        assert agus.post(f'/staff/holds/{matter["number"]}/silence-agreement') == 303, agus.page[:2000]
        matter['longer'] += 1

    @staticmethod
    def day(ahead):
        return (datetime.now(JAKARTA) + timedelta(days=ahead)).date().isoformat()

    @classmethod
    def end(cls, matter):
        putri = cls.officers['policy officer']
        putri.get(f'/staff/holds/{matter["number"]}')
        assert putri.post(f'/staff/holds/{matter["number"]}/silence-end') == 303, putri.page[:2000]
        matter['state'] = 'ended'
        putri.get(f'/staff/holds/{matter["number"]}')
        assert putri.post(f'/staff/holds/{matter["number"]}/end') == 303, putri.page[:2000]

    @classmethod
    def late(cls):
        """Of each matter the verbs that she was told late; nothing of one that isn't told late."""
        # The letter that says so is no more than that.
        entries = [use for use in taken(cls.tika) if '\nmatter ' in use and '\nthings matter notice' not in use]
        early = [use for use in entries if '\nwithheld ' not in use and 'verb end hold' not in use]
        assert not early, f'Tika was told at once: {early[:2]}'
        leaves = Counter(re.search(r'\nwithheld (\w+)', use)[1] for use in entries if '\nwithheld ' in use)
        assert not leaves or max(leaves.values()) == 1, 'an entry joined her chain twice'
        found = {}
        for use in entries:
            if '\nwithheld ' in use:
                found.setdefault(int(re.search(r'\nmatter (\d+)', use)[1]), Counter())[re.search(r'\nverb (.*)', use)[1]] += 1
        return found

    @classmethod
    def check(cls, _):
        for matter in cls.matters:
            told = cls.late().get(matter['number'], Counter())
            if matter['state'] in ('agreeing', 'silent'):
                assert not told, f'matter {matter["number"]} isn’t to be told yet, and Tika knows {told}'
                if matter['state'] == 'agreeing':
                    # Nobody was told that it was agreed to: it may be.
                    agus = cls.officers['privacy officer']
                    agus.get('/staff/holds')
                    agus.post(f'/staff/holds/{matter["number"]}/agreement')
                cls.end(matter)
            elif matter['state'] == 'ending' and not told:
                # On its way: done or not; once more does no harm.
                putri = cls.officers['policy officer']
                putri.get('/staff/holds')
                putri.post(f'/staff/holds/{matter["number"]}/silence-end')
            end = time.monotonic() + 10
            while time.monotonic() < end:
                told = cls.late().get(matter['number'], Counter())
                if told['end restraint'] and told['hold']:
                    break
                time.sleep(0.3)
            extra = told['extend restraint'] - matter['longer']
            assert (told['hold'], told['end restraint']) == (1, 1) and 0 <= extra <= 1, f'matter {matter}, and Tika was told {told}'
            cls.told += sum(told.values())
        cls.matters.clear()


class Witness(threading.Thread):
    """Keeps the newest signed checkpoint of the log, until the house is gone."""

    def __init__(self, house):
        super().__init__(daemon=True)
        self.house, self.size, self.root, self.note = house, 0, '', ''

    def look(self):
        visitor = Patient(self.house)
        if visitor.get('/log/checkpoint') == 200:
            _, size, self.root, *_ = visitor.page.split('\n')
            self.size, self.note = int(size), visitor.page

    def run(self):
        try:
            while True:
                self.look()
                time.sleep(0.02)
        except GONE:
            return


def taken(visitor):
    """The person's chain of uses, as the text of each entry."""
    visitor.get('/privacy')
    assert visitor.post('/privacy/export') == 200, visitor.page[:2000]
    with zipfile.ZipFile(io.BytesIO(visitor.body)) as archive:
        return [use['common']['text'] for use in json.loads(archive.read('data.json'))['uses']]


def extends(house, mirror, kept):
    """The mirror proves that the newest checkpoint extends each one that was kept."""
    visitor = Patient(house)
    visitor.get('/log')
    key = re.search(r'localhost[^\s<]*/log\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+', visitor.page)[0]
    with tempfile.NamedTemporaryFile('w') as old:
        for note in kept:
            old.seek(0)
            old.truncate()
            old.write(note)
            old.flush()
            done = subprocess.run([house.program, 'log', 'verify', mirror, '--key', key, '--since', old.name], capture_output=True, text=True)
            assert done.returncode == 0, f'the log doesn’t extend a checkpoint that was kept:\n{note}{done.stdout}{done.stderr}'


def settle(house):
    """An administrator, a clerk, and Sari with an open case; Dewi, who signs in often."""
    ratna, budi, sari = Patient(house), Patient(house), Patient(house)
    ratna.get(house.invitation)
    assert ratna.post(house.invitation, name='Ratna Dewi', email='ratna@kill.example') == 303, ratna.page[:2000]
    code = ratna.code('ratna@kill.example')
    ratna.get('/sign-in/code')
    assert ratna.post('/sign-in/code', code=code) == 303, ratna.page[:2000]
    ratna.get('/staff/team')
    assert ratna.post('/staff/team', name='Budi Santoso', email='budi@kill.example', role='customer service') == 303, ratna.page[:2000]
    budi.get('/sign-in')
    form = budi.page
    assert budi.post('/sign-in', email='budi@kill.example') == 303, budi.page[:2000]
    code = budi.code('budi@kill.example')
    budi.page = form
    assert budi.post('/sign-in/code', code=code) == 303, budi.page[:2000]
    sari.register('Sari Wijaya', 'sari@kill.example', '+62 812 5550 4417')
    sari.get('/cases/new')
    assert sari.post('/cases/new', text='The parcel came twice.', telephone='+62 812 5550 4417') == 303, sari.page[:2000]
    Publishing.officers = Officers(house, ratna)
    Restraining.tika = Patient(house)
    Restraining.tika.register('Tika Lestari', 'tika@kill.example')
    Correcting.sari, Correcting.known = sari, 'Sari Wijaya'
    Reading.budi, Reading.case = budi, re.search(r'/cases/(\d+)', sari.location)[1]


LOAD = (Registering, Registering, Correcting, Reading, SigningIn, Asking, Leaving, Publishing, Restraining)


def one_round(house, mirror, number, rng, kept):
    if number % 3 == 1:
        Publishing.officers.prepare()
    if Publishing.officers.ready or Restraining.officers:
        for role, browser in Publishing.officers.browsers.items():
            Restraining.officers[role] = Patient(house)
            Restraining.officers[role].cookies = dict(browser.cookies)
    before, after = Witness(house), Witness(house)
    before.start()
    workers = [kind(house, f'{kind.__name__.lower()}-{number}-{place}') for place, kind in enumerate(LOAD)]
    for worker in workers:
        worker.start()
    time.sleep(rng.uniform(0.1, 4 if Publishing.officers.ready else 1.4))
    house.kill()
    for thread in (before, *workers):
        thread.join(20)
        assert not thread.is_alive(), f'{thread.name} goes on in a house that is gone'
        wrong = getattr(thread, 'wrong', None)
        assert not wrong, f'{thread.name}: the house refused before it was killed: {wrong}'
    whole(house.data)
    house.start()
    agree(house.data)
    after.look()
    assert after.size >= before.size, f'a checkpoint was signed over {before.size} entries, and now over {after.size}'
    assert after.size > before.size or after.root == before.root, f'two roots are signed for the size {after.size}'
    if before.note:
        kept.append(before.note)
    for kind in dict.fromkeys(LOAD):
        kind.check(rng)
    extends(house, mirror, kept[-1:] + rng.sample(kept, min(2, len(kept))))
    print(f'round {number}: {len(Registering.promised)} registered, {Correcting.count} corrections, {Reading.count} looks, '
          f'{len(Asking.promised)} questions, {len(Leaving.promised)} left, '
          f'{len(Publishing.officers.promised)} versions, {Restraining.told} entries told late, log {before.size} -> {after.size}', flush=True)


def main(times, seed):
    rng, passed, kept = random.Random(seed), 0, []
    print(f'seed {seed}')
    with tempfile.TemporaryDirectory() as mirror, House(tries=1_000_000, log_period=1, log_floor=1, mirror=mirror) as house:
        settle(house)
        for number in range(1, times + 1):
            try:
                one_round(house, mirror, number, rng, kept)
                passed += 1
            except AssertionError as broken:
                print(f'round {number}: {broken}')
                print('\n'.join(house.said[-10:]))
                break
    failed = times - passed
    if not all((Registering.promised, Correcting.count, Reading.count, SigningIn.sessions, Asking.promised, Leaving.promised,
                Publishing.officers.promised, Restraining.told, kept)):
        print('of one kind nothing was done before any of the kills: this shows nothing')
        passed, failed = 0, times
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    words = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*words, *(20, random.randrange(1 << 32))[len(words):]))
