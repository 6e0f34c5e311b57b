#!/usr/bin/env python3
"""Plays the HTTP scripts of this folder against the real server. README.md tells how a script is written.

Usage: run.py [--show] [NAME...], where NAME is part of a script's name; --show prints each exchange.
"""
import re
import socket
import sys
from pathlib import Path
from urllib.parse import quote_plus

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from house import House  # noqa: E402

REASONS = {'>': 'request', '>!': 'request', '|': 'body', '<': 'answer', '~': 'contains', '!': 'lacks', '$': 'capture', '@': 'person'}


class Unexpected(Exception):
    pass


class Exchange:
    """One block of a script: what is sent, and what must come back."""

    def __init__(self, line):
        self.line, self.person, self.is_raw = line, None, False
        self.head, self.body, self.answer, self.checks = [], [], [], []


def parse(path):
    """The blocks of a script, and the settings of its house; blank lines part them, `#` begins a remark."""
    blocks, block, settings = [], None, {}
    for number, text in enumerate(path.read_text().split('\n'), 1):
        if not text.strip() or text.startswith('#'):
            block = block if text.startswith('#') else None
            continue
        if text.startswith('% '):
            name, _, value = text[2:].partition(' = ')
            settings[name] = value
            continue
        if block is None:
            block = Exchange(number)
            blocks.append(block)
        mark, _, rest = text.partition(' ')
        if mark not in REASONS:
            raise SystemExit(f'{path.name}:{number}: a line begins with one of {" ".join(REASONS)}')
        if mark in ('>', '>!'):
            block.head.append(rest)
            block.is_raw |= mark == '>!'
        elif mark == '@':
            block.person = rest
        elif mark == '|':
            block.body.append(rest)
        elif mark == '<':
            block.answer.append((number, rest))
        else:
            block.checks.append((number, mark, rest))
    return blocks, settings


class Player:
    def __init__(self, house, show):
        self.house, self.show = house, show
        self.known = {'port': str(house.port), 'host': f'localhost:{house.port}', 'begin': house.invitation}
        self.own, self.cookies, self.person = {}, {}, 'somebody'

    def play(self, block):
        self.person = block.person or self.person
        if not block.head:
            return
        sent = self.raw(block) if block.is_raw else self.request(block)
        received = self.exchange(sent)
        if self.show:
            print(f'--- line {block.line}\n{sent.decode(errors="replace")}\n\n{received.decode(errors="replace")}')
        head, _, body = received.partition(b'\r\n\r\n')
        status, *lines = head.decode('latin-1').split('\r\n')
        headers = [(n.lower(), v.strip()) for n, _, v in (line.partition(':') for line in lines)]
        self.keep_cookies(headers)
        self.check(block, status, headers, body.decode(errors='replace'), received.decode(errors='replace'))

    def fill(self, text):
        """Puts in what was captured: {name} as it is, {name+} encoded for a form or an address."""
        def value(found):
            name = found[1]
            if name not in self.known:
                raise Unexpected(f'nothing was captured as {{{name}}}')
            content = self.own.get((self.person, name), self.known[name])
            return quote_plus(content) if found[2] else content
        return re.sub(r'\{([a-z][a-z0-9-]*)(\+?)\}', value, text)

    def request(self, block):
        first, *headers = [self.fill(line) for line in block.head]
        body = '&'.join(self.fill(line) for line in block.body).encode()
        names = {h.partition(':')[0].lower() for h in headers}
        jar = self.cookies.get(self.person, {})
        if 'host' not in names:
            headers.append(f'Host: localhost:{self.house.port}')
        if jar and 'cookie' not in names:
            headers.append('Cookie: ' + '; '.join(f'{n}={v}' for n, v in jar.items()))
        if first.startswith('POST '):
            if 'content-type' not in names:
                headers.append('Content-Type: application/x-www-form-urlencoded')
            if 'origin' not in names:
                headers.append(f'Origin: http://localhost:{self.house.port}')
            if 'sec-fetch-site' not in names:
                headers.append('Sec-Fetch-Site: same-origin')
            headers.append(f'Content-Length: {len(body)}')
        headers = [h for h in headers if not h.endswith(': -')]
        return '\r\n'.join([first + ' HTTP/1.1', *headers, 'Connection: close', '', '']).encode() + body

    def raw(self, block):
        """As it stands, each line ended as it says; \\r \\n \\0 and \\xNN are those bytes."""
        text = self.fill(''.join(block.head))
        return text.encode('latin-1').decode('unicode_escape').encode('latin-1')

    def exchange(self, sent):
        with socket.create_connection(('localhost', self.house.port), timeout=15) as connection:
            connection.sendall(sent)
            received = b''
            try:
                while piece := connection.recv(65536):
                    received += piece
            except ConnectionResetError:
                pass
        return received

    def keep_cookies(self, headers):
        jar = self.cookies.setdefault(self.person, {})
        for name, value in headers:
            if name == 'set-cookie':
                pair, *attributes = value.split(';')
                cookie, _, content = pair.strip().partition('=')
                if any(a.strip().lower() in ('max-age=0',) for a in attributes):
                    jar.pop(cookie, None)
                else:
                    jar[cookie] = content

    def check(self, block, status, headers, body, everything):
        for number, expected in block.answer:
            expected = self.fill(expected)
            if re.fullmatch(r'(\d{3}|closed)( or (\d{3}|closed))*', expected):
                got = status.split(' ')[1] if ' ' in status else 'closed'
                if got not in expected.split(' or '):
                    raise Unexpected(f'line {number}: expected {expected}, got {got}\n{everything[:3000]}')
                continue
            name, _, wanted = (part.strip() for part in expected.partition(':'))
            values = [v for n, v in headers if n == name.lower()]
            if wanted == '-' and values or wanted != '-' and not any(self.matches(wanted, v) for v in values):
                raise Unexpected(f'line {number}: expected {name}: {wanted}, got {values or "none"}')
        for number, mark, expected in block.checks:
            if mark == '$':
                name, _, pattern = (part.strip() for part in expected.partition('='))
                found = re.search(self.fill(pattern), everything, re.M)
                if not found:
                    raise Unexpected(f'line {number}: nothing matches {pattern}\n{everything[:3000]}')
                self.known[name] = self.own[self.person, name] = found[1]
            elif (self.fill(expected) in body) != (mark == '~'):
                raise Unexpected(f'line {number}: the body {"lacks" if mark == "~" else "has"} “{expected}”\n{body[:6000]}')

    @staticmethod
    def matches(wanted, value):
        """`*` stands for anything."""
        return re.fullmatch('.*'.join(re.escape(part) for part in wanted.split('*')), value) is not None


# A setting that can't be right, and what the refusal says is expected.
WRONG = [('prot', '1', 'there is no such setting'), ('port', 'http', 'a number from 0 to 65535'), ('address', 'office.example', 'an address like https://office.example'),
         ('tries', '0', 'a number from 1 to 1000000'), ('proxies', '127.0.0.1, nonsense', 'IP addresses are expected'),
         ('proxies', '127.0.0.1,', 'IP addresses are expected'), ('log_period', '0', 'seconds from 1 to 86400'), ('log_floor', 'none', 'a number of entries'), ('mirror', '/proc/nope', '/proc/nope can'),
         ('mail_server', 'mail.example', 'smtps://, smtp+starttls:// or smtp:// and a host'), ('mail_server', 'smtp://', 'a host is expected'),
         ('mail_from', 'halo@office.example', 'it says nothing without `mail_server`')]


def refuse_wrong_settings():
    for name, value, expected in WRONG:
        try:
            with House(**{name: value}):
                raise Unexpected(f'the house opened with {name} = {value}')
        except AssertionError as refusal:
            if f'{name}: {expected}' not in str(refusal):
                raise Unexpected(f'{name} = {value}: the refusal says “{refusal}”') from None


def name_what_to_set():
    """A house that can't listen names the settings that say where."""
    for wrong in ({'host': 'office.example'}, {'host': '203.0.113.9'}):
        try:
            with House(**wrong):
                raise Unexpected(f'the house listens on {wrong}')
        except AssertionError as refusal:
            if 'Set `host`' not in str(refusal) or '`port`' not in str(refusal):
                raise Unexpected(f'{wrong}: the refusal says “{refusal}”') from None


def main(arguments):
    show = '--show' in arguments
    names = [a for a in arguments if a != '--show']
    passed = failed = 0
    if not names:
        try:
            refuse_wrong_settings()
            name_what_to_set()
            with House(proxies='127.0.0.1, ::1'):
                passed += 1
        except Unexpected as unexpected:
            failed += 1
            print(unexpected)
    for path in sorted(HERE.glob('*.txt')):
        if names and not any(n in path.name for n in names):
            continue
        blocks, settings = parse(path)
        with House(**settings) as house:
            player = Player(house, show)
            try:
                for block in blocks:
                    try:
                        player.play(block)
                    except (Unexpected, OSError) as unexpected:
                        raise Unexpected(f'{path.name}:{block.line}: {block.head[0]}: {unexpected}') from None
                passed += 1
            except Unexpected as unexpected:
                failed += 1
                print(unexpected)
                print('\n'.join(house.said[-5:]))
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
