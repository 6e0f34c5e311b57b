#!/usr/bin/env python3
"""Calls `voffice policy` as people do: help, exit codes, and what it says to one who made a mistake.

Usage: Tests/commands.py COMMAND, such as `.build/debug/voffice`. Prints `N passed, N failed`.
"""
import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

POLICY = Path(__file__).resolve().parent.parent / 'policy'
OURS, WORDS = str(POLICY / 'voffice.policy.md'), str(POLICY / 'voffice.id.md')
COMMANDS = ['check', 'test', 'decide', 'explain', 'diff', 'who', 'what', 'coverage', 'fmt', 'export']
FLOW = 'customer service reads telephone number to answer you'


def calls(folder):
    """What is called, the exit code, and what must stand in the answer."""
    broken, bytes_, canonical = Path(folder, 'broken.md'), Path(folder, 'bytes.md'), Path(folder, 'canonical.md')
    broken.write_text('# One {#one}\n\nProse.\n\n```policy\npolicy one, version 1, from 2026-01-01\ncolect name\n```\n')
    bytes_.write_bytes(b'# One {#one}\n\nProse \xff.\n\n```policy\npolicy one, version 1, from 2026-01-01\n```\n')
    canonical.write_text(Path(OURS).read_text())
    for command in COMMANDS:
        yield [command, '--help'], 0, ['Ends with 0', '--json', f'voffice policy {command}']
        yield ['help', command], 0, [f'voffice policy {command}']
        if command != 'coverage':
            yield [command], 2, ['something is missing', f'voffice policy {command} --help']
        yield [command, '--jsn', OURS], 2, ['Did you mean --json?']
        missing = {'who': ['name'], 'what': ['name'], 'explain': [FLOW], 'diff': ['b.md'], 'export': ['--as', 'json']}.get(command, [])
        yield [command, 'nowhere.md', *missing], 2, ['there is no file nowhere.md']
        yield [command, folder, *missing], 2, ['is a folder']
        yield [command, str(broken), *missing], 1, ['broken.md:7:1: error:', '^^^^^^']
        yield [command, str(bytes_), *missing], 1, ['bytes.md:3:7: error: This byte isn\'t UTF-8.', 'Save the document as UTF-8.']
    yield [], 2, ['check', 'export']
    yield ['help'], 0, ['check', 'export']
    yield ['chek', OURS], 2, ['Did you mean “check”?']
    yield ['check', OURS, WORDS], 0, []
    yield ['check', WORDS], 0, ['without the policy that it translates', 'voffice policy check POLICY ']
    alone = Path(folder, 'alone.id.md')
    alone.write_text('# Satu {#one}\n\nProsa.\n\n```words id\nname = nama\ncourier kurir\nName = sebutan\n```\n')
    yield ['check', str(alone)], 1, ['alone.id.md:7:14: error: A word is given', 'There is a word for “Name” already', '2 errors']
    yield ['check', '--code', OURS], 0, ['rule-without-use']
    yield ['test', OURS], 0, ['examples hold']
    yield ['explain', OURS, FLOW], 0, ['an open case', 'calls.3']
    yield ['explain', OURS, ''], 2, ['no flow is given']
    yield ['explain', OURS, FLOW, '--language', 'id'], 0, ['nomor telepon Anda', 'pertanyaan yang terbuka']
    yield ['explain', OURS, FLOW, '--language', 'fr'], 2, ['en, id']
    yield ['explain', OURS, FLOW, '--language', 'id', '--words', 'nowhere.md'], 2, ['there is no file nowhere.md']
    yield ['explain', OURS, 'customer service reads telefone number to answer you'], 1, ['can\'t be read']
    yield ['who', OURS, 'telefone number'], 2, ['Did you mean “telephone number”?']
    yield ['who', OURS, 'customer service'], 2, ['no field, category or message']
    yield ['who', OURS, 'card number'], 0, ['Nobody']
    yield ['what', OURS, 'custommer service'], 2, ['Did you mean “customer service”?']
    yield ['what', OURS, 'an open case', '--language', 'id'], 0, ['Layanan pelanggan boleh']
    yield ['what', OURS, 'a gag', '--language', 'id'], 0, ['Ini tidak membuka apa pun. Ini menghentikan sesuatu: ']
    yield ['what', OURS, 'a gag'], 0, ['It opens nothing. It stops something: ', 'While it holds, you aren\'t told yet: legal-demands.']
    yield ['diff', OURS, OURS], 0, ['Nothing changes.']
    yield ['diff', '--database', 'nowhere', OURS, OURS], 2, ['nowhere holds no house']
    yield ['diff', '--database', 'postgres://db.example/voffice', OURS, OURS], 2, ['sslmode=verify-full']
    yield ['coverage', OURS], 0, ['code: CaseTelephone', 'With neither']
    yield ['coverage', OURS], 0, ['The conditions that data stay for longest:', 'account active (']
    yield ['coverage', OURS, '--json'], 0, ['"lasting":', '"then":']
    yield ['coverage'], 0, ['code: CaseTelephone', 'With neither']
    yield ['coverage'], 2, ['holds no house', 'there is no file nowhere.md'], {'VOFFICE_DATA': 'nowhere', 'VOFFICE_POLICY': 'nowhere.md'}
    many = Path(folder, 'many.md')
    head = '# One {#one}\n\nProse.\n\n```policy\npolicy one, version 1, from 2026-01-01\nrole clerk\n'
    many.write_text(head + 'note: x\n' * 3 + 'clerk may read nothing at all to do\n' * 5000)
    yield ['check', str(many)], 1, ['… and 9800 more findings; --json lists all of them.', '10000 errors, 0 warnings.']
    # To sort so many marks would take seconds.
    marked = 'a' + '\u0301\u0323' * 12_500
    for words in (['who', OURS, marked], ['what', OURS, marked], ['explain', OURS, marked], [marked], ['check', '--' + marked]):
        yield words, 2, ['more marks on one letter than any language needs']
    yield ['explain', OURS, 'custommer service reads telephone number to answer you'], 1, ['Did you mean “customer service”?']
    yield ['export', OURS], 2, ['--as is missing']
    yield ['export', OURS, '--as', 'json', '--as', 'html'], 2, ['--as stands there twice: json, html.']
    yield ['export', OURS, '--as', 'pdf'], 2, ['dpv, json, html']
    yield ['decide', OURS, '--agreed', OURS], 2, ['--agreed needs --collected']
    yield ['fmt', '--check', str(canonical)], 0, []
    yield ['fmt', '--check', '--json', str(canonical)], 0, ['"canonical": true']
    yield ['fmt', '--json', str(canonical)], 0, ['"changed": false']
    spaced = Path(folder, 'spaced.md')
    spaced.write_text(Path(OURS).read_text().replace('\npolicy vOffice', '\npolicy  vOffice'))
    yield ['fmt', '--check', '--json', str(spaced)], 1, ['"canonical": false']
    yield ['fmt', '--json', str(spaced)], 0, ['"changed": true']
    yield ['export', OURS, '--as', 'html', '--json'], 0, ['"html": "<!doctype html>']
    yield ['export', OURS, '--as', 'html'], 0, [
        '<h1>vOffice privacy policy</h1>', 'Version 1, in force from 2', '<p>This page is a program: ', '<p><em>The rating goes where the report',
        'In all, we keep your contact', '<li>An open case: “you asked us something', 'It is set by you or help desk.']
    yield ['export', OURS, '--as', 'html', '--language', 'id'], 0, [
        '<html lang="id">', '<p>Halaman ini adalah program: ', 'Lima jawaban lebih dulu', 'Seluruhnya, kami menyimpan', 'Pertanyaan yang terbuka: “Anda']
    yield ['export', OURS, '--as', 'json'], 0, ['"never":', '"keep":', '"tell":', '"rule": "uses.4"', '"duration": "24 months"']
    yield ['export', OURS, '--as', 'dpv'], 0, ['"dpv:Prohibition"', '"dpv:StorageCondition"', '"dpv:Obligation"']


CHANGES = '''collect name, address from form to serve
keep name, address while account active, because "x"
when this policy changes: a new use of stored data needs a yes by address
when this policy changes: a change without new use is posted
when this policy changes: a material change is also sent to people who refused messages
when this policy changes: people whose contact is cut or whose account is deactivated or deleted are left alone
'''


def pairs(folder, count):
    """A policy whose clerk may read a name but for some pairs of facts: what is left are two to that power."""
    facts = [f'{letter}{number}' for number in range(count) for letter in 'ab']
    path = Path(folder, f'pairs{count}.md')
    path.write_text('# One {#one}\n\nProse.\n\n```policy\npolicy one, version 1, from 2026-01-01\nfield name: text\nfield address: email\nrole clerk\n'
                    'purpose serve: to serve (contract)\nsource form\n' + ''.join(f'condition {fact}, set by clerk\n' for fact in facts)
                    + 'clerk may read name to serve\n' + ''.join(f'never read name by clerk, on a{n} and b{n}\n' for n in range(count))
                    + CHANGES + '```\n')
    return path


def alternatives_are_whole(command, folder):
    """In JSON `when` says all that holds, or says nothing."""
    passed = 0
    for count in (3, 9, 14):
        cells = json.loads(call(command, ['who', str(pairs(folder, count)), 'name', '--json']).stdout)['cells']
        when = next(cell for cell in cells if cell['who'] == 'clerk')['when']
        if count == 14:
            passed += when is None
            continue
        held = 0
        for facts in range(4 ** count if count < 5 else 2_000):
            random = Random(facts)
            true = {f'{letter}{number}' for number in range(count) for letter in 'ab' if random.random() < 0.3}
            says = any(set(each['set']) <= true and not set(each['clear']) & true for each in when)
            held += says == all(not {f'a{n}', f'b{n}'} <= true for n in range(count))
        passed += held == (4 ** count if count < 5 else 2_000)
    return passed, 3 - passed


def words(value):
    """The keys in JSON-LD that have no prefix."""
    if isinstance(value, list):
        return {word for each in value for word in words(each)}
    if not isinstance(value, dict):
        return set()
    own = {key for key in value if ':' not in key and not key.startswith('@')}
    return own.union(*(words(each) for key, each in value.items() if key != '@context'))


def call(command, arguments, settings={}):
    return subprocess.run(
        [*command, 'policy', *arguments], input='', capture_output=True, text=True, env={**os.environ, **settings}, cwd=POLICY.parent)


def main():
    command, passed, failed = shlex.split(sys.argv[1]), 0, 0
    command[0] = str(Path(command[0]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        for arguments, code, texts, *settings in calls(folder):
            result = call(command, arguments, *settings)
            said = result.stdout + result.stderr
            lacking = [text for text in texts if text not in said]
            if result.returncode != code or lacking or 'Fatal error' in said:
                failed += 1
                print(f'{arguments}: exit {result.returncode} for {code}, lacking {lacking} in:\n{said[:600]}')
            else:
                passed += 1
        # Whoever reads JSON-LD knows only the words that the context has.
        notice = json.loads(call(command, ['export', OURS, '--as', 'dpv']).stdout)
        unknown = words(notice) - set(notice['@context'])
        print(f'no meaning: {sorted(unknown)}') if unknown else None
        passed, failed = passed + (not unknown), failed + bool(unknown)
        for form in ['dpv', 'json']:
            exported = json.loads(call(command, ['export', OURS, '--as', form]).stdout)
            passed, failed = (passed + 1, failed) if exported['name'] == 'vOffice privacy policy' else (passed, failed + 1)
        good, bad = alternatives_are_whole(command, folder)
        passed, failed = passed + good, failed + bad
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


sys.exit(main())
