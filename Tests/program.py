#!/usr/bin/env python3
"""Walks every command of `voffice`: its help, its man page, what three shells offer of it, its exit codes, and its JSON.

What there is comes from `voffice help --json`, by which the program itself finds a command. Usage: program.py. Prints `N passed, N failed`.
"""
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from backup import environment  # noqa: E402
from house import House, ROOT  # noqa: E402
from visitor import Visitor  # noqa: E402

VOFFICE = Path(os.environ.get('VOFFICE') or ROOT / '.build/debug/voffice').resolve()
COUNT = {True: 0, False: 0}


def expect(holds, what, said=''):
    COUNT[bool(holds)] += 1
    if not holds:
        print(f'{what}\n{said[-1500:]}')


def call(*words, **settings):
    return subprocess.run([VOFFICE, *words], input='', capture_output=True, text=True, cwd=ROOT, timeout=300,
                          env={k: v for k, v in os.environ.items() if not k.startswith('VOFFICE')} | settings)


def helps(commands):
    for command in commands:
        words, name = command['words'], ' '.join(command['words'])
        asked = call(*words, '--help')
        expect(asked.returncode == 0, f'{name} --help ends with {asked.returncode}', asked.stderr)
        shown = [*command['usage'], command['purpose'][1:], command['detail'], 'Ends with 0 where all is well']
        shown += [text for option in command['options'] for text in (option['name'], option['value'] or '', option['meaning'])]
        for text in shown:
            expect(text in asked.stdout, f'{name} --help lacks “{text}”', asked.stdout)
        expect(call('help', *words).stdout == asked.stdout, f'help {name} says something else than {name} --help')
        wrong = call(*words, '--no-such-option')
        expect(wrong.returncode == 2 and f'voffice {name} --help' in wrong.stderr, f'{name} takes an option that there isn’t', wrong.stderr)
        wrong = call(*words, *['nowhere'] * 1001)
        expect(wrong.returncode == 2 and 'too much' in wrong.stderr, f'{name} takes a thousand words', wrong.stderr)
    for group in {tuple(command['words'][:1]) for command in commands if len(command['words']) > 1}:
        asked, bare = call(*group, '--help'), call(*group)
        expect(asked.returncode == 0 and bare.returncode == 2, f'{group} ends with {asked.returncode} and {bare.returncode}')
        for command in commands:
            if command['words'][:1] == list(group):
                expect(command['purpose'] in asked.stdout and command['purpose'] in bare.stderr, f'{group} --help lacks {command["words"]}')
        wrong = call(*group, 'nothing-like-it')
        expect(wrong.returncode == 2 and 'there is no command' in wrong.stderr, f'{group} takes any word', wrong.stderr)
    overview = call('--help').stdout
    for word in {command['words'][0] for command in commands}:
        expect(f'voffice {word} ' in overview, f'voffice --help lacks {word}', overview)
    for words, code, text in [([], 2, 'voffice serve'), (['help'], 0, 'voffice serve'), (['srve'], 2, 'Did you mean “serve”?'),
                              (['--version'], 0, 'vOffice '), (['help', 'nothing'], 2, 'there is no command'), (['-h'], 0, 'voffice serve'),
                              (['admin', 'clock', 'wrong'], 2, 'too much'), (['init'], 2, '--production is missing'),
                              (['completion', 'csh'], 2, 'bash, zsh, fish'), (['restore', 'one'], 2, 'something is missing'),
                              (['log', 'verify', 'nowhere', '--key', 'house/log+00000000+AAAA'], 2, 'nowhere')]:
        said = call(*words)
        expect(said.returncode == code and text in said.stdout + said.stderr, f'{words} ends with {said.returncode}', said.stdout + said.stderr)


def pages(commands, folder):
    """Each command has a man page that the formatter takes without a word."""
    expect(call('man', folder).returncode == 0, 'voffice man fails')
    there = {path.stem for path in Path(folder).glob('*.1')}
    names = {'-'.join(['voffice', *command['words'][:count]]) for command in commands for count in range(len(command['words']) + 1)}
    names |= {'voffice-verify'}
    expect(there == names, f'other man pages than commands: {there ^ names}')
    for path in sorted(Path(folder).glob('*.1')):
        shown = subprocess.run(['man', '--warnings', '-E', 'ascii', '-P', 'cat', '-l', path], capture_output=True, text=True,
                               env=os.environ | {'MANWIDTH': '1000', 'LC_ALL': 'C.UTF-8'})
        expect(shown.returncode == 0 and not shown.stderr, f'{path.name}: {shown.stderr}')
        text = re.sub('.\b', '', shown.stdout)
        for command in commands:
            if path.stem == '-'.join(['voffice', *command['words']]):
                for word in [*command['usage'], *(option['name'] for option in command['options'])]:
                    expect(word in text, f'{path.name} lacks {word}', text)
        begun = path.stem.split('-')[1:]
        for command in commands:
            if command['words'][:len(begun)] == begun and command['words'] != begun:
                expect(f'voffice {" ".join(command["words"])}' in text, f'{path.name} lacks {command["words"]}', text)
        expect('En or id' not in text, f'{path.name} writes a language with a capital', text)
        linted = subprocess.run(['mandoc', '-T', 'lint', '-W', 'error', path], capture_output=True, text=True)
        expect(linted.returncode == 0, linted.stdout)
        doubted = subprocess.run(['mandoc', '-T', 'lint', '-W', 'warning', path], capture_output=True, text=True).stdout
        expect('missing date' not in doubted, doubted)


def places(commands):
    """Where a shell is asked, what is typed there, and what it has to offer."""
    begun = {tuple(command['words'][:count]) for command in commands for count in range(len(command['words']))}
    for path in sorted(begun):
        yield [*path, ''], {command['words'][len(path)] for command in commands
                            if command['words'][:len(path)] == list(path) and len(command['words']) > len(path)}
    for command in commands:
        yield [*command['words'], '--'], {option['name'] for option in command['options']}
    yield ['policy', 'explain', '--language', ''], {'en', 'id'}
    yield ['policy', 'export', 'some.md', '--as', ''], {'dpv', 'json', 'html'}
    yield ['policy', 'check', 'README'], {'README.md'}
    yield ['log', 'verify', 'Sour'], {'Sources'}
    yield ['restore', 'Sources/Val'], set()
    yield ['completion', ''], {'bash', 'zsh', 'fish'}


def in_bash(script, words):
    quoted = ' '.join(f"'{word}'" for word in ['voffice', *words])
    asked = subprocess.run(['bash', '--norc', '-c', f'source {script}; COMP_WORDS=({quoted}); COMP_CWORD={len(words)}; _voffice; '
                            'printf "%s\\n" "${COMPREPLY[@]}"'], capture_output=True, text=True, cwd=ROOT)
    return set(asked.stdout.split()), asked.stderr


def in_fish(script, words):
    asked = subprocess.run(['fish', '--no-config', '-c', f'source {script}; complete -C "voffice {" ".join(words)}"'], capture_output=True,
                           text=True, cwd=ROOT, env=os.environ | {'HOME': str(Path(script).parent)})
    return {line.split('\t')[0].rstrip('/') for line in asked.stdout.splitlines()}, asked.stderr


class Zsh:
    """A zsh at a terminal: what it shows when the tabulator is pressed."""

    def __init__(self, script):
        self.process, self.terminal = pty.fork()
        if not self.process:
            os.chdir(ROOT)
            os.execvpe('zsh', ['zsh', '-f', '-i'], os.environ | {'TERM': 'dumb', 'COLUMNS': '220', 'LINES': '200'})
        self.tell(f'unsetopt zle_bracketed_paste beep; stty cols 220 rows 200; PS1=; LISTMAX=9999; autoload -Uz compinit; compinit -u -D; source {script}')

    def tell(self, line, end='\n'):
        os.write(self.terminal, (line + end + '\x15echo EN""D\n').encode())
        said = b''
        while b'END' not in said:
            said += os.read(self.terminal, 65536)
        return said.decode(errors='replace')

    def offers(self, words, quiet=0.15):
        """It shows nothing while more is typed, so this waits until nothing comes any more."""
        os.write(self.terminal, ('voffice ' + ' '.join(words) + '\t').encode())
        said = b''
        while select.select([self.terminal], [], [], quiet if len(said) > 10 + len(words) else 3)[0]:
            said += os.read(self.terminal, 65536)
        said = said.decode(errors='replace') + self.tell('', end='\x15\n')
        return set(re.split(r'[\s/]+', re.sub(r'\x1b\[[0-9;?]*[a-zA-Z]|\x07', ' ', said))), said


def completions(commands, folder):
    scripts = {}
    for shell in ['bash', 'zsh', 'fish']:
        scripts[shell] = Path(folder, f'_voffice.{shell}')
        scripts[shell].write_text(call('completion', shell).stdout)
        read = subprocess.run([shell, '-n', scripts[shell]], capture_output=True, text=True)
        expect(read.returncode == 0 and not read.stderr, f'{shell} can’t read its completion', read.stderr)
    zsh = Zsh(scripts['zsh'])
    for words, wanted in places(commands):
        in_zsh = zsh.offers(words)
        if wanted - in_zsh[0]:
            in_zsh = zsh.offers(words, quiet=2)
        for shell, (offered, said) in [('bash', in_bash(scripts['bash'], words)), ('fish', in_fish(scripts['fish'], words)), ('zsh', in_zsh)]:
            lacking = wanted - offered
            expect(not lacking, f'{shell} doesn’t offer {lacking} behind “{" ".join(words)}”', str(said))
            if shell != 'zsh' and words[-1] in ('', '--') and len(words) < 3:
                expect(offered <= wanted | {'--json', '--help'} or not wanted, f'{shell} offers {offered - wanted} behind {words}')


def telling(commands, folder):
    """Whatever tells something tells it as JSON too."""
    def asked(*words, code=0, **more):
        said = subprocess.run([VOFFICE, *words, '--json'], capture_output=True, text=True, cwd=ROOT, timeout=300, env=environment(house, **more))
        expect(said.returncode == code, f'{words} --json ends with {said.returncode}', said.stdout + said.stderr)
        return json.loads(said.stdout)

    with House(mirror=folder / 'mirror', safe=folder / 'safe', log_period=1, log_floor=4) as house:
        Visitor(house).register('Sari Wijaya', 'sari@ladatimur.example')
        expect(asked('version')['version'], 'no version')
        expect(asked('admin', 'doctor')['ok'] is True, 'the doctor finds something')
        expect(asked('admin', 'clock')['believed'] is True, 'the clock isn’t believed')
        expect(asked('admin', 'clock', 'right')['believed'] is True, 'the clock isn’t right')
        expect(asked('admin', 'keys', 'rotate')['root'] > 0, 'no root')
        made = asked('backup', str(folder / 'data'), '--keys', str(folder / 'keys'))
        expect(made['read_back']['persons'] == 1 and made['faults'] == [], f'another copy than of one person: {made}')
        visitor = Visitor(house)
        visitor.get('/log')
        key = re.search(r'localhost[^\s<]*/log\S*\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+', visitor.page)[0]
        expect(asked('log', 'verify', str(folder / 'mirror'), '--key', key)['ok'] is True, 'the mirror isn’t the log')
        proof = subprocess.run([VOFFICE, 'log', 'prove', folder / 'mirror', '0', '--key', key], capture_output=True, text=True, cwd=ROOT)
        Path(folder, 'proof').write_text(proof.stdout)
        expect(asked('log', 'check', str(folder / 'proof'), '00', '--key', key, code=1)['ok'] is False, 'any entry is entry 0')
        house.stop()
        done = asked('restore', made['data'], made['keys'], data=str(folder / 'restored'))
        expect(done['forgotten_again'] == 0 and done['data'] == str(folder / 'restored'), f'another house than that: {done}')
        founded = asked('init', '--production', data=str(folder / 'production'))
        expect(founded['version'] >= 1, f'no version waits: {founded}')
        asked('policy', 'versions', data=str(folder / 'production'))


def main():
    folder = Path(tempfile.mkdtemp(prefix='voffice-program-'))
    try:
        commands = json.loads(call('help', '--json').stdout)['commands']
        expect(len(commands) > 20, 'fewer commands than there were')
        helps(commands)
        pages(commands, tempfile.mkdtemp(dir=folder))
        completions(commands, folder)
        telling(commands, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f'{COUNT[True]} passed, {COUNT[False]} failed')
    return 1 if COUNT[False] else 0


if __name__ == '__main__':
    sys.exit(main())
