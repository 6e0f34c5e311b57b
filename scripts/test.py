#!/usr/bin/env python3
"""Runs everything that must hold and prints `N passed, N failed` as its last line.

Usage: scripts/test.py [PART...], where PART begins the name of a part: build, unit, refused, policy, wrong, http, naughty, TLS,
browser, one, times, mail, taking, public, backup, operating, kill, faults, lives.
Each part is a command that prints such a line itself; one that fails without it, or that tests nothing, counts as a failure.
"""
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as XML
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ['swift', 'build', '--build-tests', '--explicit-target-dependency-import-check', 'error']


def build():
    ok = subprocess.run(BUILD, cwd=ROOT).returncode == 0
    if not ok:
        print('The build failed: nothing else was tested.\n\n0 passed, 1 failed')
        sys.exit(1)
    return 1, 0


def release():
    """The optimiser refuses some code that a debug build takes."""
    ok = subprocess.run(['swift', 'build', '-c', 'release', '--product', 'voffice', *BUILD[3:]], cwd=ROOT).returncode == 0
    return (1, 0) if ok else (0, 1)


def unit():
    """Swift Testing counts in a file; a test that crashed the process isn't in it, so the exit code counts too."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder, 'results.xml')
        code = subprocess.run(['swift', 'test', '--skip-build', '--xunit-output', results], cwd=ROOT).returncode
        total = failed = 0
        for file in Path(folder).glob('*.xml'):
            for case in XML.parse(file).iter('testcase'):
                total += 1
                failed += any(case.find(what) is not None for what in ('failure', 'error'))
    if code != 0 and failed == 0 or total == 0:
        failed += 1
    return max(total - failed, 0), failed


# Of each part that failed, what it said last: where only the end of the output is kept, that is what tells.
LAST_WORDS = {}


def command(*arguments):
    def run():
        process = subprocess.Popen([str(a) for a in arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        passed, failed, said = 0, 0, []
        for line in process.stdout:
            print(line, end='', flush=True)
            said = [*said[-9:], line.rstrip()]
            if counts := re.fullmatch(r'(\d+) passed, (\d+) failed\n?', line):
                passed, failed = int(counts[1]), int(counts[2])
        if (process.wait() != 0 and failed == 0) or passed + failed == 0:
            failed += 1
        if failed:
            LAST_WORDS[arguments[-1]] = said
        return passed, failed
    return run


PARTS = {
    'build, with the arrows between rooms': build,
    'unit tests': unit,
    'release build, as make run makes it': release,
    'refused by the compiler': command('scripts/must-not-compile.sh'),
    'policy language, conformance': command(sys.executable, 'Tests/Conformance/run.py', '--command', ROOT / '.build/debug/voffice policy',
                                            'Tests/Conformance/cases'),
    'policy language, command line': command(sys.executable, 'Tests/commands.py', ROOT / '.build/debug/voffice'),
    'policy language, large documents': command(sys.executable, 'Tests/Fuzz/large.py'),
    'wrong settings': command(sys.executable, 'Tests/settings.py'),
    'http scripts': command(sys.executable, 'Tests/Scripts/run.py'),
    'naughty input': command(sys.executable, 'Tests/naughty.py'),
    'TLS by itself': command(sys.executable, 'Tests/tls.py'),
    'browser, the verifier': command(sys.executable, 'Tests/Browser/verify.py'),
    'browser': command(sys.executable, 'Tests/Browser/walk.py'),
    'browser, passkeys': command(sys.executable, 'Tests/Browser/passkeys.py'),
    'browser, accessibility and HTML': command(sys.executable, 'Tests/Browser/axe.py'),
    'one rule taken out': command(sys.executable, 'Tests/rules.py'),
    'times that tell nothing': command(sys.executable, 'Tests/timing.py'),
    'mail over SMTP': command(sys.executable, 'Tests/mail.py'),
    'publishing a policy': command(sys.executable, 'Tests/publishing.py'),
    'taking everything along': command(sys.executable, 'Tests/export.py'),
    'public log': command(sys.executable, 'Tests/log.py'),
    'backup, restore and keys': command(sys.executable, 'Tests/backup.py'),
    'operating, as the document says': command(sys.executable, 'Tests/operating.py'),
    'kill -9': command(sys.executable, 'Tests/kill9.py'),
    'kill -9 between data and keys': command(sys.executable, 'Tests/between.py'),
    'faults of disk, clock and files': command(sys.executable, 'Tests/faults.py'),
    'lives under two versions': command(sys.executable, 'Tests/histories.py'),
}


def main(wanted):
    counts = {}
    for name, part in PARTS.items():
        if wanted and not any(name.startswith(w) for w in wanted):
            continue
        print(f'\n== {name}', flush=True)
        counts[name] = part()
    print()
    for name, (passed, failed) in counts.items():
        print(f'{name:40} {passed:5} passed {failed:4} failed')
    for name, words in LAST_WORDS.items():
        print(f'\n{name}, failed:\n' + '\n'.join(f'    {line[:400]}' for line in words))
    passed, failed = (sum(column) for column in zip(*counts.values())) if counts else (0, 1)
    print(f'\n{passed} passed, {failed} failed')
    return 1 if failed else 0


sys.exit(main(sys.argv[1:]))
