#!/usr/bin/env python3
"""From registration to deletion with a keyboard and nothing else, in both languages, on a phone's width and a desk's.

Usage: keyboard.py. On each page that it comes by, all that can be pressed is reached with the tab key, and shows so.
"""
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from browser import SPACE, Browser  # noqa: E402
from house import House  # noqa: E402
from visitor import Visitor  # noqa: E402


class Hands:
    def __init__(self, house, browser, language):
        self.house, self.browser, self.language, self.pages = house, browser, language, 0

    def look(self, path):
        """Where they are, in which language, and that nothing there needs a mouse."""
        browser = self.browser
        assert re.fullmatch(path, browser.address[len(self.house.address):]), f'at {browser.address}, not {path}'
        assert browser.run('return document.documentElement.lang') == self.language, f'{path} is in another language'
        wrong = browser.without_a_mouse() + browser.faults()
        assert not wrong, f'{path}: ' + '; '.join(wrong)
        browser.run('document.activeElement.blur()')
        self.pages += 1

    def code(self, email):
        return Visitor(self.house).code(email)


def lives(hands, name, email):
    browser = hands.browser
    browser.open(f'{hands.house.address}/language/{hands.language}?to=/')
    hands.look('/')
    browser.enter('main a[href="/register"]')
    hands.look('/register')
    browser.type('#name', name)
    browser.type('#email', email)
    browser.enter('form[action="/register"] button')
    hands.look('/register/code')
    browser.type('#code', hands.code(email))
    browser.enter('form[action="/register/code"] button')
    hands.look('/privacy')
    browser.enter('a[href="/privacy/correction/full-name"]')
    hands.look('/privacy/correction/full-name')
    browser.type('#value', f' {name}')
    browser.enter('form[action="/privacy/correction/full-name"] button')
    hands.look('/privacy.now=corrected')
    browser.enter('header a[href="/cases"]')
    hands.look('/cases')
    browser.enter('main a[href="/cases/new"]')
    hands.look('/cases/new')
    browser.type('#text', 'Halo?')
    browser.type('#telephone', '0812 5550 4417')
    browser.enter('form[action="/cases/new"] button')
    hands.look('/cases/[0-9]+.*')
    browser.enter('a[href="/account"]')
    hands.look('/account')
    browser.enter('a[href="/account/password"]')
    hands.look('/account/password')
    browser.type('#password', 'tujuh perahu di Kapuas')
    browser.type('#again', 'tujuh perahu di Kapuas')
    browser.enter('form[action="/account/password"] button')
    hands.look('/account.now=password')
    browser.enter('form[action="/sign-out"] button')
    hands.look('/')
    browser.enter('header a[href="/sign-in"]')
    hands.look('/sign-in')
    browser.type('#email', email)
    browser.type('#password', 'tujuh perahu di Kapuas')
    browser.enter('form[action="/sign-in"] button')
    hands.look('/privacy')
    browser.enter('ol.uses a.proof')
    hands.look('/privacy/uses/[0-9]+')
    browser.enter('header a[href="/privacy"]')
    browser.enter('main a[href="/leave"]')
    hands.look('/leave')
    browser.type('#sure', SPACE)
    browser.enter('button[value="now"]')
    hands.look('/left/.*')
    assert name not in browser.text
    browser.open(f'{hands.house.address}/privacy')
    assert browser.address.endswith('/sign-in'), 'a deleted account still opens its page'
    return hands.pages


def main():
    passed = failed = 0
    with House(tries=1_000_000) as house:
        for language, width, name, email in [('en', 1280, 'Sari Wijaya', 'sari@ladatimur.example'),
                                             ('id', 360, 'Dewi Lestari', 'dewi@tokobaru.example')]:
            with Browser(width=width, language=language) as browser:
                try:
                    pages = lives(Hands(house, browser, language), name, email)
                    passed += 1
                    print(f'{language}, {width} wide: from registration to deletion, {pages} pages', flush=True)
                except (AssertionError, RuntimeError, OSError) as fault:
                    failed += 1
                    print(f'{language}, {width} wide: {fault}', flush=True)
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
