#!/usr/bin/env python3
"""Who left a house on PostgreSQL is gone from its server: every byte of the cluster is looked at, and older copies are put back.

Usage: forgotten.py. Right after the next renewal of the keys nothing that is left opens anything; after the server's own upkeep not even that is
left. What was put back as it was before forgets them again before the door opens. Prints `N passed, N failed`.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import ROOT, House  # noqa: E402
from onserver import address, make_databases, voffice  # noqa: E402
from postgres import Server  # noqa: E402
from visitor import Visitor  # noqa: E402

VALUES = [b'Sari Wijaya', b'ladatimur', b'Wijaya']


class Copied(Server):
    """A server on the files of a base backup of another one, as it was then."""

    def __init__(self, base):
        super().__init__(durable=True)
        self.base = base

    def make(self):
        self.own(self.folder)
        subprocess.run(['cp', '-a', self.base, f'{self.folder}/db'], check=True)
        self.start()


def rows(server, database, text):
    return [bytes.fromhex(line) for line in server.psql(database, text).stdout.split()]


def secrets(server, subject):
    """What lies sealed of somebody, and the keys that open it, each as its bytes."""
    found = {'records': rows(server, 'voffice', f"SELECT encode(sealed, 'hex') FROM record WHERE subject = {subject}")}
    for table in ('class_key', 'item_key'):
        found[table] = rows(server, 'keys', f"SELECT encode(wrapped, 'hex') FROM {table} WHERE subject = {subject}")
    assert all(found.values()), found
    return found


def everywhere(*folders):
    """Each file with its bytes."""
    for folder in folders:
        for path in Path(folder).rglob('*'):
            if path.is_file() and not path.is_socket():
                yield path, path.read_bytes()


def found_in(wanted, *folders):
    return sorted({str(path) for path, text in everywhere(*folders) if any(one in text for one in wanted)})


def leaves(server, house, course):
    sari, dewi = Visitor(house), Visitor(house)
    sari.register('Sari Wijaya', 'sari@ladatimur.example')
    subject = server.psql('voffice', 'SELECT id FROM subject').stdout.strip()
    dewi.register('Dewi Lestari', 'dewi@tokobaru.example')
    time.sleep(2)
    course.update(dewi=dewi, sari=sari, sealed=secrets(server, subject), ring=[p.read_bytes() for p in Path(house.data, 'keys').glob('r*.*')])
    assert found_in(course['sealed']['item_key'], server.folder), 'a key that is there wasn\'t found'
    server.own(course['base'])
    server.run('pg_basebackup', '-h', server.folder, '-U', 'house', '-D', course['base'], '-c', 'fast')
    shutil.copytree(Path(house.data, 'keys'), course['folder'] / 'keys')
    assert sari.get('/leave') == 200 and sari.post('/leave', sure='yes', when='now') in (200, 303), sari.page[:2000]
    time.sleep(2)
    assert voffice(house, 'admin', 'keys', 'rotate').returncode == 0


def leaves_nothing_that_opens(server, house, course):
    assert not found_in(VALUES, server.folder, house.data, house.settings['safe']), 'a value lies somewhere'
    # The root and the ring, under which everything that may linger stood, are nowhere.
    assert not found_in([one[:32] for one in course['ring']], server.folder, house.data, house.settings['safe'])


def leaves_nothing_at_all_after_the_servers_upkeep(server, house, course):
    """As docs/operating.md says."""
    found = re.search(r'^```sh upkeep\n(.*?)^```$', (ROOT / 'docs/operating.md').read_text(), re.S | re.M)[1]
    for line in found.splitlines():
        done = subprocess.run(['sh', '-c', line], env={**os.environ, 'PGHOST': server.folder, 'PGUSER': 'house'}, capture_output=True, text=True)
        assert done.returncode == 0, (line, done)
    for what, wanted in course['sealed'].items():
        assert not found_in(wanted, server.folder, house.data, house.settings['safe']), (what, found_in(wanted, server.folder))
    assert course['dewi'].get('/privacy') == 200 and 'Dewi Lestari' in course['dewi'].page


def opened(house, course):
    house.start()
    assert any(line.startswith('Stop with') for line in house.said), house.said
    for visitor in (course['sari'], course['dewi']):
        visitor.get('/privacy')
    assert 'Wijaya' not in course['sari'].page and 'Dewi Lestari' in course['dewi'].page
    done = voffice(house, 'admin', 'doctor')
    assert 'forgotten-there' not in done.stdout and 'rows-of-nobody' not in done.stdout, done.stdout
    house.stop()


def forgets_again_what_older_data_bring(server, house, course):
    house.stop()
    with Copied(course['base']) as older:
        house.settings['database'] = address(older, 'voffice', 'office')
        house.start()
        assert house.process.wait(20) == 1 and any('is older than its keys' in line for line in house.said), house.said
        Path(house.data, 'keys/accept-older-data').touch()
        opened(house, course)


def forgets_again_whom_older_keys_bring(server, house, course):
    with Copied(course['base']) as older:
        house.settings |= {'database': address(older, 'voffice', 'office'), 'keys': address(older, 'keys', 'keeper')}
        # Under the roots of now nothing of it opens.
        house.start()
        assert house.process.wait(20) == 1 and any('can\'t be read' in line for line in house.said), house.said
        shutil.rmtree(Path(house.data, 'keys'))
        shutil.copytree(course['folder'] / 'keys', Path(house.data, 'keys'))
        opened(house, course)
        assert older.psql('keys', 'SELECT count(*) FROM destroyed').stdout.strip() == '1'


def main():
    if not Server.programs.exists():
        raise SystemExit('PostgreSQL isn\'t installed here: `scripts/install.sh test` does it.')
    passed = failed = 0
    folder, base = Path(tempfile.mkdtemp(prefix='voffice-test-')), tempfile.mkdtemp(prefix='voffice-pg-', dir='/tmp')
    try:
        with Server(durable=True, settings=('wal_recycle=off', 'autovacuum=off')) as server:
            make_databases(server)
            with House(database=address(server, 'voffice', 'office'), keys=address(server, 'keys', 'keeper'), safe=folder / 'safe') as house:
                course = {'folder': folder, 'base': base}
                for test in (leaves, leaves_nothing_that_opens, leaves_nothing_at_all_after_the_servers_upkeep, forgets_again_what_older_data_bring,
                             forgets_again_whom_older_keys_bring):
                    try:
                        test(server, house, course)
                        passed += 1
                    except (AssertionError, OSError, KeyError, ValueError):
                        failed += 1
                        print(f'{test.__name__}: {traceback.format_exc()[-3000:]}')
    finally:
        for one in (folder, base):
            shutil.rmtree(one, ignore_errors=True)
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
