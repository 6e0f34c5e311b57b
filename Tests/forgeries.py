"""Every way to change a copy that a person took along: each field of data.json, the whole, and the archive around it.

`of(data, other)` gives `(what was done, the bytes)`; `other` is another person's copy. `without_meaning` gives changes that say nothing else.
"""
import base64
import hashlib
import hmac
import io
import json
import random
import zipfile


def written(data):
    return json.dumps(data, ensure_ascii=False).encode()


def of(data, other):
    yield from of_fields(data)
    yield from of_lists(data)
    yield from of_others(data, other)
    yield from remade(data)
    yield from shut(data)
    yield from of_text(data)


def places(value, path=()):
    """Every place in it, from the outermost."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield from places(one, (*path, name))


def at(data, path):
    for name in path:
        data = data[name]
    return data


def changed(data, path, change):
    """A copy in which `change(object or list, name)` was done at the place."""
    copy = json.loads(json.dumps(data))
    change(at(copy, path[:-1]), path[-1])
    return copy


def put(value):
    def change(inside, name):
        inside[name] = value
    return change


def remove(inside, name):
    del inside[name]


def others(value):
    """Values of another type, and the nearest other ones of the same."""
    if value is not None:
        yield 'null', None
    for name, other in (('a number', 7), ('a text', 'x'), ('a list', []), ('an object', {}), ('false', False), ('true', True)):
        if type(other) is not type(value):
            yield name, other
    if isinstance(value, bool):
        yield 'the opposite', not value
    elif isinstance(value, int):
        yield from (('one more', value + 1), ('one less', value - 1), ('negative', -value - 1), ('a fraction', value + 0.5), ('too great', 2**64 + value))
        yield 'a text of it', str(value)
    elif isinstance(value, str):
        yield 'one more letter', value + 'x'
        yield 'blank', value + ' '
        if value:
            yield 'empty', ''
            yield 'the first letter', chr(ord(value[0]) ^ 1) + value[1:]
            yield 'the last letter', value[:-1] + chr(ord(value[-1]) ^ 1)
            yield 'cut', value[:len(value) // 2]
    elif isinstance(value, list) and value:
        yield 'emptied', []
    elif isinstance(value, dict) and value:
        yield 'emptied', {}


def of_fields(data):
    """Each field removed, of no value, of another type, of another value, and swapped with its neighbour's."""
    for path in places(data):
        if not path:
            continue
        place = '.'.join(map(str, path))
        yield f'{place} removed', written(changed(data, path, remove))
        for name, other in others(at(data, path)):
            yield f'{place}: {name}', written(changed(data, path, put(other)))
        inside = at(data, path[:-1])
        names = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        where = names.index(path[-1])
        if where + 1 < len(names) and inside[names[where]] != inside[names[where + 1]]:
            def swap(inside, name, next_one=names[where + 1]):
                inside[name], inside[next_one] = inside[next_one], inside[name]
            yield f'{place} swapped with the next', written(changed(data, path, swap))
        if isinstance(inside, dict):
            yield f'{place} by another name', written(changed(data, path, lambda inside, name: inside.update({f'{name}2': inside.pop(name)})))
            yield f'beside {place} another', written(changed(data, path, lambda inside, name: inside.update({f'{name}2': inside[name]})))


def of_lists(data):
    """What stands in a list, twice, in another order, cut at either end; and the same field of two neighbours swapped."""
    for path in places(data):
        things = at(data, path)
        if not isinstance(things, list) or not things:
            continue
        place = '.'.join(map(str, path))
        for number, one in enumerate(things):
            yield f'{place}.{number} twice', written(changed(data, path, put(things[:number] + [one] + things[number:])))
        if things != things[::-1]:
            yield f'{place} turned round', written(changed(data, path, put(things[::-1])))
        for number in range(1, len(things)):
            yield f'{place} from {number} on', written(changed(data, path, put(things[number:])))
            yield f'{place} up to {number}', written(changed(data, path, put(things[:number])))
            one, two = things[number - 1], things[number]
            if isinstance(one, dict) and isinstance(two, dict):
                for name in one.keys() & two.keys():
                    if one[name] != two[name]:
                        copy = json.loads(json.dumps(data))
                        at(copy, path)[number - 1][name], at(copy, path)[number][name] = two[name], one[name]
                        yield f'{place}.{number - 1} and the next with each other’s {name}', written(copy)


def of_others(data, other):
    """What is another person's."""
    for name in data:
        if data[name] != other[name]:
            yield f'another’s {name}', written(data | {name: other[name]})
    yield 'another’s statement and checkpoint', written(data | {name: other[name] for name in ('statement', 'checkpoint')})
    yield 'another’s entry', written(data | {'uses': data['uses'][:-1] + other['uses'][-1:]})
    yield 'another’s values', written(data | {name: other[name] for name in ('held', 'statement', 'checkpoint')})


def remade(data):
    """A record of uses that was made anew around what was changed or left out, each link right again."""
    for number in range(len(data['uses'])):
        copy = json.loads(json.dumps(data))
        del copy['uses'][number]
        yield f'without {number}, linked anew', written(linked_anew(copy))
        copy['uses'][number:] = []
        if copy['uses']:
            yield f'ended before {number}', written(copy)
    for proof in ('kept', 'null'):
        copy = linked_anew(json.loads(json.dumps(data)), data['uses'][0]['common']['text'].replace('outcome yes', 'outcome no, no rule'))
        if proof == 'null':
            for use in copy['uses']:
                use['index'] = use['path'] = None
        yield f'a record made anew, its proofs {proof}', written(copy)
    for value in (None, ''):
        yield f'no proofs and no signatures, {value!r}', written(
            linked_anew(data | {'checkpoint': value, 'statement': value, 'uses': [use | {'index': None, 'path': None} for use in data['uses']]}))


def shut(data):
    """What is open closed: the same leaf, and nobody reads any more what was used."""
    for number, use in enumerate(data['uses']):
        for name in ('common', 'person'):
            closed = {'code': base64.b64encode(code(use[name])).decode()}
            yield f'{number} {name} shut', written(changed(data, ('uses', number, name), put(closed)))


def linked_anew(copy, text=None):
    former = None
    for number, use in enumerate(copy['uses'], copy['uses'][0]['sequence']):
        if text and former is None:
            use['common']['text'] = text
        subject = use['person']['text'].split('\n')[0]
        use['sequence'] = number
        if former:
            use['person']['text'] = f'{subject}\nseq {number}\nprev {former.hex()}\n'
        former = leaf(use)
    return copy


def code(part):
    if 'code' in part:
        return base64.b64decode(part['code'])
    return hmac.digest(base64.b64decode(part['salt']), part['text'].encode(), 'sha256')


def leaf(use):
    codes = b''.join(code(use[part]) for part in ('common', 'person', 'staff'))
    return hashlib.sha256(b'\x00\x01' + hashlib.sha256(b'voffice/use/1' + codes).digest()).digest()


def of_text(data):
    """What a JSON reader would take in another way, or not at all."""
    text = written(data)
    dice = random.Random(7)
    for _ in range(60):
        place = dice.randrange(len(text))
        yield f'cut at byte {place}', text[:place]
        yield f'byte {place} left out', text[:place] + text[place + 1:]
        yield f'a bit of byte {place}', text[:place] + bytes([text[place] ^ 1 << dice.randrange(7)]) + text[place + 1:]
    for name in ('house', 'subject', 'held', 'uses', 'statement', 'key'):
        first = f'"{name}":'.encode()
        yield f'{name} twice, another first', text.replace(b'{', b'{' + first + b' "x",', 1)
        yield f'{name} twice, another last', text[:-1] + b', ' + first + b' "x"}'
    yield 'with a mark in front', b'\xef\xbb\xbf' + text
    yield 'in UTF-16', text.decode().encode('utf-16-le')
    yield 'with something behind', text + b'x'
    yield 'not UTF-8', text.replace(b'"house": "', b'"house": "\xff', 1)
    yield 'half a pair', text.replace(b'"house": "', b'"house": "\\ud800', 1)
    for nonsense in (b'', b'{}', b'[]', b'null', b'7', b'""', b'{"format": "voffice/export/2"}', b'{"format": "voffice/export/1"}', b'\x00'):
        yield repr(nonsense), nonsense


def of_archive(archive):
    """What lies beside data.json changed, left out, added, and the archive itself cut."""
    files = {name: archive.read(name) for name in archive.namelist()}
    for name in files:
        yield f'{name} missing', packed({one: content for one, content in files.items() if one != name})
        yield f'{name} changed', packed(files | {name: files[name].replace(b'e', b'a', 1)})
        yield f'{name} by another name', packed({one.replace(name, 'x' + name): content for one, content in files.items()})
        yield f'{name} empty', packed(files | {name: b''})
    names = list(files)[1:]
    yield 'two swapped', packed(files | {names[0]: files[names[1]], names[1]: files[names[0]]})
    yield 'one more', packed(files | {'read-me-first.html': b'<p>All is well.'})
    whole = packed(files)
    for place in (10, len(whole) // 2, len(whole) - 30, len(whole) - 1):
        yield f'cut at {place}', whole[:place]
    for place in range(60, len(whole) // 2, len(whole) // 40):
        yield f'byte {place} changed', whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1:]


def packed(files):
    """Laid out as the house does."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            about = zipfile.ZipInfo(name, (2026, 3, 1, 12, 0, 0))
            about.compress_type, about.create_version, about.external_attr = zipfile.ZIP_DEFLATED, 63, 0x81b60000
            archive.writestr(about, content)
    return out.getvalue()


def of_layout(whole):
    """Each byte of an archive that isn't a file's content changed, in its lowest bit and in its highest."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        heads = [place for one in archive.infolist() for place in range(one.header_offset, one.header_offset + 30 + len(one.filename))]
        heads += range(archive.start_dir, len(whole))
    for place in heads:
        for bit in (1, 128):
            yield f'byte {place} of the layout changed by {bit}', whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1:]


def without_meaning(data):
    """Changes after which the copy says the same, and why."""
    yield 'written with other blanks', json.dumps(data, indent=4).encode()
    yield 'in other order of names', json.dumps(data, sort_keys=True).encode()
    yield 'letters as escapes', json.dumps(data, ensure_ascii=True).encode()
    yield 'a whole number with a point', written(data).replace(b'"version": 1,', b'"version": 1.0,', 1)
    witness = data['checkpoint'] + '— witness.example/w ' + base64.b64encode(bytes(76)).decode() + '\n'
    yield 'a signature more, of somebody whom nobody asks', written(data | {'checkpoint': witness})
