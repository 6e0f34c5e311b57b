#!/usr/bin/env python3
"""Runs every command of docs/operating.md, in its order, against a house that is open.

A block marked `sh` is run as it stands, but for its paths; `# ends with 1` behind a command is the exit code that it has to have. What is
installed goes into a folder of its own, where there is no systemd that could start it: the unit's own command is started, and each system call
that it makes is held against those that the unit lets through. What the document says of the doctor is all that the doctor can find.
Usage: operating.py. Prints `N passed, N failed`.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from backup import environment  # noqa: E402
from house import House, ROOT  # noqa: E402
from visitor import Visitor  # noqa: E402

BLOCK = re.compile(r'^```sh ?(\w*)\n(.*?)^```$', re.S | re.M)


def newest(folder, part):
    return str(sorted(folder.glob(f'{part}-*Z'))[-1])


def placed(line, folder):
    """The same with the paths of a machine of its own."""
    root = folder / 'root'
    line = re.sub(r'(?<=[ =|])(/usr/local|/etc/voffice|/var/lib/voffice)', lambda found: f'{root}{found[1]}', line)
    line = line.replace('make install', 'make -s install CONFIGURATION=debug').replace('systemd-sysusers ', f'systemd-sysusers --root={root} ')
    line = line.replace('-g voffice ', '').replace('man -l', 'MANPAGER=cat man --warnings -l')
    return line.replace('systemctl enable', f'systemctl --root={root} enable')


def allowed(unit):
    """The system calls that a unit lets through, by the sets of systemd."""
    def calls(name):
        if not name.startswith('@'):
            return {name}
        said = subprocess.run(['systemd-analyze', 'syscall-filter', name], capture_output=True, text=True, check=True).stdout
        words = [line.strip() for line in said.splitlines() if line.startswith('    ') and not line.strip().startswith('#')]
        return {call for word in words for call in calls(word)}

    through = set()
    for line in re.findall(r'^SystemCallFilter=(.*)$', unit, re.M):
        named = {call for word in line.lstrip('~').split() for call in calls(word)}
        through = through - named if line.startswith('~') else through | named
    return through


def started(folder):
    """The unit's command, with its settings, until somebody has registered; what it asked of the kernel meanwhile."""
    root, traced = folder / 'root', folder / 'trace'
    unit = (root / 'usr/local/lib/systemd/system/voffice.service').read_text()
    conf = root / 'etc/voffice/voffice.conf'
    conf.write_text(conf.read_text().replace('port = 8080', 'port = 0'))
    environment = {k: v for k, v in os.environ.items() if not k.startswith('VOFFICE')} | {'VOFFICE_CONF': str(conf)}
    assert 'Environment=VOFFICE_CONF=/etc/voffice/voffice.conf' in unit, 'the unit names another settings file'
    command = re.search(r'^ExecStart=(.*)$', unit, re.M)[1].split()
    house = House()
    process = subprocess.Popen(['strace', '-f', '-qq', '-c', '-S', 'name', '-o', traced, *command], env=environment, text=True, stdout=subprocess.PIPE,
                               cwd=re.search(r'^WorkingDirectory=(.*)$', unit, re.M)[1], start_new_session=True)
    try:
        house.port = next(int(found[1]) for line in process.stdout if (found := re.match(r'The house is open: https?://localhost:(\d+)', line)))
        Visitor(house).register('Sari Wijaya', 'sari@ladatimur.example')
        time.sleep(2)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)
    assert (root / 'var/lib/voffice/house/stamp').exists(), 'the house lies elsewhere'
    used = {line.split()[-1] for line in traced.read_text().splitlines()[2:-2]}
    assert len(used) > 30 and {'futex', 'openat', 'accept4'} <= used, f'that is no trace of a server: {used}'
    # Before the unit's command is run, systemd has done what these two ask for.
    assert used - {'execve', 'exit_group'} <= allowed(unit), f'the unit would refuse {sorted(used - allowed(unit))}'


def tls(line, house, folder):
    line = placed(line, folder)
    if not line.startswith('curl'):
        (folder / 'root/etc/voffice').mkdir(parents=True, exist_ok=True)
        return run(line, house, folder)
    with House(certificate=folder / 'root/etc/voffice/certificate.pem', key=folder / 'root/etc/voffice/key.pem') as secure:
        return run(line.replace(':8080', f':{secure.port}'), house, folder)


def findings(house, folder):
    """Each thing that the doctor can find stands in the document once, and nothing else does."""
    kinds = [one['kind'] for one in json.loads(run('voffice admin findings --json', house, folder))['findings']]
    told = re.findall(r'^\| `([a-z-]+)` \| .+ \| .+ \|$', (ROOT / 'docs/operating.md').read_text(), re.M)
    assert sorted(told) == sorted(kinds), f'of the findings of the doctor the document lacks or has too many: {set(told) ^ set(kinds)}'


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
        for place in ['etc/voffice', 'var/lib/voffice', 'usr/local']:
            (folder / 'root' / place).mkdir(parents=True)
        with House(mirror=folder / 'mirror', safe=folder / 'safe', log_period=1, log_floor=4) as house:
            Visitor(house).register('Sari Wijaya', 'sari@ladatimur.example')
            built = False
            for mark, lines in blocks():
                # `Tests/onserver.py`, `Tests/moving.py` and `Tests/forgotten.py` have a server for them.
                if mark in ('server', 'move', 'upkeep'):
                    continue
                for line in lines:
                    if line == 'make build' and built:
                        continue
                    built = built or line == 'make build'
                    if mark == 'production':
                        run(line, house, folder, data=folder / 'production')
                    elif mark == 'install' and line.startswith('systemctl start'):
                        started(folder)
                    elif mark == 'install':
                        run(placed(line, folder), house, folder)
                    elif mark == 'tls':
                        tls(line, house, folder)
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
            findings(house, folder)
            passed += 1
            visitor = Visitor(house)
            visitor.get('/sign-in')
            assert visitor.post('/sign-in', email='sari@ladatimur.example') == 303 and visitor.code('sari@ladatimur.example')
        assert passed > 25, 'the document has fewer commands than it should have'
    except (AssertionError, OSError, subprocess.SubprocessError) as wrong:
        print(f'{wrong}\n{passed} passed, 1 failed')
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f'{passed} passed, 0 failed')
    return 0


if __name__ == '__main__':
    sys.exit(main())
