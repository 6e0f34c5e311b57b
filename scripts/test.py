#!/usr/bin/env python3
"""Runs everything that must hold and prints `N passed, N failed` as its last line.

Usage: scripts/test.py [PART...], where PART begins the name of a part in PARTS below.
Each part is a command that prints such a line itself; one that fails without it, or that tests nothing, counts as a failure. Several run at once: each
says how much of the two processors it takes, and the next one begins where there is room for it.
"""
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as XML
from pathlib import Path
from typing import Callable, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
os.environ['TESTED_VOFFICE'] = '1'  # Package.swift says what for.
# So many tests of a process at a time: where hundreds have begun at once, one that waits for a moment waits for all of them.
os.environ.setdefault('SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH', '6')
# The program that `swift test` begins; by itself it asks nobody whether something is being built beside it.
TESTS = ROOT / '.build/debug/vofficePackageTests.xctest'
STRICT = ['--explicit-target-dependency-import-check', 'error']
BUILD, RELEASE = 'build, with the arrows between rooms', 'release build, as make run makes it'
# Of the two processors, and some more: each part waits now and then.
PROCESSORS = 2.8


class Result(NamedTuple):
    passed: int
    failed: int
    # Of the processors, in seconds; a server that went its own way isn't in it.
    busy: float
    said: str
    # Where only the end of the output is kept, this is what tells.
    last_words: list = []


class Part(NamedTuple):
    run: Callable[[], Result]
    # How long it takes by itself, and how much of a processor meanwhile: measured, and put right where it changed much.
    seconds: float
    processors: float
    after: str = BUILD


def call(*words):
    """Runs it to its end: the exit code, the seconds of processors that it took with all that it waited for, and what it said."""
    with tempfile.TemporaryFile('w+', errors='replace') as said:
        process = subprocess.Popen([str(word) for word in words], cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return process.returncode, used.ru_utime + used.ru_stime, said.read()


def all_of(*commands):
    """One after the other, as long as each ends well: a part that passes or fails as a whole."""
    def run():
        busy, said = 0, ''
        for words in commands:
            code, seconds, text = call(*words)
            busy, said = busy + seconds, said + text
            if code != 0:
                return Result(0, 1, busy, said, said.splitlines()[-40:])
        return Result(1, 0, busy, said)
    return run


def command(*words):
    def run():
        code, busy, said = call(*words)
        counts = re.findall(r'(\d+) passed, (\d+) failed$', said, re.MULTILINE)
        passed, failed = map(int, counts[-1]) if counts else (0, 0)
        if (code != 0 and failed == 0) or passed + failed == 0:
            failed += 1
        return Result(passed, failed, busy, said, said.splitlines()[-10:])
    return run


def python(*words):
    return command(sys.executable, *words)


def swift_tests(*which, before=()):
    """Swift Testing counts in a file. A test that crashed its process isn't in it: what the process said as it fell stands at the end."""
    def run():
        with tempfile.TemporaryDirectory() as folder:
            code, busy, said = call(*before, TESTS, '--testing-library', 'swift-testing', *which, '--xunit-output', Path(folder, 'results.xml'))
            cases = [case for file in Path(folder).glob('*.xml') for case in read(file).iter('testcase')]
        lines = re.sub(r'\x1b\[[0-9;]*m', '', said).splitlines()
        wrong = sum(any(case.find(what) is not None for what in ('failure', 'error')) for case in cases)
        if (code != 0 and wrong == 0) or not cases:
            wrong += 1
        words = []
        if wrong:
            fell = next((place for place, line in enumerate(lines) if re.match(r'(\*\*\* |Fatal error|.*: Fatal error)', line)), None)
            words = [line for line in lines if line.startswith('✘')] + ([] if fell is None else lines[fell:fell + 60]) or lines[-40:]
        end = next((line for line in reversed(lines) if 'Test run with' in line), 'no end')
        return Result(max(len(cases) - wrong, 0), wrong, busy, '\n'.join([*words, end]) + '\n', words[-90:])
    return run


def read(file):
    """What a process that fell had begun to write is no count."""
    try:
        return XML.parse(file).getroot()
    except XML.ParseError:
        return XML.Element('nothing')


def on_postgres(*which):
    """The rooms that have to do with the database, once more on a server of PostgreSQL that is there for them alone."""
    return swift_tests(*which, before=(sys.executable, ROOT / 'Tests/postgres.py'))


def product(name):
    return ['swift', 'build', '-c', 'release', '--product', name, *STRICT]


PARTS = {
    BUILD: Part(all_of(['scripts/arrows.py'], ['swift', 'build', '--build-tests', *STRICT]), 170, 2, ''),
    # The optimiser refuses some code that a debug build takes.
    RELEASE: Part(all_of(product('voffice'), product('voffice-verify'), product('PolicyHistories')), 230, 1),
    'unit tests, the site': Part(swift_tests('--filter', r'^SiteTests\.'), 80, 1),
    'unit tests, all others': Part(swift_tests('--skip', r'^SiteTests\.'), 90, 1),
    'unit tests on PostgreSQL, the store and the office': Part(on_postgres('--filter', r'^(Store|Office)Tests\.'), 150, 1),
    'unit tests on PostgreSQL, the vault': Part(on_postgres('--filter', r'^VaultTests\.'), 90, 1),
    'tests that one engine alone runs, and why': Part(all_of([sys.executable, 'Tests/postgres.py', '--alone']), 1, 1),
    'refused by the compiler': Part(command('scripts/must-not-compile.sh'), 4, 0.8),
    'policy language, conformance': Part(
        python('Tests/Conformance/run.py', '--command', ROOT / '.build/debug/voffice policy', 'Tests/Conformance/cases'), 8, 1),
    'policy language, command line': Part(python('Tests/commands.py', ROOT / '.build/debug/voffice'), 4, 0.9),
    'command line: help, man pages, completion': Part(python('Tests/program.py'), 12, 0.4),
    'policy language, large documents': Part(python('Tests/Fuzz/large.py'), 20, 0.9, RELEASE),
    'statements in words of every engine': Part(python('Tests/statements.py'), 2, 1),
    'statements that ask every machine': Part(python('Tests/carried.py'), 1, 1),
    'wrong settings': Part(python('Tests/settings.py'), 5, 0.6),
    'http scripts': Part(python('Tests/Scripts/run.py'), 12, 0.4),
    'naughty input': Part(python('Tests/naughty.py'), 130, 0.2),
    'slow clients': Part(python('Tests/slow.py'), 40, 1.5),
    'behind nginx, and bare: requests in disguise': Part(python('Tests/proxied.py'), 9, 0.1),
    'TLS by itself': Part(python('Tests/tls.py'), 8, 0.4),
    'browser, the verifier': Part(python('Tests/Browser/verify.py'), 2, 0.8),
    'browser, a story from the first page to the last': Part(python('Tests/Browser/walk.py'), 55, 0.8),
    'browser, by keyboard alone, in both languages': Part(python('Tests/Browser/keyboard.py'), 16, 1),
    'browser, each role on each page of the staff': Part(python('Tests/Browser/roles.py'), 50, 1),
    'browser, a clerk who tries for more': Part(python('Tests/Browser/clerk.py'), 15, 0.7),
    'browser, passkeys': Part(python('Tests/Browser/passkeys.py'), 20, 0.5),
    'browser, a copy that was taken along': Part(python('Tests/Browser/taken.py'), 8, 0.8),
    'browser, accessibility and HTML': Part(python('Tests/Browser/axe.py'), 70, 0.9),
    'one rule taken out': Part(python('Tests/rules.py'), 25, 0.2),
    'times that tell nothing': Part(python('Tests/timing.py'), 150, PROCESSORS),
    'mail over SMTP': Part(python('Tests/mail.py'), 5, 0.2),
    'publishing a policy': Part(python('Tests/publishing.py'), 12, 0.1),
    'taking everything along': Part(python('Tests/export.py'), 20, 0.8),
    'checking a copy, as the document says': Part(python('Tests/checking.py'), 3, 0.5),
    'demonstration': Part(python('Tests/demo.py'), 15, 0.4),
    'public log': Part(python('Tests/log.py'), 20, 0.3),
    'backup, restore and keys': Part(python('Tests/backup.py'), 13, 0.3),
    'a house on PostgreSQL': Part(python('Tests/onserver.py'), 14, 0.3),
    'several servers before one PostgreSQL': Part(python('Tests/several.py'), 28, 0.4),
    'several servers, and workers apart, of one house': Part(python('Tests/working.py'), 27, 0.4),
    'lines cut and servers killed on PostgreSQL': Part(python('Tests/cutting.py'), 60, 0.6),
    'spread over machines': Part(python('Tests/spread.py'), 20, 0.4),
    'forgotten on PostgreSQL': Part(python('Tests/forgotten.py'), 52, 0.2),
    'moved to PostgreSQL and back': Part(python('Tests/moving.py'), 16, 0.4),
    'operating, as the document says': Part(python('Tests/operating.py'), 90, 0.1, RELEASE),
    'threats, each with its code and test': Part(python('Tests/threats.py'), 2, 0.5),
    'kill -9': Part(python('Tests/kill9.py'), 95, 0.5),
    'kill -9 between data and keys': Part(python('Tests/between.py'), 4, 0.2),
    'faults of disk, clock and files': Part(python('Tests/faults.py'), 260, 0.1),
    'lives under two versions': Part(python('Tests/histories.py'), 15, 0.6, RELEASE),
}


class Schedule:
    """Which part begins next: the longest one for which there is room."""

    def __init__(self, names):
        self.waiting = sorted(names, key=lambda name: -PARTS[name].seconds)
        self.running, self.results, self.change = set(), {}, threading.Condition()

    def next(self):
        free = PROCESSORS - sum(PARTS[name].processors for name in self.running)
        undone = {*self.waiting, *self.running}
        return next((name for name in self.waiting if PARTS[name].processors <= free + 0.01 and PARTS[name].after not in undone), None)

    def run(self):
        with self.change:
            while self.waiting:
                if (name := self.next()) is None:
                    self.change.wait()
                    continue
                self.waiting.remove(name)
                self.running.add(name)
                print(f'-- {name}: begun', flush=True)
                threading.Thread(target=self.one, args=(name,)).start()
            self.change.wait_for(lambda: not self.running)

    def one(self, name):
        began = time.monotonic()
        try:
            result = PARTS[name].run()
        except Exception as fault:
            result = Result(0, 1, 0, f'{fault!r}\n', [repr(fault)])
        with self.change:
            print(f'\n== {name}\n{result.said}', end='', flush=True)
            self.results[name] = result, time.monotonic() - began
            self.running.remove(name)
            if name == BUILD and result.failed:
                print('The build failed: nothing else was tested.')
                self.waiting.clear()
            self.change.notify_all()


def main(wanted):
    began = time.monotonic()
    chosen = [name for name in PARTS if not wanted or any(name.startswith(word) for word in wanted)]
    first = Schedule(chosen)
    first.run()
    results = first.results
    # What fails is tried once more by itself, since others share the machine; what then passes is unsteady, and is named with what it said.
    fell = [name for name in chosen if name in results and results[name][0].failed]
    last_words = {name: results[name][0].last_words for name in fell}
    for name in fell if BUILD not in fell else []:
        print(f'\n{name}: once more')
        again = Schedule([name])
        again.run()
        results[name] = again.results[name][0], results[name][1] + again.results[name][1]
    unsteady = [name for name in fell if not results[name][0].failed]
    print()
    for name in chosen:
        if name in results:
            result, seconds = results[name]
            print(f'{name:52} {result.passed:5} passed {result.failed:4} failed {seconds:5.0f} s, busy {result.busy:4.0f} s'
                  + ('  UNSTEADY' if name in unsteady else ''))
    for name, words in last_words.items():
        print(f'\n{name}, failed:\n' + '\n'.join(f'    {line[:400]}' for line in words))
    passed, failed = (sum(result[place] for result, _ in results.values()) for place in (0, 1)) if results else (0, 1)
    print(f'\n{(time.monotonic() - began) / 60:.1f} minutes')
    print(f'{passed} passed, {failed} failed' + (f' ({len(unsteady)} parts only at the second try)' if unsteady else ''))
    return 1 if failed else 0


sys.exit(main(sys.argv[1:]))
