#!/usr/bin/env python3
"""Slow clients: slowhttptest holds the real server with slow heads, slow bodies and slow reading, from 400 connections for twelve seconds
each; meanwhile somebody of its own network and somebody of another one are answered all the time.

Usage: slow.py. Prints `N passed, N failed`.
"""
import http.client
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House  # noqa: E402

CONNECTIONS, SECONDS, PATIENCE = 400, 12, 2.0
# Whoever shares the network of the one who does it is turned away while all its connections are younger than a second; so many of their tries.
OWN, OTHER, SHARE = '127.0.0.1', '127.0.9.9', 0.1
ATTACKS = {
    'slow heads': ['-H', '-i', '2', '-x', '24'],
    'slow bodies': ['-B', '-i', '2', '-s', '8192', '-x', '10', '-t', 'POST'],
    'slow reading': ['-X', '-w', '10', '-y', '20', '-n', '2', '-z', '8', '-k', '3'],
}


class Neighbour(threading.Thread):
    """Asks five times a second from an address of this machine, each time on a connection of its own."""

    def __init__(self, house, source):
        super().__init__(daemon=True)
        self.house, self.source, self.times, self.lost, self.is_over = house, source, [], 0, threading.Event()

    def run(self):
        while not self.is_over.wait(0.2):
            began = time.monotonic()
            try:
                connection = http.client.HTTPConnection('127.0.0.1', self.house.port, timeout=PATIENCE, source_address=(self.source, 0))
                connection.request('GET', '/sign-in', headers={'Host': f'localhost:{self.house.port}'})
                self.lost += connection.getresponse().status != 200
                connection.close()
            except OSError:
                self.lost += 1
            self.times.append(time.monotonic() - began)

    def end(self):
        self.is_over.set()
        self.join()
        times = sorted(self.times)
        return len(times), self.lost, times[-1]


def attack(house, options, path):
    neighbours = {source: Neighbour(house, source) for source in [OWN, OTHER]}
    for neighbour in neighbours.values():
        neighbour.start()
    said = subprocess.run(['slowhttptest', '-c', str(CONNECTIONS), '-r', '200', '-l', str(SECONDS), '-p', '2', *options, '-u',
                           f'http://localhost:{house.port}{path}'], capture_output=True, text=True, timeout=SECONDS * 5).stdout
    ends = {source: neighbour.end() for source, neighbour in neighbours.items()}
    answers = [line.split()[-1] for line in said.splitlines() if 'service available' in line]
    return ends, answers


def main():
    passed = failed = 0
    for name, options in ATTACKS.items():
        with House(tries=1_000_000) as house:
            ends, answers = attack(house, options, '/policy' if name == 'slow reading' else '/sign-in')
            is_up = house.process.poll() is None
            fine = is_up and answers and all('YES' in answer for answer in answers[1:]) and all(
                count > SECONDS and lost <= (count * SHARE if source == OWN else 0) for source, (count, lost, _) in ends.items())
            passed, failed = passed + bool(fine), failed + (not fine)
            told = ', '.join(f'{source}: {count} asked, {lost} lost, slowest {slowest * 1e3:.0f} ms'
                             for source, (count, lost, slowest) in ends.items())
            print(f'{"ok" if fine else "FAILED"}: {CONNECTIONS} x {name}: {told}; slowhttptest found it open '
                  f'{sum("YES" in answer for answer in answers)} of {len(answers)} times', flush=True)
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
