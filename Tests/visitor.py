"""Somebody with a browser and no screen: forms, cookies, and the mails that the development outbox shows."""
import html
import http.client
import re
import time
from urllib.parse import urlencode


class Visitor:
    def __init__(self, house):
        self.house, self.cookies, self.page, self.location = house, {}, '', ''
        self.body, self.headers = b'', {}

    def get(self, path):
        return self._ask('GET', path)

    def post(self, path, **form):
        """Sends the form that the last page had, with its hidden field."""
        hidden = re.search(r'name="form" value="([0-9a-f]+)"', self.page)
        return self._ask('POST', path, urlencode({'form': hidden[1] if hidden else '', **form}))

    def code(self, email):
        """The newest code that was mailed to the address."""
        self.get('/dev/outbox')
        for mail in self.page.split('<section')[1:]:
            if html.escape(email) in mail and (found := re.search(r'(?:Your code: |>)(\d{6})\b', mail)):
                return found[1]
        raise AssertionError(f'no code was mailed to {email}')

    def register(self, name, email, telephone=''):
        """Opens an account and proves the address; signed in afterwards."""
        self.get('/register')
        form = self.page
        assert self.post('/register', name=name, email=email, telephone=telephone) == 303, self.page[:2000]
        code = self.code(email)
        self.page = form
        assert self.post('/sign-in/code', code=code) == 303, self.page[:2000]

    def _ask(self, method, path, body=None):
        connection = http.client.HTTPConnection('localhost', self.house.port, timeout=15)
        headers = {'Cookie': '; '.join(f'{n}={v}' for n, v in self.cookies.items())} if self.cookies else {}
        if body is not None:
            headers |= {'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin', 'Origin': self.house.address}
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            self.body, self.headers = response.read(), response.headers
            self.page = self.body.decode(errors='replace')
            self.location = response.getheader('Location', '')
            for cookie in response.headers.get_all('Set-Cookie') or []:
                name, _, value = cookie.partition(';')[0].partition('=')
                self.cookies[name] = value
            return response.status
        finally:
            connection.close()


class Patient(Visitor):
    """Tries again when the page says so: where another version came into force in between, the house asks anew."""

    def _ask(self, method, path, body=None):
        for _ in range(20):
            status = super()._ask(method, path, body)
            if status != 503 or 'Retry-After' not in self.headers:
                break
            time.sleep(0.2)
        return status
