#!/usr/bin/env python3
"""Makes the demonstration, and looks around in it as somebody would who was told of it: who is there, what was done, whether all is whole.

Usage: demo.py. Prints `N passed, N failed`.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import Elsewhen, House, ROOT  # noqa: E402
from visitor import Visitor  # noqa: E402

COUNT = {True: 0, False: 0}
VOFFICE = Path(os.environ.get('VOFFICE') or ROOT / '.build/debug/voffice').resolve()


def expect(holds, what, said=''):
    COUNT[bool(holds)] += 1
    if not holds:
        print(f'{what}\n{said[-1500:]}')


def call(folder, *words, beside=(), **settings):
    environment = {k: v for k, v in os.environ.items() if not k.startswith('VOFFICE')} | {'VOFFICE_DATA': str(folder)}
    environment |= {f'VOFFICE_{k.upper()}': str(v) for k, v in settings.items()} | dict(beside)
    return subprocess.run([VOFFICE, *words], capture_output=True, text=True, cwd=ROOT, timeout=300, env=environment)


class Demonstration(House):
    """The house that was made, opened."""

    def __init__(self, folder):
        super().__init__()
        self.made = folder

    def __enter__(self):
        self.data = str(self.made)
        self.start()
        return self


class OnSunday(Demonstration, Elsewhen):
    """The same, on a Sunday morning in Jakarta."""
    jump = (3 - int(time.time() + 7 * 3600) // 86_400 % 7) % 7 * 86_400 + 11 * 3600 - int(time.time() + 7 * 3600) % 86_400


def bytes_of(folder):
    return {path: path.read_bytes() for path in sorted(Path(folder).rglob('*')) if path.is_file()}


def made(folder):
    began = time.monotonic()
    said = call(folder / 'one', 'demo', '--json')
    expect(said.returncode == 0, f'voffice demo ends with {said.returncode}', said.stdout + said.stderr)
    expect(time.monotonic() - began < 60, f'it took {time.monotonic() - began:.0f} s')
    what = json.loads(said.stdout)
    expect(len(what['people']) == 30 and what['refused'] == 0 and what['done'] > 150, f'another office than that: {what}')
    roles = {person['role'] for person in what['people']}
    expect({'administrator', 'customer service', 'policy officer', 'privacy officer', None} <= roles, f'roles {roles}')
    expect((folder / 'one/stamp').read_text() == 'development\n', 'it isn’t stamped as one of development')
    doctor = json.loads(call(folder / 'one', 'admin', 'doctor', '--json').stdout)
    # It is sixty days old, and nobody made a backup.
    expect(faults(doctor) == ['backup-old'] and doctor['looked_at']['persons'] > 20 and doctor['looked_at']['uses'] > 400, f'the doctor: {doctor}')
    return what


def faults(doctor):
    return [finding['kind'] for finding in doctor['findings'] if finding['fault']]


def repeated(folder, first):
    again, other = (json.loads(call(folder / name, 'demo', '--json', '--seed', seed).stdout) for name, seed in [('two', '1'), ('three', '2')])
    expect(again['people'] == first['people'] and again['done'] == first['done'], 'the same seed makes another office')
    expect(other['people'] != first['people'] and other['refused'] == 0, 'another seed makes the same office')
    one, two = ((folder / name / 'keys').glob('root.*') for name in ['one', 'two'])
    expect({path.read_bytes() for path in one}.isdisjoint({path.read_bytes() for path in two}), 'two houses of one seed have the same keys')


def refused(folder):
    """Nothing that is there is written into: a house, one of production, any folder."""
    call(folder / 'production', 'init', '--production')
    (folder / 'empty').mkdir()
    for name in ['one', 'production', 'empty']:
        before = bytes_of(folder / name)
        said = call(folder / name, 'demo')
        expect(said.returncode == 1 and 'is there already' in said.stderr, f'demo into {name} ends with {said.returncode}', said.stderr)
        expect(bytes_of(folder / name) == before, f'demo wrote into {name}')
    said = call(folder / 'none', 'demo', '--seed', 'many')
    expect(said.returncode == 2 and not (folder / 'none').exists(), 'a seed that is no number makes a house', said.stderr)
    lacking = folder / 'lacking.policy.md'
    text = (ROOT / 'policy/voffice.policy.md').read_text()
    rule = 'customer service may read telephone number to answer you, on an open case'
    expect(rule in text, 'the policy has another rule')
    lacking.write_text(text.replace(rule + '\n', ''))
    said = call(folder / 'four', 'demo', policy=lacking)
    expect(said.returncode in (0, 1) and 'Fatal' not in said.stderr, 'it falls by a policy that lacks a rule', said.stderr)


def signed_in(house, email):
    visitor = Visitor(house)
    visitor.get('/sign-in')
    form = visitor.page
    expect(visitor.post('/sign-in', email=email) == 303, f'{email} can’t sign in', visitor.page)
    code = visitor.code(email)
    visitor.page = form
    expect(visitor.post('/sign-in/code', code=code) == 303, f'{email} has no account', visitor.page)
    return visitor


def looked_at(folder):
    with Demonstration(folder / 'one') as house:
        pages = {'sari@ladatimur.example': [('/privacy', 'Sari Wijaya'), ('/cases', '/cases/')],
                 'budi@office.example': [('/staff', '/staff/cases/'), ('/staff/activity', 'Answer the customer')],
                 'agus@office.example': [('/staff/today', 'Today'), ('/staff/keeping', 'Hold 1'), ('/staff/holds', '/staff/holds/1'),
                                         ('/staff/activity/everybody', 'Customer service 1')],
                 'ratna@office.example': [('/staff/team', 'Wulan Ayu'), ('/staff/house', 'log_period'), ('/staff/house', 'Mail: confirmation code')],
                 'nina@office.example': [('/staff/today', '1 case has nobody yet')],
                 'putri@office.example': [('/staff/today', 'wants your agreement')]}
        for email, seen in pages.items():
            visitor = signed_in(house, email)
            for path, text in seen:
                expect(visitor.get(path) == 200 and text in visitor.page, f'{email} doesn’t see {text} at {path}', visitor.page)
        visitor = Visitor(house)
        expect(visitor.get('/log') == 200 and re.search(r'\+[0-9a-f]{8}\+', visitor.page), 'the log isn’t shown', visitor.page)
        expect(not house.invitation, 'anybody could become the first administrator')
        house.stop()
        doctor = json.loads(call(folder / 'one', 'admin', 'doctor', '--json').stdout)
        expect(faults(doctor) == ['backup-old'], f'the doctor, after it was opened: {doctor}')


def on_a_sunday(folder):
    """Whoever looks around on a day on which nobody works finds something to do, in one language."""
    house = OnSunday(folder / 'sunday')
    said = call(folder / 'sunday', 'demo', '--json', '--language', 'en', beside=house.beside())
    expect(said.returncode == 0 and json.loads(said.stdout)['refused'] == 0, 'no house on a Sunday', said.stdout + said.stderr)
    with house:
        for name in ['budi', 'wulan', 'agus', 'putri', 'ratna', 'nina']:
            visitor = signed_in(house, f'{name}@office.example')
            expect(visitor.get('/staff/today') == 200 and 'class="todo"' in visitor.page, f'nothing waits for {name}', visitor.page)
        budi = signed_in(house, 'budi@office.example')
        budi.get('/staff')
        cases = set(re.findall(r'/staff/cases/\d+', budi.page))
        expect(len(cases) > 5 and 'Due' in budi.page, 'few cases on a Sunday', budi.page)
        for case in cases:
            budi.get(case)
            foreign = re.search(r'Bisakah|Mohon|Menanyakan|Sudah |Menunggu', budi.page)
            expect(not foreign, f'{case} says {foreign}', budi.page)
        wulan = signed_in(house, 'wulan@office.example')
        expect(wulan.get('/staff/today') == 200 and 'should have been answered' in wulan.page, 'nothing is late', wulan.page)
    said = call(folder / 'none', 'demo', '--language', 'fr')
    expect(said.returncode == 2 and not (folder / 'none').exists(), 'a language that nobody writes makes a house', said.stderr)


def main():
    folder = Path(tempfile.mkdtemp(prefix='voffice-demo-'))
    try:
        first = made(folder)
        repeated(folder, first)
        refused(folder)
        looked_at(folder)
        on_a_sunday(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f'{COUNT[True]} passed, {COUNT[False]} failed')
    return 1 if COUNT[False] else 0


if __name__ == '__main__':
    sys.exit(main())
