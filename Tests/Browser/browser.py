"""A real browser, driven over WebDriver with nothing but HTTP: Debian's chromium and its driver."""
import base64
import contextlib
import json
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

TAB, ENTER, SPACE = '\ue004', '\ue007', ' '
ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'


class Browser:
    """Each one has a profile, cookies and a window of its own: `with Browser(width=360) as phone:`."""

    def __init__(self, width=1280, height=800, scripts=True, dark=False, language='en'):
        self.width, self.height, self.scripts, self.dark, self.language = width, height, scripts, dark, language

    def __enter__(self):
        with socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            port = free.getsockname()[1]
        self.profile = tempfile.TemporaryDirectory(prefix='voffice-browser-')
        self.driver = subprocess.Popen(['chromedriver', f'--port={port}'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.root = f'http://127.0.0.1:{port}'
        try:
            self._wait(lambda: self._call('GET', '/status')['ready'], 'chromedriver does not start')
            arguments = ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--hide-scrollbars', '--force-prefers-reduced-motion',
                         f'--user-data-dir={self.profile.name}', f'--lang={self.language}', '--disable-background-networking',
                         '--disable-component-update', '--no-first-run', *(['--force-dark-mode'] if self.dark else [])]
            preferences = {'intl.accept_languages': self.language}
            if not self.scripts:
                preferences['profile.managed_default_content_settings.javascript'] = 2
            session = self._call('POST', '/session', {'capabilities': {'alwaysMatch': {
                'browserName': 'chrome', 'timeouts': {'script': 50_000}, 'goog:loggingPrefs': {'browser': 'ALL'},
                'goog:chromeOptions': {'binary': '/usr/bin/chromium', 'args': arguments, 'prefs': preferences}}}})
            self.root += f'/session/{session["sessionId"]}'
            self.resize(self.width, self.height)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        try:
            self._call('DELETE', '')
        except OSError:
            pass
        self.driver.terminate()
        self.driver.wait()
        self.profile.cleanup()

    # What a person does

    def open(self, address):
        self._call('POST', '/url', {'url': address})

    def fill(self, selector, text):
        """`text` is what is typed, or what says it once the field is there: a code that the page before sent for, say."""
        element = self.find(selector)
        self._call('POST', f'/element/{element}/clear', {})
        self._call('POST', f'/element/{element}/value', {'text': text() if callable(text) else text})

    def click(self, selector):
        """Clicks, and waits for the page that it leads to."""
        element = self.find(selector)
        leads = self.run('''window.leaving = true; const it = arguments[0].closest('a[href], button, input[type=submit]');
            return it !== null && (it.href ? !it.getAttribute('href').startsWith('#') : it.type === 'submit' && it.form !== null)''',
                         {ELEMENT: element})
        self._call('POST', f'/element/{element}/click', {})
        # Where a script takes the press nothing is left; else what was there stays as it is until the answer is here.
        if leads:
            with contextlib.suppress(AssertionError):
                self._wait(lambda: self.run('return window.leaving !== true'), '', within=3)
        self._wait(lambda: self.run('return document.readyState') == 'complete', 'the page does not load')

    def press(self, words):
        """Clicks the button or link that says so."""
        xpath = (f'//*[self::button or self::a or self::summary][normalize-space(.)={json.dumps(words)}]')
        self.click(xpath)

    # What a person does who has a keyboard and nothing else

    def keys(self, text):
        """Each letter as a key; `Tab`, `Enter` and `Space` by their names in TAB, ENTER, SPACE."""
        actions = [{'type': kind, 'value': letter} for letter in text for kind in ('keyDown', 'keyUp')]
        self._call('POST', '/actions', {'actions': [{'type': 'key', 'id': 'keyboard', 'actions': actions}]})

    def tab_to(self, selector, most=200):
        """Tabs from where the focus is until it is there."""
        for _ in range(most):
            if self.run('return document.activeElement.matches(arguments[0])', selector):
                return
            self.keys(TAB)
        raise AssertionError(f'{selector} is not reached with the tab key on {self.address}')

    def enter(self, selector):
        """Tabs there and presses Enter, and waits for the page that it leads to."""
        self.tab_to(selector)
        self.run('window.leaving = true')
        self.keys(ENTER)
        self._wait(lambda: self.run('return document.readyState === "complete" && !window.leaving'), f'{selector} leads nowhere')

    def type(self, selector, text):
        self.tab_to(selector)
        self.keys(text)

    def without_a_mouse(self):
        """What of the page the tab key doesn't reach, or reaches without showing so: sentences, none where all is well."""
        self.run("""
            document.activeElement.blur()
            window.reached = new Set()
            window.unseen = new Set()
            const focusable = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
            window.wanted = [...document.querySelectorAll(focusable)].filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled)
            window.group = e => e.type === 'radio' ? 'radio ' + e.name : e
            window.isShown = e => {
                const style = getComputedStyle(e)
                return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none'
            }
            document.addEventListener('focusin', () => {
                const e = document.activeElement
                window.reached.add(window.group(e))
                if (!window.isShown(e)) window.unseen.add(e)
            })""")
        # A date has a stop for each of its parts.
        for _ in range(self.run('return window.wanted.reduce((n, e) => n + (e.type === "date" ? 5 : 1), 0)') // 20 + 1):
            self.keys(TAB * 24)
        # A window that was late to take the focus says so of its first element: whatever showed nothing gets a second look, by a tab of its own.
        for _ in range(self.run('window.second = [...window.unseen]; return window.second.length')):
            self.run('window.unseen.delete(window.second[0]); document.activeElement.blur()')
            for _ in range(400):
                self.keys(TAB)
                if self.run('return document.activeElement === window.second[0]'):
                    break
            self.run('if (!window.isShown(window.second[0])) window.unseen.add(window.second[0]); window.second.shift()')
        return self.run("""
            return [...window.wanted.filter(e => !window.reached.has(window.group(e))).map(e => 'the tab key passes by ' + e.outerHTML.slice(0, 120)),
                ...[...window.unseen].map(e => 'the focus does not show on ' + e.outerHTML.slice(0, 120))]""")

    # What a person sees

    @property
    def address(self):
        return self._call('GET', '/url')

    @property
    def text(self):
        return self.run('return document.body.innerText')

    def text_of(self, selector):
        return self._call('GET', f'/element/{self.find(selector)}/text')

    def has(self, selector):
        return bool(self._elements(selector))

    def wait_for(self, words, within=40):
        """Waits until the page says so."""
        self._wait(lambda: words in self.text, lambda: f'the page never says “{words}”, but:\n{self.text[:3000]}', within)

    def wait_until(self, script, complaint, within=40):
        """Waits until the script returns true."""
        self._wait(lambda: self.run(script), complaint, within)

    def picture(self, path):
        """The whole page, at its full length; of the longest as much as a browser draws in one piece."""
        data = self._devtools('Page.captureScreenshot', {'format': 'png', 'captureBeyondViewport': True, 'clip': {
            'x': 0, 'y': 0, 'width': self.width, 'scale': 1,
            'height': min(16_000, max(self.height, self.run('return document.documentElement.scrollHeight')))}})['data']
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(base64.b64decode(data))

    def weight(self):
        """Bytes of the page and its style sheets, as they came over the wire or from the browser's own store."""
        return self.run('''
            const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
            return entries.filter(e => e.entryType === 'navigation' || /[.]css/.test(e.name)).reduce((sum, e) => sum + e.encodedBodySize, 0)''')

    def faults(self):
        """What is wrong with the page, whatever it is about: sentences, none where all is well."""
        found = self.run(r'''
            const wrong = [], name = e => e.outerHTML.slice(0, 120)
            const over = document.documentElement.scrollWidth - document.documentElement.clientWidth
            if (over > 0) {
                const wide = [...document.querySelectorAll('body *')].find(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                wrong.push(`wider than the window by ${over} px: ${wide ? name(wide) : ''}`)
            }
            const menu = document.querySelector('.side .nav')
            if (menu && innerWidth < 640 && menu.offsetHeight > 64) wrong.push(`the menu stands ${menu.offsetHeight} px high`)
            const side = document.querySelector('.side')
            if (side && innerWidth >= 1024) for (const e of side.querySelectorAll('.nav a')) {
                const words = document.createRange()
                words.selectNodeContents(e)
                if (words.getBoundingClientRect().right > side.getBoundingClientRect().right) wrong.push('out of the side bar: ' + name(e))
            }
            if (!document.documentElement.lang) wrong.push('no language')
            if (!document.title) wrong.push('no title')
            if (document.querySelectorAll('h1').length !== 1) wrong.push(`${document.querySelectorAll('h1').length} first headings`)
            if (!document.querySelector('main')) wrong.push('no main part')
            for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
                if (!e.labels?.length && !e.ariaLabel && !e.getAttribute('aria-labelledby')) wrong.push('no label: ' + name(e))
            for (const e of document.querySelectorAll('img:not([alt])')) wrong.push('no text for a picture: ' + name(e))
            for (const e of document.querySelectorAll('button, a[href]'))
                if (!(e.checkVisibility() ? e.innerText : e.textContent).trim() && !e.ariaLabel && !e.querySelector('img[alt], svg[aria-label], title')) wrong.push('no name: ' + name(e))
            const ids = [...document.querySelectorAll('[id]')].map(e => e.id)
            for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) wrong.push('twice the id ' + id)
            for (const e of document.querySelectorAll('[style], script:not([src])'))
                if (!/json/.test(e.type ?? '')) wrong.push('code in the page: ' + name(e))
            return wrong''')
        logged = self._call('POST', '/se/log', {'type': 'browser'})
        return found + [entry['message'] for entry in logged if entry['level'] in ('SEVERE', 'WARNING')]

    # The window

    def resize(self, width, height=None):
        self.width, self.height = width, height or self.height
        self._devtools('Emulation.setDeviceMetricsOverride', {
            'width': self.width, 'height': self.height, 'deviceScaleFactor': 1, 'mobile': self.width < 600})

    def prefer(self, scheme):
        """`light` or `dark`."""
        self._devtools('Emulation.setEmulatedMedia', {'features': [{'name': 'prefers-color-scheme', 'value': scheme}]})

    def run(self, script, *arguments):
        return self._call('POST', '/execute/sync', {'script': script, 'args': list(arguments)})

    def cookies(self):
        return self._call('GET', '/cookie')

    def find(self, selector, within=20):
        found = []
        self._wait(lambda: found.extend(self._elements(selector)) or found, lambda: f'nothing is {selector} in:\n{self.text[:2000]}', within)
        return found[0]

    def _elements(self, selector):
        using = 'xpath' if selector.startswith(('/', '(')) else 'css selector'
        return [e[ELEMENT] for e in self._call('POST', '/elements', {'using': using, 'value': selector})]

    def _devtools(self, command, parameters):
        return self._call('POST', '/goog/cdp/execute', {'cmd': command, 'params': parameters})

    def _wait(self, condition, complaint, within=40):
        end = time.monotonic() + within
        while time.monotonic() < end:
            try:
                if condition():
                    return
            except (OSError, KeyError, RuntimeError):
                pass
            time.sleep(0.05)
        raise AssertionError(complaint() if callable(complaint) else complaint)

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.root + path, data, {'Content-Type': 'application/json'}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)['value']
        except urllib.error.HTTPError as error:
            value = json.load(error)['value']
            raise RuntimeError(f'{value["error"]}: {value["message"].splitlines()[0]}') from None
