#!/usr/bin/env python3
"""Holds docs/threats.md against what there is: each file, name and test that a row names exists, and each row that was asked for is there.

Usage: threats.py. Prints `N passed, N failed`.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# OWASP ASVS 5.0: those of level 2 and 3 that the house is measured against.
ASKED = '''2.3.1 2.3.3 2.3.4 2.4.1 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.3 3.4.4 3.4.5 3.4.6 3.5.1 3.5.3 4.1.3 4.2.1 5.2.1 5.2.2 5.2.3 5.3.2 5.4.2
6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.2.9 6.2.10 6.2.11 6.2.12 6.3.3 6.4.3 6.5.1 6.5.4 6.5.5 6.6.3 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1
7.4.2 7.5.1 7.5.2 8.2.1 8.2.2 8.2.3 8.4.1 14.2.1 14.3.1 14.3.2 16.3.1 16.3.2 16.4.1 16.5.1 16.5.3'''.split()


def read(folder, *endings):
    return {path: path.read_text(errors='replace') for path in sorted((ROOT / folder).rglob('*'))
            if path.is_file() and path.suffix in endings and '__pycache__' not in path.parts}


CODE = read('Sources', '.swift', '.h') | read('assets', '.js') | read('share', '.service')
TESTS = read('Tests', '.swift', '.py', '.txt', '.js')


def plain(text):
    """Without the marks of Swift and the breaks of lines."""
    return re.sub(r'[`\s]+', ' ', text)


def files(name, tests):
    """What a path names, at the root, in Sources or in Tests; with or without its ending."""
    places = [name, f'Sources/{name}', f'Sources/{name}.swift', f'Tests/{name}', f'Tests/{name}.txt', f'Tests/{name}.swift']
    found = [ROOT / place for place in places if (ROOT / place).exists()]
    return found or [path for path in (TESTS if tests else CODE) if path.name in (name, f'{name}.swift', f'{name}.txt')]


def texts(paths, tests):
    known = TESTS if tests else CODE
    return ''.join(text for path, text in known.items() if any(path == place or place in path.parents for place in paths))


def lacking(cell, tests):
    """What of a cell isn't there: a name in backticks; behind a test's colon the sentence that it is called by."""
    missing, everything = [], ''.join((TESTS if tests else CODE).values())
    for name, sentence in re.findall(r'`([^`]+)`(?::\s*([^;|(]+))?', cell):
        paths = files(name, tests)
        if not paths and not re.search(rf'(?<!\w){re.escape(name)}(?!\w)', everything):
            missing.append(name)
            continue
        within = texts(paths, tests) or everything
        for part in re.split(r', and (?=`)', sentence.strip()) if tests else []:
            words = part.strip(' .,')
            if words and words not in plain(within):
                missing.append(f'{name}: {words}')
    return missing


def numbers(cell):
    """`7.2.1–7.2.3, 6.2.4` as single rows."""
    for first, last in re.findall(r'(\d+\.\d+\.\d+)(?:–(\d+\.\d+\.\d+))?', cell):
        chapter, end = first.rsplit('.', 1)
        for number in range(int(end), int(last.rsplit('.', 1)[1] if last else end) + 1):
            yield f'{chapter}.{number}'


def main():
    passed, wrong, there, columns = 0, [], set(), None
    for number, line in enumerate((ROOT / 'docs/threats.md').read_text().splitlines(), 1):
        cells = [cell.strip() for cell in line.strip('|').split('|')] if line.startswith('|') else None
        if cells is None:
            columns = None
        elif columns is None:
            columns = cells
        elif not set(line) <= set('|- ') and 'test' in columns:
            row = dict(zip(columns, cells))
            there |= set(numbers(row.get('row', '')))
            faults = lacking(row['code'], False) + lacking(row['test'], True)
            if not row['test'] and not row['code'].startswith('there '):
                faults.append('a test')
            wrong += [f'docs/threats.md:{number}: there is no {fault}' for fault in faults]
            passed += not faults
    wrong += [f'docs/threats.md: row {row} isn’t there' for row in ASKED if row not in there]
    passed += len(set(ASKED) & there)
    print('\n'.join([*wrong, f'{passed} passed, {len(wrong)} failed']))
    return 1 if wrong or passed < 90 else 0


if __name__ == '__main__':
    sys.exit(main())
