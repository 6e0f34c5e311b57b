"""The mail server of the tests, Tests/OutboundTests/smtpd.py, on a port of its own; ends with its `with`."""
import email
import email.policy
import json
import re
import subprocess
from pathlib import Path


class MailServer:
    def __init__(self, *options):
        program = Path(__file__).resolve().parent / 'OutboundTests/smtpd.py'
        self.process = subprocess.Popen(['/usr/bin/python3', program, *options], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())

    def next(self):
        """The next mail that it took, and how it came."""
        taken = json.loads(self.process.stdout.readline())
        return taken, email.message_from_string(taken['text'], policy=email.policy.default)

    def code(self, address):
        """The code in the next mail to an address; other mails before it are passed over."""
        while True:
            taken, mail = self.next()
            if taken['to'] == [address] and (code := re.search(r'Your code: (\d{6})', mail.get_content())):
                return code[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
