#!/usr/bin/env python3
"""Runs everything that must hold and prints `N passed, N failed` as its last line.

Usage: scripts/test.py [PART...], where PART begins the name of a part in PARTS below.
Each part is a command that prints such a line itself; one that fails without it, or that tests nothing, counts as a failure.
"""
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as XML
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ['TESTED_VOFFICE'] = '1'  # Package.swift says what for.
BUILD = ['swift', 'build', '--build-tests', '--explicit-target-dependency-import-check', 'error']


def build():
    ok = subprocess.run([ROOT / 'scripts/arrows.py']).returncode == 0 and subprocess.run(BUILD, cwd=ROOT).returncode == 0
    if not ok:
        print('The build failed: nothing else was tested.\n\n0 passed, 1 failed')
        sys.exit(1)
    return 1, 0


def release():
    """The optimiser refuses some code that a debug build takes."""
    ok = subprocess.run(['swift', 'build', '-c', 'release', '--product', 'voffice', *BUILD[3:]], cwd=ROOT).returncode == 0
    return (1, 0) if ok else (0, 1)


def unit():
    return swift_tests('unit tests', [('the site', ['--filter', r'^SiteTests\.']), ('all others', ['--skip', r'^SiteTests\.'])])


def postgres():
    """The rooms that have to do with the database, once more on a server of PostgreSQL that is there for them alone."""
    subprocess.run([sys.executable, ROOT / 'Tests/postgres.py', '--alone'])
    halves = [('the store and the office', ['--filter', r'^(Store|Office)Tests\.']), ('the vault', ['--filter', r'^VaultTests\.'])]
    return swift_tests('unit tests on PostgreSQL', halves, [sys.executable, ROOT / 'Tests/postgres.py'])


def swift_tests(part, processes, before=()):
    """Two processes at most, one for each core; Swift Testing counts in a file. A test that crashed its process isn't in it: what a process said
    as it fell stands at the end."""
    with tempfile.TemporaryDirectory() as folder:
        halves = []
        for name, which in processes:
            output, results = Path(folder, name + '.txt'), Path(folder, name + '.xml')
            with open(output, 'w') as file:
                halves.append((name, output, results, subprocess.Popen(
                    [*before, 'swift', 'test', '--skip-build', '--ignore-lock', *which, '--xunit-output', results], cwd=ROOT, stdout=file,
                    stderr=subprocess.STDOUT)))
        passed = failed = 0
        for name, output, results, process in halves:
            code = process.wait()
            lines = output.read_text(errors='replace').splitlines()
            cases = [case for file in Path(folder).glob(results.stem + '*.xml') for case in read(file).iter('testcase')]
            wrong = sum(any(case.find(what) is not None for what in ('failure', 'error')) for case in cases)
            if (code != 0 and wrong == 0) or not cases:
                wrong += 1
            passed, failed = passed + len(cases) - wrong, failed + wrong
            if wrong:
                fell = next((place for place, line in enumerate(lines) if re.match(r'(\*\*\* |Fatal error|.*: Fatal error)', line)), None)
                said = [line for line in lines if line.startswith('✘')] + ([] if fell is None else lines[fell:fell + 60])
                print('\n'.join(said or lines[-40:]))
                LAST_WORDS[f'{part}, {name}'] = (said or lines)[-90:]
            print(next((line for line in reversed(lines) if 'Test run with' in line), f'{name}: no end'), flush=True)
        return max(passed, 0), failed


def read(file):
    """What a process that fell had begun to write is no count."""
    try:
        return XML.parse(file).getroot()
    except XML.ParseError:
        return XML.Element('nothing')


# Of each part that failed, what it said last: where only the end of the output is kept, that is what tells.
LAST_WORDS = {}


def command(*arguments):
    def run():
        process = subprocess.run([str(a) for a in arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace')
        counts = re.findall(r'(\d+) passed, (\d+) failed$', process.stdout, re.MULTILINE)
        passed, failed = map(int, counts[-1]) if counts else (0, 0)
        if (process.returncode != 0 and failed == 0) or passed + failed == 0:
            failed += 1
        if failed:
            LAST_WORDS[arguments[-1]] = process.stdout.splitlines()[-10:]
        return passed, failed, process.stdout
    return run


PARTS = {
    'build, with the arrows between rooms': build,
    'unit tests': unit,
    'unit tests on PostgreSQL': postgres,
    'release build, as make run makes it': release,
    'refused by the compiler': command('scripts/must-not-compile.sh'),
    'policy language, conformance': command(sys.executable, 'Tests/Conformance/run.py', '--command', ROOT / '.build/debug/voffice policy',
                                            'Tests/Conformance/cases'),
    'policy language, command line': command(sys.executable, 'Tests/commands.py', ROOT / '.build/debug/voffice'),
    'command line: help, man pages, completion': command(sys.executable, 'Tests/program.py'),
    'policy language, large documents': command(sys.executable, 'Tests/Fuzz/large.py'),
    'statements in words of every engine': command(sys.executable, 'Tests/statements.py'),
    'statements that ask every machine': command(sys.executable, 'Tests/carried.py'),
    'wrong settings': command(sys.executable, 'Tests/settings.py'),
    'http scripts': command(sys.executable, 'Tests/Scripts/run.py'),
    'naughty input': command(sys.executable, 'Tests/naughty.py'),
    'slow clients': command(sys.executable, 'Tests/slow.py'),
    'behind nginx, and bare: requests in disguise': command(sys.executable, 'Tests/proxied.py'),
    'TLS by itself': command(sys.executable, 'Tests/tls.py'),
    'browser, the verifier': command(sys.executable, 'Tests/Browser/verify.py'),
    'browser': command(sys.executable, 'Tests/Browser/walk.py'),
    'browser, by keyboard alone, in both languages': command(sys.executable, 'Tests/Browser/keyboard.py'),
    'browser, each role on each page of the staff': command(sys.executable, 'Tests/Browser/roles.py'),
    'browser, a clerk who tries for more': command(sys.executable, 'Tests/Browser/clerk.py'),
    'browser, passkeys': command(sys.executable, 'Tests/Browser/passkeys.py'),
    'browser, a copy that was taken along': command(sys.executable, 'Tests/Browser/taken.py'),
    'browser, accessibility and HTML': command(sys.executable, 'Tests/Browser/axe.py'),
    'one rule taken out': command(sys.executable, 'Tests/rules.py'),
    'times that tell nothing': command(sys.executable, 'Tests/timing.py'),
    'mail over SMTP': command(sys.executable, 'Tests/mail.py'),
    'publishing a policy': command(sys.executable, 'Tests/publishing.py'),
    'taking everything along': command(sys.executable, 'Tests/export.py'),
    'checking a copy, as the document says': command(sys.executable, 'Tests/checking.py'),
    'demonstration': command(sys.executable, 'Tests/demo.py'),
    'public log': command(sys.executable, 'Tests/log.py'),
    'backup, restore and keys': command(sys.executable, 'Tests/backup.py'),
    'a house on PostgreSQL': command(sys.executable, 'Tests/onserver.py'),
    'several servers before one PostgreSQL': command(sys.executable, 'Tests/several.py'),
    'lines cut and servers killed on PostgreSQL': command(sys.executable, 'Tests/cutting.py'),
    'spread over machines': command(sys.executable, 'Tests/spread.py'),
    'forgotten on PostgreSQL': command(sys.executable, 'Tests/forgotten.py'),
    'moved to PostgreSQL and back': command(sys.executable, 'Tests/moving.py'),
    'operating, as the document says': command(sys.executable, 'Tests/operating.py'),
    'threats, each with its code and test': command(sys.executable, 'Tests/threats.py'),
    'kill -9': command(sys.executable, 'Tests/kill9.py'),
    'kill -9 between data and keys': command(sys.executable, 'Tests/between.py'),
    'faults of disk, clock and files': command(sys.executable, 'Tests/faults.py'),
    'lives under two versions': command(sys.executable, 'Tests/histories.py'),
}


# Those that use both processors by themselves, or compare times; any two of the others run at once.
ALONE = {
    'build, with the arrows between rooms', 'unit tests', 'unit tests on PostgreSQL', 'release build, as make run makes it', 'slow clients',
    'times that tell nothing',
}


def main(wanted):
    counts, printing = {}, threading.Lock()

    def run(name):
        began = time.monotonic()
        print(f'\n== {name}' if name in ALONE else f'-- {name}: begun', flush=True)
        passed, failed, *said = PARTS[name]()
        with printing:
            if said:
                print(f'\n== {name}\n{said[0]}', end='', flush=True)
            counts[name] = (passed, failed, counts.get(name, (0, 0, 0))[2] + time.monotonic() - began)

    chosen = [name for name in PARTS if not wanted or any(name.startswith(w) for w in wanted)]
    for name in chosen:
        if name in ALONE:
            run(name)
    with ThreadPoolExecutor(2) as lanes:
        list(lanes.map(run, [name for name in chosen if name not in ALONE]))
    # What fails is tried once more by itself, since others share the machine; what then passes is unsteady, and is named with what it said.
    fell = [name for name in chosen if counts[name][1]]
    for name in fell:
        print(f'\n{name}: once more')
        run(name)
    unsteady = [name for name in fell if not counts[name][1]]
    print()
    for name, (passed, failed, seconds) in counts.items():
        print(f'{name:48} {passed:5} passed {failed:4} failed {seconds:6.0f} s{"  UNSTEADY" if name in unsteady else ""}')
    for name, words in LAST_WORDS.items():
        print(f'\n{name}, failed:\n' + '\n'.join(f'    {line[:400]}' for line in words))
    passed, failed = (sum(column) for column in [*zip(*counts.values())][:2]) if counts else (0, 1)
    print(f'\n{passed} passed, {failed} failed' + (f' ({len(unsteady)} parts only at the second try)' if unsteady else ''))
    return 1 if failed else 0


sys.exit(main(sys.argv[1:]))
