#!/usr/bin/env python3
"""A house on PostgreSQL: data and keys in a database and under a role of their own, on a server that lies in a temporary directory.

Usage: onserver.py. It opens, takes people in, is looked through by the doctor, outlives the server's death, and opens again; whoever has the data
alone reads nobody; what can't be done on a server is refused with a sentence. Prints `N passed, N failed`.
"""
import json
import os
import re
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import ROOT, House  # noqa: E402
from postgres import Server  # noqa: E402
from visitor import Visitor  # noqa: E402


def make_databases(server):
    """As docs/operating.md says, and one more that is empty."""
    found = re.search(r'^```sh server\n(.*?)^```$', (ROOT / 'docs/operating.md').read_text(), re.S | re.M)[1]
    assert found.count('createdb') == 2, found
    environment = {**os.environ, 'PGHOST': server.folder, 'PGUSER': 'house'}
    for line in [*found.splitlines(), 'createuser other', 'createdb --owner=other --template=template0 others']:
        done = subprocess.run(['sh', '-c', line], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f'{line}: {done.stderr}'


def address(server, database, role):
    return f'postgres:///{database}?host={server.folder}&user={role}'


def voffice(house, *words):
    settings = {'VOFFICE_DATA': house.data, **{f'VOFFICE_{k.upper()}': str(v) for k, v in house.settings.items()}}
    return subprocess.run([house.program, *words], cwd='/', env=settings, capture_output=True, text=True)


def lies_on_the_server(server, house):
    sari = Visitor(house)
    sari.register('Sari Wijaya', 'sari@ladatimur.example')
    assert sari.get('/privacy') == 200 and 'Sari Wijaya' in sari.page
    files = sorted(p.name for p in Path(house.data).rglob('*') if p.is_file())
    assert not [name for name in files if 'sqlite' in name], files
    dump = subprocess.run(['pg_dump', '-h', server.folder, '-U', 'house', 'voffice'], capture_output=True, text=True, check=True).stdout
    assert 'COPY public.record' in dump and 'Wijaya' not in dump and 'ladatimur' not in dump
    said = subprocess.run(['psql', '-h', server.folder, '-U', 'office', '-d', 'keys', '-c', 'SELECT 1'], capture_output=True, text=True)
    assert said.returncode != 0 and 'permission denied' in said.stderr, said
    house.sari = sari


def is_looked_through(server, house):
    done = voffice(house, 'admin', 'doctor')
    assert done.returncode == 0 and 'nothing is wrong' in done.stdout, done
    done = voffice(house, 'admin', 'keys', 'rotate')
    assert done.returncode == 0 and 'under root 2' in done.stdout, done
    done = voffice(house, 'admin', 'clock')
    assert done.returncode == 0, done
    assert house.sari.get('/privacy') == 200 and 'Sari Wijaya' in house.sari.page


def outlives_the_server(server, house):
    server.stop('immediate')
    status = house.sari.get('/privacy')
    assert status == 503 and 'Retry-After' in house.sari.headers, (status, house.sari.page[:500])
    done = voffice(house, 'admin', 'doctor')
    assert done.returncode == 1 and 'can\'t be reached' in done.stderr, done
    server.start()
    for _ in range(50):
        if house.sari.get('/privacy') == 200:
            break
        time.sleep(0.2)
    assert 'Sari Wijaya' in house.sari.page, house.sari.page[:500]
    Visitor(house).register('Dewi Lestari', 'dewi@ladatimur.example')


def opens_again(server, house):
    assert house.stop() == 0
    house.start()
    assert house.sari.get('/privacy') == 200 and 'Sari Wijaya' in house.sari.page
    house.kill()
    house.start()
    assert voffice(house, 'admin', 'doctor').returncode == 0


def refuses_what_it_cant(server, house):
    for words in (['backup', f'{house.data}-copy'], ['restore', '/a', '/b']):
        done = voffice(house, *words)
        assert done.returncode == 1 and 'PostgreSQL' in done.stderr, (words, done)


def is_asked_by_the_policy(server, house):
    ours, wider = str(ROOT / 'policy/voffice.policy.md'), f'{server.folder}/wider.policy.md'
    rule = 'customer service may read telephone number to answer you'
    text = Path(ours).read_text()
    assert f'{rule}, on an open case\n' in text
    Path(wider).write_text(text.replace(f'{rule}, on an open case\n', f'{rule}\n'))
    for named in (house.settings['database'], house.data):
        done = voffice(house, 'policy', 'diff', '--database', named, '--json', ours, wider)
        assert done.returncode == 0 and json.loads(done.stdout)['demands'].get('concerned') == 2, done
    done = voffice(house, 'policy', 'diff', '--database', address(server, 'others', 'other'), ours, ours)
    assert done.returncode == 2 and 'others at' in done.stderr and 'holds no house' in done.stderr, done
    elsewhere = subprocess.run([house.program, 'policy', 'diff', '--database', house.data, ours, ours], cwd='/', capture_output=True, text=True, env={})
    assert elsewhere.returncode == 2 and 'lie on a server' in elsewhere.stderr, elsewhere


def names_what_is_wrong_of_a_server(server, house):
    house.stop()
    before = server.psql('voffice', 'SELECT number FROM keys_known').stdout.strip()
    assert server.psql('voffice', 'UPDATE keys_known SET number = number + 1000').returncode == 0
    house.start()
    assert house.process.wait(10) == 1 and any('the database keys at' in line and 'is older than the database voffice at' in line for line in house.said), house.said
    done = voffice(house, 'admin', 'doctor')
    assert done.returncode == 1 and 'keys-older: the database keys at' in done.stdout and 'sqlite' not in done.stdout, done
    assert server.psql('voffice', f'UPDATE keys_known SET number = {before}').returncode == 0
    house.start()
    assert house.sari.get('/privacy') == 200


def leaves_nothing_behind(server, house):
    """A server for tests, ended twice while its command is at work, and once more while it cleans up."""
    command = [sys.executable, ROOT / 'Tests/postgres.py', 'sh', '-c', 'trap "" TERM; echo $VOFFICE_TEST_POSTGRES; while :; do sleep 1; done']
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    folder = Path(process.stdout.readline().strip())
    assert (folder / 'db/postmaster.pid').exists()
    for _ in range(3):
        os.kill(process.pid, signal.SIGTERM)
        time.sleep(0.1)
    assert process.wait(20) == 1 and not folder.exists(), folder


def names_a_wrong_key_store(server, house):
    house.stop()
    ours = house.settings['keys']
    for keys, said in ((address(server, 'others', 'other'), 'the keys are lost'), (address(server, 'nowhere', 'other'), 'does not exist')):
        house.settings['keys'] = keys
        # It knows its port already, and so takes the end of a start for the start.
        house.start()
        assert house.process.wait(10) == 1 and any(said in line for line in house.said), house.said
    house.settings['keys'] = ours
    house.start()
    assert house.sari.get('/privacy') == 200


def main():
    if not Server.programs.exists():
        raise SystemExit('PostgreSQL isn\'t installed here: `scripts/install.sh test` does it.')
    passed = failed = 0
    with Server(durable=True) as server:
        make_databases(server)
        with House(database=address(server, 'voffice', 'office'), keys=address(server, 'keys', 'keeper')) as house:
            for test in (lies_on_the_server, is_looked_through, outlives_the_server, opens_again, refuses_what_it_cant, is_asked_by_the_policy,
                         names_what_is_wrong_of_a_server, names_a_wrong_key_store, leaves_nothing_behind):
                try:
                    test(server, house)
                    passed += 1
                except (AssertionError, OSError, KeyError, ValueError):
                    failed += 1
                    print(f'{test.__name__}: {traceback.format_exc()}')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
