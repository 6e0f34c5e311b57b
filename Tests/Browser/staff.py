"""An office in which every role of the policy has somebody, and cases that have each kind of evidence, or lack it."""
import json
import os
import re
import subprocess
from pathlib import Path

from axe import sign_in
from house import ROOT, House
from visitor import Visitor

POLICY = ROOT / 'policy/voffice.policy.md'
ROLES = re.findall(r'^role ([^,:]+)', POLICY.read_text(), re.MULTILINE)
# What the house holds of each customer, by the fields of the policy.
PEOPLE = {
    'Sari': {'full name': 'Sari Wijaya', 'email address': 'sari@ladatimur.example', 'telephone number': '+62 812 5550 4417',
             'case message': 'The heron stood on the parcel'},
    'Dewi': {'full name': 'Dewi Anggraini', 'email address': 'dewi@tokobaru.example', 'telephone number': '+62 813 6660 5528',
             'case message': 'A second parcel sank'},
    'Tono': {'full name': 'Tono Wibowo', 'email address': 'tono@pasarlama.example', 'telephone number': '+62 814 7770 6639',
             'case message': 'Called about the ferry', 'caller address': '+62 815 8880 7740'},
    'somebody': {'case message': 'Asks for a room by the river', 'caller address': '+62 816 9990 8851'},
}
NOTE = 'The neighbour has the spare key'
DEMAND = 'Order 12 of the court of Jakarta'


class Role:
    """What `voffice policy what` says of a role."""

    def __init__(self, name):
        self.name = name
        self.email = name.replace(' ', '.') + '@office.example'
        said = subprocess.run([House().program, 'policy', 'what', POLICY, name, '--json'], check=True, capture_output=True)
        self.cells = [cell for cell in json.loads(said.stdout)['cells'] if cell['who'] == name]

    def ways(self, verb, thing, purpose):
        """The conjunctions by which it may; each has what must hold, and what mustn't."""
        return [way for cell in self.cells if (cell['verb'], cell['thing'], cell['purpose']) == (verb, thing, purpose) for way in cell['when']]

    def may(self, verb, thing, purpose, *holds):
        return any(set(way['set']) <= set(holds) and not set(way['clear']) & set(holds) for way in self.ways(verb, thing, purpose))

    @property
    def answers(self):
        return self.may('read', 'full name', 'answer you', OPEN) and self.may('read', 'case message', 'answer you', OPEN)

    @property
    def has_a_desk(self):
        return any(cell['verb'] == 'read' and cell['purpose'] == 'answer you' and any(OPEN in way['set'] for way in cell['when']) for cell in self.cells)

    @property
    def runs(self):
        return self.may('read', 'staff name', "run the staff's accounts") and self.may('read', 'staff email address', "run the staff's accounts")

    @property
    def watches(self):
        return self.may('read', 'work log', 'keep the record')

    @property
    def agrees(self):
        """Whether it is one of the two who must agree: by the condition that they set."""
        return self.name in re.search(r'^condition a legal hold, set by ([^:]+):', POLICY.read_text(), re.MULTILINE)[1].split(' and ')


OPEN = 'an open case'


class Matter:
    """A case: whose, what holds of it, what of the house's fields it has."""

    def __init__(self, number, whose, *holds, note=False):
        self.number, self.holds = number, holds
        self.fields = PEOPLE[whose] | ({'case note': NOTE} if note else {})


class Office:
    """The house with its people, opened by `furnish`."""

    def __init__(self, house):
        self.house, self.roles = house, [Role(name) for name in ROLES]
        self.known = [value for person in PEOPLE.values() for value in person.values()] + [NOTE]
        self.visitors = {}

    def visitor(self, role):
        if role.name not in self.visitors:
            self.visitors[role.name] = sign_in(self.house, role.email)
        return self.visitors[role.name]

    def enter(self, browser, visitor):
        """The browser has the visitor's cookies, and no others."""
        browser.open(self.house.address + '/healthz')
        browser._call('DELETE', '/cookie')
        for name, value in visitor.cookies.items():
            browser._call('POST', '/cookie', {'cookie': {'name': name, 'value': value, 'path': '/'}})

    def furnish(self):
        self.hire()
        clerk = self.visitor(self.role('customer service'))
        sari, dewi, tono = (self.customer(name) for name in ('Sari', 'Dewi', 'Tono'))
        open_, closed, handed = (self.ask(sari, 'Sari') for _ in range(3))
        restricted = self.ask(dewi, 'Dewi')
        contact, call = self.record(clerk, 'somebody'), self.record(clerk, 'Tono')
        do(clerk, f'/staff/cases/{call}', f'/staff/cases/{call}/search', 200, sought='Tono Wibowo')
        customer = re.search(r'name="customer" value="(\d+)"', clerk.page)[1]
        assert clerk.post(f'/staff/cases/{call}/joining', customer=customer) == 303, clerk.page[:2000]
        for number in (open_, closed, handed):
            do(clerk, f'/staff/cases/{number}', f'/staff/cases/{number}/notes', text=NOTE)
        self.complain(sari)
        do(clerk, f'/staff/cases/{closed}', f'/staff/cases/{closed}/closure')
        # Only to somebody who has come in.
        self.visitor(self.role('billing clerk'))
        do(clerk, f'/staff/cases/{handed}', f'/staff/cases/{handed}/handover', role='billing clerk')
        do(dewi, '/privacy', '/privacy/restriction', restrict='yes')
        self.cases = {
            'open': Matter(open_, 'Sari', OPEN, note=True), 'closed': Matter(closed, 'Sari', note=True),
            'restricted': Matter(restricted, 'Dewi', OPEN, 'a restriction'), 'contact': Matter(contact, 'somebody', OPEN, 'a contact in hand'),
            'call': Matter(call, 'Tono', OPEN), 'handed': Matter(handed, 'Sari', OPEN, note=True)}
        self.holds()
        self.proposal = self.propose()
        return self

    def complain(self, visitor):
        """Of a use by the clerk; looked into and settled, for until then the clerk has nothing of that person."""
        visitor.get('/privacy')
        receipt = next(re.search(r'/privacy/uses/\d+', entry)[0] for entry in visitor.page.split('<li') if 'ustomer service 1' in entry)
        do(visitor, receipt, receipt + '/who', text='What was that for?')
        do(self.visitor(self.role('privacy officer')), '/staff/complaints/1', '/staff/complaints/1/end', text='It was to answer you.')

    def propose(self):
        """The next version, which says the same in the same words."""
        document = Path(self.house.data, 'next.md')
        document.write_text(re.sub(r'version 1, from [0-9-]+', f'version 2, from {DAY}', POLICY.read_text(), count=1))
        environment = os.environ | {'VOFFICE_DATA': self.house.data}
        said = subprocess.run([self.house.program, 'policy', 'publish', document], cwd=ROOT, env=environment, text=True, capture_output=True)
        assert said.returncode == 0, said
        return re.search(r'Proposal (\d+)\.', said.stdout)[1]

    def role(self, name):
        return next(role for role in self.roles if role.name == name)

    def hire(self):
        first = Visitor(self.house)
        first.get(self.house.invitation)
        administrator = next(role for role in self.roles if role.runs)
        assert first.post(self.house.invitation, name=administrator.name.title(), email=administrator.email) == 303
        first.get('/sign-in/code')
        form, code = first.page, first.code(administrator.email)
        first.page = form
        assert first.post('/sign-in/code', code=code) == 303, first.page[:400]
        for role in self.roles:
            if role is not administrator:
                do(first, '/staff/team', '/staff/team', name=role.name.title() + ' Staff', email=role.email, role=role.name)
        self.visitors[administrator.name] = first

    def customer(self, name):
        visitor, has = Visitor(self.house), PEOPLE[name]
        visitor.register(has['full name'], has['email address'], has['telephone number'])
        return visitor

    def ask(self, visitor, name):
        """A question; within a minute the same words would be the same question."""
        self.asked = getattr(self, 'asked', 0) + 1
        text, number = f'{PEOPLE[name]["case message"]}, for the {self.asked}. time.', PEOPLE[name]['telephone number']
        do(visitor, '/cases/new', '/cases/new', text=text, telephone=number)
        return re.search(r'/cases/(\d+)', visitor.location)[1]

    def record(self, clerk, name):
        has = PEOPLE[name]
        do(clerk, '/staff/contacts/new', '/staff/contacts/new', channel='call', text=has['case message'], answering='telephone',
           **{'from': has['caller address']})
        return re.search(r'/cases/(\d+)', clerk.location)[1]

    def holds(self):
        """One that both agreed to, and one that waits."""
        first, second = (self.visitor(role) for role in self.roles if role.agrees)
        for number in ('sari', 'tono'):
            address = next(p['email address'] for p in PEOPLE.values() if p.get('email address', '').startswith(number))
            do(first, '/staff/holds', '/staff/holds', customer=address, field0='yes', text=DEMAND, review=DAY)
        do(second, '/staff/holds', '/staff/holds/1/agreement')


def do(visitor, page, path, status=303, **form):
    """Presses a form on a page."""
    visitor.get(page)
    answered = visitor.post(path, **form)
    assert answered == status, f'{path} answers {answered}: {re.sub("<[^>]+>", " ", visitor.page)[:1500]}'


DAY = subprocess.run(['date', '-d', '+60 days', '+%F'], check=True, capture_output=True, text=True).stdout.strip()


def holds(page, value):
    """Whether a page has a value in its source, however it is written there. Tokens are of hexadecimal digits too."""
    page = re.sub(r'[0-9a-f]{16,}', ' ', page)
    if value.startswith('+'):
        digits = re.sub(r'\D', '', value)[2:]
        return re.search(r'[\s\u00a0().-]*'.join(digits), page) is not None
    return value in page


def staff_routes():
    """The addresses of the staff as the site has them: name to what may be done there."""
    text = (ROOT / 'Sources/Site/Route.swift').read_text()

    def named(part):
        return set(re.findall(r'\.(\w+)', part))

    ours = set(re.findall(r'case \.(\w+)(?:\(let \w+\))?: "/staff["/]', text))
    post, both = (named(part) for part in re.search(r'var methods: Methods \{(.*?)\.post\n(.*?)\.both\n', text, re.DOTALL).groups())
    return {name: 'post' if name in post else 'both' if name in both else 'get' for name in ours}


__all__ = ['DEMAND', 'NOTE', 'OPEN', 'PEOPLE', 'House', 'Office', 'do', 'holds', 'staff_routes']
