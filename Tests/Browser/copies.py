"""What the browser's verifier says of copies, in a real browser: `verdicts(contents, key)` gives of each `{'outcome', 'en', 'id'}`."""
import http.server
import json
import sys
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from browser import Browser  # noqa: E402


def verdicts(contents, key):
    class Files(http.server.SimpleHTTPRequestHandler):
        extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, '.js': 'text/javascript'}

        def __init__(self, *given):
            super().__init__(*given, directory=HERE.parent.parent)

        def do_GET(self):
            if self.path == '/copies.json':
                self._give(json.dumps({'lengths': [len(one) for one in contents], 'key': key}).encode())
            elif self.path == '/copies':
                self._give(b''.join(contents))
            else:
                super().do_GET()

        def _give(self, body):
            self.send_response(200)
            self.send_header('Content-Length', str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with Browser() as browser:
            browser.open(f'http://127.0.0.1:{server.server_port}/Tests/Browser/copies.html')
            browser.wait_until('return Boolean(window.verdicts)', 'the copies are never all checked', within=180)
            return browser.run('return window.verdicts')
    finally:
        server.shutdown()
