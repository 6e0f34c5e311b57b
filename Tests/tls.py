#!/usr/bin/env python3
"""TLS by the server itself, with a throw-away certificate: versions, headers, cookies, another certificate without a restart, the end."""
import http.client
import shutil
import socket
import ssl
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House, make_certificate  # noqa: E402


def context(authority=None, version=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if authority:
        context.load_verify_locations(authority)
    else:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if version:
        context.set_ciphers('ALL:@SECLEVEL=0')
        context.minimum_version = context.maximum_version = version
    return context


def serial(house):
    """The certificate that the server shows now."""
    with socket.create_connection(('localhost', house.port), 10) as bare, context().wrap_socket(bare) as line:
        return line.getpeercert(binary_form=True)


def ask(house, authority, method='GET', path='/', body=None, headers=()):
    line = http.client.HTTPSConnection('localhost', house.port, timeout=15, context=context(authority))
    line.request(method, path, body, dict(headers))
    answer = line.getresponse()
    return answer.status, answer.headers, answer.read().decode()


def is_believed_and_says_so(house, folder):
    status, headers, page = ask(house, folder / 'certificate.pem', path='/register')
    assert status == 200 and 'Strict-Transport-Security' in headers, headers
    cookies = headers.get_all('Set-Cookie')
    assert cookies and all('Secure' in c and c.startswith('__Host-') and 'HttpOnly' in c for c in cookies), cookies
    try:
        ask(house, None, path='/healthz')
        socket.create_connection(('localhost', house.port)).close()
        stranger = ssl.create_default_context()
        with socket.create_connection(('localhost', house.port), 10) as bare:
            stranger.wrap_socket(bare, server_hostname='localhost')
        raise AssertionError('a certificate that nobody signed was believed')
    except ssl.SSLCertVerificationError:
        pass


def speaks_1_2_and_1_3_and_nothing_older(house, folder):
    for version, isSpoken in ((ssl.TLSVersion.TLSv1, False), (ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True),
                              (ssl.TLSVersion.TLSv1_3, True)):
        try:
            with socket.create_connection(('localhost', house.port), 10) as bare, context(version=version).wrap_socket(bare) as line:
                assert isSpoken, f'{line.version()} was spoken'
                assert line.cipher()[2] >= 128
        except (ssl.SSLError, ConnectionError) as fault:
            assert not isSpoken, f'{version}: {fault}'


def takes_forms_and_works_behind_no_proxy(house, folder):
    authority = folder / 'certificate.pem'
    _, headers, page = ask(house, authority, path='/sign-in')
    cookie = headers.get_all('Set-Cookie')[0].partition(';')[0]
    token = page.split('name="form" value="')[1].split('"')[0]
    form = f'form={token}&email=nobody%40ladatimur.example'
    headers = {'Content-Type': 'application/x-www-form-urlencoded', 'Cookie': cookie, 'Origin': house.address}
    status, answered, _ = ask(house, authority, 'POST', '/sign-in', form, headers)
    assert status == 303 and answered['Location'] == '/sign-in/code', (status, answered)


def answers_nobody_in_the_clear(house, folder):
    with socket.create_connection(('localhost', house.port), 10) as line:
        line.sendall(b'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
        line.settimeout(30)
        try:
            answer = line.recv(4096)
        except (ConnectionError, TimeoutError):
            answer = b''
    assert b'HTTP/1.1 200' not in answer, answer


def takes_up_another_certificate_and_lets_nobody_wait(house, folder):
    before = serial(house)
    old = http.client.HTTPSConnection('localhost', house.port, timeout=15, context=context())
    old.request('GET', '/healthz')
    assert old.getresponse().read() == b'ok\n'
    make_certificate(folder / 'next.pem', folder / 'next-key.pem')
    shutil.move(folder / 'next-key.pem', folder / 'key.pem')
    shutil.move(folder / 'next.pem', folder / 'certificate.pem')
    lost, ended = [], threading.Event()

    def keep_asking():
        while not ended.is_set():
            try:
                status, _, _ = ask(house, None, path='/healthz')
                if status != 200:
                    lost.append(status)
            except OSError as fault:
                lost.append(fault)
    asker = threading.Thread(target=keep_asking)
    asker.start()
    # Who has come before the change and says nothing until long after it is let in all the same.
    silent = socket.create_connection(('localhost', house.port), 10)
    for _ in range(100):
        if serial(house) != before:
            break
        time.sleep(0.2)
    time.sleep(1)
    ended.set()
    asker.join()
    with context().wrap_socket(silent) as line:
        line.sendall(b'GET /healthz HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n' % house.port)
        assert line.recv(4096).startswith(b'HTTP/1.1 200'), 'somebody who was let in before was cut off'
    old.request('GET', '/healthz')
    assert old.getresponse().read() == b'ok\n', 'a connection that was there before was cut off'
    assert serial(house) != before, 'the former certificate is shown yet'
    assert not lost, lost
    assert ask(house, folder / 'certificate.pem', path='/healthz')[0] == 200


def keeps_the_former_one_where_the_next_is_none(house, folder):
    before, kept = serial(house), (folder / 'certificate.pem').read_bytes()
    (folder / 'certificate.pem').write_text('no certificate\n')
    for _ in range(50):
        if any('the former certificate stays' in line for line in house.said):
            break
        time.sleep(0.2)
    assert any('the former certificate stays' in line for line in house.said), house.said[-3:]
    assert serial(house) == before
    (folder / 'certificate.pem').write_bytes(kept)


def ends_after_what_is_in_hand(house, folder):
    """A form whose body is half here when the server is told to end is answered all the same."""
    authority = folder / 'certificate.pem'
    bare = socket.create_connection(('localhost', house.port), 15)
    line = context(authority).wrap_socket(bare, server_hostname='localhost')
    body = b'form=x&email=nobody%40ladatimur.example'
    line.sendall(b'POST /sign-in HTTP/1.1\r\nHost: localhost:%d\r\nContent-Type: application/x-www-form-urlencoded\r\n'
                 b'Content-Length: %d\r\n\r\n' % (house.port, len(body)) + body[:5])
    time.sleep(0.5)
    codes = []
    stopper = threading.Thread(target=lambda: codes.append(house.stop()))
    stopper.start()
    time.sleep(0.5)
    line.sendall(body[5:])
    answer = line.recv(4096)
    stopper.join()
    assert answer.startswith(b'HTTP/1.1 403'), answer[:200]
    assert codes == [0], codes


STEPS = [is_believed_and_says_so, speaks_1_2_and_1_3_and_nothing_older, takes_forms_and_works_behind_no_proxy, answers_nobody_in_the_clear,
         takes_up_another_certificate_and_lets_nobody_wait, keeps_the_former_one_where_the_next_is_none, ends_after_what_is_in_hand]


def main():
    passed = 0
    with tempfile.TemporaryDirectory(prefix='voffice-tls-') as place:
        folder = Path(place)
        make_certificate(folder / 'certificate.pem', folder / 'key.pem')
        with House(certificate=folder / 'certificate.pem', key=folder / 'key.pem') as house:
            for step in STEPS:
                try:
                    step(house, folder)
                    passed += 1
                    print(step.__name__.replace('_', ' '), flush=True)
                except (AssertionError, OSError) as fault:
                    print(f'{step.__name__.replace("_", " ")}: {fault!r}')
    print(f'{passed} passed, {len(STEPS) - passed} failed')
    return 1 if passed < len(STEPS) else 0


sys.exit(main())
