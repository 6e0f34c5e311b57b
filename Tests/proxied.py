#!/usr/bin/env python3
"""Requests in disguise, sent to the server itself and through nginx with one kept connection behind it: what hides in a request is never
answered, and whoever comes next on that connection gets their own answer.

Usage: proxied.py. Prints `N passed, N failed`.
"""
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import House  # noqa: E402

CONF = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
    scgi_temp_path {folder}/s;
    upstream house {{ server 127.0.0.1:{house}; keepalive 1; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://house; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_request_buffering {buffering};
            proxy_set_header Host localhost:{house}; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }}
    }}
}}
"""
HIDDEN = b'GET /plans HTTP/1.1\r\nHost: localhost\r\nX-Hidden: 1\r\n\r\n'
MARK = b'<title>Plans'


def post(*headers, body=HIDDEN):
    lines = [b'POST /sign-in HTTP/1.1', b'Host: localhost:{port}', *headers, b'', b'']
    return b'\r\n'.join(lines) + body


def chunked(body):
    return b'%x\r\n%s\r\n0\r\n\r\n' % (len(body), body)


CL = b'Content-Length: %d' % len(HIDDEN)
DISGUISES = {
    'both lengths, the body chunked': post(CL, b'Transfer-Encoding: chunked', body=b'0\r\n\r\n' + HIDDEN),
    'both lengths, the other way round': post(b'Transfer-Encoding: chunked', b'Content-Length: 4', body=chunked(HIDDEN)),
    'an encoding that nobody knows': post(CL, b'Transfer-Encoding: xchunked', body=b'0\r\n\r\n' + HIDDEN),
    'a blank before the colon': post(CL, b'Transfer-Encoding : chunked', body=b'0\r\n\r\n' + HIDDEN),
    'a vertical tab before chunked': post(CL, b'Transfer-Encoding:\x0bchunked', body=b'0\r\n\r\n' + HIDDEN),
    'a folded encoding': post(CL, b'Transfer-Encoding:\r\n chunked', body=b'0\r\n\r\n' + HIDDEN),
    'an encoding behind a bare line feed': post(CL, b'X-Other: a\nTransfer-Encoding: chunked', body=b'0\r\n\r\n' + HIDDEN),
    'two encodings': post(b'Transfer-Encoding: chunked', b'Transfer-Encoding: identity', body=chunked(b'') + HIDDEN),
    'two lengths': post(b'Content-Length: 0', CL),
    'two lengths in one line': post(b'Content-Length: 0, %d' % len(HIDDEN)),
    'a length with a sign': post(b'Content-Length: +0'),
    'a length in sixteens': post(b'Content-Length: 0x0'),
    'a length behind a NUL': post(b'Content-Length: 0\x00%d' % len(HIDDEN)),
    'a GET with a body': b'GET /sign-in HTTP/1.1\r\nHost: localhost:{port}\r\n' + CL + b'\r\n\r\n' + HIDDEN,
    'a chunked GET': b'GET /sign-in HTTP/1.1\r\nHost: localhost:{port}\r\nTransfer-Encoding: chunked\r\n\r\n' + chunked(HIDDEN),
    'chunked as it should be, a request within': post(b'Transfer-Encoding: chunked', body=chunked(HIDDEN)),
    'a chunk with an extension': post(b'Transfer-Encoding: chunked', body=b'0;x=\nGET /plans HTTP/1.1\r\nHost: localhost\r\n\r\n'),
    'a change of protocol': b'GET /sign-in HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n'
                            b'HTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: 0\r\n\r\n',
    'two hosts': b'GET /sign-in HTTP/1.1\r\nHost: localhost:{port}\r\nHost: elsewhere.example\r\n\r\n',
    'a carriage return in a value': b'GET /sign-in HTTP/1.1\r\nHost: localhost:{port}\r\nX-Other: a\rGET /plans HTTP/1.1\r\n\r\n',
    'a length that is the connection\'s business': post(b'Connection: Content-Length', CL),
}


def talk(port, data, seconds=0.6):
    """All that comes back on one connection."""
    got = b''
    with socket.create_connection(('127.0.0.1', port), timeout=5) as line:
        line.sendall(data)
        line.settimeout(seconds)
        try:
            while piece := line.recv(65536):
                got += piece
        except OSError:
            pass
    return got


def says_its_own(port, house):
    """Three who come next, on whatever connection is kept."""
    request = b'GET /healthz HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n' % house
    answers = [talk(port, request, 5) for _ in range(3)]
    return all(a.startswith(b'HTTP/1.1 200') and a.endswith(b'ok\n') and a.count(b'HTTP/1.1 ') == 1 for a in answers)


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Nginx:
    def __init__(self, house, buffering):
        self.folder, self.port = tempfile.mkdtemp(prefix='voffice-proxy-'), free_port()
        conf = Path(self.folder, 'nginx.conf')
        conf.write_text(CONF.format(folder=self.folder, house=house.port, port=self.port, buffering=buffering))
        self.process = subprocess.Popen(['nginx', '-c', conf, '-p', self.folder], stderr=subprocess.DEVNULL)

    def __enter__(self):
        for _ in range(100):
            try:
                socket.create_connection(('127.0.0.1', self.port)).close()
                return self
            except OSError:
                time.sleep(0.05)
        raise SystemExit('nginx does not answer')

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def tries(way, port, house):
    passed = failed = 0
    assert says_its_own(port, house.port), f'{way}: the way itself does not work'
    plain = talk(port, b'GET /plans HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n' % house.port, 5)
    assert MARK in plain, 'what is looked for in vain below is there where it was asked for'
    for name, data in DISGUISES.items():
        got = talk(port, data.replace(b'{port}', b'%d' % house.port))
        is_fine = MARK not in got and b'HTTP/1.1 5' not in got.replace(b'HTTP/1.1 501', b'') and says_its_own(port, house.port)
        passed, failed = passed + is_fine, failed + (not is_fine)
        if not is_fine:
            print(f'FAILED {way}: {name}: {got[:200]}')
    return passed, failed


def main():
    passed = failed = 0
    with House(tries=1_000_000, proxies='127.0.0.1') as house:
        ways = [('bare', lambda: tries('bare', house.port, house))]
        for buffering in ['on', 'off']:
            def through(buffering=buffering):
                with Nginx(house, buffering) as proxy:
                    return tries(f'nginx, buffering {buffering}', proxy.port, house)
            ways.append((f'nginx, buffering {buffering}', through))
        for name, run in ways:
            p, f = run()
            print(f'{name}: {p} disguises seen through, {f} not', flush=True)
            passed, failed = passed + p, failed + f
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
