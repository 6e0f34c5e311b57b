#!/usr/bin/env python3
"""A clerk who tries for more, in a real browser: edits addresses, numbers and fields of forms, sends a form again, has two cases open at once,
keeps a page past its time. Each brings nothing that wasn't theirs already.
"""
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from axe import sign_in  # noqa: E402
from browser import Browser  # noqa: E402
from house import Elsewhen  # noqa: E402
from roles import Look  # noqa: E402
from staff import PEOPLE, Office, do, holds  # noqa: E402

STEPS = []
SARI, TONO = PEOPLE['Sari'], PEOPLE['Tono']
HIDDEN = [person[field] for person in PEOPLE.values() for field in ('telephone number', 'email address') if field in person]


def step(tried):
    STEPS.append(tried)
    return tried


class Tries:
    def __init__(self, office, budi, joko):
        self.office, self.budi, self.joko = office, budi, joko
        self.path = {name: f'/staff/cases/{matter.number}' for name, matter in office.cases.items()}

    def nothing(self, page, what, but=()):
        found = [value for value in HIDDEN if holds(page, value) and value not in but]
        assert not found, f'{what} brings {found}'

    def refused(self, look, page, path, answered=(403, 404, 422), **form):
        """A form that was written by hand, with the token of a page that the clerk has."""
        look.at(page)
        status, said = look.send(path, form)
        assert status in answered, f'{path} with {form} is answered with {status}'
        self.nothing(said, f'{path} with {form}')

    def opened(self, look, name, reason='telephone-to-answer'):
        look.at(self.path[name])
        look.browser.click(f'input[value="{reason}"]')
        look.browser.click('#open button')
        return look.source


@step
def edits_addresses_and_numbers(tries):
    sari = tries.office.cases['open'].number
    for path in ('/staff/cases/999', '/staff/cases/999/behalf', '/staff/cases/0', f'/cases/{sari}', f'/privacy/uses/{sari}00', '/privacy/correction/full-name',
                 f'/staff/cases/{sari}?to=telephone-to-answer', f'/staff/cases/{sari}?what=telephone-to-answer&open=yes',
                 f'/staff/cases/{sari}/opening?what=telephone-to-answer', f'/staff/cases/{sari}#telephone-to-answer', '/staff/activity/of/customer-service-2',
                 '/staff/activity/of/customer-service-1?before=1', '/privacy/export', '/staff/cases/999/opening'):
        tries.budi.at(path)
        tries.nothing(tries.budi.source, path)


@step
def edits_fields_of_forms(tries):
    open_, contact, call = (tries.path[name] for name in ('open', 'contact', 'call'))
    for what in ('', 'telephone number', 'email-address', 'telephone-to-answer,email-of-caller', 'full-name'):
        tries.refused(tries.budi, open_, open_ + '/opening', (422,), what=what)
    tries.refused(tries.budi, open_, open_ + '/search', sought='Tono Wibowo')
    tries.refused(tries.budi, open_, open_ + '/joining', customer='1')
    for customer in ('1', '2', '-1', 'Sari', '99999999999999999999'):
        tries.refused(tries.budi, contact, contact + '/joining', customer=customer)
    tries.refused(tries.budi, open_, open_ + '/handover', role='administrator')
    for wish in ('telephone', 'billing address', 'waking up', ''):
        tries.refused(tries.budi, open_ + '/behalf', open_ + '/wish', wish=wish)
    for through in ('fax', 'staff email address', ''):
        tries.refused(tries.budi, open_ + '/behalf', open_ + '/caller-code', through=through)
    # Nobody is known to call, so nothing is changed, whatever the form says of it.
    for form in ({'wish': 'full name', 'value': 'Budi'}, {'wish': 'deletion', 'sure': 'yes', 'verified': 'yes'}, {'wish': 'email address', 'value': 'budi@home.example'}):
        tries.refused(tries.budi, call + '/behalf', call + '/change', **form)
    assert do(tries.office.visitor(tries.budi.role), call, call + '/notes', text='Still there.') is None
    tries.budi.at(call)
    assert holds(tries.budi.source, TONO['full name']), 'the name was changed at nobody’s word'


@step
def opens_two_cases_of_one_customer_at_once(tries):
    assert holds(tries.opened(tries.budi, 'open'), SARI['telephone number']), 'the number isn’t shown in its case'
    tries.budi.at(tries.path['handed'])
    tries.nothing(tries.budi.source, 'another case of the same customer')
    tries.budi.at(tries.path['open'] + '/behalf')
    tries.nothing(tries.budi.source, 'what is done at a caller’s word', but=[SARI['telephone number']])


@step
def looks_at_what_a_colleague_opened(tries):
    tries.joko.at(tries.path['open'])
    tries.nothing(tries.joko.source, 'a case in which a colleague opened the number')
    token = tries.budi.browser.run('return document.querySelector("input[name=form]").value')
    tries.joko.at('/staff/today')
    status, said = tries.joko.browser.run('''
        const form = new URLSearchParams({form: arguments[1], what: 'telephone-to-answer'})
        return fetch(arguments[0], {method: 'POST', body: form, redirect: 'manual'}).then(async a => [a.status, await a.text()])''',
                                          tries.path['open'] + '/opening', token)
    assert 400 <= status < 500, f'the form of a colleague is answered with {status}'
    tries.nothing(said, 'the form of a colleague')


@step
def sends_again_what_was_granted_once_the_case_is_closed(tries):
    path = tries.path['open']
    tries.budi.at(path)
    form = {'what': 'telephone-of-caller'}
    assert tries.budi.send(path + '/opening', form)[0] == 0, 'the number isn’t opened'
    token = tries.budi.browser.run('return document.querySelector("input[name=form]").value')
    do(tries.office.visitor(tries.budi.role), path, path + '/closure')
    again = '''
        const form = new URLSearchParams({form: arguments[1], what: 'telephone-of-caller'})
        return fetch(arguments[0], {method: 'POST', body: form}).then(async a => [a.status, await a.text()])'''
    for page in (path, '/staff/today'):
        tries.budi.at(page)
        tries.nothing(tries.budi.source, 'a case that was closed')
        tries.nothing(tries.budi.browser.run(again, path + '/opening', token)[1], 'the same form again, of a case that was closed')
    tries.refused(tries.budi, path, path + '/opening', (403,), **form)


@step
def keeps_pages_past_their_time(tries):
    house, visitor = tries.office.house, tries.office.visitor(tries.budi.role)
    call, contact = tries.path['call'], tries.path['contact']
    assert holds(tries.opened(tries.budi, 'call'), TONO['telephone number']), 'the number isn’t shown in its case'
    refresh = int(tries.budi.browser.run('return fetch(location.href).then(a => a.headers.get("refresh"))'))
    assert 0 < refresh <= 15 * 60 + 1, f'the page is looked at anew after {refresh} s'
    do(visitor, contact, contact + '/search', 200, sought=TONO['full name'])
    found = visitor.page
    customer = re.search(r'name="customer" value="(\d+)"', found)[1]
    do(visitor, call + '/behalf', call + '/caller-code', through='email address')
    code = visitor.code(TONO['email address'])
    do(visitor, call + '/behalf', call + '/caller-check', code=code)
    do(visitor, call + '/behalf', call + '/wish', wish='full name')
    visitor.get(call + '/behalf')
    kept = visitor.page
    house.kill()
    house.jump = 16 * 60
    house.start()
    for name, page, path, form in (('found', found, contact + '/joining', {'customer': customer}),
                                   ('verified', kept, call + '/change', {'wish': 'full name', 'value': 'Budi the First'})):
        visitor.page = page
        status = visitor.post(path, **form)
        assert status in (403, 404, 422), f'a page where somebody was {name} a quarter of an hour ago: {path} is answered with {status}'
        tries.nothing(visitor.page, f'a page where somebody was {name}')
    tries.budi.at(call)
    tries.nothing(tries.budi.source, 'a case whose number was open')
    assert holds(tries.budi.source, TONO['full name']), 'the name was changed past its time'


def main():
    passed = 0
    with Elsewhen(tries=1_000_000) as house, Browser() as first, Browser() as second:
        office = Office(house).furnish()
        role = office.role('customer service')
        do(office.visitor(next(r for r in office.roles if r.runs)), '/staff/team', '/staff/team', name='Joko Susilo', email='joko@office.example', role=role.name)
        tries = Tries(office, Look(office, role, first), Look(office, role, second))
        office.enter(first, office.visitor(role))
        office.enter(second, sign_in(house, 'joko@office.example'))
        for tried in STEPS:
            try:
                tried(tries)
                passed += 1
                print(f'{tried.__name__.replace("_", " ")}, and gets nothing more', flush=True)
            except (AssertionError, RuntimeError, OSError) as fault:
                print(f'{tried.__name__.replace("_", " ")}: {fault}', flush=True)
    print(f'{passed} passed, {len(STEPS) - passed} failed')
    return 1 if passed < len(STEPS) else 0


if __name__ == '__main__':
    sys.exit(main())
