"""Somebody who makes copies of their own, with a log and a key of their own: everything fits, but for what they get wrong on purpose.

Openssl signs. `whole(data)` is a copy in which nothing is wrong, under `key`; `copies(data)` gives `(what is wrong, the words for it, the bytes)`.
"""
import base64
import hashlib
import hmac
import json
import subprocess
from pathlib import Path

import forgeries


def b64(some):
    return base64.b64encode(some).decode()


def sha256(*parts):
    return hashlib.sha256(b''.join(parts)).digest()


class Forger:
    def __init__(self, folder, name):
        self.name, self.secret, self.text = name, Path(folder, 'forger.pem'), Path(folder, 'text')
        subprocess.run(['openssl', 'genpkey', '-algorithm', 'ed25519', '-out', self.secret], check=True)
        public = subprocess.run(['openssl', 'pkey', '-in', self.secret, '-pubout', '-outform', 'DER'], check=True, capture_output=True).stdout
        material = b'\x01' + public[-32:]
        self.id = sha256(name.encode(), b'\n', material)[:4]
        self.key = f'{name}+{self.id.hex()}+{b64(material)}'

    def note(self, text):
        self.text.write_text(text)
        made = subprocess.run(['openssl', 'pkeyutl', '-sign', '-inkey', self.secret, '-rawin', '-in', self.text], check=True, capture_output=True)
        return f'{text}\n— {self.name} {b64(self.id + made.stdout)}\n'

    def whole(self, data, **changes):
        return forgeries.written(self.signed(self.linked(data), **changes))

    def linked(self, data):
        """The same with each entry's place and the hash of the one before it as they have to be."""
        return forgeries.linked_anew(json.loads(json.dumps(data)))

    def signed(self, data, statement=lambda lines: lines, checkpoint=lambda lines: lines):
        """The same with a log of just these entries, proofs, checkpoint and statement; the lines of either changed before they are signed."""
        leaves = [forgeries.leaf(use) for use in data['uses'] if 'common' in use]
        for number, use in enumerate(use for use in data['uses'] if 'common' in use):
            use['index'], use['path'] = number, [b64(one) for one in path(number, leaves)]
        top, size = b64(root(leaves)), len(leaves)
        numbers = [use['sequence'] for use in data['uses']]
        codes = {name: [b64(code(one)) for one in data[name]] for name in ('held', 'files')}
        lines = ['voffice export 2', *(f'{name} {data[name]}' for name in ('house', 'at', 'subject')), f'uses {numbers[0]} {numbers[-1]}',
                 f'head {b64(leaves[-1])}', f'tree {size} {top}', *(f'held {one}' for one in codes['held']), *(f'file {one}' for one in codes['files'])]
        return data | {
            'key': self.key, 'statement': self.note(''.join(f'{line}\n' for line in statement(lines))),
            'checkpoint': self.note(''.join(f'{line}\n' for line in checkpoint([self.name, str(size), top])))}

    def copies(self, data):
        """Each wrong in one thing that a signature alone doesn't show."""
        def edited(change, anew=False):
            copy = self.linked(data)
            change(copy)
            return forgeries.written(self.signed(self.linked(copy) if anew else copy))

        def after(change):
            copy = self.signed(self.linked(data))
            change(copy)
            return forgeries.written(copy)

        def person(number, old, new):
            def change(copy):
                part = copy['uses'][number]['person']
                part['text'] = part['text'].replace(old, new)
            return change

        def line(change):
            return self.whole(data, statement=change)

        def replaced(name, text):
            return lambda lines: [text if one.startswith(name) else one for one in lines]

        other = b64(bytes(32))
        count = len(data['uses'])
        yield 'no proof', 'entry 3 isn.t proved', after(lambda copy: copy['uses'][2].update(index=None, path=None))
        yield 'another place', 'entry 3 isn.t proved', after(lambda copy: copy['uses'][2].update(index=3))
        yield 'a place beyond', 'entry 3 isn.t proved', after(lambda copy: copy['uses'][2].update(index=count))
        yield 'a longer way', 'entry 3 isn.t proved', after(lambda copy: copy['uses'][2]['path'].append(other))
        yield 'a shorter way', 'entry 3 isn.t proved', after(lambda copy: copy['uses'][2]['path'].pop())
        yield 'damaged', 'entry 3 doesn.t open', after(lambda copy: copy['uses'].__setitem__(2, {'sequence': 3, 'damaged': True}))
        # Of the last one, so that none follows that doesn't fit then.
        yield 'another person’s', f'entry {count} is another person', edited(person(-1, 'subject ', 'subject 7'))
        yield 'of another place', f'entry {count} is another person.s, or of another place', edited(person(-1, f'seq {count}', 'seq 2'))
        yield 'another before it', f'entry {count} doesn.t follow', edited(person(-1, 'prev ', 'prev 00'))
        yield 'no place', f'entry {count} doesn.t say where', edited(person(-1, 'seq ', ''))
        yield 'a place without a number', f'entry {count} doesn.t say where', edited(person(-1, f'seq {count}', 'seq '))
        yield 'told late, and of no time', 'entry 3 was told late', edited(
            lambda copy: copy['uses'][2]['common'].update(text=copy['uses'][2]['common']['text'] + 'withheld ' + '0' * 64 + '\n'), anew=True)
        yield 'of a time, and not told late', 'entry 3 was told late', after(lambda copy: copy['uses'][2].update(
            withheld={name: copy['uses'][2][name] for name in ('common', 'person', 'staff', 'index', 'path')}))
        yield 'not from the first on', 'entry 0 is missing', line(replaced('uses ', f'uses 0 {count}'))
        yield 'longer', f'the newest entry isn.t the one that was signed as such, {count + 1}', line(replaced('uses ', f'uses 1 {count + 1}'))
        yield 'shorter', f'the newest entry isn.t the one that was signed as such, {count - 1}', line(replaced('uses ', f'uses 1 {count - 1}'))
        yield 'another end', 'the newest entry', line(replaced('head ', f'head {other}'))
        yield 'a cut', 'entries before 2 were lost', line(lambda lines: [*lines[:6], 'cut 2', *lines[6:]])
        yield 'another tree', 'checkpoint isn.t the one', line(replaced('tree ', f'tree {count} {other}'))
        yield 'another size', 'checkpoint isn.t the one', line(lambda lines: [one.replace(f'tree {count}', f'tree {count + 1}') for one in lines])
        for name in ('house', 'at', 'subject'):
            yield f'another {name}', f'{name} isn.t what was signed', line(replaced(name + ' ', f'{name} x'))
        for name, noun in (('held', 'held value'), ('file', 'file')):
            lines = [number for number, one in enumerate(self.signed(self.linked(data))['statement'].split('\n')) if one.startswith(name + ' ')]
            first, last = lines[0], lines[-1]
            yield f'{name} changed', f'{noun} 1 ', line(lambda lines: [*lines[:first], f'{name} {other}', *lines[first + 1:]])
            yield f'{name} left out', f'{noun} 1 ', line(lambda lines: [*lines[:first], *lines[first + 1:]])
            yield f'{name} more', f'{noun}: 1 of', line(lambda lines: [*lines[:first], f'{name} {other}', *lines[first:]])
            yield f'{name} twice', f'{noun}: not once', line(lambda lines: [*lines[:first], lines[first], *lines[first:]])
            yield f'{name} in another order', f'{noun}: not once', line(
                lambda lines: [*lines[:first], lines[last], *lines[first + 1:last], lines[first], *lines[last + 1:]])
        for number in range(7):
            yield f'no line {number}', 'statement isn.t one of a copy', line(lambda lines: [*lines[:number], *lines[number + 1:]])
            yield f'line {number} twice', 'statement isn.t one of a copy', line(lambda lines: [*lines[:number], lines[number], *lines[number:]])
        for wrong in ('voffice export 3', 'uses 01 2', 'uses 1', 'uses 1 2 3', 'uses -1 2', f'uses 1 {2**64}', 'head AAAA', 'cut 0x', 'cut ', 'tree 1',
                      'more', ''):
            name = wrong.split(' ')[0]
            yield repr(wrong), 'statement isn.t one of a copy|statement isn.t signed', line(
                lambda lines: [*lines[:6], wrong, *lines[6:]] if name in ('cut', 'more', '') else replaced(name, wrong)(lines))
        yield 'a checkpoint as a statement', 'statement isn.t one of a copy', after(lambda copy: copy.update(statement=copy['checkpoint']))
        yield 'a statement as a checkpoint', 'checkpoint isn.t signed', after(lambda copy: copy.update(checkpoint=copy['statement']))
        for lines in (['other.example/log', '1', other], [self.name, '01', other], [self.name, '1'], [self.name, '1', other[:-4]], [self.name, '0', other]):
            yield f'a checkpoint of {lines}', 'checkpoint isn.t', self.whole(data, checkpoint=lambda _: lines)
        yield 'the house’s own checkpoint', 'checkpoint isn.t signed', after(lambda copy: copy.update(checkpoint=data['checkpoint']))
        yield 'the house’s own statement', 'statement isn.t signed', after(lambda copy: copy.update(statement=data['statement']))


def code(thing):
    """Of something with a salt (RFC 8785: names in order, no blanks, letters as they are)."""
    rest = {name: value for name, value in thing.items() if name != 'salt'}
    return hmac.digest(base64.b64decode(thing['salt']), json.dumps(rest, sort_keys=True, separators=(',', ':'), ensure_ascii=False).encode(), 'sha256')


def root(leaves):
    """RFC 6962, 2.1."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b'\x01', root(leaves[:half]), root(leaves[half:]))


def path(number, leaves):
    """RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if number < half:
        return [*path(number, leaves[:half]), root(leaves[half:])]
    return [*path(number - half, leaves[half:]), root(leaves[:half])]
