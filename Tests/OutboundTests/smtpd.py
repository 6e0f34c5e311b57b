#!/usr/bin/python3
"""A mail server on a free port of this machine, for the tests: says its port, then each mail that it took, a line of JSON each.

What it does with a mail is in the recipient's name: busy@ 451, gone@ 550, full@ 452 after the data, spam@ 554 after the data,
cut@ hangs up when all is there, slow@ never answers, late@ 451 at first and then never answers. Options: --tls CERT KEY (from the first byte), --starttls CERT KEY,
--account NAME PASSWORD (nobody else may hand mail over), --no-senders (553 to whoever the mail is from).
"""
import asyncio
import json
import ssl
import sys
import warnings

warnings.simplefilter('ignore')
from aiosmtpd.smtp import SMTP, AuthResult


class Mailbox:
    isKnown = False
    takesSenders = True

    async def handle_MAIL(self, server, session, envelope, address, options):
        if not self.takesSenders:
            return "553 5.7.1 you don't send from here"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "late" and not self.isKnown:
            self.isKnown = True
            return "451 4.3.2 try again later"
        if name == "busy":
            return "451 4.3.2 try again later"
        if name == "gone":
            return f"550 5.1.1 {address} does not live here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "full":
            return "452 4.2.2 mailbox full"
        if name == "spam":
            return "554 5.7.1 not wanted"
        if name in ("slow", "late"):
            await asyncio.sleep(30)
        print(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "account": getattr(session, "account", None),
            "tls": session.ssl is not None, "text": envelope.original_content.decode("ascii", "backslashreplace")}), flush=True)
        if name == "cut":
            server.transport.abort()
            await asyncio.sleep(1)
        return "250 taken"


def context(certificate, key):
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(certificate, key)
    return made


async def main():
    words, tls, options = sys.argv[1:], None, {}
    while words:
        word = words.pop(0)
        if word == "--tls":
            tls = context(words.pop(0), words.pop(0))
        elif word == "--starttls":
            options |= {"tls_context": context(words.pop(0), words.pop(0)), "require_starttls": True}
        elif word == "--no-senders":
            Mailbox.takesSenders = False
        elif word == "--account":
            name, password = words.pop(0).encode(), words.pop(0).encode()

            def knows(server, session, envelope, mechanism, data):
                session.account = data.login.decode()
                return AuthResult(success=(data.login, data.password) == (name, password), handled=False)
            options |= {"authenticator": knows, "auth_required": True, "auth_require_tls": False}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Mailbox(), hostname="mail.test", loop=loop, **options), "127.0.0.1", 0, ssl=tls)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)  # ends with its parent


asyncio.run(main())
