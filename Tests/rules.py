#!/usr/bin/env python3
"""Takes one rule out of the policy, opens the house again, and sees through the front door what is refused.

Each round: a house with the whole policy and people in it; the same house with one line less; exactly the use that stood on that
line is refused, and the page names the line. Then with the line put back.
"""
import html
import os
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import ROOT, House  # noqa: E402
from visitor import Visitor  # noqa: E402

POLICY = (ROOT / 'policy/voffice.policy.md').read_text()
TELEPHONE = 'customer service may read telephone number to answer you, on an open case'
MESSAGE = 'customer service may read full name, case message to answer you, on an open case'
CONTACT = 'collect contact from registration form to run your account'
DELETE = 'the person may delete customer data'
COOKIE = 'collect session cookie from browser to run your account'
KNOWING = 'the site may read session cookie to run your account'
SESSION_TERM = 'keep session cookie 30 days after collected, because "so long you stay signed in on one device"'
RECEIPT_TERM = 'keep deletion receipt 12 months after your deletion, because "so that you and we can show that it was done"'
FIRST_DAY = 'keep contact 1 day after collected, because "so long you have to enter the code"'
RECORD = 'derive record of uses from contact, case message, staff data to keep the record'
RECEIPT = 'derive deletion receipt from record of uses to keep the record'
FIRST = "collect staff data from employment form to run the staff's accounts, on the first invitation [first]"
ANSWER = 'send case answer through email address via email carrier to answer you, only if asked, until deleted, by customer service, on an open case'
CODE = 'send confirmation code through email address via email carrier to make sure it is you, always, until deleted'

# The line, and what is refused without it.
ROUNDS = [(TELEPHONE, {'number', 'list of uses', 'asking by telephone'}),
          (MESSAGE, {'answer by email', 'asking by email', 'asking by telephone'}), (ANSWER, {'answer by email', 'asking by email'}),
          (CONTACT, {'registration'}), (DELETE, {'leaving'}), (CODE, {'registration', 'signing in'}),
          (COOKIE, {'registration', 'signing in'}),
          (RECORD, {'number', 'list of uses', 'answer by email', 'asking by email', 'asking by telephone', 'registration', 'signing in'}), (RECEIPT, {'receipt'}),
          (FIRST_DAY, {'registration'}), (RECEIPT_TERM, {'receipt'}), (KNOWING, {'registration', 'signing in', 'being known'}),
          (SESSION_TERM, {'registration', 'signing in', 'being known'})]


def staffed(house):
    """A customer with an open case, an administrator, and somebody of customer service."""
    ratna, budi, sari = Visitor(house), Visitor(house), Visitor(house)
    begin = re.search(r'/begin/[0-9a-f]+', '\n'.join(house.said))[0]
    ratna.get(begin)
    assert ratna.post(begin, name='Ratna Dewi', email='ratna@office.example') == 303, ratna.page
    code = ratna.code('ratna@office.example')
    ratna.get('/sign-in/code')
    assert ratna.post('/sign-in/code', code=code) == 303, ratna.page
    ratna.get('/staff/team')
    assert ratna.post('/staff/team', name='Budi Santoso', email='budi@office.example', role='customer service') == 303, ratna.page
    sign_in(budi, 'budi@office.example')
    sari.register('Sari Wijaya', 'sari@ladatimur.example', '+62 812 5550 4417')
    sari.get('/cases/new')
    assert sari.post('/cases/new', text='The parcel came twice.', telephone='+62 812 5550 4417') == 303, sari.page
    first = re.search(r'/cases/(\d+)', sari.location)[1]
    sari.get('/cases/new')
    assert sari.post('/cases/new', text='Where does my post lie?', answering='email') == 303, sari.page
    return sari, budi, (first, re.search(r'/cases/(\d+)', sari.location)[1])


def offers(visitor, path):
    visitor.get(path)
    return f'action="{path}"' in visitor.page


def sign_in(visitor, email):
    visitor.get('/sign-in')
    status = visitor.post('/sign-in', email=email)
    if status != 303:
        return status
    code = visitor.code(email)
    visitor.get('/sign-in/code')
    assert visitor.post('/sign-in/code', code=code) == 303, visitor.page
    return 303


def walk(house, sari, budi, cases):
    """What is refused now, each with the page that says so."""
    for visitor in (sari, budi):
        visitor.house = house
    refused = {}
    if sari.get('/privacy') == 303:
        # Nobody is known by their cookie any more; the page that asks them to sign in says why they can't.
        sari.get('/sign-in')
        refused['being known'] = sari.page

    def ask(name, visitor, status):
        if status == 403:
            refused[name] = visitor.page

    if 'being known' not in refused:
        budi.get(f'/staff/cases/{cases[0]}')
        ask('number', budi, budi.post(f'/staff/cases/{cases[0]}/opening', what='telephone-to-answer'))
        if 'number' in refused:
            sari.get('/privacy')
            if 'The rule that it stood on was no longer' in sari.page:
                refused['list of uses'] = sari.page
        sari.get(f'/cases/{cases[1]}')
        if 'This can’t be done here' in sari.page:
            refused['answer by email'] = sari.page
            sari.get('/cases/new')
            ask('asking by email', sari, sari.post('/cases/new', text='And my calls?', answering='email'))
        sari.get(f'/cases/{cases[0]}')
        if 'This can’t be done here' in sari.page:
            sari.get('/cases/new')
            ask('asking by telephone', sari, sari.post('/cases/new', text='And my calls?', telephone='+62 812 5550 4417'))
    newcomer = Visitor(house)
    # By a number somebody may still come where no code goes to addresses.
    offered = offers(newcomer, '/register') and 'name="email"' in newcomer.page
    instead = newcomer.page
    # A form that isn't offered can be sent all the same, with the token of another one, where there is another.
    has_token = offers(newcomer, '/sign-in')
    registered = newcomer.post('/register', name='Dewi Lestari', email='dewi@tokobaru.example', telephone='')
    assert offered == (registered == 303), f'/register is offered: {offered}, and answered with {registered}'
    ask('registration', newcomer, registered)
    if not has_token:
        refused['registration'] = instead
    if registered == 303:
        code = newcomer.code('dewi@tokobaru.example')
        newcomer.get('/sign-in/code')
        assert newcomer.post('/sign-in/code', code=code) == 303, newcomer.page
        # Who came under the new text stands under it; a right that somebody had doesn't shrink behind their back.
        offered = offers(newcomer, '/leave')
        left = newcomer.post('/leave', sure='yes', when='now')
        assert offered == (left in (200, 303)), f'/leave is offered: {offered}, and answered with {left}'
        ask('leaving', newcomer, left)
    again = Visitor(house)
    if offers(again, '/sign-in'):
        ask('signing in', again, sign_in(again, 'sari@ladatimur.example'))
    else:
        refused['signing in'] = again.page
    if 'being known' in refused:
        return refused
    ask('own data', sari, sari.get('/privacy'))
    sari.get('/leave')
    told, left = sari.page, sari.post('/leave', sure='yes', when='now')
    if left == 200 and 'no receipt' in sari.page:
        refused['receipt'] = told
    else:
        assert left == 303, sari.page
    return refused


def play_first():
    """The first administrator's link, in a house that nobody has come into yet."""
    with tempfile.TemporaryDirectory(prefix='voffice-rules-') as folder:
        policy = Path(folder, 'voffice.policy.md')
        data = os.path.join(folder, 'data')
        for line in ('', FIRST, ''):
            assert not line or POLICY.count('\n' + line + '\n') == 1, f'{line}: not a line of the policy'
            policy.write_text(POLICY.replace('\n' + line + '\n', '\n') if line else POLICY)
            with House(data=data, policy=str(policy)) as house:
                said, rule = '\n'.join(house.said), line.removesuffix(' [first]')
                found = re.search(r'/begin/[0-9a-f]+', said)
                if bool(found) == bool(line) or found and not offers(Visitor(house), found[0]):
                    return f'without “{line}”: the first administrator came out otherwise'
                if line and (rule not in said or 'nobody can become its first administrator' not in said):
                    return f'without “{line}”: the start doesn’t name it: {said}'
    return None


def play(line, expected):
    with tempfile.TemporaryDirectory(prefix='voffice-rules-') as folder:
        policy = Path(folder, 'voffice.policy.md')
        policy.write_text(POLICY)
        data = os.path.join(folder, 'data')
        with House(data=data, policy=str(policy)) as house:
            people = staffed(house)
        assert POLICY.count('\n' + line + '\n') == 1, f'{line}: not a line of the policy'
        policy.write_text(POLICY.replace('\n' + line + '\n', '\n'))
        with House(data=data, policy=str(policy)) as house:
            refused = walk(house, *people)
            if line == ANSWER and f'The version before had the rule “{line}”.' not in '\n'.join(house.said):
                return f'without “{line}”: the start doesn’t name it'
            wrong = set(refused) ^ expected
            if wrong:
                return f'without “{line}”: {", ".join(sorted(wrong))} came out otherwise'
            for name, page in refused.items():
                if line not in html.unescape(page):
                    return f'without “{line}”: the page that refuses {name} doesn’t name it'
    return None


def main():
    passed = failed = 0
    for line, expected in [*ROUNDS, (FIRST, {'first administrator'})]:
        fault = play_first() if line == FIRST else play(line, expected)
        if fault:
            failed += 1
            print(fault)
        else:
            passed += 1
            print(f'without “{line}” exactly this is refused: {", ".join(sorted(expected))}')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


sys.exit(main())
