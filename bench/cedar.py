"""The rules of bench/policy.py in Cedar's language, and Cedar (cedarpy) asked the same flows, everything parsed before.

A rule becomes one `permit` or `forbid`; its facts are a set in the context. Retention, obligations and examples have no counterpart.
"""
import cedarpy


def entity(kind, name):
    return f'{kind}::"{name}"'


def listed(kind, names):
    return '[' + ', '.join(entity(kind, n) for n in names) + ']'


def policy(rule):
    """`never` is a forbid; who, thing and purpose are compared in the scope where there is one, else in a set."""
    effect = 'forbid' if rule.get('never') else 'permit'
    action = f'action in {listed("Action", rule["verbs"])}'
    whens = []
    scope = []
    for part, kind, names in (('principal', 'Who', rule['who']), ('resource', 'Thing', rule['things'])):
        if len(names) == 1:
            scope.append(f'{part} == {entity(kind, names[0])}')
        else:
            scope.append(part)
            whens.append(f'{listed(kind, names)}.contains({part})')
    if 'purposes' in rule:
        whens.append('[' + ', '.join(f'"{p}"' for p in rule['purposes']) + '].contains(context.purpose)')
    if 'via' in rule:
        whens.append('[' + ', '.join(f'"{p}"' for p in rule['via']) + '].contains(context.via)')
    if rule['ways'] != [[]]:
        whens.append(' || '.join('(' + ' && '.join(('' if holds else '!') + f'context.facts.contains("{c}")' for c, holds in way) + ')'
                                 for way in rule['ways']))
    when = ' when { ' + ' && '.join(f'({w})' for w in whens) + ' }' if whens else ''
    return f'{effect} ({scope[0]}, {action}, {scope[1]}){when};'


class Peer:
    def __init__(self, rules):
        self.policies = cedarpy.PolicySet.from_str('\n'.join(policy(r) for r in rules if 'verbs' in r))
        self.entities = cedarpy.Entities.from_json_str('[]')

    def permits(self, flow):
        verb, who, thing, purpose, via, _, _, facts = flow
        request = {'principal': entity('Who', who or 'the site'), 'action': entity('Action', verb), 'resource': entity('Thing', thing),
                   'context': {'purpose': purpose, 'via': via, 'facts': facts.split(',') if facts else []}}
        return cedarpy.is_authorized(request, self.policies, self.entities).allowed
