#!/usr/bin/env python3
"""Wrong settings, from the file and from the environment: each is refused at the start by its name, its place and what is expected.

Nothing is made on the disk by a start that was refused.
"""
import os
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import ROOT, House, make_certificate  # noqa: E402
from visitor import Visitor  # noqa: E402

MAIL = 'mail_server = smtp://localhost\nmail_from = halo@office.example\n'
ACCOUNT = 'mail_server = smtps://localhost\nmail_from = halo@office.example\nmail_account = office\n'

# Lines of the file, or variables; the setting that is blamed; a piece of what is said to be expected.
WRONG = [
    ('port = eighty', {}, 'port', 'a number from 0 to 65535'),
    ('port = 65536', {}, 'port', 'a number from 0 to 65535'),
    ('contacts_a_day = none', {}, 'contacts_a_day', 'a number from 1 to 10000'),
    ('prot = 8080', {}, 'prot', ''),
    ('port 8080', {}, 'port 8080', 'name = value'),
    ('port = 8080\nport = 8081', {}, 'port', 'line 1 already'),
    ('address = office.example', {}, 'address', 'https://office.example'),
    ('address = https://office.example/', {}, 'address', 'without a slash'),
    ('address = https://?', {}, 'address', 'https://office.example'),
    ('address = http://[', {}, 'address', 'https://office.example'),
    ('address = http://[::1', {}, 'address', 'https://office.example'),
    ('address = https://office.example:99999', {}, 'address', 'port from 1 to 65535'),
    ('address = https://office.example:', {}, 'address', 'port from 1 to 65535'),
    ('address = https://x/y', {}, 'address', 'https://office.example'),
    ('address = https://halo@office.example', {}, 'address', 'https://office.example'),
    ('host = 203.0.113.9', {}, 'host', 'Set `host` to an IP address'),
    ('host = office.example', {}, 'host', 'Set `host` to an IP address'),
    ('mirror = {data}', {}, 'mirror', 'apart from `data`'),
    ('mirror = {data}/log', {}, 'mirror', 'apart from `data`'),
    ('mirror = {folder}', {}, 'mirror', 'apart from `data`'),
    ('mirror = {data}/../data/keys', {}, 'mirror', 'apart from `data`'),
    ('mirror = {link}/data/log', {}, 'mirror', 'apart from `data`'),
    ('mirror = {conf}', {}, 'mirror', 'can\'t be made or written'),
    ('mirror = /proc/nope', {}, 'mirror', 'can\'t be made or written'),
    ('request_log = /proc/nope', {}, 'request_log', 'can\'t be written'),
    ('request_log = {folder}', {}, 'request_log', 'can\'t be written'),
    ('request_log =', {}, 'request_log', 'the path of a file is expected'),
    ('safe = {data}', {}, 'safe', 'apart from `data`'),
    ('safe = {data}/keys', {}, 'safe', 'apart from `data`'),
    ('safe = /', {}, 'safe', 'apart from `data`'),
    ('safe = /proc/nope', {}, 'safe', 'can\'t be made or written'),
    ('safe = {folder}/log\nmirror = {folder}/log', {}, 'mirror', 'apart from `safe`'),
    (MAIL + 'mail_authority = {folder}/nope', {}, 'mail_authority', 'can\'t be read'),
    (MAIL + 'mail_authority = {folder}', {}, 'mail_authority', 'can\'t be read'),
    (MAIL + 'mail_authority = {conf}', {}, 'mail_authority', 'holds no certificate'),
    (MAIL + 'mail_authority = {broken}', {}, 'mail_authority', 'holds no certificate'),
    (ACCOUNT + 'mail_password_file = {folder}/nope', {}, 'mail_password_file', 'can\'t be read'),
    (ACCOUNT + 'mail_password_file = {empty}', {}, 'mail_password_file', 'on one line'),
    (ACCOUNT + 'mail_password_file = {open}', {}, 'mail_password_file', 'others than its owner'),
    ('telephone_from = vOffice', {}, 'telephone_from', 'nothing without `telephone_gateway`'),
    ('telephone_gateway = http://sms.example', {}, 'telephone_gateway', 'on this machine'),
    ('telephone_gateway = https://sms.example', {}, 'telephone_from', 'what messages come from'),
    ('telephone_country = Indonesia', {}, 'telephone_country', 'like 62'),
    ('telephone_gateway = https://sms.example\ntelephone_from = vOffice\ntelephone_account = key', {}, 'telephone_password_file', 'go together'),
    ('telephone_gateway = https://sms.example\ntelephone_from = vOffice\ntelephone_account = key\ntelephone_password_file = {open}', {},
     'telephone_password_file', 'others than its owner'),
    ('policy = {folder}/nope', {}, 'policy', 'can\'t be read'),
    ('assets = {folder}/nope', {}, 'assets', 'can\'t be read'),
    ('office = {folder}/nope', {}, 'office', 'can\'t be read'),
    ('office = {office}', {}, 'price', 'whole rupiah and how often'),
    ('office = {places}', {}, 'locations', 'is the NAME of a [location NAME]'),
    ('certificate = {certificate}', {}, 'certificate', '`key` is missing'),
    ('key = {key}', {}, 'key', '`certificate` is missing'),
    ('address = http://localhost\ncertificate = {certificate}\nkey = {key}', {}, 'address', 'https:// is expected'),
    ('certificate = {folder}/nope\nkey = {key}', {}, 'certificate', 'can\'t be read'),
    ('certificate = {broken}\nkey = {key}', {}, 'certificate', 'is no certificate'),
    ('certificate = {certificate}\nkey = {other}', {}, 'certificate', 'isn\'t its key'),
    ('certificate = {certificate}\nkey = {open}', {}, 'key', 'others than its owner'),
    ('database = mysql://house@/voffice', {}, 'database', 'begins with postgres://'),
    ('database = postgres://house@db.example/voffice', {}, 'database', 'sslmode=verify-full'),
    ('database = postgres://house@db.example/voffice?sslmode=require', {}, 'database', 'sslmode=verify-full'),
    ('database = postgres://house:sesame@/voffice?host=/tmp', {}, 'database', 'passfile'),
    ('database = postgres:///voffice?host={folder}', {}, 'database', 'can\'t be reached'),
    ('database = postgres://a@/voffice?host=/tmp\nkeys = postgres://b@/voffice?host=/tmp', {}, 'keys', 'a database of its own'),
    ('database = postgres://a@/voffice?host=/tmp\nkeys = postgres://a@/keys?host=/tmp', {}, 'keys', 'a role of its own'),
    ('database_connections = 0', {}, 'database_connections', 'from 1 to 1000'),
    ('database_partitions = 65', {}, 'database_partitions', 'from 1 to 64'),
    ('database_lock_timeout = soon', {}, 'database_lock_timeout', 'seconds from 1 to 3600'),
    ('proxies = the proxy', {}, 'proxies', 'IP addresses'),
    ('log_period = 0', {}, 'log_period', 'seconds from 1 to 86400'),
    ('mail_server = mail.example', {}, 'mail_server', 'smtp+starttls://'),
    ('mail_server = smtps://mail.example', {}, 'mail_from', 'address that mails come from'),
    ('mail_from = halo@office.example', {}, 'mail_from', 'without `mail_server`'),
    ('mail_password_file = /etc/hostname', {}, 'mail_password_file', 'without `mail_server`'),
    ('', {'VOFFICE_PORT': 'eighty'}, 'port', 'environment variable VOFFICE_PORT'),
    ('', {'VOFFICE_MAIL_FROM': 'halo@office.example'}, 'mail_from', 'environment variable VOFFICE_MAIL_FROM'),
    ('', {'VOFFICE_POTR': '8080'}, 'potr', 'VOFFICE_POTR'),
]


def fault(lines, variables, name, expected):
    with tempfile.TemporaryDirectory(prefix='voffice-settings-') as folder:
        conf, data = Path(folder, 'voffice.conf'), Path(folder, 'data')
        places = beside(Path(folder), conf, data)
        conf.write_text(lines.format(**places) + ('\n' if lines else ''))
        environment = {**os.environ, 'VOFFICE_CONF': str(conf), 'VOFFICE_DATA': str(data),
                       'VOFFICE_POLICY': str(ROOT / 'policy/voffice.policy.md'), 'VOFFICE_ASSETS': str(ROOT / 'assets'), **variables}
        for setting in ('policy', 'assets'):
            if lines.startswith(setting):
                del environment[f'VOFFICE_{setting.upper()}']
        try:
            ended = subprocess.run([ROOT / '.build/debug/voffice', 'serve'], cwd=folder, env=environment, capture_output=True, text=True,
                                   timeout=20)
        except subprocess.TimeoutExpired:
            return 'it opened'
        if ended.returncode == 0:
            return 'it ended as if all were well'
        # A document or folder that can't be read is named by its own path.
        place = ('environment variable' if variables else places['folder'] + '/nope' if name in ('policy', 'assets')
                 else places['folder'] if name in ('price', 'locations') else str(conf))
        if place not in ended.stderr or name not in ended.stderr or expected not in ended.stderr:
            return f'it said: {ended.stderr.strip()}'
        if not ended.stderr.strip().endswith('.'):
            return f'it doesn\'t end its sentence: {ended.stderr.strip()}'
        return 'it made a data directory' if data.exists() else None


def beside(folder, conf, data):
    """What the lines name: files with something wrong, and other ways to the same folder."""
    empty, everybodys, broken = folder / 'empty', folder / 'open', folder / 'broken.pem'
    empty.write_text('\n')
    empty.chmod(0o600)
    everybodys.write_text('sesame\n')
    everybodys.chmod(0o644)
    broken.write_text('-----BEGIN CERTIFICATE-----\nbm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n')
    link = folder / 'link'
    link.symlink_to(folder)
    office, places = folder / 'office.conf', folder / 'places.conf'
    office.write_text('[plan Address]\nprice = 450.000 IDR a month\nabout = An address\n')
    places.write_text('[plan Address]\nprice = 450000 IDR a month\nabout = An address\nlocations = Bandung\n')
    certificate, key, other = folder / 'certificate.pem', folder / 'key.pem', folder / 'other.pem'
    make_certificate(folder / 'of-other.pem', other)
    make_certificate(certificate, key)
    return {'office': office, 'places': places, 'certificate': certificate, 'key': key, 'other': other, 'folder': str(folder), 'conf': conf, 'data': data, 'empty': empty, 'open': everybodys, 'broken': broken, 'link': link}


def passed_over():
    """A settings file that is there and can't be read is refused, also where nobody named it."""
    with tempfile.TemporaryDirectory(prefix='voffice-settings-') as folder:
        Path(folder, 'voffice.conf').mkdir()
        environment = {k: v for k, v in os.environ.items() if not k.startswith('VOFFICE')} | {'VOFFICE_DATA': str(Path(folder, 'data'))}
        try:
            ended = subprocess.run([ROOT / '.build/debug/voffice', 'serve'], cwd=folder, env=environment, capture_output=True, text=True,
                                   timeout=20)
        except subprocess.TimeoutExpired:
            return 'it opened'
        if 'voffice.conf can\'t be read' not in ended.stderr:
            return f'it said: {ended.stderr.strip()}'
        return 'it made a data directory' if Path(folder, 'data').exists() else None


def taken_port():
    """A start that finds its port taken makes nothing."""
    with tempfile.TemporaryDirectory(prefix='voffice-settings-') as folder, socket.create_server(('127.0.0.1', 0)) as taken:
        environment = {k: v for k, v in os.environ.items() if not k.startswith('VOFFICE')} | {
            'VOFFICE_DATA': str(Path(folder, 'data')), 'VOFFICE_PORT': str(taken.getsockname()[1]), 'VOFFICE_HOST': '127.0.0.1',
            'VOFFICE_POLICY': str(ROOT / 'policy/voffice.policy.md'), 'VOFFICE_ASSETS': str(ROOT / 'assets')}
        try:
            ended = subprocess.run([ROOT / '.build/debug/voffice', 'serve'], cwd=folder, env=environment, capture_output=True, text=True,
                                   timeout=20)
        except subprocess.TimeoutExpired:
            return 'it opened'
        if 'can\'t listen on' not in ended.stderr:
            return f'it said: {ended.stderr.strip()}'
        return 'it made a data directory' if Path(folder, 'data').exists() else None


def any_port():
    """Where the house took any free port, its mails lead to that one."""
    with House(port=0) as house:
        Visitor(house).register('Sari Wijaya', 'sari@ladatimur.example')
        again = Visitor(house)
        again.get('/register')
        again.post('/register', name='Sari Wijaya', email='sari@ladatimur.example', telephone='')
        again.get('/dev/outbox')
        if 'localhost:0' in again.page or f'{house.address}/sign-in' not in again.page:
            return f'its mails say {re.findall(r"http[^ <]+", again.page)}'
        return None


def advised():
    """A house that keeps the time of a country and reads no numbers of it says so when it opens, and one that reads them doesn't."""
    with tempfile.TemporaryDirectory(prefix='voffice-settings-') as folder:
        conf, shown = Path(folder, 'voffice.conf'), f'office = {ROOT}/office.conf\n'
        for lines, is_told in ((shown, True), (shown + 'telephone_country = 62\n', False), ('', False)):
            conf.write_text(lines)
            with House(conf=conf) as house:
                told = [line for line in house.said if 'telephone_country: the office keeps the time of Asia/Jakarta' in line]
                if bool(told) != is_told:
                    return f'{lines}: it said {house.said}'
                if any('voffice: safe:' in line for line in house.said):
                    return 'a house of development is told where its safe should be'
    return None


def main():
    passed = failed = 0
    wrong = advised()
    passed, failed = passed + (wrong is None), failed + (wrong is not None)
    if wrong:
        print(f'advice: {wrong}')
    wrong = any_port()
    passed, failed = passed + (wrong is None), failed + (wrong is not None)
    if wrong:
        print(f'port = 0: {wrong}')
    wrong = taken_port()
    passed, failed = passed + (wrong is None), failed + (wrong is not None)
    if wrong:
        print(f'a port that is taken: {wrong}')
    wrong = passed_over()
    passed, failed = passed + (wrong is None), failed + (wrong is not None)
    if wrong:
        print(f'a folder voffice.conf: {wrong}')
    for lines, variables, name, expected in WRONG:
        wrong = fault(lines, variables, name, expected)
        passed, failed = passed + (wrong is None), failed + (wrong is not None)
        if wrong:
            print(f'{lines or variables}: {wrong}')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


sys.exit(main())
