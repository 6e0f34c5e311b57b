#!/usr/bin/env python3
"""Somebody of each role of the policy opens every page of the staff in a real browser and tries every field, with and without evidence: what is
seen is exactly what `voffice policy what ROLE` says.

The pages are those of the site's own list of addresses: one that is new and isn't tried here fails the test.
"""
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from browser import Browser  # noqa: E402
from staff import DEMAND, OPEN, House, Office, holds, staff_routes  # noqa: E402

# What a case shows to whom may read it to answer; the rest lies behind a reason.
OPENLY = ('full name', 'case message', 'case note')
# The reasons that the house knows, each as a form sends it.
REASONS = {('telephone number', 'answer you'): 'telephone-to-answer', ('telephone number', 'make sure it is you'): 'telephone-of-caller',
           ('email address', 'make sure it is you'): 'email-of-caller', ('caller address', 'answer you'): 'caller-address'}


def everybody(_):
    return True


def answers(role):
    return role.answers


def has_a_desk(role):
    return role.has_a_desk


def runs(role):
    return role.runs


def watches(role):
    return role.watches


def agrees(role):
    return role.agrees


# Each page that is looked at: where it is, and to whom the policy opens it. A case's page is tried with every case, below.
PAGES = {
    'desk': ('/staff', everybody), 'newContact': ('/staff/contacts/new', answers), 'behalf': ('/staff/cases/{open}/behalf', answers),
    'team': ('/staff/team', runs), 'holds': ('/staff/holds', agrees), 'hold': ('/staff/holds/1', agrees), 'proposals': ('/staff/policy', agrees),
    'draft': ('/staff/policy/draft', agrees), 'ownWork': ('/staff/activity', everybody), 'everybodysWork': ('/staff/activity/everybody', watches),
    'work': ('/staff/activity/of/customer-service-1', watches), 'today': ('/staff/today', everybody), 'keeping': ('/staff/keeping', watches),
    'nameQuestions': ('/staff/complaints', watches), 'complaint': ('/staff/complaints/1', watches),
    'houseState': ('/staff/house', runs), 'deskCase': ('/staff/cases/{handed}', has_a_desk),
    'proposal': ('/staff/policy/{proposal}', agrees),
}
# Each form that can be pressed, as somebody sends it whose page doesn't have it, and whose work it is.
PRESSES = {
    'opening': ('/staff/cases/{open}/opening', {'what': 'telephone-to-answer'}, answers), 'closure': ('/staff/cases/{open}/closure', {}, answers),
    'newContact': ('/staff/contacts/new', {'channel': 'call', 'text': 'Hello?', 'from': '', 'answering': 'none'}, answers),
    'search': ('/staff/cases/{contact}/search', {'sought': 'Wijaya'}, answers), 'joining': ('/staff/cases/{contact}/joining', {'customer': '1'}, answers),
    'parting': ('/staff/cases/{call}/parting', {}, answers), 'taking': ('/staff/cases/{open}/taking', {}, answers),
    'answer': ('/staff/cases/{open}/answer', {'text': 'Yes.', 'way': 'telephone', 'then': 'close'}, answers),
    'notes': ('/staff/cases/{open}/notes', {'text': 'Hello?'}, answers),
    'handover': ('/staff/cases/{open}/handover', {'role': 'billing clerk'}, answers),
    'callerCode': ('/staff/cases/{open}/caller-code', {'through': 'email address'}, answers),
    'callerCheck': ('/staff/cases/{open}/caller-check', {'code': '123456'}, answers),
    'callBack': ('/staff/cases/{open}/call-back', {}, answers), 'wish': ('/staff/cases/{open}/wish', {'wish': 'deletion'}, answers),
    'change': ('/staff/cases/{open}/change', {'wish': 'full name', 'value': 'Somebody Else'}, answers),
    'newAddress': ('/staff/cases/{open}/new-address', {'wish': 'email address', 'code': '123456'}, answers),
    'team': ('/staff/team', {'name': 'A Friend', 'email': 'friend@office.example', 'role': 'customer service'}, runs),
    'employmentEnd': ('/staff/team/ending', {'role': 'customer service', 'number': '1'}, runs),
    'holds': ('/staff/holds', {'customer': 'joko@pulau.example', 'field0': 'yes', 'text': 'Hm.', 'review': '2027-01-01'}, agrees),
    'holdAgreement': ('/staff/holds/2/agreement', {}, agrees), 'holdEnd': ('/staff/holds/1/end', {}, agrees),
    'silence': ('/staff/holds/1/silence', {'silence': '2027-01-01'}, agrees), 'silenceAgreement': ('/staff/holds/1/silence-agreement', {}, agrees),
    'silenceEnd': ('/staff/holds/1/silence-end', {}, agrees), 'draft': ('/staff/policy/draft', {'document': 'policy'}, agrees),
    'officerAgreement': ('/staff/policy/officers', {'role': 'policy officer', 'number': '1'}, agrees),
    'nameAnswer': ('/staff/complaints/1/name', {}, watches), 'nameQuestionEnd': ('/staff/complaints/1/end', {}, watches),
    'approval': ('/staff/policy/{proposal}/approval', {}, agrees), 'withdrawal': ('/staff/policy/{proposal}/withdrawal', {}, agrees),
}


class Look:
    """One of the staff with a browser; what is wrong is said, and counted."""

    def __init__(self, office, role, browser):
        self.office, self.role, self.browser, self.wrong = office, role, browser, []
        self.numbers = {name: matter.number for name, matter in office.cases.items()} | {'proposal': office.proposal}

    def at(self, path):
        """Opens an address; the status of the answer."""
        self.browser.open(self.office.house.address + path.format(**self.numbers))
        return self.browser.run('return performance.getEntriesByType("navigation")[0].responseStatus')

    @property
    def source(self):
        return self.browser.run('return document.documentElement.outerHTML')

    def send(self, path, form):
        """A form that no page offers, with the token of one that it has: the status, and what came back. What is done leads on (0)."""
        return self.browser.run('''
            const fields = new URLSearchParams({...arguments[1], form: document.querySelector('input[name=form]').value})
            return fetch(arguments[0], {method: 'POST', body: fields, redirect: 'manual'}).then(async a => [a.status, await a.text()])''',
                                path.format(**self.numbers), form)

    def expect(self, isSo, sentence):
        if not isSo:
            self.wrong.append(sentence)

    def shows(self, where, page, expected):
        """Of all that is known of the customers and of whoever works here, the page has this, and nothing more."""
        team = {member.email for member in self.office.roles} if self.role.runs and where == 'team' else set()
        known = {*self.office.known, DEMAND, *(member.email for member in self.office.roles)}
        found = {value for value in known if holds(page, value)}
        self.expect(found == set(expected) | team, f'{where}: shows {sorted(found)}, not {sorted({*expected, *team})}')

    def pages(self):
        """Every page, shown or refused as the policy says."""
        matter = self.office.cases['open']
        may = {'behalf': self.openly(matter) & {matter.fields['full name']}, 'deskCase': self.openly(self.office.cases['handed']),
               'hold': {DEMAND} if self.role.may('read', 'legal demand', 'answer a legal demand', 'an open matter') else ()}
        for name, (path, opens) in PAGES.items():
            status, isOpen = self.at(path), opens(self.role)
            self.expect((status == 200) == isOpen and status in (200, 403, 404), f'{name}: answered with {status}')
            self.shows(name, self.source, may.get(name, ()) if isOpen else ())
        if self.role.agrees:
            self.at('/staff/holds/2')
            self.shows('a hold to which one agreed', self.source, ())
        if self.role.has_a_desk and not self.role.answers:
            self.at(PAGES['deskCase'][0])
            said = self.browser.text_of('//*[@id="yours"]/following-sibling::p').split(':')[1].split('.')[0]
            named = set(re.split(', | and ', said.strip().removeprefix('your ')))
            opened = {cell['thing'] for cell in self.role.cells if self.role.may('read', cell['thing'], 'answer you', OPEN)}
            self.expect(named == opened, f'a case that was handed to them says that they may read {sorted(named)}, not {sorted(opened)}')

    def openly(self, matter):
        """What of a case the policy lets them read without being asked why: what somebody says and what they are called, only together."""
        seen = {field for field in OPENLY if field in matter.fields and self.role.may('read', field, 'answer you', *matter.holds)}
        if not all(self.role.may('read', field, 'answer you', *matter.holds) for field in ('full name', 'case message')):
            seen = set()
        return {matter.fields[field] for field in seen}

    def presses(self):
        """Every form that isn't theirs to press is refused, and brings nothing."""
        for name, (path, form, works) in PRESSES.items():
            if not works(self.role):
                self.at('/staff/today')
                status, page = self.send(path, form)
                self.expect(status in (403, 404), f'{name}: pressed by somebody whose work it isn’t, and answered with {status}')
                self.shows(f'{name}, pressed', page, ())

    def fields(self):
        for name, matter in self.office.cases.items():
            self.case(name, matter)

    def case(self, name, matter):
        """A case: what is open, what a reason opens, and what no reason does."""
        role, path = self.role, f'/staff/cases/{matter.number}'
        status = self.at(path)
        # Whose work it isn't to read cases sees one that is in their queue.
        isTheirs = role.answers or role.has_a_desk and name == 'handed'
        self.expect((status == 200) == isTheirs, f'case, {name}: answered with {status}')
        seen = self.openly(matter) if status == 200 else set()
        self.shows(f'case, {name}', self.source, seen)
        ways = {key: role.ways('read', *key) for key in REASONS if key[0] in matter.fields}
        # What only lacks what must hold may be asked for; what is forbidden as it stands may not.
        offered = {REASONS[key] for key, all_ in ways.items() if any(not set(way['clear']) & set(matter.holds) for way in all_)}
        found = self.browser.run('return [...document.querySelectorAll("input[name=what]")].map(e => e.value)')
        self.expect(set(found) == offered, f'case, {name}: offers {sorted(found)}, not {sorted(offered)}')
        self.evidence(name, matter, {REASONS[key]: all_ for key, all_ in ways.items()})
        for (field, purpose), reason in REASONS.items():
            opens = role.may('read', field, purpose, *matter.holds) and field in matter.fields
            if reason in offered:
                self.at(path)
                self.browser.click(f'input[value="{reason}"]')
                self.browser.click('#open button')
                seen |= {matter.fields[field]} if opens else set()
                # After a refusal nothing more of the person is read.
                self.shows(f'case, {name}, {reason}', self.source, seen if opens else ())
            elif not role.may('read', field, purpose, *matter.holds):
                self.at('/staff/today')
                status, page = self.send(path + '/opening', {'what': reason})
                self.expect(status in (403, 404), f'case, {name}: {reason} isn’t offered, and answered with {status}')
                self.shows(f'case, {name}, {reason} pressed', page, ())

    def evidence(self, name, matter, ways):
        """Each reason says what it needs, and whether it is there."""
        for reason, lines in self.browser.run('''
                return [...document.querySelectorAll("#open .choice")].map(e => [e.querySelector("input").value,
                    [...e.querySelectorAll(".checks li")].map(li => li.innerText.trim())])'''):
            needed = {f'{c[0].upper()}{c[1:]}: {"yes" if c in matter.holds else "no"}' for way in ways[reason] for c in way['set']}
            self.expect(set(lines) == needed, f'case, {name}, {reason}: says {lines}, not {sorted(needed)}')


def complete():
    """What of the site's addresses is tried by nobody, or isn't there any more."""
    routes = staff_routes()
    looked, pressed = ({name for name, methods in routes.items() if methods in either} for either in (('get', 'both'), ('post', 'both')))
    assert len(looked) > 10 and len(pressed) > 20, f'the list of addresses isn’t read: {routes}'
    return sorted(looked ^ set(PAGES)) + sorted(pressed ^ set(PRESSES))


def main():
    untried = complete()
    passed, failed = (0, 1) if untried else (1, 0)
    print(f'tried by nobody, or gone: {", ".join(untried)}' if untried else 'every address of the staff is tried', flush=True)
    with House(tries=1_000_000) as house:
        office = Office(house).furnish()
        for role in office.roles:
            with Browser() as browser:
                look = Look(office, role, browser)
                office.enter(browser, office.visitor(role))
                for part in (look.pages, look.presses, look.fields):
                    look.wrong = []
                    try:
                        part()
                    except (AssertionError, RuntimeError, OSError) as fault:
                        look.wrong.append(str(fault))
                    passed, failed = (passed, failed + 1) if look.wrong else (passed + 1, failed)
                    print(f'{role.name}, {part.__name__}: ' + ('\n    '.join(['', *look.wrong]) if look.wrong else 'as the policy says'), flush=True)
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
