#!/usr/bin/env python3
"""A provider's gateway for text messages, as its Messages API speaks: what it does with a message stands in the number's last digits.

Usage: gateway.py [--tls CERTIFICATE KEY] [--account NAME PASSWORD]. Prints its port, then a line of JSON for each message that it took.
"""
import argparse
import base64
import json
import os
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

options = argparse.ArgumentParser()
options.add_argument('--tls', nargs=2)
options.add_argument('--account', nargs=2)
options = options.parse_args()


class Gateway(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_POST(self):
        if self.headers.get('Content-Type') != 'application/json':
            return self.answer(415, {'title': 'JSON is expected'})
        message = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
        if options.account:
            expected = 'Basic ' + base64.b64encode(':'.join(options.account).encode()).decode()
            if self.headers.get('Authorization') != expected:
                return self.answer(401, {'title': 'Unauthorized'})
        if set(message) != {'channel', 'message_type', 'from', 'to', 'text', 'client_ref'} or not message['to'].isdigit():
            return self.answer(422, {'title': 'Invalid params'})
        match message['to'][-3:]:
            case '402': return self.answer(402, {'title': 'Low balance'})
            case '422': return self.answer(422, {'title': 'Invalid params'})
            case '429': return self.answer(429, {'title': 'Rate limit'}, ('Retry-After', '7'))
            case '500': return self.answer(500, {'title': 'Internal error'})
            case '301': return self.answer(307, {}, ('Location', f'http://127.0.0.1:{server.server_port}/elsewhere'))
            case '900': self.take(message)
            case '901': return self.answer(202, {'message_uuid': 'x' * 100_000})
        if message['to'].endswith('900'):
            self.close_connection = True
            return None
        if message['to'].endswith('902'):
            time.sleep(6)
        self.take(message)
        return self.answer(202, {'message_uuid': 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab'})

    def take(self, message):
        print(json.dumps({**message, 'path': self.path, 'port': self.client_address[1]}), flush=True)

    def answer(self, status, body, *headers):
        body = json.dumps(body).encode()
        self.send_response(status)
        for name, value in (('Content-Type', 'application/json'), ('Content-Length', str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Quiet(ThreadingHTTPServer):
    def handle_error(self, *_):
        pass


server = Quiet(('127.0.0.1', 0), Gateway)
if options.tls:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*options.tls)
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
# Ends with whoever began it, also where that fell.
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
sys.exit(server.serve_forever())
