#!/usr/bin/env python3
"""Every word of the house's policy exchanged, doubled, taken out: what is neither refused nor shown must stand in without-effect.txt.

Usage: mutation.py [OTHERS]   OTHERS: for how many other words each is exchanged (3). Minutes on two processors. The list is reviewed: a
line that is new fails, with what to do; one that is gone is named, to be taken out.
"""
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LIST = HERE / 'without-effect.txt'


def main():
    build = ['swift', 'build', '-c', 'release', '--product', 'PolicyMutation', '--explicit-target-dependency-import-check', 'error']
    subprocess.run(build, cwd=ROOT, check=True)
    said = subprocess.run([ROOT / '.build/release/PolicyMutation', ROOT / 'policy/voffice.policy.md', *sys.argv[1:]],
                          capture_output=True, text=True, check=True).stdout.splitlines()
    found, known = said[:-1], [line for line in LIST.read_text().splitlines() if line and not line.startswith('#')]
    new, gone = [line for line in found if line not in known], [line for line in known if line not in found]
    for line in new:
        print(f'new:  {line}')
    for line in gone:
        print(f'gone: {line}')
    if new:
        print(f'Look these through: does the policy say twice what it should say once, or does the difference miss something? Then keep them in {LIST.name}.')
    print(said[-1])
    print(f'{len(found) - len(new)} passed, {len(new)} failed')
    return 1 if new else 0


if __name__ == '__main__':
    sys.exit(main())
