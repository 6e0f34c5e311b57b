#!/usr/bin/env python3
"""Passkeys in a real browser, whose authenticator WebDriver plays: added, used, refused when replayed, removed; and not offered without
script."""
import re
import socket
import sys
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


def plug_in(browser, verified=True):
    return browser._call('POST', '/webauthn/authenticator', {
        'protocol': 'ctap2', 'transport': 'internal', 'hasResidentKey': True, 'hasUserVerification': True, 'isUserVerified': verified})


def come_in(house, browser):
    browser.open(house.address + '/sign-in')
    browser.fill('#email', EMAIL)
    browser.press('Send me the code')
    browser.fill('#code', lambda: Visitor(house).code(EMAIL))
    browser.press('Confirm the code')
    browser.wait_for('Your data')


def sign_out(house, browser):
    browser.open(house.address + '/account')
    browser.press('Sign out')
    # Else the way back from the form may overtake the next page that is asked for.
    browser.wait_for('Open an account')


@step
def added(house, sari):
    """It is added on the account's page, once."""
    come_in(house, sari)
    sari.open(house.address + '/account/passkeys')
    sari.press('Add a passkey')
    sari.wait_for('The passkey is added')
    assert '1 passkey' in sari.text.lower(), sari.text
    sari.open(house.address + '/account/passkeys')
    sari.press('Add a passkey')
    sari.wait_for('The browser brought no passkey')


@step
def used(house, sari):
    """It brings in, each time anew."""
    for _ in range(2):
        sign_out(house, sari)
        sari.open(house.address + '/sign-in')
        sari.press('Sign in with a passkey')
        sari.wait_for('Your data')
        assert sari.address.endswith('/privacy'), sari.address


@step
def replayed(house, sari):
    """What was signed once opens nothing a second time, nor for another browser."""
    sign_out(house, sari)
    sari.open(house.address + '/sign-in')
    sari.run('''window.sent = null; HTMLFormElement.prototype.submit = function () {
        window.sent = Object.fromEntries(new FormData(this)) }''')
    sari.press('Sign in with a passkey')
    sari.wait_until('return !!window.sent', 'nothing is sent')
    sent = sari.run('return window.sent')
    jar = {cookie['name']: cookie['value'] for cookie in sari.cookies()}
    thief = Visitor(house)
    thief.get('/sign-in')
    assert thief.post('/sign-in/passkey', **{k: v for k, v in sent.items() if k != 'form'}) == 422, thief.page[:500]
    again = Visitor(house)
    again.cookies = dict(jar)
    answers = []
    for n in range(2):
        again.cookies['challenge'] = jar['challenge']
        again.page = f'name="form" value="{sent["form"]}"'
        answers.append(again.post('/sign-in/passkey', **{k: v for k, v in sent.items() if k != 'form'}, n=n))
    # The second time the browser has a session, whose forms are others.
    assert answers[0] == 303 and answers[1] in (403, 422), answers
    for changed in ('signature', 'authenticatorData', 'clientData', 'id'):
        forged = dict(sent)
        forged[changed] = forged[changed][:-2] + ('00' if forged[changed][-2:] != '00' else '01')
        other = Visitor(house)
        other.get('/sign-in')
        page = other.page
        assert other.post('/sign-in/passkey/challenge') == 200
        other.page = page
        assert other.post('/sign-in/passkey', **{k: v for k, v in forged.items() if k != 'form'}) == 422, changed


@step
def unknown(house, sari):
    """A passkey of nobody is told what to do."""
    with Browser() as stranger:
        plug_in(stranger)
        stranger.open(house.address + '/sign-in')
        stranger.press('Sign in with a passkey')
        stranger.wait_for('The browser brought no passkey')


@step
def removed(house, sari):
    """Removed, it opens nothing."""
    come_in(house, sari)
    sari.open(house.address + '/account/passkeys')
    sari.press('Remove')
    sari.wait_for('The passkey is removed')
    sign_out(house, sari)
    sari.open(house.address + '/sign-in')
    sari.press('Sign in with a passkey')
    sari.wait_for('This passkey opens no account here')


@step
def turned_out(house, sari):
    """Whoever says that a new sign-in wasn't theirs is rid of passkeys that were added by it."""
    come_in(house, sari)
    sari.open(house.address + '/account/passkeys')
    sari.press('Add a passkey')
    sari.wait_for('The passkey is added')
    owner = Visitor(house)
    owner.get('/dev/outbox')
    link = re.search(r'/not-me/[\w-]+', owner.page)[0]
    assert owner.get(link) == 200
    assert owner.post(link) == 200 and 'Taken away: the passkeys' in owner.page, owner.page[:2000]
    sari.open(house.address + '/sign-in')
    sari.press('Sign in with a passkey')
    sari.wait_for('This passkey opens no account here')


@step
def without_script(house, sari):
    """Without script it isn't offered, and the other ways are there."""
    with Browser(scripts=False) as plain:
        plain.open(house.address + '/sign-in')
        assert not plain._call('GET', f'/element/{plain.find("form[data-passkey]")}/displayed')
        assert plain.has('#email') and plain.has('#password')


def main():
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = free.getsockname()[1]
    passed = failed = 0
    with House(port=port, address=f'http://localhost:{port}', tries=1000) as house, Browser() as sari:
        Visitor(house).register('Sari Wijaya', EMAIL)
        plug_in(sari)
        for test in STEPS:
            try:
                test(house, sari)
                passed += 1
                print(f'{test.__name__}: {test.__doc__}')
            except (AssertionError, RuntimeError) as fault:
                failed += 1
                # On one line: where only the end of the output is kept, the first failure still tells.
                print(f'{test.__name__} FAILED: {" ".join(str(fault)[:1500].split())}')
    print(f'\n{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
