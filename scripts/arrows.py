#!/usr/bin/env python3
"""Arrows between rooms: prints each import of a room or a library that isn't on its target's list in Package.swift, and fails.

The compiler's own check (`--explicit-target-dependency-import-check`) passes an import of what another room on the list imports. A name of
none of our targets (Foundation, Glibc) is the toolchain's; of those the rooms of PURE import the language's own only.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PURE, LANGUAGE = {'Policy'}, {'Swift', 'Synchronization'}
GAP = r'(?:\s|/\*.*?\*/)+'
# At the beginning of a line, behind another statement, or behind a comment.
IMPORT = re.compile(
    rf'(?:^|;|\*/)\s*(?:@\w+(?:\([^)]*\))?{GAP}|(?:public|package|internal|fileprivate|private){GAP})*'
    rf'import{GAP}(?:(?:struct|class|enum|func|var|let|typealias|protocol){GAP})?`?(\w+)', re.M | re.S)


def main():
    package = json.loads(subprocess.run(['swift', 'package', 'dump-package'], cwd=ROOT, check=True, capture_output=True).stdout)
    targets = {target['name']: target for target in package['targets']}
    modules = {name.replace('-', '_') for name in targets}
    wrong = 0
    for name, target in targets.items():
        if target['type'] == 'system':
            continue
        allowed = {next(iter(dependency.values()))[0].replace('-', '_') for dependency in target['dependencies']}
        folder = ROOT / (target.get('path') or ('Tests' if target['type'] == 'test' else 'Sources') + '/' + name)
        files = sorted(folder.rglob('*.swift'))
        if not files:
            print(f'{folder}: no sources of {name} are there')
            wrong += 1
        for file in files:
            text = file.read_text()
            for found in IMPORT.finditer(text):
                if found[1] in allowed:
                    continue
                number = text.count('\n', 0, found.end()) + 1
                if found[1] in modules or name in PURE and found[1] not in LANGUAGE:
                    print(f'{file.relative_to(ROOT)}:{number}: {name} may not import {found[1]}: it isn’t on its list in Package.swift')
                    wrong += 1
    return 1 if wrong else 0


sys.exit(main())
