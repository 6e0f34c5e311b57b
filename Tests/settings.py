#!/usr/bin/env python3
"""Wrong settings, from the file and from the environment: each is refused at the start by its name, its place and what is expected.

Nothing is made on the disk by a start that was refused.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Lines of the file, or variables; the setting that is blamed; a piece of what is said to be expected.
WRONG = [
    ('port = eighty', {}, 'port', 'a number from 0 to 65535'),
    ('port = 65536', {}, 'port', 'a number from 0 to 65535'),
    ('prot = 8080', {}, 'prot', ''),
    ('port 8080', {}, 'port 8080', 'name = value'),
    ('port = 8080\nport = 8081', {}, 'port', 'line 1 already'),
    ('address = office.example', {}, 'address', 'https://office.example'),
    ('address = https://office.example/', {}, 'address', 'without a slash'),
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
        conf.write_text(lines + ('\n' if lines else ''))
        environment = {**os.environ, 'VOFFICE_CONF': str(conf), 'VOFFICE_DATA': str(data), **variables}
        try:
            ended = subprocess.run([ROOT / '.build/debug/voffice', 'serve'], cwd=folder, env=environment, capture_output=True, text=True,
                                   timeout=20)
        except subprocess.TimeoutExpired:
            return 'it opened'
        if ended.returncode == 0:
            return 'it ended as if all were well'
        place = 'environment variable' if variables else str(conf)
        if place not in ended.stderr or name not in ended.stderr or expected not in ended.stderr:
            return f'it said: {ended.stderr.strip()}'
        return 'it made a data directory' if data.exists() else None


def main():
    passed = failed = 0
    for lines, variables, name, expected in WRONG:
        wrong = fault(lines, variables, name, expected)
        passed, failed = passed + (wrong is None), failed + (wrong is not None)
        if wrong:
            print(f'{lines or variables}: {wrong}')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


sys.exit(main())
