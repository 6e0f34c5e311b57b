#!/usr/bin/env python3
"""Large and odd documents through `voffice policy check`, and some through other commands: no crash, no hang, time in proportion to the length, a clear answer.

Usage: large.py [--times] [NAME...]. Makes each document in two sizes, the second four times the first, and compares the processor time that
the release build takes for them. A document that goes beyond a limit must be refused by the code that is named here, with the number allowed.
"""
import argparse
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TOOL = ROOT / '.build/release/voffice'
TIMES, ROOM, PATIENCE = 4, 2.5, 60

HEAD = '''```policy
policy office, version 1, from 2026-01-31
field name: text
field email address: email
purpose serve: to serve you (contract)
role clerk
recipient courier: processor in ID
source form
event order
condition an open case, set by the person
'''
RULES = '''```

## Work {#work}

We work.

```policy
collect name, email address from form to serve
keep name, email address while account active, because "x"
'''
CHANGES = '''when this policy changes: a new use of stored data needs a yes by email address
when this policy changes: a change without new use is posted
when this policy changes: a material change is also sent to people who refused messages
when this policy changes: people whose contact is cut or whose account is deactivated or deleted are left alone
```
'''


def document(declared='', rules='', behind=''):
    return HEAD + declared + RULES + rules + CHANGES + behind


def lines(count, each):
    return ''.join(each(n) + '\n' for n in range(count))


def facts(count):
    return lines(count, lambda n: f'condition fact {n}')


def literals(count):
    return ' or '.join(f'fact {n % 250} and not fact {(n * 7 + 1) % 250}' for n in range(count // 2))


def boxes(count):
    """One letter more than there are boxes, each in one of them and no two in the same: it can't be, and to see that takes very long."""
    def inside(letter, box):
        return f'letter {letter} in box {box}'
    nowhere = [' and '.join(f'not {inside(letter, box)}' for box in range(count)) for letter in range(count + 1)]
    twice = [f'{inside(one, box)} and {inside(other, box)}' for box in range(count) for one in range(count + 1) for other in range(one)]
    names = ''.join(f'condition {inside(letter, box)}\n' for letter in range(count + 1) for box in range(count))
    ways = nowhere + twice
    nevers = [f'never read name by clerk, on {" or ".join(ways[at:at + 250])}\n' for at in range(0, len(ways), 250)]
    return names, 'clerk may read name to serve\n' + ''.join(nevers)


def chain(count):
    """Each category holds the one before."""
    return 'category group 0 = name\n' + lines(count, lambda n: f'category group {n + 1} = group {n}')


def listed(count):
    return lines(count, lambda i: f'field part {i}: text') + 'category all = ' + ', '.join(f'part {i}' for i in range(count)) + '\n'


grown = 'collect everything from form to serve\nkeep all 3 days after collected, because "y"\n'


def mixed(count):
    words = 'field category keep never may read name clerk “x” , : = " ( ) [ ] # on and or not \n ```policy ``` ## a {#a} - > ß é 30 days'.split(' ')
    pick = random.Random(1).choice
    return ' '.join(pick(words) for _ in range(count))


# Name: (the smaller size, what makes the document of a size, what it must be refused by or nothing, another command than `check` and what follows DOC).
DOCUMENTS = {
    '10 MB of prose': (2_500, lambda n: document(behind=('We write about *one* thing and [another](x), as `code`. ' * 20 + '\n\n') * n), None),
    '10 MB of rules': (21_000, lambda n: document(rules=lines(n, lambda i: f'clerk may read name, email address to serve, on an open case and not contact cut or asked [r{i}x]')), None),
    '10 MB in one line of prose': (2_500_000, lambda n: document(behind='word ' * (n // 5)), None),
    '10 MB in one line of words': (2_500_000, lambda n: document(rules='clerk may ' + 'read ' * (n // 5) + '\n'), 'syntax'),
    'a word of 2 MB': (500_000, lambda n: document(rules='clerk may ' + 'é' * n + '\n'), 'syntax'),
    '10 MB that are no UTF-8': (2_500_000, lambda n: document().encode() + b'\xff\xfe\x80a' * (n // 4), 'syntax'),
    '10 MB of anything': (600_000, lambda n: mixed(n), 'syntax'),
    '100,000 clauses': (25_000, lambda n: document(behind=lines(n, lambda i: f'## Part {i} {{#part-{i}}}\n\nWe say it.\n\n```policy\nnote: nothing to do\n```\n')), None),
    '100,000 headings that hold no rule': (25_000, lambda n: document(behind=lines(n, lambda i: f'## Part {i} {{#part-{i}}}\n')), 'clause-without-rule'),
    'headings with one anchor': (10_000, lambda n: document(behind='# a {#a}\n' * n), 'duplicate-anchor'),
    'clauses in clauses': (10_000, lambda n: document(behind=lines(n, lambda i: f'{"#" * (i % 6 + 1)} Part {i} {{#part-{i}}}\n\nText.\n')), 'clause-without-rule'),
    'lists in lists': (25_000, lambda n: document(behind='- ' * n + 'x\n'), 'too-large'),
    'deeper lists': (400, lambda n: document(behind=lines(n, lambda i: '  ' * i + '- x')), 'too-large'),
    'quotations in quotations': (100_000, lambda n: document(behind='> ' * n + 'x\n'), 'too-large'),
    'quotations around brackets': (25_000, lambda n: document(behind='> ' * n + 'x\n' + '[' * n), 'too-large'),
    'quotations around lines': (25_000, lambda n: document(behind='> ' * n + 'x\n' + 'y\n' * n), 'too-large'),
    'lists around empty lines': (25_000, lambda n: document(behind='- ' * n + 'x\n' + '\n' * n), 'too-large'),
    'as many quotations as may be': (250_000, lambda n: document(behind='> ' * 100 + 'x\n' + 'y [\n' * n), None),
    'as many lists as may be': (250_000, lambda n: document(behind=lines(100, lambda i: '  ' * i + '- x') + 'y\n' * n), None),
    'pictures before links': (25_000, lambda n: document(behind='![' * n + '[a](b)' * n), 'too-large'),
    'emphasis before links': (25_000, lambda n: document(behind='*[a](b)' * n), 'too-large'),
    'HTML that does not close': (100_000, lambda n: document(behind='a <?' * n), 'too-large'),
    'a declaration that does not close': (100_000, lambda n: document(behind='a <!A ' * n), 'too-large'),
    'as many marks as may be': (25, lambda n: document(behind=('*a ' * 1_500 + '[a](b)' * 2_000 + '\n\n') * n), None),
    'a long reference': (50_000, lambda n: document(behind='[a]: ' + 'b' * n + '\n\n' + '[a] ' * n), 'too-large'),
    'a reference with a long title': (50_000, lambda n: document(behind='[a]:\n<b c>\n(' + 'b\n' * n + ')\n\n' + '[a] ' * n), 'too-large'),
    'references that do not end': (50_000, lambda n: document(behind='[a]: <b\n' * n + '[a]: b (c ' * n + ' ]:]:' * n), 'too-large'),
    'parentheses': (250_000, lambda n: document(behind='(' * n + '[' * n + 'x' + ']' * n + ')' * n + '\n'), None),
    'links that do not close': (100_000, lambda n: document(behind='[a](' * n + '\n'), None),
    'emphasis that does not close': (100_000, lambda n: document(behind='*a _b ' * n + '\n'), 'too-large'),
    'emphasis of two kinds': (50_000, lambda n: document(behind='*b ' * n + '_***' * n), 'too-large'),
    'as much emphasis as may be': (50, lambda n: document(behind=('*b ' * 2_000 + '_***' * 1_000 + '\n\n') * n), None),
    'code that does not close': (1_500, lambda n: document(behind=''.join('e' + '`' * i for i in range(n)) + '\n'), None),
    'references': (25_000, lambda n: document(behind=lines(n, lambda i: f'[a{i}]: b') + '[a1] ' * n + '\n'), None),
    'comments that do not close': (100_000, lambda n: document(behind='a <!-- b ' * n + '\n'), None),
    'parentheses in a rule': (100_000, lambda n: document(rules='clerk may read ' + '(' * n + ')' * n + '\n'), 'syntax'),
    'fences': (25_000, lambda n: document(behind='```policy\nnote: x\n```\n\n' * n), None),
    '100,000 names': (25_000, lambda n: document(lines(n, lambda i: f'field part {i} of it: text'), 'collect everything from form to serve\n' + lines(n, lambda i: f'keep part {i} of it 3 days after collected, because "y"')), None),
    'names that are not declared': (10_000, lambda n: document(rules=lines(n, lambda i: f'clerk may read part {i} to serve')), 'unknown-name'),
    'names that are taken': (10_000, lambda n: document(lines(n, lambda i: 'field name: text')), 'duplicate-name'),
    'categories in categories': (12_500, lambda n: document(chain(n)), None),
    'categories of everything': (12_500, lambda n: document(lines(n, lambda i: f'category group {i} = everything')), None),
    'a chain of derivations': (2_000, lambda n: document(lines(n + 1, lambda i: f'field part {i}: text'), 'collect part 0 from form to serve\n' + lines(n, lambda i: f'derive part {i + 1} from part {i} to serve') + lines(n + 1, lambda i: f'keep part {i} 1 day after collected, because "x"') + 'clerk may read name to serve\nnever read name by clerk, on contact cut\n'), None),
    'a category in itself': (25_000, lambda n: document(chain(n) + f'category group 0 = group {n}\n' + f'category a = b\ncategory b = a, group {n}\n'), 'category-cycle'),
    'one list of everything': (12_500, lambda n: document(lines(n, lambda i: f'field part {i}: text') + 'category all = ' + ', '.join(f'part {i}' for i in range(n)) + '\n', 'collect all from form to serve\nkeep all 3 days after collected, because "y"\n'), None),
    'words of one name': (250_000, lambda n: document('role ' + 'very ' * n + 'old clerk\n'), None),
    'a condition of many literals': (50_000, lambda n: document(facts(250), f'clerk may read name to serve, on {literals(n)}\n'), 'condition-too-complex'),
    'an unless of many literals': (50_000, lambda n: document(facts(250), f'clerk may read name to serve, unless {literals(n)}\n'), 'condition-too-complex'),
    'conditions that hang together': (60, lambda n: document(facts(250), lines(n, lambda i: f'clerk may read name to serve, on {literals(500)}')), None),
    'a never that hangs together with itself': (1, lambda n: document(boxes(13 + n // 4)[0], boxes(13 + n // 4)[1]), 'too-entangled'),
    'marks on one letter': (25_000, lambda n: document('role clerk' + '\u0301\u0323' * n + '\n'), 'syntax'),
    'categories that grow': (2_000, lambda n: document(lines(n, lambda i: f'field part {i}: text') + 'category group 0 = name\n' + lines(n, lambda i: f'category group {i + 1} = group {i}, part {i}'), grown.replace('all', f'group {n}')), 'too-large'),
    'rules over a large category': (1_000, lambda n: document(listed(n * 4), 'collect all from form to serve\n' + lines(n, lambda i: f'keep all {i} days after collected, because "y"')), 'too-large'),
    'rules of many flows': (1_000, lambda n: document(listed(n) + lines(n, lambda i: f'role clerk {i}') + lines(n, lambda i: f'purpose aim {i}: it (contract)'), grown + f'{", ".join(f"clerk {i}" for i in range(n))} may read all to {", ".join(f"aim {i}" for i in range(n))}\nnever read all\n'), 'too-large'),
    'a table of many names and rules': (5_000, lambda n: document(listed(n), grown + lines(n * 3, lambda i: f'clerk may read part {i % n} to serve, on an open case')), 'too-large'),
    'too many conditions': (25_000, lambda n: document(facts(n)), 'too-many-conditions'),
    'examples': (12_500, lambda n: document(behind='\n```examples\n' + 'clerk reads name to serve: no, no rule\n' * n + '```\n'), None),
    'examples that fail': (12_500, lambda n: document(behind='\n```examples\n' + 'clerk reads name to serve: yes\n' * n + '```\n'), 'example-fails'),
    'quotation marks': (250_000, lambda n: document(rules='keep name while account active, because ' + '"' * n + '\n'), 'syntax'),
    'labels': (10_000, lambda n: document(rules=lines(n, lambda i: 'the person may read name [same]')), 'duplicate-name'),
    'who gets many messages': (4_000, lambda n: document(lines(n, lambda i: f'message word {i}: of it'), f'send {", ".join(f"word {i}" for i in range(n))} through email address to serve, unless refused\n'), None, 'who', 'email address'),
    'an export of many keeps': (8_000, lambda n: document(rules=lines(n, lambda i: f'keep name {i + 1} days after collected, because "y"')), None, 'export', '--as', 'json'),
}


def check(folder, text, command='check', *words):
    """The processor's seconds, the exit code and what was said."""
    path = Path(folder, 'large.md')
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(Path(folder, 'said'), 'w+', errors='replace') as said:
        try:
            code = subprocess.run([TOOL, 'policy', command, path, *words], stdout=said, stderr=said, timeout=PATIENCE).returncode
        except subprocess.TimeoutExpired:
            code = 'hangs'
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        said.seek(0)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, code, said.read()


def fault(folder, name, shows):
    size, make, code, *words = DOCUMENTS[name]
    texts = [make(size), make(size * TIMES)]
    results = [check(folder, text, *words) for text in texts]
    (short, *_), (long, exit_code, said) = results
    if shows:
        print(f'{name:40} {len(texts[1]) / 1e6:6.1f} MB {short:6.2f} s {long:6.2f} s')
    if any(result[1] not in (0, 1) for result in results):
        return f'ends with {[result[1] for result in results]}'
    if long > TIMES * ROOM * short + 0.5:
        return f'takes {short:.2f} s, and {long:.2f} s for {TIMES} times the length'
    if code and f'[{code}]' not in said:
        return f'is not refused by {code}: {said[:300]}'
    if not code and exit_code != 0:
        return f'is refused: {said[:300]}'
    return None


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('--times', action='store_true', help='print the seconds of each document')
    options.add_argument('names', nargs='*')
    chosen = options.parse_args()
    subprocess.run(['swift', 'build', '-c', 'release', '--product', 'voffice'], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix='voffice-large-') as folder:
        for name in DOCUMENTS:
            if chosen.names and not any(word in name for word in chosen.names):
                continue
            wrong = fault(folder, name, chosen.times)
            if wrong:
                failed += 1
                print(f'{name}: {wrong}')
            else:
                passed += 1
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


sys.exit(main())
