#!/usr/bin/env python3
"""`voffice admin spread`: a house on PostgreSQL whose databases have Citus, or here a stand-in for it (Tests/citus.sql), which refuses what Citus refuses.

Usage: spread.py. Refused without the extension; done, and done again after an interruption; the house then opens, takes people in, answers, forgets, and
the doctor finds nothing. Real Citus isn't in Debian: docs/decisions/045 says what this doesn't show. Prints `N passed, N failed`.
"""
import json
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import ROOT, House  # noqa: E402
from onserver import address, make_databases, voffice  # noqa: E402
from postgres import Server  # noqa: E402
from statements import OWN, Reader, lists, tables  # noqa: E402
from visitor import Visitor  # noqa: E402


def ask(server, database, text):
    done = server.psql(database, text)
    assert done.returncode == 0 and 'ERROR' not in done.stderr, done.stderr
    return done.stdout.strip()


def is_refused_without_the_extension(server, house):
    house.sari = Visitor(house)
    house.sari.register('Sari Wijaya', 'sari@ladatimur.example')
    done = voffice(house, 'admin', 'spread')
    assert done.returncode == 1 and 'in use by another' in done.stderr, done
    house.stop()
    before = ask(server, 'voffice', "SELECT count(*) FROM pg_class WHERE relispartition")
    assert int(before) > 100, before
    done = voffice(house, 'admin', 'spread')
    assert done.returncode == 1 and 'lacks the extension citus' in done.stderr and 'CREATE EXTENSION citus' in done.stderr, done
    for database, missing in (('voffice', 'keys at'), ('keys', '')):
        ask(server, database, (ROOT / 'Tests/citus.sql').read_text())
        if missing:
            done = voffice(house, 'admin', 'spread')
            assert done.returncode == 1 and missing in done.stderr, done
    assert ask(server, 'voffice', "SELECT count(*) FROM pg_class WHERE relispartition") == before, 'something was changed'


def says_what_it_did(server, house):
    # Interrupted at a table in the midst, whose owner is another then.
    ask(server, 'voffice', 'ALTER TABLE staff OWNER TO house')
    done = voffice(house, 'admin', 'spread')
    assert done.returncode == 1 and 'must be owner of table staff' in done.stderr, done
    ask(server, 'voffice', 'ALTER TABLE staff OWNER TO office')
    # A start in between neither divides anything once more, nor is held up.
    house.start()
    assert house.sari.get('/privacy') == 200
    house.stop()
    done = voffice(house, 'admin', 'spread')
    assert done.returncode == 0 and 'staff of the database voffice' in done.stdout and 'whole on every machine' in done.stdout, done
    assert '\nrecord of' not in f'\n{done.stdout}', 'what had its place was given it again'
    done = voffice(house, 'admin', 'spread', '--json')
    told = {table['table']: table['place'] for table in json.loads(done.stdout)['tables']}
    assert done.returncode == 0 and all(table['was_there'] for table in json.loads(done.stdout)['tables']), done
    assert told['record'] == {'spread_by': 'subject'} and told['staff'] == 'everywhere' and told['log_leaf'] == 'coordinator', told
    for name in lists('everywhere') | lists('onOne'):
        assert told.get(name) in ('everywhere', 'coordinator'), f'{name}: {told.get(name)}'


def everything_lies_where_it_should(server, house):
    known = tables([s for s in Reader().statements() if not s[0].startswith(OWN)])
    whole = lists('everywhere') | lists('onOne')
    for database in ('voffice', 'keys'):
        assert ask(server, database, "SELECT count(*) FROM pg_class WHERE relispartition") == '0', 'a spread table lies in parts as well'
        left = ask(server, database, """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
            AND oid NOT IN (SELECT logicalrelid FROM pg_dist_partition)""")
        assert not left, f'{left} have no place'
        rows = ask(server, database, "SELECT logicalrelid::text, partkey, colocationid FROM pg_dist_partition WHERE partmethod = 'h'").splitlines()
        families = {}
        for name, column, family in (row.split('|') for row in rows):
            key = known[name][2] or ['subject']
            assert column == key[0] and name not in whole, f'{name} lies by {column}'
            families.setdefault(known[name][1][column], set()).add(family)
        assert all(len(found) == 1 for found in families.values()), families


def the_house_goes_on(server, house):
    house.start()
    assert house.sari.get('/privacy') == 200 and 'Sari Wijaya' in house.sari.page
    dewi = Visitor(house)
    dewi.register('Dewi Lestari', 'dewi@ladatimur.example', '+62 812 5550 4417')
    dewi.get('/cases/new')
    assert dewi.post('/cases/new', text='The parcel came twice.', telephone='+62 812 5550 4417') == 303, dewi.page[:2000]
    dewi.get('/privacy/correction/full-name')
    assert dewi.post('/privacy/correction/full-name', value='Dewi Lestari Putri') == 303, dewi.page[:2000]
    dewi.get('/leave')
    assert dewi.post('/leave', sure='yes', when='now') == 303, dewi.page[:2000]
    house.sari.get('/privacy')
    assert house.sari.post('/privacy/export') == 200
    done = voffice(house, 'admin', 'doctor')
    assert done.returncode == 0 and 'nothing is wrong' in done.stdout, done


def main():
    if not Server.programs.exists():
        raise SystemExit('PostgreSQL isn\'t installed here: `scripts/install.sh test` does it.')
    passed = failed = 0
    with Server() as server:
        make_databases(server)
        with House(database=address(server, 'voffice', 'office'), keys=address(server, 'keys', 'keeper')) as house:
            for test in (is_refused_without_the_extension, says_what_it_did, everything_lies_where_it_should, the_house_goes_on):
                try:
                    test(server, house)
                    passed += 1
                except (AssertionError, OSError, KeyError, ValueError):
                    failed += 1
                    print(f'{test.__name__}: {traceback.format_exc()}')
                    break
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
