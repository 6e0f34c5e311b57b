#!/usr/bin/env python3
"""What nobody should type, into every field of every form, and into addresses, cookies and headers: a clear answer, and nothing lost.

The strings are of the kinds that the Big List of Naughty Strings gathers, in a selection of our own. Forms are found on the pages.
"""
import html
import http.client
import random
import re
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House  # noqa: E402
from visitor import Visitor  # noqa: E402

KINDS = {
    'nothing': ['', ' ', '\t', '\n', '\u00a0', '\u3000', '\u200b', '\u2060', '\ufeff', '\u00ad', '   \r\n  '],
    'words of languages': ['null', 'NULL', 'Null', 'nil', 'None', 'undefined', 'NaN', 'Infinity', 'true', 'false', 'hasOwnProperty',
                           '__proto__', 'constructor', 'CON', 'AUX', 'COM1', 'test', 'admin', 'root', 'vOffice', 'the person'],
    'numbers': ['0', '-0', '-1', '1/0', '1e309', '0x7fffffff', '2147483648', '9223372036854775808', '-9223372036854775808', '٠١٢٣٤٥', '１２３',
                '1,000.00', '1.000,00', '½', '²'],
    'names that people have': ["O'Brien", "D’Angelo", 'X', 'Ng', '李', 'Nguyễn Thị Ánh', 'María-José', 'Sukarno', 'Jean‑Luc', 'Æ', 'Ж',
                               'Søren Ørsted', 'Hassan بن علي', 'อ๋อย', 'van der', 'Null Null', 'Robert"); DROP TABLE staff;--', 'Ƭøḿ',
                               'Björk Guðmundsdóttir', 'H. R. Rasuna Said, S.H.', 'می‌خواهم', 'J.', "'"],
    'writing that turns or hides': ['\u202eabc', 'a\u202eb\u202cc', '\u2066x\u2069', '\u200fאבג', 'ab\u0000', 'شكرا', '\u061c12', 'a\u034fb',
                                    'x\u200dy', '\U000e0041\U000e0042', '\u2028', '\u2029', '\u0085', '\x1b[31mred', '\x07', '\x7f', '\u115f'],
    'emoji and marks': ['😀', '👩‍👩‍👧‍👦', '🇮🇩', '👍🏿', '\ufe0f', '1️⃣', '❤️', '𝕳𝖊𝖑𝖑𝖔', 'Z̮̞̠͙͔ͅa̡͙͔l̙͎g̥̥o̠̗', 'ﬀ', 'ǆ', 'ß', 'ſ', 'İi', 'Ⅷ', '\ud7ff\ue000', '�', '￾',
                        '﷽', '🧑🏽‍🚀' * 40],
    'markup': ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' autofocus onfocus='alert(1)", '</textarea><script>alert(1)</script>',
               '<!--', ']]>', '&lt;b&gt;', '&#0;', '&nosuch;', '<svg/onload=alert(1)>', 'javascript:alert(1)', '{{7*7}}', '${7*7}', '#{7*7}',
               '<%= 7*7 %>', '[x](javascript:alert(1))', '<plaintext>', '\u00abscript\u00bbalert(1)'],
    'for databases and shells': ["' OR '1'='1", '1; DROP TABLE session', "'; ATTACH DATABASE 'x' AS y; --", '%', '_', '\\', '\\\\', '`touch /tmp/x`',
                                 '$(touch /tmp/x)', '| cat /etc/passwd', '; ls', '%n%n%s%s%x', '%00', '%0d%0aSet-Cookie:%20a=b',
                                 '\r\nSet-Cookie: a=b', '\r\nBcc: everyone@office.example', '../../etc/passwd', '..\\..\\x', 'file:///etc/passwd',
                                 'http://169.254.169.254/', '=cmd|\'/C calc\'!A0', '@SUM(1+1)', '-1+1', '+62'],
    'too much': ['a' * 201, 'a' * 4_001, '🙂' * 1_000, 'ä' * 10_000, '\n' * 5_000, 'x ' * 8_000, 'a@' + 'b.' * 200 + 'example', '9' * 400],
    'addresses': ['sari@', '@example', 'sari@@ladatimur.example', 'sari@ladatimur', 'sari @ladatimur.example', 'sari@ladatimur.example\n',
                  '"sari"@ladatimur.example', 'sari+x@ladatimur.example', 'SARI@LADATIMUR.EXAMPLE', 'ѕari@ladatimur.example',
                  'sari@ladatіmur.example', 'sari@[127.0.0.1]', 'a' * 65 + '@ladatimur.example', 'sari@-x-.example', 'sari@ladatimur.example,x@y.example'],
}
STRINGS = [text for texts in KINDS.values() for text in texts]
# Bytes that are no text.
BYTES = [b'%ff', b'%c0%80', b'%ed%a0%80', b'%f8%88%80%80%80', b'%e2%28%a1', b'%80', b'%', b'%g1', b'%u0041', b'\xff\xfe', b'\x00', b'a%00b']
FINE = {200, 303, 409, 422, 429}


class Forms(HTMLParser):
    """The forms of a page that are sent, each with its fields and what stands in them."""

    def __init__(self, page):
        super().__init__()
        self.all, self.form, self.select = [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == 'form':
            self.form = {'action': a['action'].partition('#')[0], 'post': a.get('method') == 'post', 'fields': {}, 'typed': []}
            self.all.append(self.form)
        elif self.form is None:
            return
        elif tag in ('input', 'textarea', 'button') and 'name' in a:
            kind = 'hidden' if tag == 'button' else a.get('type', 'text')
            if kind != 'radio' or a['name'] not in self.form['fields']:
                self.form['fields'][a['name']] = a.get('value', '')
            if kind not in ('hidden', 'checkbox', 'radio'):
                self.form['typed'].append(a['name'])
        elif tag == 'select':
            self.select = a['name']
        elif tag == 'option' and self.select and self.select not in self.form['fields']:
            self.form['fields'][self.select] = a.get('value', '')

    def handle_endtag(self, tag):
        if tag == 'form':
            self.form = None
        elif tag == 'select':
            self.select = None


# What stands in the other fields.
GOOD = {'name': 'Dewi Lestari', 'telephone': '0812 5550 4418', 'text': 'One more.', 'value': 'Sari Wijayanti', 'password': 'a heron by the sea',
        'again': 'a heron by the sea', 'code': '000000', 'customer': 'sari@ladatimur.example', 'review': '2026-12-31', 'word': 'no'}
SECRET = {'password', 'again', 'form', 'draft', 'code'}
# These end what the others need.
LEFT_OUT = {'/sign-out', '/leave', '/privacy/export', '/account/sessions/others/ending', '/account/browser/removal'}


def seen(text):
    """The first piece of it that a page can hold as it is: controls and what is no character can't be written in HTML."""
    pieces = re.split(r'[\s\x00-\x1f\x7f-\x9f\ufffe\uffff]+', text)
    return max(pieces[:3], key=len)[:40]


class Walk:
    def __init__(self, house):
        self.house, self.faults, self.sent, self.forms, self.lock = house, [], 0, set(), threading.Lock()

    def fault(self, what, *where):
        self.faults.append(f'{what}: {" ".join(repr(w)[:90] for w in where)}')

    def page(self, visitor, path):
        """Every form of a page, every field of it, every string."""
        visitor.get(path)
        for index, form in enumerate(Forms(visitor.page).all):
            if form['action'] in LEFT_OUT or re.search(r'ending|removal|deactivation|awakening|restriction', form['action']):
                continue
            self.forms.add(form['action'])
            names = [n for n in form['fields'] if n != 'form']
            for name in names:
                for text in STRINGS if name in form['typed'] else STRINGS[::5]:
                    self.send(visitor, path, index, form, name, text)

    def send(self, visitor, path, index, form, name, text):
        with self.lock:
            self.sent += 1
            number = self.sent
        # A number of its own, so that a form sent twice isn't one press.
        if form['post']:
            fields = dict(form['fields'], form=form['fields']['form'][:32] + f'{number:016x}')
        else:
            fields = dict(form['fields'])
        for other in form['typed']:
            fields[other] = GOOD.get(other, f'nobody{number}@ladatimur.example' if 'email' in other else 'x')
        fields[name] = text
        body = urlencode(fields)
        status = visitor._ask('POST', form['action'], body) if form['post'] else visitor.get(form['action'] + '?' + body)
        large = len(body) > 15_000
        # An address that asks for what isn't there is told so.
        # What the house sealed and somebody changed asks for a new sign-in.
        fine = FINE | ({413, 414, 431} if large else set()) | (set() if form['post'] else {404}) | ({403} if name == 'draft' else set())
        if status not in fine:
            return self.fault(f'{status}', form['action'], name, text)
        if '<script>alert(1)' in visitor.page or '<img src=x' in visitor.page or '<svg/onload' in visitor.page:
            self.fault('unescaped', form['action'], name, text)
        if status == 422 and form['post']:
            page = html.unescape(visitor.page)
            for other in form['typed']:
                if other not in SECRET and other != name and fields[other] not in page:
                    self.fault('lost', form['action'], name, text, other)
            if name in form['typed'] and name not in SECRET and not large and seen(text) not in page:
                self.fault('lost', form['action'], name, text)
        if status == 422 and visitor.page.count('role="alert"') == 0 and form['post'] and 'Error' not in visitor.page:
            self.fault('says nothing', form['action'], name, text)

    def bytes(self, visitor, path):
        visitor.get(path)
        for form in [f for f in Forms(visitor.page).all if f['post'] and f['typed']]:
            for name in form['typed']:
                for piece in BYTES:
                    self.sent += 1
                    body = urlencode({**{k: GOOD.get(k, v) for k, v in form['fields'].items()}, name: ''}).encode()
                    body = body.replace(f'{name}='.encode(), f'{name}='.encode() + piece, 1)
                    status = visitor._ask('POST', form['action'], body)
                    if status not in FINE | {400}:
                        self.fault(f'{status}', form['action'], name, piece)


def typed_everywhere(house, walk):
    stranger, sari, ratna = Visitor(house), Visitor(house), Visitor(house)
    sari.register('Sari Wijaya', 'sari@ladatimur.example', '+62 812 5550 4417')
    ratna.get(house.invitation)
    assert ratna.post(house.invitation, name='Ratna Dewi', email='ratna@office.example') == 303
    ratna.get('/sign-in/code')
    form = ratna.page
    code = ratna.code('ratna@office.example')
    ratna.page = form
    assert ratna.post('/sign-in/code', code=code) == 303
    wulan = hired(house, ratna, 'Wulan Ayu', 'wulan@office.example', 'privacy officer')
    # Guesses make the codes of an address slow, so it is one that nobody needs.
    Visitor(house).register('Agus Salim', 'agus@ladatimur.example')
    stranger.get('/sign-in')
    stranger.post('/sign-in', email='agus@ladatimur.example')
    fresh = Visitor(house)
    fresh.register('Mega Putri', 'mega@ladatimur.example')
    pages = [(Visitor(house), '/register'), (Visitor(house), '/sign-in'), (stranger, '/sign-in/code'), (Visitor(house), '/policy/questions'),
             *[(again(sari), path) for path in ('/cases/new', '/privacy/correction/full-name', '/privacy/correction/telephone-number',
                                                '/privacy/correction/email-address', '/privacy', '/privacy/versions')],
             (fresh, '/account/password'), (again(fresh), '/account/second-factor'), (again(fresh), '/account/passkeys'),
             (ratna, '/staff/team'), (wulan, '/staff/holds')]
    with ThreadPoolExecutor(8) as browsers:
        list(browsers.map(lambda page: walk.page(*page), pages))
    for visitor, path in [(Visitor(house), '/register'), (Visitor(house), '/sign-in'), (sari, '/cases/new'),
                          (sari, '/privacy/correction/full-name')]:
        walk.bytes(visitor, path)
    for path in ['/privacy', '/cases', '/account', '/leave']:
        assert sari.get(path) in (200, 303), path
    assert ratna.get('/staff/team') == 200
    assert len(walk.forms) >= 10, walk.forms


def again(visitor):
    """The same browser in another window."""
    window = Visitor(visitor.house)
    window.cookies = dict(visitor.cookies)
    return window


def hired(house, ratna, name, email, role):
    ratna.get('/staff/team')
    assert ratna.post('/staff/team', name=name, email=email, role=role) == 303, ratna.page[:500]
    visitor = Visitor(house)
    sign_in(house, visitor, email)
    return visitor


def sign_in(house, visitor, email):
    visitor.get('/sign-in')
    assert visitor.post('/sign-in', email=email) == 303, visitor.page[:500]
    visitor.get('/sign-in/code')
    form, code = visitor.page, visitor.code(email)
    visitor.page = form
    assert visitor.post('/sign-in/code', code=code) == 303, visitor.page[:500]


def asked_of_addresses_cookies_and_headers(house, walk):
    def ask(path, **headers):
        walk.sent += 1
        line = http.client.HTTPConnection('localhost', house.port, timeout=15)
        try:
            line.putrequest('GET', path, skip_accept_encoding=True)
            for name, value in headers.items():
                line.putheader(name.replace('_', '-'), value)
            line.endheaders()
            status = line.getresponse().status
        except http.client.HTTPException as fault:
            status = repr(fault)
        finally:
            line.close()
        if status not in {200, 303, 400, 404, 405, 414, 421, 431}:
            walk.fault(str(status), path[:80], headers)
    for text in STRINGS:
        sent = quote(text, safe='')[:9_000]
        for path in ['/', '/policy/versions/', '/begin/', '/left/', '/log/tile/', '/language/']:
            ask(path + sent)
        for query in ['/policy/questions?who=', '/language/en?to=']:
            ask(query + sent)
        if len(text) < 2_000 and not set(text) & set('\r\n\0'):
            raw = text.encode()
            ask('/', Cookie=b'session=' + raw)
            ask('/sign-in', Cookie=b'visit=' + raw + b'; challenge=' + raw + b'; language=' + raw + b'; after=' + raw)
            ask('/', Accept_Language=raw)
            ask('/', X_Forwarded_For=raw)


def a_planted_session_opens_nothing(house, walk):
    visitor, planted = Visitor(house), 'ab' * 16
    visitor.cookies['session'] = planted
    visitor.register('Dian Sastro', 'dian@ladatimur.example')
    assert visitor.cookies['session'] != planted
    thief = Visitor(house)
    thief.cookies['session'] = planted
    assert thief.get('/privacy') == 303 and thief.location == '/sign-in'


def a_code_is_good_once(house, walk):
    first, second = Visitor(house), Visitor(house)
    Visitor(house).register('Eka Kurniawan', 'eka@ladatimur.example')
    first.get('/sign-in')
    first.post('/sign-in', email='eka@ladatimur.example')
    first.get('/sign-in/code')
    form, code = first.page, first.code('eka@ladatimur.example')
    second.cookies = dict(first.cookies)
    first.page = form
    assert first.post('/sign-in/code', code=code) == 303
    # Another press: the number of the form is another one.
    hidden = re.search(r'name="form" value="([0-9a-f]+)"', form)[1]
    status = second._ask('POST', '/sign-in/code', urlencode({'form': hidden[:32] + 'f' * 16, 'code': code}))
    assert status != 303 or second.get('/privacy') == 303, status
    assert 'session' not in second.cookies or second.get('/privacy') == 303


def a_forged_form_does_nothing(house, walk):
    sari, thief = Visitor(house), Visitor(house)
    sari.register('Fitri Ayu', 'fitri@ladatimur.example')
    thief.get('/register')
    foreign = re.search(r'name="form" value="([0-9a-f]+)"', thief.page)[1]
    for form in ['', foreign, '0' * 48, 'g' * 48, foreign[:32], foreign * 2]:
        for action in ['/leave', '/leave/deactivation', '/privacy/restriction', '/privacy/versions/1/word', '/account/password']:
            status = sari._ask('POST', action, urlencode({'form': form, 'sure': 'yes', 'when': 'now', 'restrict': 'yes', 'word': 'yes'}))
            assert status == 403, (status, action)
    assert sari.get('/privacy') == 200


def two_browsers_that_register_one_address_become_one_account(house, walk):
    for number in range(5):
        email, first, second = f'twice{number}@ladatimur.example', Visitor(house), Visitor(house)
        pages = {}
        for visitor, name in ((first, 'Twice One'), (second, 'Twice Two')):
            visitor.get('/register')
            pages[visitor] = visitor.page
        at_once([lambda v=v, n=n: v.post('/register', name=n, email=email, telephone='') for v, n in ((first, 'Twice One'), (second, 'Twice Two'))])
        first.get('/dev/outbox')
        codes = re.findall(r'(\d{6})', ''.join(m for m in first.page.split('<section')[1:] if email in m))
        for visitor in (first, second):
            visitor.get('/sign-in/code')

        def enter(visitor):
            form = visitor.page
            for code in dict.fromkeys(codes):
                visitor.page = form
                if visitor.post('/sign-in/code', code=code) == 303:
                    return 303
            return 0
        at_once([lambda v=v: enter(v) for v in (first, second)])
        names = {n for v in (first, second) if v.get('/privacy') == 200 for n in ('Twice One', 'Twice Two') if n in v.page}
        assert len(names) == 1, f'{names or "nobody"} came in with {email}'


def correcting_and_deleting_at_once_leaves_nothing_half(house, walk):
    for number in range(8):
        sari = Visitor(house)
        sari.register(f'Leaver {number}', f'leaver{number}@ladatimur.example')
        sari.get('/leave')
        leaving = re.search(r'name="form" value="([0-9a-f]+)"', sari.page)[1]
        sari.get('/privacy/correction/full-name')
        browsers = []
        for _ in range(4):
            browser = Visitor(house)
            browser.cookies, browser.page = dict(sari.cookies), sari.page
            browsers.append(browser)
        form = leaving[:32]
        asks = [lambda b=b, i=i: b._ask('POST', '/privacy/correction/full-name', urlencode({'form': form + f'{i:016x}', 'value': f'Changed {i}'}))
                for i, b in enumerate(browsers)]
        asks.append(lambda: sari._ask('POST', '/leave', urlencode({'form': leaving, 'sure': 'yes', 'when': 'now'})))
        random.Random(number).shuffle(asks)
        statuses = at_once(asks)
        assert set(statuses) <= {303, 403, 404, 410}, statuses
        for browser in [*browsers, sari]:
            assert browser.get('/privacy') == 303 and browser.location == '/sign-in'
        assert not any('trouble' in line for line in house.said), house.said[-5:]


def at_once(asks):
    """Each in a thread of its own; their answers."""
    answers, ready = [None] * len(asks), threading.Barrier(len(asks))

    def run(place):
        ready.wait()
        answers[place] = asks[place]()
    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(asks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


STEPS = [typed_everywhere, asked_of_addresses_cookies_and_headers, a_planted_session_opens_nothing, a_code_is_good_once,
         a_forged_form_does_nothing, two_browsers_that_register_one_address_become_one_account,
         correcting_and_deleting_at_once_leaves_nothing_half]


def main():
    passed = 0
    began = time.monotonic()
    with House(tries=1_000_000) as house:
        walk = Walk(house)
        for step in STEPS:
            try:
                step(house, walk)
                assert not walk.faults, f'{len(walk.faults)} faults, the first: ' + '\n    '.join(walk.faults[:12])
                assert not any('trouble' in line for line in house.said), [line for line in house.said if 'trouble' in line][:3]
                passed += 1
                print(f'{step.__name__.replace("_", " ")} ({walk.sent} sent, {time.monotonic() - began:.0f} s)', flush=True)
            except (AssertionError, OSError) as fault:
                print(f'{step.__name__.replace("_", " ")}: {fault}')
                walk.faults = []
    print(f'{passed} passed, {len(STEPS) - passed} failed')
    return 1 if passed < len(STEPS) else 0


sys.exit(main())
