#!/usr/bin/env python3
"""Measures vOffice against its peers in one run, and says whether the budgets hold.

Usage: run.py [--keep] [--rounds N] [--people N]. --keep writes the table into bench/README.md. Figures of one run compare with
each other only; absolute ones move with the machine.
"""
import argparse
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(HERE / 'peers'), str(ROOT / 'Tests')]
import measure  # noqa: E402
from house import House  # noqa: E402
from readme import keep  # noqa: E402
from visitor import Visitor  # noqa: E402

VENV = ROOT / '.build/bench-venv'
# Pages that everybody may read, by the name of the peer's file.
PUBLIC = {'home': '/', 'policy': '/policy', 'status': '/status'}
FIELDS = {'full name': 'Person {:06d} Wijaya', 'email address': 'person{:06d}@bench.example', 'telephone number': '+62 811 {:06d}'}


def venv():
    """The peers' packages, installed once."""
    wanted, mark = (HERE / 'peers/requirements.txt').read_bytes(), VENV / 'installed.txt'
    if not mark.exists() or mark.read_bytes() != wanted:
        subprocess.run([sys.executable, '-m', 'venv', VENV], check=True)
        subprocess.run([VENV / 'bin/pip', 'install', '--quiet', '-r', HERE / 'peers/requirements.txt'], check=True)
        mark.write_bytes(wanted)
    if 'BENCH_IN_VENV' not in os.environ:
        os.execve(VENV / 'bin/python', [VENV / 'bin/python', *sys.argv], {**os.environ, 'BENCH_IN_VENV': '1'})


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def fetch(url, cookie=''):
    request = urllib.request.Request(url, headers={'Cookie': cookie} if cookie else {})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read().decode()


def wait_for(url, cookie=''):
    for _ in range(200):
        try:
            return fetch(url, cookie)
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f'{url} does not answer')


def register(house, people):
    """So many signed-in people, by the front door; gives their session cookies."""
    def one(number):
        visitor = Visitor(house)
        name, email, telephone = (form.format(number) for form in FIELDS.values())
        visitor.register(name, email, telephone)
        return 'session=' + visitor.cookies['session']
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(people)))


def template(page):
    """The page that vOffice sent, cut at the person's values, for the peer to fill in."""
    for name, form in FIELDS.items():
        page = page.replace(form.format(0), '{{ held["%s"] }}' % name)
    return page


class Peers:
    """Starts each peer on a port of its own; ends them all."""

    def __init__(self, folder, page, people, public):
        import own_page
        self.folder, self.processes = Path(folder), []
        (self.folder / 'www').mkdir()
        (self.folder / 'www/page.html').write_text(page)
        for name, text in public.items():
            (self.folder / f'www/{name}.html').write_text(text)
        (self.folder / 'page.jinja').write_text(template(page))
        values = {name: form.format(0) for name, form in FIELDS.items()}
        own_page.fill(self.folder / 'peer.sqlite', people, values, uses=page.count('<li>'))
        self.cookies = ['session=' + own_page.token(n) for n in range(1, min(people, 1000) + 1)]

    def nginx(self):
        port = free_port()
        conf = (HERE / 'peers/nginx.conf').read_text().replace('{folder}', str(self.folder)).replace('{port}', str(port))
        (self.folder / 'nginx.conf').write_text(conf)
        return self._start(['nginx', '-c', self.folder / 'nginx.conf', '-p', self.folder, '-g', 'daemon off;'], port)

    def starlette(self, variant):
        port = free_port()
        environment = {**os.environ, 'PEER_DATABASE': str(self.folder / 'peer.sqlite'), 'PEER_PAGE': str(self.folder / 'page.jinja'),
                       'PEER_VARIANT': variant, 'PYTHONPATH': str(HERE / 'peers')}
        return self._start([VENV / 'bin/uvicorn', 'own_page:app', '--port', str(port), '--no-access-log', '--log-level', 'error'],
                           port, environment, self.cookies[0])

    def _start(self, command, port, environment=None, cookie=''):
        process = subprocess.Popen([str(c) for c in command], env=environment)
        self.processes.append(process)
        url = f'http://127.0.0.1:{port}/privacy'
        return url, process.pid, wait_for(url, cookie)

    def stop(self):
        for process in self.processes:
            process.terminate()
            process.wait()


def pages(rounds, people, seconds):
    """A signed-in person's own page: session, grant, sealed fields, entries of the log, HTML. Then pages that everybody may read."""
    registered = min(people, 1000)
    with House(ROOT / '.build/release/voffice', tries=1_000_000) as house, tempfile.TemporaryDirectory(prefix='voffice-bench-') as folder:
        os.chmod(folder, 0o755)
        cookies = register(house, registered)
        time.sleep(2)
        page = fetch(house.address + '/privacy', cookies[0])
        public = {name: fetch(house.address + path) for name, path in PUBLIC.items()}
        peers = Peers(folder, page, people, public)
        try:
            nginx, core, orm = peers.nginx(), peers.starlette('core'), peers.starlette('orm')
            for name, (_, _, answer) in {'nginx': nginx, 'Core': core, 'ORM': orm}.items():
                assert abs(len(answer) - len(page)) < 64, f'{name} sends {len(answer)} bytes, vOffice {len(page)}'
            servers = {
                'vOffice': (house.address + '/privacy', house.process.pid, cookies),
                'nginx, a file of the same bytes': (*nginx[:2], []),
                'Starlette, SQLAlchemy Core': (*core[:2], peers.cookies),
                'Starlette, SQLAlchemy ORM': (*orm[:2], peers.cookies),
            }
            results = {name: [] for name in servers}
            for _ in range(rounds):
                for name, (url, pid, jar) in servers.items():
                    results[name].append(measure.load(name, url, jar, measure.children(pid), seconds))
            everybodys = {(page, server): [] for page in PUBLIC for server in ('vOffice', 'nginx')}
            for _ in range(rounds):
                for name, path in PUBLIC.items():
                    for server, (url, pid) in {'vOffice': (house.address + path, house.process.pid),
                                               'nginx': (nginx[0].removesuffix('privacy') + name, nginx[1])}.items():
                        assert len(fetch(url)) == len(public[name]), f'{url} sends another page'
                        everybodys[name, server].append(measure.load(url, url, [], measure.children(pid), seconds))
            resident = measure.memory(house.process.pid)
        finally:
            peers.stop()
    return results, everybodys, {name: len(text.encode()) for name, text in public.items()}, len(page.encode()), registered, resident


class Guessers:
    """Sixteen browsers that try passwords without end, each guess of another address, so that one is always being hashed."""

    def __init__(self, house):
        self.house, self.is_over, self.guesses = house, threading.Event(), 0

    def __enter__(self):
        self.threads = [threading.Thread(target=self._guess, args=(n,), daemon=True) for n in range(16)]
        for thread in self.threads:
            thread.start()
        time.sleep(1)
        return self

    def __exit__(self, *_):
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def _guess(self, number):
        visitor = Visitor(self.house)
        visitor.get('/sign-in')
        form = visitor.page
        while not self.is_over.is_set():
            visitor.page = form
            self.guesses += 1
            visitor.post('/sign-in', email=f'guess{number}.{self.guesses}@bench.example', password='tujuh perahu di Musi')


def while_hashing(rounds, seconds):
    """p99 of others, in milliseconds: of the page to register, with 8 connections, in turns with nobody and with 16 who guess passwords."""
    idle, busy, hashed = [], [], 0
    with House(ROOT / '.build/release/voffice', tries=1_000_000) as house:
        url, pids = house.address + '/register', [house.process.pid]
        measure.load('warm', url, [], pids, 1, connections=8)
        for _ in range(rounds):
            idle.append(measure.load('idle', url, [], pids, seconds, connections=8).p99)
            with Guessers(house) as guessers:
                before = guessers.guesses
                busy.append(measure.load('busy', url, [], pids, seconds, connections=8).p99)
                hashed += guessers.guesses - before
    return measure.median(idle), measure.median(busy), hashed / (rounds * seconds)


def table(results):
    lines = ['| server | requests a second | CPU µs a request | p99 ms | requests, vOffice = 1 | CPU, vOffice = 1 |', '|---|---|---|---|---|---|']
    ours = results['vOffice']
    rate, cpu = measure.median([r.rate for r in ours]), measure.median([r.cpu for r in ours])
    for name, rounds in results.items():
        lines.append(
            f'| {name} | {measure.spread([r.rate for r in rounds])} | {measure.spread([r.cpu for r in rounds], 1)} | '
            f'{measure.spread([r.p99 for r in rounds], 1)} | {measure.median([r.rate for r in rounds]) / rate:.2f} | '
            f'{measure.median([r.cpu for r in rounds]) / cpu:.2f} |')
    return lines


def public_table(results, sizes):
    lines = ['| page for everybody | bytes | server | requests a second | CPU µs a request | p99 ms |', '|---|---|---|---|---|---|']
    for (page, server), rounds in results.items():
        lines.append(f'| {PUBLIC[page]} | {sizes[page]:,} | {server} | {measure.spread([r.rate for r in rounds])} | '
                     f'{measure.spread([r.cpu for r in rounds], 1)} | {measure.spread([r.p99 for r in rounds], 1)} |')
    return lines


def public_budgets(results):
    for page, path in PUBLIC.items():
        ours, nginx = (measure.median([r.rate for r in results[page, server]]) for server in ('vOffice', 'nginx'))
        yield f'requests of {path}, at least those of nginx', ours / nginx, ours >= nginx


def budgets(results):
    rate = {name: measure.median([r.rate for r in rounds]) for name, rounds in results.items()}
    cpu = {name: measure.median([r.cpu for r in rounds]) for name, rounds in results.items()}
    ours, nginx, core, orm = results
    return [
        ('requests, at least 0.75 x nginx', rate[ours] / rate[nginx], rate[ours] >= 0.75 * rate[nginx]),
        ('CPU of the Core page, at least 8 x ours', cpu[core] / cpu[ours], cpu[core] >= 8 * cpu[ours]),
        ('CPU of the ORM page, at least 20 x ours', cpu[orm] / cpu[ours], cpu[orm] >= 20 * cpu[ours]),
    ]


def versions():
    from importlib.metadata import version
    def said(*command):
        done = subprocess.run(command, capture_output=True, text=True)
        return (done.stdout + done.stderr).strip().split('\n')[0]
    packages = ', '.join(f'{p} {version(p)}' for p in ('starlette', 'uvicorn', 'sqlalchemy', 'jinja2'))
    return [said('swift', '--version'), said('nginx', '-v'), said('wrk', '-v').split('  ')[0], f'Python {platform.python_version()}, {packages}',
            f'{os.cpu_count()} cores, Linux {platform.release().split("-")[0]}']


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('--keep', action='store_true')
    options.add_argument('--rounds', type=int, default=5)
    options.add_argument('--people', type=int, default=100_000)
    options.add_argument('--seconds', type=int, default=4)
    chosen = options.parse_args()
    results, everybodys, sizes, size, registered, resident = pages(chosen.rounds, chosen.people, chosen.seconds)
    idle, busy, hashed = while_hashing(chosen.rounds, chosen.seconds)
    held = [*budgets(results), *public_budgets(everybodys), ('p99 of others while passwords are hashed, at most 1.5 x idle', busy / idle, busy <= 1.5 * idle)]
    lines = [
        f'The own-data page of a signed-in person, {size:,} bytes; {registered:,} people of vOffice take turns, 1,000 of the peers’ '
        f'{chosen.people:,}; wrk with 64 connections, {chosen.rounds} rounds of {chosen.seconds} s, minimum / median / maximum. '
        f'vOffice had {resident:.0f} MB resident afterwards. While 16 browsers guess passwords ({hashed:.0f} a second are answered) the page to '
        f'register has a p99 of {busy:.1f} ms, otherwise {idle:.1f} ms (medians; 8 connections).', '', *table(results), '', *public_table(everybodys, sizes), '', '| budget | measured | |', '|---|---|---|',
        *(f'| {name} | {value:.2f} | {"holds" if ok else "**does not hold**"} |' for name, value, ok in held), '',
        *(f'- {version}' for version in versions())]
    print('\n'.join(lines))
    if chosen.keep:
        keep('table', lines)
    return 0 if all(ok for *_, ok in held) else 1


if __name__ == '__main__':
    for tool in ('wrk', 'nginx'):
        if not shutil.which(tool) and not Path('/usr/sbin', tool).exists():
            sys.exit(f'{tool} is missing. `make bench` installs it.')
    os.environ['PATH'] += ':/usr/sbin'
    venv()
    sys.exit(main())
