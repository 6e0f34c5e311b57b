#!/usr/bin/env python3
"""Random lives under changing policies: what may be used and what stays until when must come out as in a plain model of the language.

Usage: histories.py [COUNT [SEED]]   (100,000 lives of seed 1). What differs is made small and printed; keep it as a unit test.
"""
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main():
    build = ['swift', 'build', '-c', 'release', '--product', 'PolicyHistories', '--explicit-target-dependency-import-check', 'error']
    if subprocess.run(build, cwd=ROOT).returncode:
        print('0 passed, 1 failed')
        return 1
    return subprocess.run([ROOT / '.build/release/PolicyHistories', *sys.argv[1:]]).returncode


if __name__ == '__main__':
    sys.exit(main())
