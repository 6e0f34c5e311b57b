#!/usr/bin/env python3
"""Keys are rotated and looked through while the house is open, and killed in the middle of it; nothing that was promised goes.

Usage: backup.py. Prints `N passed, N failed`.
"""
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House, ROOT  # noqa: E402
from kill9 import whole  # noqa: E402
from visitor import Visitor  # noqa: E402


def environment(house, **settings):
    """The settings of the house, and its program as `voffice` on the path."""
    settings = {'data': house.data, 'port': house.port, **house.settings, **settings}
    inherited = {k: v for k, v in os.environ.items() if not k.startswith('VOFFICE')}
    return inherited | {f'VOFFICE_{k.upper()}': str(v) for k, v in settings.items()} | {
        'PATH': f'{house.program.parent}:{inherited["PATH"]}'}


def command(house, *words, disk=None, **settings):
    """Begins a command of the program with the settings of the house; `disk`: what it is told of the disk, by disk.c beside this."""
    told = {k: str(v) for k, v in (disk or {}).items()}
    return subprocess.Popen([house.program, *map(str, words)], cwd=ROOT, env=environment(house, **settings) | told, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def call(house, *words, code=0, **settings):
    """What the command said; fails unless it ends with this code."""
    process = command(house, *words, **settings)
    said = process.communicate(timeout=60)[0]
    assert process.returncode == code, f'{words} ended with {process.returncode}, not {code}:\n{said}'
    return said


def registered(house, number, people):
    visitor, name = Visitor(house), f'Person {number}'
    visitor.register(name, f'p{number}@backup.example')
    people.append((name, visitor))


def all_there(house, people):
    for name, visitor in people:
        assert visitor.get('/privacy') == 200 and name in visitor.page, f'{name} is missing on the page of {name}'
        assert 'Does not match' not in visitor.page, f'an entry of {name} is at odds with the log'


def roots(house):
    return sorted(p.name for p in Path(house.data, 'keys').glob('root.*'))


def rotating(house, people):
    """The house goes on while its keys change under it, and while a rotation is killed anywhere."""
    assert 'root 2' in call(house, 'admin', 'keys', 'rotate')
    all_there(house, people)
    assert roots(house) == ['root.2'], roots(house)
    began = time.monotonic()
    call(house, 'admin', 'keys', 'rotate')
    long = time.monotonic() - began
    for number in range(8):
        rotation = command(house, 'admin', 'keys', 'rotate')
        time.sleep(random.uniform(0, long))
        rotation.kill()
        rotation.communicate()
        registered(house, f'r{number}', people)
        if number % 4 == 3:
            house.kill()
            whole(house.data)
            house.start()
            all_there(house, people)
            assert len(roots(house)) == 1, f'after a start: {roots(house)}'
    call(house, 'admin', 'keys', 'rotate')
    all_there(house, people)
    assert len(roots(house)) == 1, roots(house)


def looking(house, people):
    """The doctor finds nothing in the open house, and what is open to others, with its next step."""
    answer = json.loads(call(house, 'admin', 'doctor', '--json'))
    assert answer['ok'] and answer['looked_at']['persons'] >= len(people), answer
    assert [f for f in answer['findings'] if not f['fault']], 'no limit of the machine is told'
    assert 'nothing is wrong' in call(house, 'admin', 'doctor')
    keys = Path(house.data, 'keys/keys.sqlite')
    keys.chmod(0o644)
    said = call(house, 'admin', 'doctor', code=1)
    assert 'file-mode' in said and 'keys.sqlite is open to others (mode 644)' in said and 'chmod 600' in said, said
    # SQLite gives an empty write-ahead log the mode of its database.
    for file in keys.parent.glob('keys.sqlite*'):
        file.chmod(0o600)
    call(house, 'admin', 'docter', code=2)
    library = ROOT / '.build/disk.so'
    subprocess.run(['gcc', '-shared', '-fPIC', '-o', library, ROOT / 'Tests/disk.c'], check=True)
    for disk, words in (({'FREE': 31 << 20}, f'{house.data} has 31 MB left'), ({'READ_ONLY': 1}, f'{house.data} is mounted so that nobody can write')):
        said = call(house, 'admin', 'doctor', code=1, disk={'LD_PRELOAD': library, **disk})
        assert f'disk-full: {words}' in said and 'the house then goes on by itself' in said, said
    assert 'disk-full' not in call(house, 'admin', 'doctor', disk={'LD_PRELOAD': library, 'FREE': 33 << 20})


def looking_at_a_copy(house, people):
    """A copy that nobody can write is looked through, of a house that was killed or closed, and stays as it is."""
    for end in (house.kill, house.stop):
        end()
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, 'copy')
            shutil.copytree(house.data, copy)
            there = sorted((path.name, path.stat().st_size) for path in copy.rglob('*'))
            words = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$1" admin doctor'
            own = [] if os.geteuid() == 0 else ['-r']
            looked = subprocess.run(['unshare', *own, '-m', 'sh', '-c', words, copy, house.program], cwd=ROOT, text=True,
                                    env=environment(house, data=copy, safe=Path(house.data, 'safe')), capture_output=True)
            said = looked.stdout + looked.stderr
            assert f'disk-full: {copy} is mounted so that nobody can write' in said and ': 1 fault.' in said, said
            assert there == sorted((path.name, path.stat().st_size) for path in copy.rglob('*')), 'it isn’t as it was'
        house.start()
    all_there(house, people)


def leaving_nothing(house, people):
    """What a backup leaves that is killed is named, and gone once somebody has left."""
    shelf, copy = Path(SHELF.name, 'killed'), Path(house.data, 'keys/copied.sqlite')
    for _ in range(200):
        backup = command(house, 'backup', shelf)
        while not copy.exists() and backup.poll() is None:
            pass
        backup.kill()
        backup.communicate()
        if copy.exists():
            break
    assert copy.exists(), 'no backup was killed while it had its copy'
    assert f'key-copy: {copy}' in call(house, 'admin', 'doctor', code=1)
    name, leaver = people.pop()
    assert leaver.get('/leave') == 200 and leaver.post('/leave', sure='yes', when='now') in (200, 303), leaver.page[:2000]
    time.sleep(2)
    assert not copy.exists(), 'it still opens what was erased'
    assert 'key-copy' not in call(house, 'admin', 'doctor')


def restoring(house, people):
    """A backup of the open house, killed anywhere and then whole, is the house again, but for who left since."""
    shelf, keys = Path(SHELF.name, 'data'), Path(SHELF.name, 'keys')
    inside = call(house, 'backup', Path(house.data, 'shelf'), code=1)
    assert f'lies in {house.data}' in inside and 'on another disk' in inside, inside
    began = time.monotonic()
    call(house, 'backup', shelf, '--keys', keys)
    long = time.monotonic() - began
    for number in range(4):
        backup = command(house, 'backup', shelf, '--keys', keys)
        time.sleep(random.uniform(0, long))
        backup.kill()
        backup.communicate()
        registered(house, f'b{number}', people)
    name, leaver = people.pop()
    said = call(house, 'backup', shelf, '--keys', keys)
    data, keys = said.split('\n')[:2]
    assert f'Neither opens without {house.data}/safe' in said and 'keep it elsewhere' in said, said
    assert not list(shelf.glob('*.partial')), 'what was interrupted is still there'
    assert f'{len(people) + 1} persons' in said, said
    assert leaver.get('/leave') == 200 and leaver.post('/leave', sure='yes', when='now') == 303, leaver.page[:2000]
    receipt = leaver.location
    assert leaver.get(receipt) == 200
    farewell = leaver.page
    late = Visitor(house)
    late.register('Person Late', 'late@backup.example')
    time.sleep(1.5)
    house.kill()

    former, safe = house.data, Path(house.data, 'safe')
    house.settings['safe'] = safe
    house.data = former + '-restored'
    try:
        said = call(house, 'restore', data, keys)
        assert '1 person was forgotten since and is forgotten again' in said, said
        assert re.search(r'the house as it was at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', said), said
        call(house, 'restore', data, keys, code=1)
        house.start()
        all_there(house, people)
        assert leaver.get(receipt) == 200 and leaver.page == farewell, f'the receipt says something else now: {leaver.page[:2000]}'
        for gone, visitor in [(name, leaver), ('Person Late', late)]:
            visitor.get('/privacy')
            assert gone not in visitor.page, f'{gone} is back'
        call(house, 'admin', 'doctor')
        call(house, 'backup', shelf)
        house.stop()
    finally:
        shutil.rmtree(house.data, ignore_errors=True)
        house.data = former
        house.process = None


# Where backups are put: beside the house, for one in it goes with it.
SHELF = tempfile.TemporaryDirectory(prefix='voffice-shelf-')
PARTS = [rotating, looking, looking_at_a_copy, leaving_nothing, restoring]


def main():
    people, passed = [], 0
    with House(tries=1_000_000, log_period=1, log_floor=1) as house:
        try:
            for number in range(3):
                registered(house, number, people)
            for part in PARTS:
                part(house, people)
                print(f'{part.__name__}: {part.__doc__.splitlines()[0]}', flush=True)
                passed += 1
        except (AssertionError, OSError) as wrong:
            print(wrong)
            print('\n'.join(house.said[-10:]))
    failed = len(PARTS) - passed
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
