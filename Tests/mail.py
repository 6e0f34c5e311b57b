#!/usr/bin/env python3
"""Registers and signs in with codes that left the house for a real mail server, and what people see when that server fails.

Usage: mail.py. The mail server is Tests/OutboundTests/smtpd.py; what it does with a mail stands in the recipient's name.
"""
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House  # noqa: E402
from mailserver import MailServer  # noqa: E402
from visitor import Visitor  # noqa: E402


def certificate(folder):
    certificate, key = Path(folder, 'certificate.pem'), Path(folder, 'key.pem')
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj',
                    '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate],
                   check=True, stderr=subprocess.DEVNULL)
    return str(certificate), str(key)


def a_code_reaches_a_real_mailbox():
    with tempfile.TemporaryDirectory() as folder:
        files = certificate(folder)
        password = Path(folder, 'password')
        password.write_text('sesame\n')
        password.chmod(0o600)
        with MailServer('--starttls', *files, '--account', 'office', 'sesame') as server, House(
                mail_server=f'smtp+starttls://localhost:{server.port}', mail_from='halo@alamat.example', mail_account='office',
                mail_password_file=password, mail_authority=files[0]) as house:
            sari = Visitor(house)
            sari.get('/register')
            form = sari.page
            assert sari.post('/register', name='Sari Wijaya', email='sari@wijaya.example', telephone='') == 303, sari.page
            taken, mail = server.next()
            assert taken['tls'] and taken['account'] == 'office' and taken['to'] == ['sari@wijaya.example'], taken
            assert mail['From'] == 'vOffice <halo@alamat.example>' and mail['Auto-Submitted'] == 'auto-generated', mail
            code = re.search(r'Your code: (\d{6})', mail.get_content())[1]
            sari.page = form
            assert sari.post('/sign-in/code', code=code) == 303, sari.page
            assert sari.get('/privacy') == 200 and 'Sari Wijaya' in sari.page, sari.page[:1000]
            assert not any('sari' in line.lower() or code in line for line in house.said), house.said


def a_server_that_fails_costs_nobody_more_than_a_second_try():
    with MailServer() as server, House(mail_server=f'smtp://localhost:{server.port}', mail_from='halo@alamat.example') as house:
        for name in ('gone', 'busy', 'spam'):
            visitor = Visitor(house)
            visitor.get('/register')
            status = visitor.post('/register', name='Sari Wijaya', email=f'{name}@wijaya.example', telephone='')
            assert status < 500 or status == 503, (name, status)
            assert status == 303 or 'could not be sent' in visitor.page, (name, visitor.page[:2000])


def a_code_reaches_a_telephone():
    gateway = subprocess.Popen([sys.executable, Path(__file__).resolve().parent / 'OutboundTests/gateway.py', '--account', 'key', 'sesame'],
                               text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        with tempfile.TemporaryDirectory() as folder:
            password = Path(folder, 'password')
            password.write_text('sesame\n')
            password.chmod(0o600)
            with House(telephone_gateway=f'http://127.0.0.1:{int(gateway.stdout.readline())}/v1/messages', telephone_from='vOffice',
                       telephone_account='key', telephone_password_file=password, telephone_country='62') as house:
                wulan = Visitor(house)
                wulan.get('/register')
                form = wulan.page
                assert wulan.post('/register', name='Wulan Sari', email='', telephone='0812 5550 4417') == 303, wulan.page
                message = json.loads(gateway.stdout.readline())
                assert message['to'] == '6281255504417' and message['from'] == 'vOffice', message
                code = re.search(r'\b\d{6}\b', message['text'])[0]
                wulan.page = form
                assert wulan.post('/sign-in/code', code=code) == 303, wulan.page
                assert wulan.get('/privacy') == 200 and '0812 5550 4417' in wulan.page, wulan.page[:1000]
                assert not any('5550' in line or code in line for line in house.said), house.said
    finally:
        gateway.kill()


def a_slow_server_holds_up_no_checkpoint():
    with MailServer() as server, House(mail_server=f'smtp://localhost:{server.port}', mail_from='halo@alamat.example') as house:
        with closing(sqlite3.connect(Path(house.data, 'data.sqlite'), timeout=10, isolation_level=None)) as data:
            def until(what, sql, within=5):
                end = time.monotonic() + within
                while not data.execute(sql).fetchone()[0]:
                    assert time.monotonic() < end, what
                    time.sleep(0.1)

            def register(email):
                visitor = Visitor(house)
                visitor.get('/register')
                assert visitor.post('/register', name='Sari Wijaya', email=email, telephone='') == 303, visitor.page[:2000]

            register('late@wijaya.example')
            until('the first try never ended', 'SELECT count(*) FROM job WHERE reason IS NOT NULL')
            # The house tries again by itself, and waits for an answer from now on.
            data.execute('UPDATE job SET due = 0')
            until('nobody tries again', 'SELECT count(*) FROM job WHERE attempts = 2')
            register('sari@wijaya.example')
            until('the log stands while a mail server is slow', 'SELECT count(*) = 0 FROM leaf_waiting')
            assert data.execute('SELECT count(*) FROM job WHERE attempts = 2').fetchone()[0] == 1, 'it wasn’t slow'
        asked = time.monotonic()
        house.stop()
        assert time.monotonic() - asked < 10, 'it waits for the mail server to end'


def main():
    passed = failed = 0
    for test in (a_code_reaches_a_real_mailbox, a_code_reaches_a_telephone, a_server_that_fails_costs_nobody_more_than_a_second_try,
                 a_slow_server_holds_up_no_checkpoint):
        try:
            test()
            passed += 1
            print(test.__name__.replace('_', ' '))
        except (AssertionError, OSError) as wrong:
            failed += 1
            print(f'{test.__name__.replace("_", " ")}: FAILED\n{wrong}')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


sys.exit(main())
