#!/usr/bin/env python3
"""The policy room against its budgets: a document of 2,000 rules read, compiled, checked; flows decided; Cedar on the same rules.

Usage: policy.py [--keep] [--rules N] [--flows N]. Makes an office from a seed, runs bench/PolicyBench on it, counts allocations with valgrind,
translates the rules with cedar.py and asks Cedar the same flows; the answers must agree. The policy that is shipped is measured too.
--keep writes the table into bench/README.md.
"""
import argparse
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TOOL = ROOT / '.build/release/PolicyBench'
sys.path[:0] = [str(HERE)]
from readme import keep  # noqa: E402

KINDS = ['text', 'email', 'phone', 'address', 'date', 'money', 'number', 'choice', 'document']
COUNTABLE = {'date', 'money', 'number', 'choice'}
CHANGES = '''when this policy changes: a new use of stored data needs a yes by field 1 item
when this policy changes: a change without new use is posted
when this policy changes: a material change is also sent to people who refused messages
when this policy changes: people whose contact is cut or whose account is deactivated or deleted are left alone'''


class Office:
    """A made-up office: its names, and its rules as values and as text."""

    def __init__(self, rules, seed=1):
        self.random = random.Random(seed)
        self.fields = {f'field {n} item': KINDS[n % len(KINDS)] for n in range(200)}
        names = list(self.fields)
        self.categories = {f'group {n}': names[n * 10:n * 10 + 10] for n in range(20)}
        self.roles, self.purposes = [f'clerk of desk {n}' for n in range(30)], [f'serve purpose {n}' for n in range(30)]
        self.recipients, self.sources = [f'outsider {n}' for n in range(20)], [f'form {n}' for n in range(10)]
        self.conditions, self.events = [f'fact {n} is so' for n in range(60)], [f'moment {n}' for n in range(5)]
        self.rules = [r for n, group in enumerate(self.categories) for r in self.base(n, group)]
        while len(self.rules) < rules - 4:
            self.rules.append(self.rule())

    def some(self, names, most=3):
        return self.random.sample(list(names), self.random.randint(1, most))

    def things(self):
        if self.random.random() < 0.4:
            group = self.random.choice(list(self.categories))
            return group, self.categories[group]
        names = self.some(self.fields, 4)
        return ', '.join(names), names

    def when(self):
        if self.random.random() < 0.3:
            return '', [[]]
        ways = [[(c, self.random.random() < 0.7) for c in self.some(self.conditions, 2)] for _ in range(self.random.randint(1, 2))]
        return ', on ' + ' or '.join(' and '.join(('' if holds else 'not ') + c for c, holds in way) for way in ways), ways

    def base(self, n, group):
        """Each field has a source and a term."""
        form, purpose = self.sources[n % 10], self.purposes[n % 30]
        yield {'text': f'collect {group} from {form} to {purpose}', 'verbs': ['collect'], 'who': [form], 'things': self.categories[group],
               'purposes': [purpose], 'ways': [[]]}
        yield {'text': f'keep {group} while account active, then {n + 1} months, because "the account may be reopened"'}

    def rule(self):
        kind = self.random.choices(['may', 'give', 'derive', 'never', 'aggregate', 'tell', 'keep'], [50, 12, 6, 8, 4, 5, 15])[0]
        text, things = self.things()
        purposes, (when, ways) = self.some(self.purposes), self.when()
        to = ', '.join(purposes)
        if kind == 'may':
            who, verbs = self.some(self.roles), self.some(['read', 'correct', 'delete'])
            return {'text': f'{", ".join(who)} may {", ".join(verbs)} {text} to {to}{when}', 'verbs': verbs, 'who': who, 'things': things,
                    'purposes': purposes, 'ways': ways}
        if kind == 'give':
            who = self.some(self.recipients)
            return {'text': f'give {text} to {", ".join(who)} to {to}{when}', 'verbs': ['give'], 'who': who, 'things': things,
                    'purposes': purposes, 'ways': ways}
        if kind == 'derive':
            source, fields = self.things()
            return {'text': f'derive {text} from {source} to {to}{when}, freely', 'verbs': ['derive'], 'who': ['the site'], 'things': things,
                    'purposes': purposes, 'ways': ways, 'via': fields}
        if kind == 'never':
            who, verb = self.some(self.roles), self.random.choice(['read', 'correct', 'delete'])
            when, ways = (when, ways) if when else (f', on {self.conditions[0]}', [[(self.conditions[0], True)]])
            return {'text': f'never {verb} {text} by {", ".join(who)}{when}', 'verbs': [verb], 'who': who, 'things': things, 'ways': ways,
                    'never': True}
        if kind == 'aggregate':
            things = [f for f in self.some(self.fields, 9) if self.fields[f] in COUNTABLE] or ['field 4 item']
            who = self.some(self.recipients)
            return {'text': f'aggregate {", ".join(things)} for {", ".join(who)} to {to}, at least 10 people, budget 1 per 1 month{when}',
                    'verbs': ['aggregate'], 'who': who, 'things': things, 'purposes': purposes, 'ways': ways}
        if kind == 'tell':
            return {'text': f'tell the person at once when {", ".join(self.some(self.roles))} reads {text} to {to}'}
        return {'text': f'keep {text} {self.random.randint(1, 30)} days after {self.random.choice(self.events)}, because "it may be asked for"'}

    def document(self):
        declared = ['policy office, version 1, from 2026-01-31']
        declared += [f'field {name}: {kind}' for name, kind in self.fields.items()]
        declared += [f'category {name} = {", ".join(names)}' for name, names in self.categories.items()]
        declared += [f'role {n}' for n in self.roles] + [f'purpose {n}: what it is for (contract)' for n in self.purposes]
        declared += [f'recipient {n}: processor in ID' for n in self.recipients] + [f'source {n}' for n in self.sources]
        declared += [f'condition {n}' for n in self.conditions] + [f'event {n}' for n in self.events]
        parts = ['# Office', '', '```policy', *declared, '```', '']
        for number, at in enumerate(range(0, len(self.rules), 20)):
            parts += [f'## Clause {number} {{#clause-{number}}}', '', 'What this clause says, in words for people, a line or two of them.', '',
                      '```policy', *(r['text'] for r in self.rules[at:at + 20]), '```', '']
        return '\n'.join([*parts, '## Changes {#changes}', '', 'How a change is told.', '', '```policy', CHANGES, '```', ''])

    def flows(self, count):
        """Half of them by a rule's own names, so that there is something to decide."""
        permits = [r for r in self.rules if 'purposes' in r]
        for _ in range(count):
            facts = self.random.sample(self.conditions, self.random.randint(0, 6))
            if self.random.random() < 0.5:
                rule = self.random.choice(permits)
                pick = {k: self.random.choice(rule[k]) if k in rule else '' for k in ('verbs', 'who', 'things', 'purposes', 'via')}
            else:
                pick = {'verbs': self.random.choice(['read', 'correct', 'delete']), 'who': self.random.choice(self.roles),
                        'things': self.random.choice(list(self.fields)), 'purposes': self.random.choice(self.purposes), 'via': ''}
            starter = 'the site' if pick['verbs'] in ('give', 'derive') else ''
            yield [pick['verbs'], pick['who'], pick['things'], pick['purposes'], pick['via'], '', starter, ','.join(facts)]


def allocations(document, flows, rounds):
    said = subprocess.run(['valgrind', '--tool=memcheck', '--leak-check=no', TOOL, 'decide', document, flows, str(rounds)],
                          capture_output=True, text=True, check=True).stderr
    return int(re.search(r'total heap usage: ([\d,]+) allocs', said)[1].replace(',', ''))


def times(document, flows, runs=7):
    """The lowest of each figure in several runs: what the neighbours on the machine do only ever adds."""
    best = {}
    for _ in range(runs):
        said = subprocess.run([TOOL, 'times', document, flows], capture_output=True, text=True, check=True).stdout
        for name, value in (line.rsplit(' ', 1) for line in said.splitlines()):
            best[name] = min(best.get(name, math.inf), float(value))
    return best


def shipped():
    """The policy of the house, asked every flow that some rule of it permits."""
    document = ROOT / 'policy/voffice.policy.md'
    said = subprocess.run([ROOT / '.build/release/voffice', 'policy', 'export', document, '--as', 'json'], capture_output=True, check=True)
    rows = []
    for cell in json.loads(said.stdout)['cells']:
        facts = [] if cell['verb'] == 'aggregate' else cell['when'][0]['set']
        rows.append([cell[k] or '' for k in ('verb', 'who', 'thing', 'purpose', 'via', 'carrier', 'starter')] + [','.join(facts)])
    random.Random(1).shuffle(rows)
    with tempfile.NamedTemporaryFile('w', suffix='.tsv') as flows:
        flows.write(''.join('\t'.join(row) + '\n' for row in rows))
        flows.flush()
        return times(document, flows.name)


def measure(rules, flow_count):
    """Figures of one run by name."""
    import cedar
    office = Office(rules)
    with tempfile.TemporaryDirectory(prefix='voffice-policy-') as folder:
        document, flows = Path(folder, 'office.md'), Path(folder, 'flows.tsv')
        document.write_text(office.document())
        asked = list(office.flows(flow_count))
        flows.write_text(''.join('\t'.join(f) + '\n' for f in asked))
        figures = times(document, flows)
        few, many = (allocations(document, flows, rounds) for rounds in (1, 4))
        figures['allocations a decision'] = (many - few) / (3 * len(asked))
        answers = subprocess.run([TOOL, 'answers', document, flows], capture_output=True, text=True, check=True).stdout.split()
        peer = cedar.Peer(office.rules)
        sample = list(range(0, len(asked), max(1, len(asked) // 200)))
        start = time.perf_counter()
        theirs = [peer.permits(asked[n]) for n in sample]
        figures['cedar us'] = (time.perf_counter() - start) / len(sample) * 1e6
        differing = [asked[n] for n, yes in zip(sample, theirs) if yes != (answers[n] == '1')]
        assert not differing, f'Cedar and vOffice differ on {differing[0]}'
        figures['flows permitted'] = answers.count('1') / len(answers)
        figures['bytes'], figures['rules'] = document.stat().st_size, len(office.rules) + 4
    return figures


def budgets(f):
    return [
        ('2,000 rules read and compiled, at most 10 ms', f['compile ms'], f['compile ms'] <= 10),
        ('with every check, at most 50 ms', f['check ms'], f['check ms'] <= 50),
        ('a decision, at most 1.5 x a bare look-up', f['decide ns'] / f['look up ns'], f['decide ns'] <= 1.5 * f['look up ns']),
        ('allocations of a decision, none', f['allocations a decision'], f['allocations a decision'] < 0.001),
        ('Cedar, pre-parsed, at least 1,000 x a decision', f['cedar us'] * 1e3 / f['decide ns'], f['cedar us'] * 1e3 >= 1000 * f['decide ns']),
    ]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('--keep', action='store_true')
    options.add_argument('--rules', type=int, default=2000)
    options.add_argument('--flows', type=int, default=20_000)
    chosen = options.parse_args()
    made, ours = measure(chosen.rules, chosen.flows), shipped()
    held = budgets(made)
    lines = [
        f'A made-up office of {made["rules"]:,.0f} rules, {made["bytes"] / 1000:,.0f} kB, and the policy that is shipped. A decision is one of random flows, '
        'each chosen by the answer before; the bare look-up reads a table with 16 bytes for each verb, who, thing and purpose. '
        f'Times are of the processor, not of the clock; of several runs the fastest counts. The machine\'s load was {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.', '',
        '| | made up | shipped |', '|---|---|---|']
    for name in ('compile ms', 'compile median ms', 'check ms', 'check median ms', 'difference ms', 'decide ns', 'decide hot ns', 'look up ns', 'cells'):
        digits = 0 if name == 'cells' else 1
        lines.append(f'| {name} | {made[name]:,.{digits}f} | {ours[name]:,.{digits}f} |')
    lines += [f'| Cedar, a decision, µs | {made["cedar us"]:,.0f} | |', '', '| budget | measured | |', '|---|---|---|']
    lines += [f'| {name} | {value:,.2f} | {"holds" if ok else "**does not hold**"} |' for name, value, ok in held]
    print('\n'.join(lines))
    if chosen.keep:
        keep('policy', lines)
    return 0 if all(ok for *_, ok in held) else 1


if __name__ == '__main__':
    from run import venv
    venv()
    sys.exit(main())
