#!/usr/bin/env python3
"""Two servers of one house before one PostgreSQL, on one machine: whichever places leaves in the log is killed or paused, and the other goes on.

Usage: several.py [ROUNDS]. In each round, while somebody takes everything along again and again on both servers, one of them is stopped for longer
than it may hold the lease and then goes on, or is killed and starts again. Within three seconds the other signs; at the end no leaf is lost, doubled
or moved, no checkpoint taken back, and the doctor finds nothing. Where nobody signs, it says what everybody was at. Prints `N passed, N failed`.
"""
import collections
import http.client
import os
import signal
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House  # noqa: E402
from onserver import address, make_databases, voffice  # noqa: E402
from postgres import Server  # noqa: E402
from visitor import Visitor  # noqa: E402

WITHIN = 3
# As long as others share the machine's processors.
SLACK = 3


class Another(House):
    """Another server of a house: a data directory of its own, and the folder of the keys in common."""

    def __init__(self, house):
        super().__init__(**house.settings)
        self.house = house

    def __enter__(self):
        self.data = tempfile.mkdtemp(prefix='voffice-test-')
        Path(self.data, 'stamp').write_bytes(Path(self.house.data, 'stamp').read_bytes())
        Path(self.data, 'keys').symlink_to(Path(self.house.data, 'keys'))
        self.start()
        return self


class Load:
    """Somebody who takes everything along on one server, again and again, as long as it answers."""

    def __init__(self, house, cookies):
        self.visitor = Visitor(house)
        self.visitor.cookies = dict(cookies)
        self.taken, self.wrong, self.goes = 0, [], True
        # When each was asked for, what the answers were, how long it took.
        self.latest = collections.deque(maxlen=5)
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        while self.goes:
            self.began, self.asked = time.monotonic(), []
            try:
                self.asked.append(self.visitor.get('/privacy'))
                if self.asked == [200]:
                    self.asked.append(self.visitor.post('/privacy/export'))
                    self.taken += self.asked[1] == 200
                if self.asked[-1] not in (200, 503):
                    self.wrong.append((self.asked, self.visitor.page[:300]))
            except (OSError, http.client.HTTPException) as error:
                self.asked.append(repr(error))
            self.latest.append((f'{self.began:.2f}', self.asked, f'{time.monotonic() - self.began:.2f}'))
            time.sleep(0.1)

    def end(self):
        self.goes = False
        self.thread.join()


def newest(server):
    fence, size, note = server.psql('voffice', '''SELECT fence, c.size, replace(c.note, E'\\n', '|') FROM log_placing, log_checkpoint c ORDER BY c.size DESC LIMIT 1''').stdout.strip().split('|', 2)
    return int(fence), int(size), note


def grows(server, size, within, everybody):
    """How long it takes until somebody has signed more than that; where nobody does, what `everybody` says of it is told."""
    began = time.monotonic()
    while time.monotonic() - began < within:
        if newest(server)[1] > size:
            return time.monotonic() - began
        time.sleep(0.05)
    raise AssertionError(f'in {within} s nobody signed more than {size}\n{everybody()}')


def standing(server, houses, loads):
    """What the servers, those who ask them, and the database are at."""
    said = [f'at {time.monotonic():.2f}, load {os.getloadavg()[0]:.1f}']
    for house, load in zip(houses, loads):
        state = Path(f'/proc/{house.process.pid}/stat').read_text().rsplit(')', 1)[1].split()[0] if house.process else 'none'
        said += [f'server {house.port}: process {house.process and house.process.pid}, state {state}, said {house.said[-4:]}',
                 f'    asked {load.began:.2f} {load.asked}, before {list(load.latest)}, wrong {load.wrong[:3]}']
    for what, text in (
            ('placing', 'SELECT * FROM log_placing'), ('waiting', 'SELECT subject, count(*), min(seq), max(seq) FROM leaf_waiting GROUP BY subject'),
            ('checkpoint', 'SELECT size, at FROM log_checkpoint ORDER BY size DESC LIMIT 3'),
            ('lines', """SELECT pid, datname, state, wait_event_type, wait_event, now() - xact_start, now() - state_change, pg_blocking_pids(pid), left(query, 120)
                         FROM pg_stat_activity WHERE backend_type = 'client backend' AND (state <> 'idle' OR xact_start IS NOT NULL)"""),
            ('locks', "SELECT pid, locktype, relation::regclass, mode, granted FROM pg_locks WHERE NOT granted")):
        said.append(f'{what}: {server.psql("voffice", text).stdout.strip()}')
    said.append(f'its log: {Path(server.folder, "log").read_text(errors="replace")[-1500:]}')
    return '\n'.join(said)


def round_of(server, houses, number, everybody):
    """One of the two is stopped or killed; gives how long the log stood still, and whether that one was placing."""
    one, is_paused, before = houses[number % 2], number // 2 % 2 == 0, newest(server)
    one.process.send_signal(signal.SIGSTOP if is_paused else signal.SIGKILL)
    size = newest(server)[1]
    took = grows(server, size, WITHIN + SLACK, everybody)
    time.sleep(1)
    has_passed_on = newest(server)[0] > before[0]
    if is_paused:
        one.process.send_signal(signal.SIGCONT)
    else:
        one.process.wait()
        one.start()
        # It knows its port already, and so takes the end of a start for the start.
        assert any(line.startswith('Stop with') for line in one.said), one.said
    grows(server, newest(server)[1], WITHIN + SLACK, everybody)
    return took, has_passed_on


def expect_all_there(server, house, seen):
    """Every entry has a place of its own, its leaf lies there, and whatever was signed stands."""
    def ask(text):
        return server.psql('voffice', text).stdout.strip()

    assert ask('SELECT count(*) FROM leaf_waiting') == '0', 'something waits'
    assert ask('SELECT count(*) FROM use_record u LEFT JOIN log_leaf l ON l.number = u.number WHERE l.leaf IS DISTINCT FROM u.leaf') == '0', 'a leaf was moved'
    assert ask('SELECT count(*) - count(DISTINCT leaf) FROM log_leaf') == '0', 'a leaf is there twice'
    assert ask('SELECT count(*) = max(number) + 1 AND max(number) + 1 = (SELECT size FROM log_placing) FROM log_leaf') == 't', 'a place is empty'
    for _, size, note in seen:
        assert ask(f"SELECT replace(note, E'\\n', '|') FROM log_checkpoint WHERE size = {size}") == note, f'the checkpoint of {size} was taken back'
    done = voffice(house, 'admin', 'doctor')
    assert done.returncode == 0 and 'nothing is wrong' in done.stdout, done


def main(rounds):
    with Server() as server:
        make_databases(server)
        with House(database=address(server, 'voffice', 'office'), keys=address(server, 'keys', 'keeper')) as house, Another(house) as other:
            sari = Visitor(house)
            sari.register('Sari Wijaya', 'sari@ladatimur.example')
            loads = [Load(one, sari.cookies) for one in (house, other)]
            seen, took = [], []
            try:
                everybody = lambda: standing(server, [house, other], loads)  # noqa: E731
                grows(server, 0, 20, everybody)
                for number in range(rounds):
                    seconds, has_passed_on = round_of(server, [house, other], number, everybody)
                    seen.append(newest(server))
                    if has_passed_on:
                        took.append(seconds)
            finally:
                for load in loads:
                    load.end()
            time.sleep(2)
            assert took, 'nobody who was placing was ever stopped'
            assert all(load.taken for load in loads) and not any(load.wrong for load in loads), [(load.taken, load.wrong[:3]) for load in loads]
            expect_all_there(server, house, seen)
    print(f'{len(took)} times of {rounds} the other took over, the slowest time after {max(took):.1f} s')
    assert min(took) < WITHIN, took


if __name__ == '__main__':
    if not Server.programs.exists():
        raise SystemExit('PostgreSQL isn\'t installed here: `scripts/install.sh test` does it.')
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    try:
        main(rounds)
        print(f'{rounds} passed, 0 failed')
    except (AssertionError, OSError):
        print(f'{traceback.format_exc()}\n0 passed, 1 failed')
        sys.exit(1)
