#!/usr/bin/env python3
"""A PostgreSQL server for tests alone: in a temporary directory, on a socket in it, gone afterwards with all that it held.

Usage: postgres.py COMMAND...   runs the command with VOFFICE_TEST_POSTGRES set to the server's folder (`postgres.py swift test --skip-build`)
       postgres.py --alone      lists the tests that only one engine runs, with the reason of each
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Server:
    programs = next(iter(sorted(Path('/usr/lib/postgresql').glob('*/bin'), reverse=True)), Path('/nowhere'))

    def __init__(self, durable=False, settings=()):
        quick = ['fsync=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0', 'autovacuum=off', 'max_wal_size=2GB']
        self.settings = ['listen_addresses=', 'max_connections=1000', 'shared_buffers=64MB', *([] if durable else quick), *settings]

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix='voffice-pg-', dir='/tmp')
        try:
            self.make()
        except BaseException:
            self.__exit__()
            raise
        return self

    def make(self):
        self.own(self.folder)
        self.run('initdb', '-D', f'{self.folder}/db', '-A', 'trust', '-U', 'house', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync')
        self.start()

    def own(self, folder):
        """Gives it a folder: it doesn't run as root."""
        self.user = ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups'] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(folder, 'nobody', 'nogroup')

    def __exit__(self, *_):
        try:
            # One that has stopped already can't be stopped.
            if Path(self.folder, 'db/postmaster.pid').exists():
                self.stop('immediate')
        finally:
            shutil.rmtree(self.folder)

    def start(self):
        options = ' '.join([f'-k {self.folder}', *(f'-c {s}' for s in self.settings)])
        self.run('pg_ctl', '-D', f'{self.folder}/db', '-w', '-l', f'{self.folder}/log', '-o', options, 'start')

    def stop(self, how='fast'):
        self.run('pg_ctl', '-D', f'{self.folder}/db', '-m', how, '-w', 'stop')

    def run(self, program, *words):
        # In a session of its own, which a Control-C meant for this process doesn't reach.
        done = subprocess.run([*self.user, self.programs / program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd='/',
                              start_new_session=True)
        assert done.returncode == 0, f'{program}: {done.stderr[-1000:]}'

    def psql(self, database, text):
        return subprocess.run(['psql', '-h', self.folder, '-U', 'house', '-d', database, '-qAtf', '-'], input=text, capture_output=True, text=True)


def alone():
    """Each test that one engine alone runs: where it is, which engine, and why."""
    reasons = dict(re.findall(r'case (\w+) = "(.*)"', (ROOT / 'Tests/Engines/Engine.swift').read_text()))
    for file in sorted((ROOT / 'Tests').rglob('*.swift')):
        for engine, reason, name in re.findall(r'Only\.(\w+)\(\.(\w+)\)[^\n]*\n?[^\n]*?(?:func|struct|class) `?([^`{(\n]+)', file.read_text()):
            yield engine, reasons[reason], f'{file.parent.name}: {name.strip()}'


def main(words):
    if words == ['--alone']:
        for engine, reason in sorted({(e, r) for e, r, _ in alone()}):
            print(f'{engine} alone, since {reason}:')
            print('\n'.join(f'    {name}' for e, r, name in alone() if (e, r) == (engine, reason)))
        return 0
    if not words:
        print(__doc__)
        return 2
    # What ends this process goes on to the command, and the server goes after it; a second sign hurries the command alone.
    signs, running = [], []

    def end(*_):
        signs.append(1)
        for process in running:
            process.terminate() if len(signs) == 1 else process.kill()

    for sign in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(sign, end)
    with Server() as server:
        # Each test holds connections, so a few tests at a time are faster than all at once.
        environment = {'SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH': '6', **os.environ, 'VOFFICE_TEST_POSTGRES': server.folder}
        with subprocess.Popen(words, env=environment) as process:
            running.append(process)
            if signs:
                process.terminate()
            code = process.wait()
    return 1 if signs else code


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
