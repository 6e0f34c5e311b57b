"""The house under test: the real server on a free port, with a data directory of its own that goes when it closes."""
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def make_certificate(certificate, key, name='localhost'):
    """One that nobody believes but who is told to, and its key."""
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj',
                    f'/CN={name}', '-addext', f'subjectAltName=DNS:{name},IP:127.0.0.1', '-keyout', key, '-out', certificate],
                   check=True, capture_output=True)
    os.chmod(key, 0o600)


class House:
    """Opened with `with House() as house:`. `kill` and `start` again keep the data directory and the port."""
    words = ['serve']

    def __init__(self, program=None, **settings):
        self.program = Path(program or os.environ.get('VOFFICE') or ROOT / '.build/debug/voffice')
        self.settings = settings
        self.port = 0
        self.process = None
        self.said = []

    def __enter__(self):
        if not self.program.exists():
            raise SystemExit(f'{self.program} is not there. Run `make build` first.')
        self.data = tempfile.mkdtemp(prefix='voffice-test-')
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process:
            self.kill()
        shutil.rmtree(self.data, ignore_errors=True)

    @property
    def address(self):
        return f'{"https" if "certificate" in self.settings else "http"}://localhost:{self.port}'

    def start(self, within=60):
        settings = {'data': self.data, 'port': self.port, **self.settings}
        environment = {k: v for k, v in os.environ.items() if not k.startswith('VOFFICE')}
        environment |= {f'VOFFICE_{k.upper()}': str(v) for k, v in settings.items()}
        self.said = []
        environment |= self.beside()
        self.process = subprocess.Popen([self.program, *self.words], cwd=ROOT, env=environment, text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        is_open = threading.Event()
        threading.Thread(target=self._listen, args=(self.process, is_open), daemon=True).start()
        if not is_open.wait(within) or not self.port:
            self.kill()
            raise AssertionError('the house did not open:\n' + '\n'.join(self.said))

    def beside(self):
        """What its environment has besides the settings."""
        return {}

    def _listen(self, process, is_open):
        for line in process.stdout:
            self.said.append(line.rstrip('\n'))
            if address := re.match(r'The house is open: https?://localhost:(\d+)', line):
                self.port = int(address[1])
            if line.startswith('Stop with'):
                is_open.set()
        is_open.set()

    @property
    def invitation(self):
        """The address under which the first administrator begins, as the house said it at its first start."""
        found = [m[1] for line in self.said if (m := re.search(r'(/begin/\S+)', line))]
        return found[0] if found else ''

    def kill(self):
        self._end(signal.SIGKILL)

    def stop(self, within=30):
        """Asks it to end, and gives its exit code."""
        return self._end(signal.SIGTERM, within)

    def _end(self, number, within=30):
        process, self.process = self.process, None
        if process.poll() is None:
            process.send_signal(number)
        try:
            return process.wait(within)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f'the house did not end within {within} s') from None


class Elsewhen(House):
    """A house whose clock stands so many seconds off."""
    jump = 0

    def beside(self):
        library = ROOT / '.build/clock.so'
        subprocess.run(['gcc', '-shared', '-fPIC', '-o', library, ROOT / 'Tests/clock.c'], check=True)
        return {'LD_PRELOAD': str(library), 'JUMP': str(self.jump)} if self.jump else {}
