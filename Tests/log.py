#!/usr/bin/env python3
"""The public log from outside: its mirror is checked by `voffice log`, and its root worked out anew by another's Merkle tree.

Usage: log.py. The other implementation is PyPI's pymerkle, in an environment of its own under .build.
"""
import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House, ROOT  # noqa: E402
from tools import python_with  # noqa: E402
from visitor import Visitor  # noqa: E402

def voffice(house, *words):
    done = subprocess.run([house.program, 'log', *words], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def entries(mirror):
    """Every leaf in order, read as C2SP tlog-tiles says: 16 bits of length before each."""
    size = int((mirror / 'checkpoint').read_text().split('\n')[1])
    leaves, index = [], 0
    while len(leaves) < size:
        width = min(256, size - len(leaves))
        name = f'tile/entries/{index:03}' + ('' if width == 256 else f'.p/{width}')
        data = (mirror / name).read_bytes()
        while data:
            length = int.from_bytes(data[:2], 'big')
            leaves.append(data[2:2 + length])
            data = data[2 + length:]
        index += 1
    return leaves


def wait_for(mirror, at_least, seconds=20):
    for _ in range(seconds * 10):
        if (mirror / 'checkpoint').exists() and int((mirror / 'checkpoint').read_text().split('\n')[1]) >= at_least:
            return
        time.sleep(0.1)
    raise AssertionError(f'the mirror did not reach {at_least} entries')


def size_in(path, line):
    """How many entries of the log a signed note names; 0 where there is none yet."""
    try:
        return int(path.read_text().split('\n')[line].split(' ')[-1 if line == 1 else 2])
    except (OSError, IndexError):
        return 0


def safe_is_never_behind(mirror, safe, seconds=10):
    """Whoever restores by the safe must know everything that the mirror vouches for: looked at again and again while the log grows."""
    looks, sizes, end = 0, set(), time.monotonic() + seconds
    while time.monotonic() < end:
        published = size_in(mirror / 'checkpoint', 1)
        known = size_in(safe / 'state', 3)
        assert known >= published, f'the mirror vouches for {published} entries, and the safe knows {known}'
        looks += 1
        sizes.add(published)
    assert looks > 1_000 and len(sizes) >= 4, f'{looks} looks at {len(sizes)} sizes show little'


def main():
    done = 0
    with tempfile.TemporaryDirectory() as folder:
        mirror = Path(folder, 'log')
        with House(mirror=mirror, log_period=1, log_floor=50, safe=Path(folder, 'safe')) as house:
            for person in range(12):
                Visitor(house).register(f'Person {person}', f'p{person}@log.example')
            wait_for(mirror, 300)
            safe_is_never_behind(mirror, Path(folder, 'safe'))
            print('the safe knows whatever the mirror vouches for')
            done += 1
            visitor = Visitor(house)
            visitor.get('/log/checkpoint')
            visitor.get('/log')
            found = re.search(r'localhost[^\s<]*/log\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+', visitor.page)
            assert found, 'the page of the log shows no verifier key'
            key = found[0]
            old = Path(folder, 'old')
            shutil.copy(mirror / 'checkpoint', old)
            wait_for(mirror, int(old.read_text().split('\n')[1]) + 50)
            house.stop()

        code, said = voffice(house, 'verify', mirror, '--key', key, '--since', old)
        assert code == 0 and 'lead to the root' in said and 'unchanged' in said, said
        print('the mirror verifies, and extends what was published before')
        done += 1

        leaves = entries(mirror)
        listing = Path(folder, 'leaves')
        listing.write_text('\n'.join(leaf.hex() for leaf in leaves))
        root = subprocess.run([python_with('pymerkle==6.1.0'), '-c', (
            'import pymerkle, sys, base64\n'
            'tree = pymerkle.InmemoryTree(algorithm="sha256")\n'
            'for line in open(sys.argv[1]): tree.append_entry(bytes.fromhex(line.strip()))\n'
            'print(base64.b64encode(tree.get_state()).decode())'), listing], check=True, capture_output=True, text=True).stdout.strip()
        assert root == (mirror / 'checkpoint').read_text().split('\n')[2], root
        print('another implementation comes to the same root')
        done += 1

        code, receipt = voffice(house, 'prove', mirror, '7', '--key', key)
        assert code == 0 and receipt.startswith('c2sp.org/tlog-proof@v1\nindex 7\n'), receipt
        proof = Path(folder, 'proof')
        proof.write_text(receipt)
        code, said = voffice(house, 'check', proof, leaves[7].hex(), '--key', key)
        assert code == 0 and 'This is entry 7' in said, said
        code, said = voffice(house, 'check', proof, leaves[8].hex(), '--key', key)
        assert code == 1, said
        assert_path(receipt, leaves[7], len(leaves), mirror)
        print('a proof made from the mirror holds for its entry, and for no other')
        done += 1

        for path in sorted(p for p in mirror.rglob('*') if p.is_file()):
            good = path.read_bytes()
            # Partial tiles of earlier checkpoints stay in the folder; nothing of the newest one leads to them.
            if '.p/' in str(path) and int(path.name) != len(leaves) % 256:
                continue
            bad = bytearray(good)
            bad[len(bad) // 2] ^= 1
            path.write_bytes(bad)
            code, said = voffice(house, 'verify', mirror, '--key', key)
            path.write_bytes(good)
            assert code == 1, f'{path} with one byte changed: {said}'
        print('one byte changed in any file of it is found')
        done += 1
    print(f'{done} passed, 0 failed')


def assert_path(receipt, leaf, size, mirror):
    """The proof, worked out as RFC 9162 section 2.1.3.2 says."""
    path = [base64.b64decode(line) for line in receipt.split('\n\n')[0].split('\n')[2:]]
    node = hashlib.sha256(b'\0' + leaf).digest()
    fn, sn = 7, size - 1
    for sibling in path:
        if fn & 1 or fn == sn:
            node = hashlib.sha256(b'\1' + sibling + node).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = hashlib.sha256(b'\1' + node + sibling).digest()
        fn, sn = fn >> 1, sn >> 1
    assert sn == 0 and base64.b64encode(node).decode() == (mirror / 'checkpoint').read_text().split('\n')[2], 'the proof leads elsewhere'


try:
    main()
except (AssertionError, OSError, subprocess.CalledProcessError) as wrong:
    print(f'{wrong}\n0 passed, 1 failed')
    sys.exit(1)
