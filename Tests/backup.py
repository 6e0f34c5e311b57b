#!/usr/bin/env python3
"""Keys are rotated while the house is open, and killed in the middle of it; nothing that was promised goes.

Usage: backup.py. Prints `N passed, N failed`.
"""
import os
import random
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House, ROOT  # noqa: E402
from kill9 import whole  # noqa: E402
from visitor import Visitor  # noqa: E402


def command(house, *words, **settings):
    """Begins a command of the program with the settings of the house."""
    settings = {'data': house.data, **house.settings, **settings}
    environment = {k: v for k, v in os.environ.items() if not k.startswith('VOFFICE')}
    environment |= {f'VOFFICE_{k.upper()}': str(v) for k, v in settings.items()}
    return subprocess.Popen([house.program, *map(str, words)], cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)


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
    for number in range(12):
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


def main():
    people, passed = [], 0
    with House(tries=1_000_000, log_period=1, log_floor=1) as house:
        try:
            for number in range(3):
                registered(house, number, people)
            for part in [rotating]:
                part(house, people)
                print(f'{part.__name__}: {part.__doc__.splitlines()[0]}', flush=True)
                passed += 1
        except (AssertionError, OSError) as wrong:
            print(wrong)
            print('\n'.join(house.said[-10:]))
    failed = 1 - passed
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
