#!/usr/bin/env python3
"""A disk that is full, read-only or failing, a clock that jumps, files that are cut or changed: what the house says, and what it keeps.

Usage: faults.py [all | BYTES [SEED]] [NAME...], where NAME is in the name of a test. Without a number some bytes of each kind of file are changed in turn, and the ends, the mirror's too; with one, so many of each, drawn anew each time; with `all` every one: 900,000 openings of the house, more than a day.
Faults of the disk are made by Debian's fiu-utils, jumps of the clock by clock.c beside it, the n-th write by nth.c.
"""
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import Elsewhen, House, ROOT  # noqa: E402
from promises import agree, whole  # noqa: E402
from visitor import Visitor  # noqa: E402

WRITES = ('posix/io/rw/pwrite', 'posix/io/rw/pwritev', 'posix/io/rw/ftruncate')
SYNCS = ('posix/io/sync/fsync', 'posix/io/sync/fdatasync')
FULL, FAILING, READ_ONLY = 28, 5, 30
DAY = 86_400
NUMBERS = [int(word) for word in sys.argv[1:] if word.isdigit()]
FIU = [str(Path('/usr/lib/fiu', name)) for name in ('fiu_run_preload.so', 'fiu_posix_preload.so')]
TESTS = []


def test(body):
    TESTS.append(body)
    return body


class Failing(House):
    """A house whose calls to the disk can be made to fail, and to work again, while it runs."""

    def beside(self):
        self.pipes = Path(tempfile.mkdtemp(prefix='voffice-fiu-'))
        return {'LD_PRELOAD': ' '.join(FIU), 'FIU_CTRL_FIFO': str(self.pipes / 'house')}

    def __exit__(self, *details):
        super().__exit__(*details)
        shutil.rmtree(self.pipes, ignore_errors=True)

    def control(self, commands):
        for command in commands:
            subprocess.run(['fiu-ctrl', '-c', command, str(self.pipes / f'house-{self.process.pid}')], check=True)

    def fail(self, points, number):
        self.control(f'enable name={point},failinfo={number}' for point in points)

    def fail_sometimes(self, points, number, chance):
        self.control(f'enable_random name={point},failinfo={number},probability={chance}' for point in points)

    def mend(self, points):
        self.control(f'disable name={point}' for point in points)


class Counting(House):
    """A house of which one write to the disk can be made to fail: the n-th from now, of all of its threads."""

    def beside(self):
        library = ROOT / '.build/nth.so'
        subprocess.run(['gcc', '-shared', '-fPIC', '-o', library, ROOT / 'Tests/nth.c'], check=True)
        self.left = Path(f'{self.data}.nth')
        self.left.write_bytes(bytes(4))
        return {'LD_PRELOAD': str(library), 'NTH': str(self.left)}

    def __exit__(self, *what):
        super().__exit__(*what)
        self.left.unlink()

    def nth(self, number, act):
        """What came of it, and whether a write failed meanwhile."""
        with self.left.open('r+b', buffering=0) as left:
            left.write(number.to_bytes(4, 'little'))
            done = act()
            left.seek(0)
            has_failed = left.read(4) == bytes(4)
            left.seek(0)
            left.write(bytes(4))
        return done, has_failed


def correct(sari, name):
    sari.get('/privacy/correction/full-name')
    return sari.post('/privacy/correction/full-name', value=name)


def name_of(sari):
    return re.search(r'name="value"[^>]* value="([^"]*)"', sari.page)[1] if sari.get('/privacy/correction/full-name') == 200 else None


def refused_kindly(status, page):
    assert status == 503, f'{status}: {page[:1500]}'
    assert 'Nothing was lost' in page, page[:1500]


def stops_and_goes_on(number, what, points=WRITES):
    with Failing(tries=1_000_000) as house:
        sari = Visitor(house)
        sari.register('Sari Wijaya', 'sari@ladatimur.example')
        house.fail(points, number)
        for _ in range(3):
            refused_kindly(correct(sari, 'Sari Lestari'), sari.page)
        assert sari.get('/privacy') == 200 and 'Sari Wijaya' in sari.page, 'reads don’t go on'
        newcomer = Visitor(house)
        assert newcomer.get('/healthz') == 503, 'who watches the house isn’t told'
        assert newcomer.get('/status') == 200 and 'Stands still' in newcomer.page, newcomer.page[:1500]
        assert newcomer.get('/policy') == 200 and newcomer.get('/register') == 200
        refused_kindly(newcomer.post('/register', name='Dewi', email='dewi@tokobaru.example', telephone=''), newcomer.page)
        house.mend(points)
        within = time.monotonic() + 10
        while (status := correct(sari, 'Sari Lestari')) != 303:
            assert time.monotonic() < within, f'writing doesn’t come back: {status}'
            time.sleep(0.2)
        assert name_of(sari) == 'Sari Lestari'
        time.sleep(1.5)
        assert newcomer.get('/healthz') == 200 and newcomer.get('/status') == 200 and 'Everything works' in newcomer.page, newcomer.page[:1500]
        told = '\n'.join(house.said)
        assert re.search(what, told), f'the operator isn’t told that {what}: {told[-1500:]}'
        house.kill()
        whole(house.data)
        house.start()
        agree(house.data)
        assert name_of(sari) == 'Sari Lestari'


@test
def a_full_disk_refuses_writes_and_writing_comes_back():
    stops_and_goes_on(FULL, 'disk is full')


@test
def a_disk_that_fails_refuses_writes_and_writing_comes_back():
    stops_and_goes_on(FAILING, 'can\'t be read or written')


@test
def a_disk_that_became_read_only_refuses_writes_and_writing_comes_back():
    stops_and_goes_on(READ_ONLY, 'can\'t be read or written')


@test
def a_disk_that_doesnt_sync_refuses_writes_and_writing_comes_back():
    stops_and_goes_on(FAILING, 'can\'t be read or written', SYNCS)


@test
def writes_that_fail_now_and_then_leave_nothing_half_done():
    for points, chance in ((WRITES, 0.02), (SYNCS, 0.05), (WRITES + SYNCS, 0.1)):
        with Failing(tries=1_000_000) as house:
            sari = Visitor(house)
            sari.register('Sari Wijaya', 'sari@ladatimur.example')
            known, done, refused = 'Sari Wijaya', 0, 0
            house.fail_sometimes(points, FAILING, chance)
            number, patience = 0, time.monotonic() + 60
            while number < 40 or not (done and refused) and time.monotonic() < patience:
                number += 1
                status = correct(sari, f'Sari {number}')
                if status == 303:
                    known, done = f'Sari {number}', done + 1
                else:
                    refused_kindly(status, sari.page)
                    refused += 1
                    # Refused, it may still have been done: the disk said so after it was written.
                    if (found := name_of(sari)) != known:
                        assert found == f'Sari {number}', f'{found} instead of {known} or Sari {number}'
                        known = found
            house.mend(points)
            assert done and refused, f'of {number} writes {done} were done and {refused} refused: this shows little'
            time.sleep(1)
            house.kill()
            whole(house.data)
            house.start()
            agree(house.data)
            assert name_of(sari) == known, f'{name_of(sari)} instead of {known}'


@test
def the_nth_write_that_fails_leaves_nothing_half_done():
    """Of a correction and of a departure, one after the other each write."""
    with Counting(tries=1_000_000) as house:
        sari = Visitor(house)
        sari.register('Sari Wijaya', 'sari@ladatimur.example')
        known, refused, missed, number = 'Sari Wijaya', 0, 0, 0
        while missed < 3:
            number += 1
            sari.get('/privacy/correction/full-name')
            status, has_failed = house.nth(number, lambda: sari.post('/privacy/correction/full-name', value=f'Sari {number}'))
            missed = 0 if has_failed else missed + 1
            if status != 303:
                refused_kindly(status, sari.page)
                refused += 1
            found = name_of(sari)
            assert found == f'Sari {number}' or (status != 303 and found == known), f'write {number}: {status}, {found} instead of {known}'
            known = found
        departures, begun, missed, leaving = 0, 0, 0, 0
        while missed < 3:
            leaving += 1
            dewi = Visitor(house)
            dewi.register(f'Dewi {leaving}', f'dewi{leaving}@tokobaru.example')
            dewi.get('/leave')
            status, has_failed = house.nth(leaving, lambda: dewi.post('/leave', sure='yes', when='now'))
            missed = 0 if has_failed else missed + 1
            if status == 303:
                assert dewi.get(dewi.location) == 200, f'write {leaving}: the receipt is gone'
            else:
                refused_kindly(status, dewi.page)
                departures += 1
            # Gone, or here whole; one whose departure was begun is let in no more, and a job finishes it.
            status = dewi.get('/privacy')
            begun += status == 404
            assert status in (303, 404) or (status == 200 and f'Dewi {leaving}' in dewi.page), f'write {leaving}: half there, {status}'
        assert refused and departures, f'{number} and {leaving} writes failed, and nothing was refused: this shows nothing'
        assert begun, 'none was stopped between its beginning and its end'
        time.sleep(12)
        with closing(sqlite3.connect(f'file:{house.data}/data.sqlite?mode=ro', uri=True)) as rows:
            assert not rows.execute('SELECT subject FROM erasure').fetchall(), 'an erasure that was stopped isn’t finished by itself'
        house.kill()
        whole(house.data)
        house.start()
        agree(house.data)
        assert name_of(sari) == known
        print(f'    {number - 3} writes of a correction and {leaving - 3} of a departure failed, {refused} and {departures} of them to its refusal')


@test
def a_house_that_is_told_to_end_as_soon_as_it_is_open_ends_whole():
    with House() as house:
        for _ in range(12):
            assert (code := house.stop()) == 0, f'it ended with {code}'
            house.start()


@test
def a_clock_that_jumps_loses_nobody():
    with Elsewhen(tries=1_000_000) as house:
        Visitor(house).register('Sari Wijaya', 'sari@ladatimur.example')
        time.sleep(1)
        for number, jump in enumerate((3650 * DAY, -3650 * DAY, 61 * DAY, -DAY, 3600)):
            for house.jump in (jump, 0):
                house.stop()
                house.start()
                newcomer = Visitor(house)
                assert newcomer.get('/policy') == 200
                newcomer.register(f'Dewi {number}', f'dewi{number}.{house.jump}@tokobaru.example')
                assert newcomer.get('/privacy') == 200 and f'Dewi {number}' in newcomer.page
            whole(house.data)
            agree(house.data)
        again = Visitor(house)
        sign_in(again, 'sari@ladatimur.example')
        assert again.get('/privacy') == 200 and 'Sari Wijaya' in again.page, 'a jump of the clock forgot her'
        assert 'Does not match' not in again.page


@test
def a_clock_far_ahead_ends_nothing_however_often_the_house_starts():
    with tempfile.TemporaryDirectory() as folder, Elsewhen(log_period=1, log_floor=4, safe=Path(folder, 'safe')) as house:
        Visitor(house).register('Sari Wijaya', 'sari@ladatimur.example')
        time.sleep(2)
        code, said = told('backup', folder, data=house.data, safe=Path(folder, 'safe'))
        epochs = sorted(path.name for path in Path(folder, 'safe').glob('epoch.*'))
        assert code == 0 and len(epochs) == 1, said

        def held():
            with closing(sqlite3.connect(f'file:{house.data}/data.sqlite?mode=ro', uri=True)) as rows:
                return [rows.execute(f'SELECT count(*) FROM {table}').fetchone()[0] for table in ('record', 'subject')]

        before = held()
        house.jump = 400 * DAY
        for _ in range(3):
            house.stop()
            house.start()
            Visitor(house).get('/log')
            time.sleep(2.5)
            assert any('nothing is forgotten until that is cleared up' in line for line in house.said), house.said
            assert held() == before and sorted(path.name for path in Path(folder, 'safe').glob('epoch.*')) == epochs
        house.jump = 0
        house.stop()
        house.start()
        assert told('admin', 'clock', data=house.data)[0] == 0
        time.sleep(1)
        assert not any('forgotten' in line for line in house.said), house.said


def sign_in(visitor, email):
    visitor.get('/sign-in')
    form = visitor.page
    assert visitor.post('/sign-in', email=email) == 303, visitor.page[:1500]
    code = visitor.code(email)
    visitor.page = form
    assert visitor.post('/sign-in/code', code=code) == 303, visitor.page[:1500]


class Copy:
    """A data directory of a house that was killed while open, to be spoilt and opened again and again."""

    def __init__(self, folder, floor=1):
        self.good, self.data, self.mirror = Path(folder, 'good'), Path(folder, 'data'), Path(folder, 'mirror')
        self.good_mirror = Path(folder, 'good-mirror')
        with House(tries=1_000_000, mirror=self.mirror, log_period=1, log_floor=floor) as house:
            self.sari = Visitor(house)
            self.sari.register('Sari Wijaya', 'sari@ladatimur.example', '+62 812 5550 4417')
            self.sari.get('/cases/new')
            assert self.sari.post('/cases/new', text='The parcel came twice.', telephone='+62 812 5550 4417') == 303
            self.sari.get('/log')
            self.key = re.search(r'localhost[^\s<]*/log\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+', self.sari.page)[0]
            house.stop()
            house.start()
            assert correct(self.sari, 'Sari Lestari') == 303
            time.sleep(2.5)
            house.kill()
            shutil.copytree(house.data, self.good)
            shutil.copytree(self.mirror, self.good_mirror)
        self.files = [p.relative_to(self.good) for p in sorted(self.good.rglob('*')) if p.is_file() and p.name != 'lock']

    def spoil(self, name, change):
        """Opens the house with one file changed; gives what it said and what Sari sees, or None where it didn't open."""
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(self.good, self.data)
        path = self.data / name
        change(path)
        house = Spoilt(self.data)
        try:
            try:
                house.start(within=30)
            except AssertionError:
                return '\n'.join(house.said), None
            self.sari.house = house
            seen = [(self.sari.get(place), self.sari.page) for place in ('/privacy', '/privacy/correction/full-name', '/cases/1')]
            assert house.process.poll() is None, f'{name}: the house ended: {house.said[-5:]}'
            return '\n'.join(house.said), seen
        finally:
            if house.process:
                house.kill()


    def mirrored(self):
        """The files of the mirror that its newest checkpoint leads to; partial tiles of earlier ones stay in the folder unused."""
        size = int((self.good_mirror / 'checkpoint').read_text().split('\n')[1])
        files = [p.relative_to(self.good_mirror) for p in sorted(self.good_mirror.rglob('*')) if p.is_file()]
        level = {name: 0 if name.parts[1] == 'entries' else int(name.parts[1]) for name in files if name.parts[0] == 'tile'}
        return [name for name in files if '.p/' not in str(name) or int(name.name) == (size >> 8 * level[name]) % 256]


class Spoilt(House):
    def __init__(self, data, **settings):
        super().__init__(tries=1_000_000, **settings)
        self.data = data


def says_no_lie(name, said, seen, what):
    """It doesn't open and names the file; or what it shows is right, or an error that names what is damaged."""
    if seen is None:
        words = said.split('voffice: ', 1)[-1]
        known = (name.name.removesuffix('-wal'), 'data.sqlite', 'keys.sqlite', 'key store', 'ring.', 'database', 'stamp')
        assert any(word in words for word in known), f'{name} {what}: it doesn’t open and doesn’t say what is wrong:\n{said}'
        assert 'Fatal' not in said and 'Stack dump' not in said, f'{name} {what}: it crashes:\n{said[-3000:]}'
        return 'refused'
    damaged = False
    for status, page in seen:
        if status == 200:
            for former in ('Sari Wijaya',):
                assert former not in page, f'{name} {what}: the former name is there again'
            continue
        assert status in (303, 404, 500, 503), f'{name} {what}: {status}'
        damaged = True
    if seen[1][0] == 200:
        assert 'Sari Lestari' in seen[1][1], f'{name} {what}: another name is shown'
    if damaged and any(status == 500 for status, _ in seen):
        assert 'trouble' in said, f'{name} {what}: the operator isn’t told:\n{said}'
    return 'damaged' if damaged else 'unharmed'


def flips(size):
    if 'all' in sys.argv:
        return range(size)
    if NUMBERS:
        return sorted(random.sample(range(size), min(size, NUMBERS[0])))
    return sorted({0, size // 2, size - 1, *range(37, size, max(1, size // 5))})


@test
def a_changed_byte_in_any_file_is_never_shown_as_the_truth():
    with tempfile.TemporaryDirectory() as folder:
        copy, counts = Copy(folder), {}
        for name in copy.files:
            size = (copy.good / name).stat().st_size
            if size == 0 or name.name.endswith('-shm'):
                continue
            for place in flips(size):
                said, seen = copy.spoil(name, lambda path: flip(path, place))
                outcome = says_no_lie(name, said, seen, f'with byte {place} changed')
                counts.setdefault(str(name), {}).setdefault(outcome, []).append(place)
        for name, outcomes in counts.items():
            print(f'    {name}: ' + ', '.join(f'{len(places)} {outcome}' for outcome, places in outcomes.items()))


def flip(path, place):
    with path.open('r+b') as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1]))


def told(*words, **settings):
    environment = {k: v for k, v in os.environ.items() if not k.startswith('VOFFICE')}
    environment |= {f'VOFFICE_{k.upper()}': str(v) for k, v in settings.items()}
    program = os.environ.get('VOFFICE') or ROOT / '.build/debug/voffice'
    done = subprocess.run([program, *map(str, words)], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode in (0, 1), f'{words} ended with {done.returncode}: {done.stderr[-1500:]}'
    return done.returncode, done.stdout + done.stderr


@test
def a_changed_byte_in_the_mirror_is_found_and_its_file_named():
    """By whoever has the mirror alone, and by the doctor of the house; the house opens, and makes nothing worse."""
    with tempfile.TemporaryDirectory() as folder:
        copy, count = Copy(folder, floor=130), 0
        files = copy.mirrored()
        assert {name.parts[0] for name in files} == {'checkpoint', 'tile'} and any('entries' in name.parts for name in files), files
        assert any(name.parts[:2] == ('tile', '1') for name in files), f'no tile of the second level: {files}'
        shutil.copytree(copy.good, copy.data)
        assert told('log', 'verify', copy.good_mirror, '--key', copy.key)[0] == 0
        for name in files:
            for place in flips((copy.good_mirror / name).stat().st_size):
                shutil.rmtree(copy.mirror)
                shutil.copytree(copy.good_mirror, copy.mirror)
                flip(copy.mirror / name, place)
                # Entries are found by their hashes, a tile by the tile above it or by the root.
                code, said = told('log', 'verify', copy.mirror, '--key', copy.key)
                assert code == 1 and str(name) in said, f'{name} with byte {place} changed: {said}'
                code, said = told('admin', 'doctor', data=copy.data, mirror=copy.mirror)
                assert code == 1 and 'mirror-altered' in said, f'{name} with byte {place} changed, the doctor says: {said}'
                count += 1
            house = Spoilt(copy.data, mirror=copy.mirror, log_period=1, log_floor=1)
            spoilt = (copy.mirror / name).read_bytes()
            house.start()
            Visitor(house).register(f'Person {count}', f'person{count}@ladatimur.example')
            time.sleep(2.5)
            told_so = '\n'.join(house.said)
            house.kill()
            is_now, right = (copy.mirror / name).read_bytes(), (copy.good_mirror / name).read_bytes()
            assert is_now in (spoilt, right), f'{name}, which was changed, is a third thing now'
            if name.name == 'checkpoint':
                assert 'Set `mirror` to a folder of this house' in told_so, told_so
        print(f'    {len(files)} files, {count} bytes changed')


@test
def a_file_cut_or_missing_is_named():
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(folder)
        for name in copy.files:
            size = (copy.good / name).stat().st_size
            if size == 0 or name.name.endswith('-shm'):
                continue
            for what, change in (
                ('cut in half', lambda path: os.truncate(path, size // 2)), ('without its last byte', lambda path: os.truncate(path, size - 1)),
                ('emptied', lambda path: os.truncate(path, 0)), ('missing', Path.unlink)):
                said, seen = copy.spoil(name, change)
                says_no_lie(name, said, seen, what)


@test
def a_stamp_that_is_changed_or_gone_is_named():
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(folder)
        shutil.copytree(copy.good, copy.data)
        stamp = Path(copy.data, 'stamp')
        for text, what in (('development\n', None), ('production\n', 'that of a house in development'), ('develooment\n', 'says neither'), (None, 'missing')):
            stamp.unlink(missing_ok=True)
            if text is not None:
                stamp.write_text(text)
                stamp.chmod(0o600)
            code, said = told('admin', 'doctor', data=copy.data)
            assert ('stamp: ' in said) == (what is not None) and (what or '') in said, f'{text}: {said}'
            assert code == 1 or what is None, said


@test
def which_of_the_two_databases_is_none_is_named():
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(folder)
        for name in ('data.sqlite', 'keys/keys.sqlite'):
            shutil.rmtree(copy.data, ignore_errors=True)
            shutil.copytree(copy.good, copy.data)
            flip(Path(copy.data, name), 0)
            code, said = told('admin', 'doctor', data=copy.data)
            assert code == 1 and f'{Path(name).name}: file is not a database' in said, said


def main():
    passed = failed = 0
    only = [word for word in sys.argv[1:] if word != 'all' and not word.isdigit()]
    if NUMBERS:
        seed = NUMBERS[1] if len(NUMBERS) > 1 else random.randrange(1 << 32)
        random.seed(seed)
        print(f'seed {seed}')
    for body in TESTS:
        if only and not any(word in body.__name__ for word in only):
            continue
        began = time.monotonic()
        try:
            body()
        except AssertionError as wrong:
            failed += 1
            print(f'{body.__name__.replace("_", " ")}: {wrong}', flush=True)
            continue
        passed += 1
        print(f'{body.__name__.replace("_", " ")} ({time.monotonic() - began:.1f} s)', flush=True)
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
