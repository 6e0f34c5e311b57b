#!/usr/bin/env python3
"""Whether an address has an account can't be told by how long an answer takes.

For each form 200 tries with known addresses and 200 with unknown ones, shuffled, against the real server. The two halves are compared
by the ranks of their times (Mann and Whitney): |z| stays under the threshold. That the threshold would catch a difference is shown
on the same times, with three milliseconds more on every known one.
"""
import random
import sys
import threading
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House  # noqa: E402
from visitor import Visitor  # noqa: E402

TRIES, THRESHOLD, PLANTED = 200, 3.5, 0.003
KNOWN = [f'customer{number}@ladatimur.example' for number in range(40)]
SENDERS = 1


def z(known, unknown):
    """The normal score of the rank sum; ties get their mean rank."""
    ranked = sorted([(t, True) for t in known] + [(t, False) for t in unknown])
    rank_sum, place = 0.0, 0
    while place < len(ranked):
        end = place
        while end < len(ranked) and ranked[end][0] == ranked[place][0]:
            end += 1
        rank_sum += (place + end + 1) / 2 * sum(is_known for _, is_known in ranked[place:end])
        place = end
    n, m = len(known), len(unknown)
    return (rank_sum - n * (n + m + 1) / 2) / (n * m * (n + m + 1) / 12) ** 0.5


def measure(house, send):
    """The times of the known and of the unknown, from a few browsers at once."""
    jobs = [(True, KNOWN[n % len(KNOWN)]) for n in range(TRIES)] + [(False, f'nobody{n}@ladatimur.example') for n in range(TRIES)]
    random.Random(1).shuffle(jobs)
    times, lock = {True: [], False: []}, threading.Lock()

    def work():
        visitor = Visitor(house)
        visitor.get('/sign-in')
        form = visitor.page
        while True:
            with lock:
                if not jobs:
                    return
                is_known, email = jobs.pop()
                number = len(jobs)
            visitor.page = form
            began = time.perf_counter()
            status = send(visitor, email, number)
            took = time.perf_counter() - began
            assert status in (303, 422), f'{status}: {visitor.page[:300]}'
            with lock:
                times[is_known].append(took)

    threads = [threading.Thread(target=work) for _ in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(times[True]) == len(times[False]) == TRIES, 'a sender gave up'
    return times[True], times[False]


FORMS = {
    'signing in by a code': lambda v, email, n: v.post('/sign-in', email=email, n=n),
    'signing in by a password': lambda v, email, n: v.post('/sign-in', email=email, password='tujuh perahu di Musi', n=n),
    'registering': lambda v, email, n: v.post('/register', name='Eve', email=email, telephone='', n=n),
}


def main():
    passed = failed = 0
    with House(tries=1_000_000) as house:
        for email in KNOWN:
            sari = Visitor(house)
            sari.register('Sari Wijaya', email)
            sari.get('/account/password')
            assert sari.post('/account/password', password='tujuh perahu di Kapuas', again='tujuh perahu di Kapuas') == 303
        for name, send in FORMS.items():
            known, unknown = measure(house, send)
            found, planted = z(known, unknown), z([t + PLANTED for t in known], unknown)
            is_fine = abs(found) < THRESHOLD < abs(planted)
            passed, failed = passed + is_fine, failed + (not is_fine)
            print(f'{name}: known {median(known) * 1e3:.2f} ms, unknown {median(unknown) * 1e3:.2f} ms, z {found:.2f}; '
                  f'with {PLANTED * 1e3:.0f} ms planted {planted:.2f}; threshold {THRESHOLD}')
    print(f'\n{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
