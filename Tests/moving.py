#!/usr/bin/env python3
"""A house from files to PostgreSQL and back: killed in the midst and resumed, every row held against its source, a changed byte named.

Usage: moving.py. The old place stays as it was; a week after somebody confirmed the move its root is forgotten. Prints `N passed, N failed`.
"""
import hashlib
import json
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
from house import ROOT, Elsewhen  # noqa: E402
from onserver import address, make_databases, voffice  # noqa: E402
from postgres import Server  # noqa: E402
from visitor import Visitor  # noqa: E402


class Placed(Elsewhen):
    """A house in a directory that stays when it closes, with its settings in a file."""

    def __init__(self, folder, name, **settings):
        super().__init__(safe=f'{folder}/safe', **settings)
        self.data, self.conf = f'{folder}/{name}', f'{folder}/{name}.conf'
        Path(self.conf).write_text(''.join(f'{k} = {v}\n' for k, v in {'data': self.data, **self.settings}.items()))

    def files(self):
        """Each with its digest; whoever looks into SQLite's leaves empty ones beside it."""
        return {str(p.relative_to(self.data)): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(Path(self.data).rglob('*'))
                if p.is_file() and p.stat().st_size and p.suffix != '.sqlite-shm'}


def begin_move(old, new, *words):
    environment = {k: v for k, v in os.environ.items() if not k.startswith('VOFFICE')}
    return subprocess.Popen([old.program, 'admin', 'move', *words, old.conf, new.conf], cwd='/', env=environment, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)


def move(old, new, *words, code=0):
    process = begin_move(old, new, *words)
    out, said = process.communicate(timeout=300)
    assert process.returncode == code, (process.returncode, out, said)
    return out, said


def sound(house):
    done = voffice(house, 'admin', 'doctor')
    assert done.returncode == 0 and 'nothing is wrong' in done.stdout, done


def there(house, people):
    for name, visitor in people:
        visitor.house = house
        assert visitor.get('/privacy') == 200 and name in visitor.page, f'{name} is missing'
        assert 'Does not match' not in visitor.page, f'an entry of {name} is at odds with the log'


class Course:
    """What the tests share, one after the other."""

    def __init__(self, server, folder):
        self.server, self.people = server, []
        self.files = Placed(folder, 'files')
        self.tables = Placed(folder, 'tables', database=address(server, 'voffice', 'office'), keys=address(server, 'keys', 'keeper'))
        self.back = Placed(folder, 'back')


def refuses_an_open_house_and_odd_places(course):
    house = course.files
    house.start()
    for number in range(12):
        visitor, name = Visitor(house), f'Person {number}'
        visitor.register(name, f'p{number}@moving.example')
        course.people.append((name, visitor))
    _, said = move(house, course.tables, code=1)
    assert 'in use' in said, said
    assert house.stop() == 0
    _, said = move(house, house, code=1)
    assert '`data` must be another' in said, said
    elsewhere = Placed(Path(house.data).parent, 'elsewhere')
    text = Path(elsewhere.conf).read_text()
    Path(elsewhere.conf).write_text(text.replace('/safe\n', '/other\n'))
    _, said = move(house, elsewhere, code=1)
    assert '`safe` must be that of SOURCE' in said, said
    _, said = move(course.tables, house, code=1)
    assert 'holds no house' in said, said


def moves_to_a_server_however_often_it_is_killed(course):
    old, new, before = course.files, course.tables, course.files.files()

    def count(table):
        said = course.server.psql('voffice', f'SELECT count(*) FROM {table}').stdout.strip()
        return int(said) if said else None

    def killed(when):
        process = begin_move(old, new)
        while process.poll() is None and not when():
            time.sleep(0.01)
        process.kill()
        assert process.wait() == -9, process.communicate()

    killed(lambda: Path(new.data, 'moving').exists())
    # Made, and in parts: that waits for whoever holds a table.
    killed(lambda: course.server.psql('voffice', "SELECT relkind FROM pg_class WHERE relname = 'use_record'").stdout.strip() == 'p')
    # It stands still before the list of uses, until it is killed there.
    holding = subprocess.Popen(['psql', '-h', course.server.folder, '-U', 'house', '-d', 'voffice', '-qAt'], stdin=subprocess.PIPE, text=True)
    holding.stdin.write('BEGIN;\nLOCK TABLE use_record IN EXCLUSIVE MODE;\n')
    holding.stdin.flush()
    try:
        killed(lambda: (count('record') or 0) > 0)
    finally:
        holding.communicate('ROLLBACK;\n')
    try:
        new.start()
        raise OSError('a house that is half there opened')
    except AssertionError as error:
        assert 'isn\'t finished' in str(error), error
    flip(course, 'voffice', 'record', 'sealed')
    out, said = move(old, new)
    assert 'record of the database voffice' in said and 'row 1 isn\'t as it is in the source; the table is begun anew' in said, said
    assert 'are the same in both places' in out and 'root of the log' in out, out
    assert not Path(new.data, 'moving').exists()
    after = old.files()
    assert after == before, f'the old place was changed: {sorted(n for n in after | before if after.get(n) != before.get(n))}'
    sound(new)


def flip(course, database, table, column):
    """One bit of the first row."""
    done = course.server.psql(database, f'''UPDATE {table} SET {column} = set_byte({column}, 20, get_byte({column}, 20) # 1)
        WHERE subject = (SELECT min(subject) FROM {table})''')
    assert done.returncode == 0, done


def names_a_byte_that_differs(course):
    for database, table, column in (('voffice', 'use_record', 'leaf'), ('keys', 'seen_entry', 'leaf')):
        flip(course, database, table, column)
        out, said = move(course.files, course.tables, '--json', code=1)
        assert f'{table} of the database {database}' in said and 'row 1 isn\'t as it is in the source' in said, said
        differing = [t for t in json.loads(out)['tables'] if t['differs']]
        assert [t['differs'] for t in differing] == [1] and len(differing[0]['sha256']) == 64, differing
        flip(course, database, table, column)
    move(course.files, course.tables)


def is_done_by_the_commands_of_the_document(course):
    found = re.search(r'^```sh move\n(.*?)^```$', (ROOT / 'docs/operating.md').read_text(), re.S | re.M)[1]
    assert found.count('admin move') == 2, found
    environment = {k: v for k, v in os.environ.items() if not k.startswith('VOFFICE')} | {'PATH': f'{course.files.program.parent}:{os.environ["PATH"]}'}
    for line in found.replace('/etc/voffice/voffice.conf', course.files.conf).replace('/etc/voffice/server.conf', course.tables.conf).splitlines():
        done = subprocess.run(['sh', '-c', line], cwd='/', env=environment, capture_output=True, text=True)
        assert done.returncode == 0, (line, done)


def opens_there(course):
    house = course.tables
    house.port = 0
    house.start()
    there(house, course.people)
    visitor = Visitor(house)
    visitor.register('Newcomer', 'new@moving.example')
    course.people.append(('Newcomer', visitor))
    sound(house)
    assert house.stop() == 0


def moves_back_to_files(course):
    out, _ = move(course.tables, course.back)
    assert 'are the same in both places' in out, out
    sound(course.back)
    course.back.start()
    there(course.back, course.people)
    assert course.back.stop() == 0
    sound(course.back)
    # What isn't empty is nobody's to be written over.
    other = Placed(Path(course.back.data).parent, 'third', database=course.tables.settings['database'], keys=course.tables.settings['keys'])
    _, said = move(course.back, other, code=1)
    assert 'holds something already' in said, said


def forgets_the_old_root_a_week_after_its_confirmation(course):
    old, house = Path(course.tables.data, 'keys'), course.back
    roots = lambda: [p.name for p in old.glob('root.*')]  # noqa: E731
    move(course.files, house, '--confirm', code=1)
    out, _ = move(course.tables, house, '--confirm')
    assert 'forgets the root' in out, out
    house.start()
    time.sleep(2)
    assert roots() and house.stop() == 0
    house.jump = 8 * 86400
    environment = {k: v for k, v in os.environ.items() if not k.startswith('VOFFICE')} | house.beside() | {'VOFFICE_CONF': house.conf}
    done = subprocess.run([house.program, 'admin', 'clock', 'right'], cwd='/', env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done
    house.start()
    for _ in range(50):
        if not roots() and not Path(house.data, 'former').exists():
            break
        time.sleep(0.2)
    assert not roots() and not Path(house.data, 'former').exists(), roots()
    assert house.stop() == 0
    # The copy that was left opens no more.
    done = voffice(course.tables, 'admin', 'doctor')
    assert done.returncode == 1 and 'can\'t be read' in done.stderr, done


def main():
    if not Server.programs.exists():
        raise SystemExit('PostgreSQL isn\'t installed here: `scripts/install.sh test` does it.')
    passed = failed = 0
    folder = tempfile.mkdtemp(prefix='voffice-test-')
    try:
        with Server(durable=True) as server:
            make_databases(server)
            course = Course(server, folder)
            try:
                for test in (refuses_an_open_house_and_odd_places, moves_to_a_server_however_often_it_is_killed, names_a_byte_that_differs,
                             is_done_by_the_commands_of_the_document, opens_there,
                             moves_back_to_files, forgets_the_old_root_a_week_after_its_confirmation):
                    try:
                        test(course)
                        passed += 1
                    except (AssertionError, OSError, KeyError, ValueError):
                        failed += 1
                        print(f'{test.__name__}: {traceback.format_exc()}')
            finally:
                for house in (course.files, course.tables, course.back):
                    if house.process:
                        house.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
