"""The two officers of a house: they come in, and agree to a version that was proposed at the machine."""
import json
import os
import re
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from house import ROOT  # noqa: E402
from visitor import Patient  # noqa: E402

JAKARTA = timezone(timedelta(hours=7))
# Under these nothing is read at all, so that to ask for one more changes nothing.
STOPPING = ('a restriction', 'a gag', 'a legal hold')
READ = 'customer service may read case note to answer you, on an open case'


class Officers:
    names = {'policy officer': ('Putri Lestari', 'putri@kill.example'), 'privacy officer': ('Agus Salim', 'agus@kill.example')}

    def __init__(self, house, ratna):
        self.house, self.browsers = house, {role: Patient(house) for role in self.names}
        self.version, self.ready, self.again, self.promised, self.killed = 1, None, 0, [], False
        for role, (name, email) in self.names.items():
            ratna.get('/staff/team')
            assert ratna.post('/staff/team', name=name, email=email, role=role) == 303, ratna.page[:2000]

    def sign_in(self):
        """False where the codes of these ten minutes are used up."""
        for role, (_, email) in self.names.items():
            browser = self.browsers[role]
            browser.get('/sign-in')
            form = browser.page
            assert browser.post('/sign-in', email=email) == 303, browser.page[:2000]
            try:
                code = browser.code(email)
            except AssertionError:
                return False
            browser.page = form
            if browser.post('/sign-in/code', code=code) != 303:
                return False
        return True

    def propose(self):
        """A version that only narrows, so that it needn't wait: each asks for one thing more than the one before."""
        self.version += 1
        text = (ROOT / 'policy/voffice.policy.md').read_text()
        text = re.sub(r'version 1, from [0-9-]+', f'version {self.version}, from {datetime.now(JAKARTA).date()}', text, count=1)
        assert READ in text
        document = Path(self.house.data, 'proposed.md')
        wanted = [name for name in re.findall(r'^condition ([a-z][^,:]+)', text, re.M) if name not in (*STOPPING, 'an open case')]
        wanted = wanted[:self.version - 1]
        assert len(wanted) == self.version - 1, 'the policy has no more conditions'
        document.write_text(text.replace(READ, ' and '.join([READ, *wanted])))
        done = self.command('publish', document)
        assert done.returncode == 0, done
        return re.search(r'Proposal (\d+)\.', done.stdout)[1]

    def command(self, *words):
        environment = {k: v for k, v in os.environ.items() if not k.startswith('VOFFICE')} | {'VOFFICE_DATA': str(self.house.data)}
        return subprocess.run([self.house.program, 'policy', *map(str, words)], cwd=ROOT, env=environment, text=True, capture_output=True)

    def prepare(self):
        """Before the load: a proposal, and both signed in after it, as often as codes are sent."""
        if self.ready or time.monotonic() < self.again:
            return
        proposal = self.propose()
        if self.sign_in():
            self.ready = proposal
        else:
            self.again = time.monotonic() + 130

    def publish(self):
        if not self.ready:
            time.sleep(0.05)
            return
        # Again after a kill: the first of them may have agreed before it, and both may have.
        first = self.agree('policy officer', self.ready)
        assert first in (303, 409), self.browsers['policy officer'].page[:2000]
        second = self.agree('privacy officer', self.ready)
        assert second == 303 or (second == 409 and self.killed), self.browsers['privacy officer'].page[:2000]
        self.promised.append(self.version)
        self.ready = None

    def check(self):
        """What both agreed to stays published, with its leaf in the log, whatever the file says at a start in development."""
        self.killed = True
        end = time.monotonic() + 5
        while True:
            versions = json.loads(self.command('versions', '--json').stdout)['versions']
            known = {v['version']: v for v in versions if v['state'] != 'proposed' and v['log'] is not None}
            missing = [number for number in self.promised if number not in known]
            if not missing or time.monotonic() > end:
                break
            time.sleep(0.2)
        assert not missing, f'versions {missing} were published, and are {[v for v in versions if v["version"] in missing]}'

    def agree(self, role, proposal):
        browser = self.browsers[role]
        assert browser.get('/privacy') == 200, browser.page[:2000]
        return browser.post(f'/staff/policy/{proposal}/approval')
