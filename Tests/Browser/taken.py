#!/usr/bin/env python3
"""A copy that somebody took along, chosen in a real browser: it holds or it doesn't, in both languages, by keyboard, without sending anything;
nothing is claimed where the browser can't check signatures, and without script the page says what to do."""
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from browser import Browser  # noqa: E402
from house import House  # noqa: E402
from visitor import Visitor  # noqa: E402

EMAIL = 'sari@ladatimur.example'
STEPS = []


def step(test):
    STEPS.append(test)
    return test


def choose(browser, file):
    """Chooses the file, and waits for the answer."""
    browser.run('delete document.querySelector("[data-copy]").dataset.outcome')
    browser._call('POST', f'/element/{browser.find("#copy")}/value', {'text': str(file)})
    browser.wait_until('return ![undefined, "checking"].includes(document.querySelector("[data-copy]").dataset.outcome)', 'no answer comes')
    return browser.run('return document.querySelector("[data-copy]").dataset.outcome'), browser.text_of('[data-copy] output')


@step
def holds(house, sari, whole, _):
    """On her own page it holds, and nothing of it is sent."""
    sari.open(house.address + '/sign-in')
    sari.fill('#email', EMAIL)
    sari.press('Send me the code')
    sari.fill('#code', lambda: Visitor(house).code(EMAIL))
    sari.press('Confirm the code')
    sari.wait_for('Your data')
    sari.open(house.address + '/privacy')
    sari.tab_to('#copy')
    before = sari.run('return performance.getEntriesByType("resource").length')
    outcome, said = choose(sari, whole)
    assert outcome == 'verified' and f'Everything in {whole.name} holds' in said, said
    assert 'held values are what was signed' in said and 'The files beside data.json are what was signed' in said, said
    assert sari.run('return performance.getEntriesByType("resource").length') == before, 'something was asked for'
    assert not sari.faults(), sari.faults()


@step
def differs(house, sari, _, forged):
    """One that was changed doesn't, and the page says where."""
    outcome, said = choose(sari, forged)
    assert outcome == 'mismatch' and 'Held value 1 (' in said and 'your-data.html isn' not in said, said


@step
def without_signatures(house, sari, whole, forged):
    """A browser without Ed25519 claims nothing of a good one, and still finds what doesn't fit."""
    sari.run('''
        const whole = crypto.subtle.importKey
        crypto.subtle.importKey = function (format, data, algorithm, ...rest) {
            if (algorithm.name === 'Ed25519') throw new DOMException('no Ed25519', 'NotSupportedError')
            return whole.call(this, format, data, algorithm, ...rest)
        }''')
    outcome, said = choose(sari, whole)
    assert outcome == 'unchecked' and 'can’t check signatures' in said and 'holds' not in said, said
    assert choose(sari, forged)[0] == 'mismatch'


@step
def anybody(house, _, whole, forged):
    """Whoever has it checks it without an account, in Indonesian, on a telephone."""
    with Browser(width=360, language='id') as phone:
        phone.open(house.address + '/log/copy')
        outcome, said = choose(phone, whole)
        assert outcome == 'verified' and f'Semua isi {whole.name} sah' in said, said
        assert not phone.faults() and not phone.without_a_mouse(), (phone.faults(), phone.without_a_mouse())
        assert choose(phone, forged)[0] == 'mismatch'


@step
def without_script(house, _, whole, forged):
    """Without script there is no chooser, and a sentence that says what checks it."""
    with Browser(scripts=False) as plain:
        plain.open(house.address + '/log/copy')
        said = plain.text_of('main')
        assert 'With script switched on' in said and 'voffice-verify' in said, said
        assert not plain._call('GET', f'/element/{plain.find("#copy")}/displayed')


def main():
    with tempfile.TemporaryDirectory() as folder, House() as house:
        visitor = Visitor(house)
        visitor.register('Sari Wijaya', EMAIL)
        visitor.get('/privacy')
        assert visitor.post('/privacy/export') == 200
        whole, forged = Path(folder, 'data-2026-03-01.zip'), Path(folder, 'data.json')
        whole.write_bytes(visitor.body)
        data = zipfile.ZipFile(whole).read('data.json')
        forged.write_bytes(data.replace(b'Sari Wijaya', b'Budi Wijaya').replace(EMAIL.encode(), b'budi@ladatimur.example'))
        with Browser() as sari:
            for test in STEPS:
                test(house, sari, whole, forged)
                print(test.__doc__)
    print(f'{len(STEPS)} passed, 0 failed')


try:
    main()
except (AssertionError, OSError, KeyError, RuntimeError) as wrong:
    print(f'{type(wrong).__name__}: {wrong}\n0 passed, 1 failed')
    sys.exit(1)
