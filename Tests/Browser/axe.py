#!/usr/bin/env python3
"""Every page through axe (WCAG 2.2 A and AA, best practices), a strict HTML parser and the tab key: both languages, light and dark, phone and
desk.

Usage: axe.py [--pictures]. With it some pages are drawn into .build/screenshots.
axe comes with a Python package that is put into .build/test-venv. Pages are looked at as a stranger, a customer, a clerk, an
administrator and an officer see them.
"""
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from browser import Browser  # noqa: E402
from house import ROOT, House  # noqa: E402
from tools import python_with  # noqa: E402
from visitor import Visitor  # noqa: E402

PICTURES = ROOT / '.build/screenshots'
TAKES_PICTURES = '--pictures' in sys.argv
# Without it Sari's number was for nobody to read, so that the next version asks for her yes.
LINE = 'customer service may read telephone number to answer you, on an open case\n'


def library():
    """Where axe and the parser are. axe comes with a driver's package, of which nothing else is wanted."""
    for requirement in (HERE / 'requirements.txt').read_text().split():
        python = python_with(requirement, alone=True)
    packages = next(python.parent.parent.glob('lib/python3*/site-packages'))
    sys.path.append(str(packages))
    return (packages / 'axe_playwright_python/axe.min.js').read_text()


def sign_in(house, email):
    visitor = Visitor(house)
    visitor.get('/sign-in')
    assert visitor.post('/sign-in', email=email) == 303
    visitor.get('/sign-in/code')
    form, code = visitor.page, visitor.code(email)
    visitor.page = form
    assert visitor.post('/sign-in/code', code=code) == 303, visitor.page[:400]
    return visitor


def opened(house):
    """Who looks, and at what."""
    ratna = Visitor(house)
    assert ratna.get(house.invitation) == 200
    assert ratna.post(house.invitation, name='Ratna Dewi', email='ratna@office.example') == 303
    ratna.get('/sign-in/code')
    form, code = ratna.page, ratna.code('ratna@office.example')
    ratna.page = form
    assert ratna.post('/sign-in/code', code=code) == 303
    for name, role in (('Budi Santoso', 'customer service'), ('Wulan Ayu', 'privacy officer')):
        ratna.get('/staff/team')
        assert ratna.post('/staff/team', name=name, email=name.split()[0].lower() + '@office.example', role=role) == 303
    sari = Visitor(house)
    sari.register('Sari Wijaya', 'sari@ladatimur.example', '+62 812 5550 4417')
    sari.get('/cases/new')
    assert sari.post('/cases/new', text='The courier came three days late.', answering='email') == 303, sari.page
    house.stop()
    del house.settings['policy']
    house.start()
    waiting, asleep = Visitor(house), Visitor(house)
    waiting.get('/sign-in')
    waiting.post('/sign-in', email='sari@ladatimur.example')
    asleep.register('Dewi Lestari', 'dewi@tokobaru.example')
    asleep.get('/leave')
    assert asleep.post('/leave', sure='yes', when='later') == 303
    pending = asleep.location
    sari = sign_in(house, 'sari@ladatimur.example')
    budi = sign_in(house, 'budi@office.example')
    budi.get('/staff/contacts/new')
    assert budi.post('/staff/contacts/new', channel='call', text='Asks for a room.', answering='telephone', **{'from': '0812 5550 4417'}) == 303
    contact = budi.location.split('?')[0]
    return [
        (Visitor(house), ['/', '/policy', '/policy/questions', '/policy/questions?who=customer+service&what=telephone+number', '/policy/versions',
                          '/policy/versions/1', '/policy/versions/difference?from=1&to=2', '/plans', '/contact', '/status', '/log', '/log/copy', '/register',
                          '/sign-in', '/nowhere', '/dev/outbox', pending]),
        (waiting, ['/sign-in/code']),
        (sari, ['/privacy', '/privacy?who=customer+service&refused=yes', '/privacy/versions', '/privacy/uses/1', '/privacy/correction/full-name',
                '/privacy/correction/email-address', '/privacy/choices', '/privacy/removal/telephone-number', '/privacy/removal/email-address',
                '/leave', '/cases', '/cases/1', '/cases/new', '/account', '/account/password',
                '/account/second-factor', '/account/recovery-codes', '/account/passkeys']),
        (asleep, ['/privacy', '/privacy/adding/telephone-number', '/leave', pending]),
        (budi, ['/staff', '/staff/today', '/staff/cases/1', '/staff/cases/1/behalf', contact, '/staff/contacts/new', '/account', '/staff/activity']),
        (ratna, ['/staff/team', '/staff/today', '/staff/house']),
        (sign_in(house, 'wulan@office.example'), ['/staff/holds', '/staff/policy', '/staff/policy/draft', '/staff/today', '/staff/keeping', '/staff/complaints', '/staff/activity/everybody', '/staff/activity/of/customer-service-1']),
    ]


AXE = '''
    return axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
        .then(found => found.violations.map(v => `${v.id} (${v.impact}): ${v.help}: ` + v.nodes.slice(0, 3).map(n => n.html.slice(0, 150)).join(' | ')))
'''


# Of the second language only the first two: its words are as long there as anywhere. What axe says at 320 it says at 360.
VIEWS = ((320, 'light'), (1440, 'dark'), (768, 'dark'), (1280, 'light'), (360, 'light'))
AXE_LEAVES_OUT = 360


# A menu that scrolls begins where one is.
ASTRAY = '''
    const here = document.querySelector('.side .nav [aria-current]')?.getBoundingClientRect()
    return !!here && (here.left < 0 || here.right > innerWidth)
'''


def looked_at(browser, axe, address, views, say):
    browser.resize(views[0][0])
    browser.open(address)
    if browser.run(ASTRAY):
        say(f'at {views[0][0]}: where one is stands outside the menu')
    browser.run(axe)
    for width, scheme in views:
        browser.resize(width)
        browser.prefer(scheme)
        for fault in browser.run(AXE) if width != AXE_LEAVES_OUT else []:
            say(f'at {width}, {scheme}: {fault}')
        for fault in browser.faults():
            if 'status of' not in fault:
                say(f'at {width}, {scheme}: {fault}')
        if len(views) > 2 and width == 1280:
            for fault in browser.without_a_mouse():
                say(fault)
        if TAKES_PICTURES and width in (360, 1280) and (name := picture(address)):
            browser.picture(PICTURES / f'{name}-{width}.png')


def picture(address):
    path = address.split('/', 3)[3]
    return {'plans': 'plans', 'contact': 'contact', 'status': 'status', 'privacy/versions': 'versions', 'leave': 'leave', 'privacy': 'privacy',
            'policy/versions': 'policy-versions', 'nowhere': 'nowhere'}.get(path) or ('pending' if path.startswith('left/') else None)


def parsed(page, say):
    import html5lib
    parser = html5lib.HTMLParser()
    parser.parse(page)
    for (line, column), code, values in parser.errors:
        say(f'HTML, line {line}: {code} {values} {page.splitlines()[line - 1][max(0, column - 60):column + 20]!r}')


def main():
    axe, pages, wrong = library(), 0, []
    with tempfile.TemporaryDirectory() as folder:
        former = Path(folder, 'voffice.policy.md')
        text = (ROOT / 'policy/voffice.policy.md').read_text()
        assert LINE in text
        former.write_text(text.replace(LINE, ''))
        shutil.copy(ROOT / 'policy/voffice.id.md', folder)
        with House(policy=former) as house:
            looking = opened(house)
            for language in ('en', 'id'):
                with Browser(language=language) as browser:
                    for visitor, paths in looking:
                        browser.open(house.address + '/healthz')
                        browser._call('DELETE', '/cookie')
                        for name, value in visitor.cookies.items():
                            browser._call('POST', '/cookie', {'cookie': {'name': name, 'value': value, 'path': '/'}})
                        visitor.cookies['language'] = language
                        browser._call('POST', '/cookie', {'cookie': {'name': 'language', 'value': language, 'path': '/'}})
                        for path in paths:
                            found = set()
                            status = visitor.get(path)
                            # On a slow machine ten minutes are over before the last page: then it is the one that asks to sign in anew.
                            assert status in ((404,) if path == '/nowhere' else (200, 403)), f'{path} answers {status}'
                            parsed(visitor.page, found.add)
                            looked_at(browser, axe, house.address + path, VIEWS if language == 'en' else VIEWS[:2], found.add)
                            pages += 1
                            if found:
                                wrong.append(path)
                                shown = path if not path.startswith('/left') else '/left/...'
                                print(f'{language} {shown}:\n    ' + '\n    '.join(sorted(found)[:8]), flush=True)
                print(f'{language}: {pages} pages', flush=True)
    print(f'{pages - len(wrong)} passed, {len(wrong)} failed')
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
