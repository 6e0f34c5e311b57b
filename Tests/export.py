#!/usr/bin/env python3
"""Somebody takes everything along: the ZIP is whole, fits its published schema, and is checked without the house; whatever is changed in it is
refused, by the program and by the browser, in the same words.

Usage: export.py. The schema is checked by PyPI's jsonschema, in an environment of its own under .build.
"""
import io
import json
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / 'Browser')]
import copies  # noqa: E402
import forgeries  # noqa: E402
from forger import Forger  # noqa: E402
from house import Elsewhen, ROOT  # noqa: E402
from officers import JAKARTA, Officers  # noqa: E402
from tools import python_with  # noqa: E402
from visitor import Visitor  # noqa: E402


def verify(house, content, *words):
    """What the program says to these bytes."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        done = subprocess.run([house.program.parent / 'voffice-verify', file.name, *words], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


def verdicts(house, contents, *words):
    """What the program says to each of these, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, content in enumerate(contents):
            names.append(Path(folder, f'{number:05}'))
            names[-1].write_bytes(content)
        said = subprocess.run([house.program.parent / 'voffice-verify', *names, *words], capture_output=True, text=True).stdout
        return re.split(rf'^{re.escape(folder)}/\d+:\n', said, flags=re.MULTILINE)[1:]


def refused(house, key, changes, data=None):
    """Checks that each of the changed copies is refused, but for those whose JSON says the same, and that the browser says so in the same words;
    gives how many there were."""
    changes = list(changes)
    contents = [content for _, content in changes]
    said, shown = verdicts(house, contents, '--key', key), copies.verdicts(contents, key)
    assert len(said) == len(shown) == len(changes), (len(said), len(shown), len(changes))
    for (place, content), words, seen in zip(changes, said, shown):
        right = says_the_same(content, data)
        assert ('Everything holds.' in words) == right and ('WRONG: ' in words) != right, f'{place}: {words}'
        cut = 'What is in it holds' in words
        assert seen['outcome'] == ('verified' if right else 'cut' if cut else 'mismatch'), f'{place}: {words}\n{seen}'
        assert cut == (re.findall('^WRONG: (.*)', words, re.MULTILINE) == ['the statement itself says that entries before 2 were lost.']), f'{place}: {words}'
        assert seen['en'] == re.findall('^WRONG: (.*)', words, re.MULTILINE) + words.removesuffix('\n').split('\n')[1:-1] * cut or right, f'{place}: {words}\n{seen}'
        assert len(seen['id']) == len(seen['en'])
    return len(changes)


def says_the_same(content, data):
    if data is None:
        return False
    try:
        return json.dumps(json.loads(content.decode(), object_pairs_hook=once)) == json.dumps(data)
    except (ValueError, AssertionError):
        return False


def once(pairs):
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def main():
    done = 0
    with tempfile.TemporaryDirectory() as folder, Elsewhen() as house:
        sari = Visitor(house)
        sari.register('Sari “Çelik” Wijaya', 'sari@wijaya.example', '+62 811 5550 17')
        sari.get('/cases/new')
        assert sari.post('/cases/new', text='Please call me back, it is about\nmy invoice "7",\tno. \\8 \u2028 \x7f 😀 </script>.', telephone='+62 811 5550 17') == 303, sari.page[:2000]
        sari.get('/account/password')
        assert sari.post('/account/password', password='tujuh perahu di Kapuas', again='tujuh perahu di Kapuas') == 303, sari.page[:2000]
        assert sari.get('/privacy') == 200
        status = sari.post('/privacy/export')
        assert status == 200 and sari.headers['Content-Type'] == 'application/zip', (status, sari.page[:500])
        assert sari.headers['Content-Disposition'].startswith('attachment; filename="data-20'), sari.headers
        assert 'no-store' in sari.headers['Cache-Control'], sari.headers
        whole = sari.body
        archive = zipfile.ZipFile(io.BytesIO(whole))
        assert archive.testzip() is None and archive.namelist() == ['data.json', 'your-data.html', 'how-to-check.txt'], archive.namelist()
        page, text = archive.read('your-data.html').decode(), archive.read('data.json').decode()
        for typed in ('Sari “Çelik” Wijaya', 'sari@wijaya.example'):
            assert typed in page and typed in text, typed
        kept = [held for held in json.loads(text)['held'] if held['field'] == 'password check']
        assert [(held['value'], held['withheld']) for held in kept] == [(None, 'a key')], 'whoever finds the file could come in by it'
        assert 'argon2' not in text + page
        assert 'Please call me back' in page and '<script' not in page
        data = json.loads(text)
        assert data['house'].startswith('http://localhost') and data['uses'][-1]['common']['text'].split('\n')[2] == 'verb export', data['uses'][-1]
        assert all(use['index'] is not None for use in data['uses']), 'an entry has no proof'
        assert [use['sequence'] for use in data['uses']] == list(range(1, len(data['uses']) + 1))
        sari.get('/privacy')
        assert 'You took <b>everything that we hold</b> about you along' in sari.page, sari.page[sari.page.find('You took') - 50:][:200]
        assert {held['item'] for held in data['held'] if held['field'] == 'case message'} == {1}, 'a case goes by the number that she knows'
        print('the archive has everything that was typed, and each use with its proof')
        done += 1

        assert Visitor(house).post('/privacy/export') in (303, 403), 'a stranger gets nothing'
        budi = Visitor(house)
        budi.register('Budi Santoso', 'budi@santoso.example')
        budi.get('/privacy')
        assert budi.post('/privacy/export') == 200 and b'Wijaya' not in zipfile.ZipFile(io.BytesIO(budi.body)).read('data.json')
        print('another person gets their own, and a stranger nothing')
        done += 1

        file = Path(folder, 'data.json')
        file.write_text(text)
        schema = ROOT / 'assets/export-2.schema.json'
        checked = subprocess.run([python_with('jsonschema==4.23.0'), '-c', (
            'import json, jsonschema, sys\n'
            'schema = json.load(open(sys.argv[1]))\n'
            'jsonschema.Draft202012Validator.check_schema(schema)\n'
            'jsonschema.Draft202012Validator(schema).validate(json.load(open(sys.argv[2])))'), schema, file], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr[-2000:]
        assert sari.get('/assets/export-2.schema.json') == 200
        print('it fits the schema that is published')
        done += 1

        key, count = data['key'], len(data['uses'])
        for content, beside in ((text.encode(), 'give the whole archive'), (whole, 'The files beside data.json are what')):
            code, said = verify(house, content, '--key', key)
            assert code == 0 and f'{count} entries of the record of uses, 1 to {count}: none is missing' in said and beside in said, said
        code, said = verify(house, whole)
        assert code == 2 and 'Whether the house signed it nobody can say' in said and f'--key {key}' in said, said
        assert verify(house, b'')[0] == 1 and verify(house, whole, '--key', 'localhost/log+00000000+AAAA')[0] == 1
        print('it is checked without the house, by the key that the house publishes')
        done += 1

        other = taken(budi)
        wrongs = refused(house, key, forgeries.of(data, other), data) + refused(house, key, forgeries.of_archive(archive))
        same = list(forgeries.without_meaning(data))
        for (place, content), seen in zip(same, copies.verdicts([content for _, content in same], key)):
            code, said = verify(house, content, '--key', key)
            assert code == 0 and seen['outcome'] == 'verified', f'{place}: {said} {seen}'
            assert seen['en'] == said.split('\n')[:-2], (seen['en'], said)
        wrongs += refused(house, key, forgeries.of_layout(whole))
        repacked = forgeries.packed({name: archive.read(name) for name in archive.namelist()})
        assert verify(house, repacked, '--key', key)[0] == 0, 'who packs as the house does changes nothing'
        assert wrongs > 1000, wrongs
        print(f'{wrongs} changes of a field, of its type, of order and of number are refused')
        done += 1
        done += forged(house, key, data, folder)
        done += late(house, sari)
        done += ended(house, sari)
    print(f'{done} passed, 0 failed')


def forged(house, key, data, folder):
    """Copies that somebody made and signed with a key of their own: under the log's key none passes, and under theirs each thing that is wrong has
    its own words."""
    forger = Forger(folder, key.split('+')[0])
    whole = forger.whole(data)
    code, said = verify(house, whole)
    assert code == 2 and 'Everything fits together' in said and forger.key in said, said
    code, said = verify(house, whole, '--key', key)
    assert code == 1 and f'it is signed with {forger.key}, which isn' in said, said
    assert verify(house, whole, '--key', forger.key)[0] == 0
    wrongs = list(forger.copies(data))
    contents = [content for _, _, content in wrongs]
    refused(house, forger.key, [(place, content) for place, _, content in wrongs])
    for (place, words, _), said in zip(wrongs, verdicts(house, contents, '--key', forger.key)):
        assert re.search(words, said), f'{place}: {said}'
    seen = copies.verdicts([whole], key)[0], copies.verdicts([whole], forger.key)[0], copies.verdicts([whole], None)[0], copies.verdicts([whole], f'{key} {forger.key}')[0]
    assert [one['outcome'] for one in seen] == ['mismatch', 'verified', 'unknown', 'verified'], seen
    print(f'{len(wrongs)} copies that were signed, each with one thing wrong, are refused for just that; a key of somebody else’s opens nothing')
    return 1


def late(house, sari):
    """What couldn't be told at the time is in the export when it may be, with its entry of then."""
    ratna = Visitor(house)
    ratna.get(house.invitation)
    assert ratna.post(house.invitation, name='Ratna Dewi', email='ratna@office.example') == 303, ratna.page[:2000]
    code = ratna.code('ratna@office.example')
    ratna.get('/sign-in/code')
    assert ratna.post('/sign-in/code', code=code) == 303, ratna.page[:2000]
    officers = Officers(house, ratna)
    assert officers.sign_in()
    putri, agus = officers.browsers['policy officer'], officers.browsers['privacy officer']
    day = (datetime.now(JAKARTA) + timedelta(days=30)).date().isoformat()
    putri.get('/staff/holds')
    assert putri.post('/staff/holds', customer='sari@wijaya.example', field0='on', text='Order 12/2026.', review=day, silence=day) == 303
    agus.get('/staff/holds')
    assert agus.post('/staff/holds/1/agreement') == 303, agus.page[:2000]
    putri.get('/staff/holds/1')
    longer = (datetime.now(JAKARTA) + timedelta(days=31)).date().isoformat()
    assert putri.post('/staff/holds/1/silence', silence=longer) == 303, putri.page[:2000]
    agus.get('/staff/holds/1')
    assert agus.post('/staff/holds/1/silence-agreement') == 303, agus.page[:2000]
    assert not [use for use in taken(sari)['uses'] if use.get('withheld') or 'matter' in use['common']['text']], 'told early'
    putri.get('/staff/holds/1')
    assert putri.post('/staff/holds/1/silence-end') == 303, putri.page[:2000]
    end = time.monotonic() + 10
    while time.monotonic() < end and not any('end restraint' in use['common']['text'] for use in taken(sari)['uses']):
        time.sleep(0.3)
    data = taken(sari)
    told = [number for number, use in enumerate(data['uses']) if use.get('withheld')]
    assert [data['uses'][n]['common']['text'].split('\n')[2] for n in told] == ['verb hold', 'verb extend restraint', 'verb end restraint'], told
    code, said = verify(house, forgeries.written(data), '--key', data['key'])
    assert code == 0, said
    wrongs = refused(house, data['key'], late_forgeries(data, told))
    print(f'what was told late is checked too: {wrongs} changes of a byte in the entries of then are refused')
    return 1


def ended(house, sari):
    """What the house let go by itself is in the export, an entry of the chain like the others."""
    sari.get('/privacy/correction/email-address')
    assert sari.post('/privacy/correction/email-address', value='sari@new.example') == 303, sari.page[:2000]
    house.stop()
    house.jump = 2 * 3_600
    house.start()
    verbs, end = [], time.monotonic() + 20
    while time.monotonic() < end and 'verb end unproved' not in verbs:
        data = taken(sari)
        verbs = [use['common']['text'].split('\n')[2] for use in data['uses']]
        time.sleep(0.3)
    assert verbs.count('verb end unproved') == 1, verbs
    code, said = verify(house, forgeries.written(data), '--key', data['key'])
    assert code == 0, said
    place = verbs.index('verb end unproved')
    del data['uses'][place]
    code, said = verify(house, forgeries.written(data), '--key', data['key'])
    assert code == 1 and f'entry {place + 1} is missing' in said, said
    print('what ran out by itself is there, and missed where it was taken out')
    return 1


def taken(visitor):
    visitor.get('/privacy')
    assert visitor.post('/privacy/export') == 200, visitor.page[:2000]
    return json.loads(zipfile.ZipFile(io.BytesIO(visitor.body)).read('data.json'))


def late_forgeries(data, told):
    """Each field of the entries of then, and whose they are."""
    def copy():
        return json.loads(json.dumps(data))
    for number in told:
        for place, content in forgeries.of_fields(data['uses'][number]['withheld']):
            wrong = copy()
            wrong['uses'][number]['withheld'] = json.loads(content)
            yield f'{number} {place}', forgeries.written(wrong)
        wrong = copy()
        del wrong['uses'][number]['withheld']
        yield f'{number} without its entry of then', forgeries.written(wrong)
    wrong = copy()
    wrong['uses'][told[0]]['withheld'], wrong['uses'][told[1]]['withheld'] = (
        wrong['uses'][told[1]]['withheld'], wrong['uses'][told[0]]['withheld'])
    yield 'two swapped', forgeries.written(wrong)
    wrong = copy()
    wrong['uses'][0]['withheld'] = wrong['uses'][told[0]]['withheld']
    yield 'one where nothing was withheld', forgeries.written(wrong)


try:
    main()
except (AssertionError, OSError, KeyError) as wrong:
    print(f'{type(wrong).__name__}: {wrong}\n0 passed, 1 failed')
    sys.exit(1)
