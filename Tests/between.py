#!/usr/bin/env python3
"""Kills the house between a write of the keys and the one of the data that follows, and between a write of the data and the keys' seeing it;
then puts an older key folder beside newer data.

Usage: between.py. Another process's lock on a database holds the house up at exactly that place. Prints `N passed, N failed`.
"""
import shutil
import sqlite3
import sys
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House  # noqa: E402
from promises import agree, whole  # noqa: E402
from visitor import Visitor  # noqa: E402


def path(house, name):
    return Path(house.data, name)


@contextmanager
def locked(database):
    rows = sqlite3.connect(database, isolation_level=None, timeout=5)
    rows.execute('BEGIN IMMEDIATE')
    try:
        yield rows
    finally:
        if rows.in_transaction:
            rows.execute('ROLLBACK')
        rows.close()


def look(database, query):
    rows = sqlite3.connect(f'file:{database}?mode=ro', uri=True)
    try:
        found = rows.execute(query).fetchone()
        return (found[0] if found else 0) or 0
    finally:
        rows.close()


def known(house):
    return look(path(house, 'data.sqlite'), 'SELECT number FROM keys_known')


def changes(house):
    return look(path(house, 'keys/keys.sqlite'), 'SELECT number FROM change_count')


def size(house):
    return look(path(house, 'data.sqlite'), 'SELECT max(size) FROM log_checkpoint')


def seen(house):
    return look(path(house, 'keys/keys.sqlite'), 'SELECT size FROM seen_tree')


def waits(until, seconds=3):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if until():
            return True
        time.sleep(0.005)
    return False


def entry_on_its_way(house, number):
    """Somebody comes in; their entries are in the queue for at most a second."""
    visitor = Visitor(house)
    visitor.register(f'Person {number}', f'p{number}@between.example')
    return visitor


def keys_are_written(house):
    """With the data locked: the keys see what waits for the log, which can't take it in yet."""
    before = changes(house)
    return look(path(house, 'data.sqlite'), 'SELECT count(*) FROM leaf_waiting') and waits(lambda: changes(house) > before, 2)


def after_the_keys_before_the_data(house):
    for number in range(20):
        visitor = entry_on_its_way(house, f'a{number}')
        with locked(path(house, 'data.sqlite')):
            if keys_are_written(house):
                house.kill()
                assert changes(house) > known(house)
                return visitor, f'a{number}'
    raise AssertionError('in 20 tries the house was never between its two writes')


def after_the_data_before_the_keys(house):
    for number in range(20):
        visitor = entry_on_its_way(house, f'b{number}')
        with locked(path(house, 'data.sqlite')) as data:
            if not keys_are_written(house):
                continue
            before = size(house)
            with locked(path(house, 'keys/keys.sqlite')):
                data.execute('ROLLBACK')
                if waits(lambda: size(house) > before):
                    house.kill()
                    assert seen(house) < size(house), 'the keys had seen it'
                    return visitor, f'b{number}'
    raise AssertionError('in 20 tries the house was never between its two writes')


def opens_whole(house, visitor, name):
    whole(house.data)
    house.start()
    # What is placed is seen a moment later.
    assert waits(lambda: seen(house) == size(house)), f'the keys have seen {seen(house)} entries, and the log has {size(house)}'
    agree(house.data)
    assert visitor.get('/privacy') == 200 and f'Person {name}' in visitor.page, f'{name} is missing'
    assert 'Does not match' not in visitor.page, f'an entry of {name} is at odds with the log'


def older_keys(house):
    """Copied while the house was closed, put back after a kill."""
    house.stop()
    keys, copy, aside = (path(house, name) for name in ('keys', 'copy', 'aside'))
    shutil.copytree(keys, copy)
    house.start()
    visitor = entry_on_its_way(house, 'late')
    assert waits(lambda: known(house) == changes(house)), 'the data don’t remember what was done to the keys'
    house.kill()
    keys.rename(aside)
    copy.rename(keys)
    before = path(house, 'data.sqlite').read_bytes()
    house.start()
    assert house.process.wait(10) == 1, 'the house opened with older keys'
    said = '\n'.join(house.said)
    assert 'keys.sqlite is older than data.sqlite' in said and 'Put the newest copy of keys.sqlite back' in said, said
    house.process = None
    assert path(house, 'data.sqlite').read_bytes() == before, 'the data were changed'
    shutil.rmtree(keys)
    aside.rename(keys)
    return visitor, 'late'


PARTS = [after_the_keys_before_the_data, after_the_data_before_the_keys, older_keys]


def main():
    passed = 0
    with House(tries=1_000_000) as house:
        try:
            for part in PARTS:
                opens_whole(house, *part(house))
                print(part.__name__.replace('_', ' '), flush=True)
                passed += 1
        except (AssertionError, OSError, sqlite3.Error) as wrong:
            print(wrong)
            print('\n'.join(house.said[-10:]))
    failed = len(PARTS) - passed
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
