#!/usr/bin/env python3
"""Somebody takes everything along: the ZIP is whole, fits its published schema, and is checked without the house, byte by byte.

Usage: export.py. The schema is checked by PyPI's jsonschema, in an environment of its own under .build.
"""
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House, ROOT  # noqa: E402
from tools import python_with  # noqa: E402
from visitor import Visitor  # noqa: E402


def verify(house, file, *words):
    done = subprocess.run([house.program.parent / 'voffice-verify', file, *words], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def main():
    done = 0
    with tempfile.TemporaryDirectory() as folder, House() as house:
        sari = Visitor(house)
        sari.register('Sari “Çelik” Wijaya', 'sari@wijaya.example', '+62 811 5550 17')
        sari.get('/cases/new')
        assert sari.post('/cases/new', text='Please call me back, it is about\nmy invoice "7".', telephone='+62 811 5550 17') == 303, sari.page[:2000]
        sari.get('/account/password')
        assert sari.post('/account/password', password='tujuh perahu di Kapuas', again='tujuh perahu di Kapuas') == 303, sari.page[:2000]
        assert sari.get('/privacy') == 200
        status = sari.post('/privacy/export')
        assert status == 200 and sari.headers['Content-Type'] == 'application/zip', (status, sari.page[:500])
        assert sari.headers['Content-Disposition'].startswith('attachment; filename="data-20'), sari.headers
        assert 'no-store' in sari.headers['Cache-Control'], sari.headers
        archive = zipfile.ZipFile(io.BytesIO(sari.body))
        assert archive.testzip() is None and archive.namelist() == ['your-data.html', 'data.json', 'how-to-check.txt'], archive.namelist()
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
        schema = ROOT / 'assets/export-1.schema.json'
        checked = subprocess.run([python_with('jsonschema==4.23.0'), '-c', (
            'import json, jsonschema, sys\n'
            'schema = json.load(open(sys.argv[1]))\n'
            'jsonschema.Draft202012Validator.check_schema(schema)\n'
            'jsonschema.Draft202012Validator(schema).validate(json.load(open(sys.argv[2])))'), schema, file], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr[-2000:]
        assert sari.get('/assets/export-1.schema.json') == 200
        print('it fits the schema that is published')
        done += 1

        code, said = verify(house, file)
        assert code == 0 and f'{len(data["uses"])} entries, {len(data["uses"])} of them proved' in said and 'Every entry of the record of uses holds' in said, said
        assert verify(house, file, '--key', data['key'])[0] == 0
        other = json.loads(zipfile.ZipFile(io.BytesIO(budi.body)).read('data.json'))
        print('it is checked without the house')
        done += 1

        wrongs = 0
        for place, wrong in forgeries(data, other):
            file.write_text(json.dumps(wrong, ensure_ascii=False))
            code, said = verify(house, file)
            assert code == 1 and 'WRONG' in said, f'{place}: {said}'
            wrongs += 1
        assert wrongs > 40, wrongs
        file.write_text(text)
        assert verify(house, file, '--key', 'localhost/log+00000000+AAAA')[0] == 1
        for nonsense in ('', '{}', '[]', text[:-2], 'null'):
            file.write_text(nonsense)
            assert verify(house, file)[0] == 2, nonsense
        print(f'{wrongs} changes of a byte, of order and of number are refused')
        done += 1
    print(f'{done} passed, 0 failed')


def forgeries(data, other):
    def copy():
        return json.loads(json.dumps(data))
    for number, use in enumerate(data['uses']):
        for part in ('common', 'person'):
            for what in ('text', 'salt'):
                wrong = copy()
                value = use[part][what]
                wrong['uses'][number][part][what] = ('B' if value[0] != 'B' else 'C') + value[1:]
                yield f'{number} {part} {what}', wrong
        wrong = copy()
        wrong['uses'][number]['staff'] = {'code': data['head']['leaf']}
        yield f'{number} staff', wrong
        wrong = copy()
        wrong['uses'][number]['index'] ^= 1
        yield f'{number} index', wrong
        wrong = copy()
        del wrong['uses'][number]
        if 0 < number:
            yield f'{number} left out', wrong
    wrong = copy()
    wrong['uses'][0], wrong['uses'][1] = wrong['uses'][1], wrong['uses'][0]
    yield 'two swapped', wrong
    wrong = copy()
    wrong['uses'].append(wrong['uses'][-1])
    yield 'one twice', wrong
    wrong = copy()
    wrong['uses'][-1] = other['uses'][-1]
    yield 'another person’s entry', wrong
    wrong = copy()
    wrong['checkpoint'] = wrong['checkpoint'].replace('\n', '\n\n', 1)
    yield 'the checkpoint', wrong
    wrong = copy()
    wrong['key'] = wrong['key'][:-4] + 'AAA='
    yield 'the key', wrong


try:
    main()
except (AssertionError, OSError, KeyError) as wrong:
    print(f'{type(wrong).__name__}: {wrong}\n0 passed, 1 failed')
    sys.exit(1)
