#!/usr/bin/env python3
"""Runs verify.js, the tests of the browser's verifier, in a real browser, over files of this folder and assets/."""
import functools
import http.server
import sys
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from browser import Browser  # noqa: E402


class Files(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, '.js': 'text/javascript'}

    def log_message(self, *_):
        pass


def main():
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), functools.partial(Files, directory=HERE.parent.parent))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with Browser() as browser:
        browser.open(f'http://127.0.0.1:{server.server_port}/Tests/Browser/verify.html')
        browser.wait_until('return Boolean(window.results)', 'the tests never end', within=60)
        results = browser.run('return window.results')
    server.shutdown()
    failed = [result for result in results if result['fault']]
    for result in failed:
        print(f'{result["name"]}: {result["fault"]}')
    print(f'{len(results) - len(failed)} passed, {len(failed)} failed')
    return 1 if failed or not results else 0


sys.exit(main())
