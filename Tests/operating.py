#!/usr/bin/env python3
"""Runs every command of docs/operating.md, in its order, against a house that is open.

A block marked `sh` is run as it stands, but for its paths; `# ends with 1` behind a command is the exit code that it has to have.
Usage: operating.py. Prints `N passed, N failed`.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from backup import environment  # noqa: E402
from house import House, ROOT  # noqa: E402
from visitor import Visitor  # noqa: E402

BLOCK = re.compile(r'^```sh ?(\w*)\n(.*?)^```$', re.S | re.M)


def newest(folder, part):
    return str(sorted(folder.glob(f'{part}-*Z'))[-1])


def run(line, house, folder, **settings):
    """One line of the document."""
    words, code = re.match(r'(.*?)\s*(?:# ends with (\d))?$', line).groups()
    words = words.replace('/backup', str(folder / 'backup')).replace('/var/log-of-uses', str(house.settings['mirror']))
    for part in ['data', 'keys']:
        words = re.sub(rf'\S*{part}-\d+T\d+Z', lambda _, p=part: newest(folder / 'backup' / p, p), words)
    if 'KEY' in words:
        visitor = Visitor(house)
        visitor.get('/log')
        words = words.replace('KEY', "'" + re.search(r'localhost[^\s<]*/log\S*\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+', visitor.page)[0] + "'")
    done = subprocess.run(['sh', '-c', words], cwd=ROOT, env=environment(house, **settings), text=True, timeout=600, capture_output=True)
    assert done.returncode == int(code or 0), f'{words} ended with {done.returncode}:\n{done.stdout}{done.stderr}'
    return done.stdout + done.stderr


def blocks():
    for mark, text in BLOCK.findall((ROOT / 'docs/operating.md').read_text()):
        yield mark, [line for line in text.splitlines() if line.strip()]


def main():
    passed, folder = 0, Path(tempfile.mkdtemp(prefix='voffice-operating-'))
    try:
        with House(mirror=folder / 'mirror', safe=folder / 'safe', log_period=1, log_floor=4) as house:
            Visitor(house).register('Sari Wijaya', 'sari@ladatimur.example')
            built = False
            for mark, lines in blocks():
                for line in lines:
                    if line == 'make build' and built:
                        continue
                    built = built or line == 'make build'
                    if mark == 'production':
                        run(line, house, folder, data=folder / 'production')
                    elif mark == 'lost':
                        empty = folder / 'lost'
                        if not empty.exists():
                            shutil.copytree(house.data, empty, ignore=shutil.ignore_patterns('*.sqlite-shm', '*.sqlite-wal'))
                            shutil.rmtree(empty / 'keys')
                        assert 'the keys are lost' in run(line, house, folder, data=empty, port=0), line
                    elif mark == 'restore' and line.startswith('voffice restore'):
                        house.stop()
                        house.data = str(folder / 'restored')
                        run(line, house, folder)
                    elif line == 'voffice serve &':
                        house.settings['mirror'] = folder / 'mirror-of-now'
                        house.start()
                    else:
                        run(line, house, folder)
                    passed += 1
            visitor = Visitor(house)
            visitor.get('/sign-in')
            assert visitor.post('/sign-in', email='sari@ladatimur.example') == 303 and visitor.code('sari@ladatimur.example')
        assert passed > 10, 'the document has fewer commands than it should have'
    except (AssertionError, OSError, subprocess.SubprocessError) as wrong:
        print(f'{wrong}\n{passed} passed, 1 failed')
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f'{passed} passed, 0 failed')
    return 0


if __name__ == '__main__':
    sys.exit(main())
