#!/usr/bin/env python3
"""Runs every block of docs/checking-a-copy.md, in its order, on a copy that somebody took along; and on copies that were changed, of which none
gets through.

Usage: checking.py. Prints `N passed, N failed`.
"""
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import forgeries  # noqa: E402
from forger import Forger  # noqa: E402
from house import House, ROOT  # noqa: E402
from visitor import Visitor  # noqa: E402

BLOCKS = re.findall(r'^```sh\n(.*?)^```$', (ROOT / 'docs/checking-a-copy.md').read_text(), re.S | re.M)


def checked(content, key):
    """Which block stops at this archive, from 1, and what it says; 0 where all run through."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, 'data.zip').write_bytes(content)
        for number, block in enumerate(BLOCKS, 1):
            done = subprocess.run(['sh', '-ec', block], cwd=folder, env=os.environ | {'KEY': key}, capture_output=True, text=True)
            if done.returncode != 0:
                return number, done.stderr
        return 0, done.stdout


def main():
    with tempfile.TemporaryDirectory() as folder, House(log_period=1, log_floor=1) as house:
        sari = Visitor(house)
        sari.register('Sari “Çelik” Wijaya', 'sari@ladatimur.example')
        sari.get('/privacy')
        assert sari.post('/privacy/export') == 200
        archive = zipfile.ZipFile(io.BytesIO(sari.body))
        files, data = {name: archive.read(name) for name in archive.namelist()}, json.loads(archive.read('data.json'))
        assert sari.get('/log') == 200
        key = re.search(r'localhost[^\s<]*/log\S*\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+', sari.page)[0]
        assert checked(forgeries.packed(files), key) == (0, f'{len(data["uses"])} entries, each in its place and in the log\n')
        print('a copy is checked as the document says')
        uses = data['uses']
        for wrong, block in (
                (data | {'key': Forger(folder, key.split('+')[0]).key}, 1), (data | {'statement': data['statement'].replace('uses 1', 'uses 2')}, 2),
                (data | {'at': data['at'].replace('2', '3', 1)}, 3), (data | {'held': data['held'][1:]}, 4),
                (data | {'uses': uses[:2] + uses[3:]}, 5), (data | {'uses': uses[:-1]}, 5), (data | {'uses': uses[1:]}, 5),
                (data | {'uses': [uses[0] | {'index': None, 'path': []}] + uses[1:]}, 5)):
            stopped, said = checked(forgeries.packed(files | {'data.json': forgeries.written(wrong)}), key)
            assert stopped == block, (stopped, block, said)
        assert checked(forgeries.packed(files | {'your-data.html': b'<p>Nothing is held.'}), key)[0] == 4
        print('copies that were changed stop at the block that looks')
    print('2 passed, 0 failed')


try:
    main()
except (AssertionError, OSError, KeyError) as wrong:
    print(f'{type(wrong).__name__}: {wrong}\n0 passed, 1 failed')
    sys.exit(1)
