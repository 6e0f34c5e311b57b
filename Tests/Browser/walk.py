#!/usr/bin/env python3
"""Walks through the house in a real browser, as the people of this story do.

Usage: walk.py [--pictures]. With it each page is drawn into .build/screenshots, which takes as long as everything else.
Every page is looked at in the widths of a phone and of a desk, and has to be without faults: nothing
wider than the window, no field without a label, nothing refused by the browser.
"""
import base64
import hmac
import re
import struct
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from browser import ENTER, TAB, Browser  # noqa: E402
from house import ROOT, House  # noqa: E402
from visitor import Visitor  # noqa: E402

WIDTHS = (360, 1280)
# Looked at without a picture.
OTHER_WIDTHS = (320, 768, 1440)
# Bytes of a page and its style as they are sent, before fonts.
BUDGET = 60_000
PICTURES = ROOT / '.build/screenshots'
TAKES_PICTURES = '--pictures' in sys.argv
# Why Rina opens the number: to answer.
REASON = '//input[@name="what"][@value="telephone-to-answer"]'
# Words in tables that stand on two lines, where the window is as wide as a desk's.
BROKEN = '''
    const broken = []
    for (const element of document.querySelectorAll('.tbl, .tbl *')) {
        for (const node of element.childNodes) {
            if (node.nodeType !== Node.TEXT_NODE) continue
            for (const word of node.data.matchAll(/\\S+/g)) {
                const range = document.createRange()
                range.setStart(node, word.index)
                range.setEnd(node, word.index + word[0].length)
                if (word[0].length < 32 && range.getClientRects().length > 1) broken.push(word[0])
            }
        }
    }
    return broken.join(', ')
'''
STEPS = []


def step(walk):
    STEPS.append(walk)
    return walk


class Walk:
    def __init__(self, house, sari, rina):
        self.house, self.sari, self.rina = house, sari, rina

    def at(self, browser, path):
        browser.open(self.house.address + path)

    def look(self, browser, name, answered=200):
        """The page as it is now, in each width, without faults. The browser complains of an answer that isn't 200, once."""
        for width in (*OTHER_WIDTHS, *WIDTHS):
            browser.resize(width)
            wrong = [fault for fault in browser.faults() if answered == 200 or f'status of {answered}' not in fault]
            if width == 1280 and (broken := browser.run(BROKEN)):
                wrong.append(f'broken in the middle of a word: {broken}')
            weight = browser.weight()
            if weight > BUDGET:
                wrong.append(f'page and style weigh {weight:,} bytes, of {BUDGET:,}')
            if width in WIDTHS and TAKES_PICTURES:
                browser.picture(PICTURES / f'{name}-{width}.png')
            assert not wrong, f'{name} at {width}: ' + '; '.join(wrong)

    def mailed(self, email, pattern):
        """What the newest mail to this address says of it."""
        window = Visitor(self.house)
        window.get('/dev/outbox')
        mails = [mail for mail in window.page.split('<section')[1:] if email in mail]
        found = [m[1] for mail in mails if (m := re.search(pattern, mail))]
        assert found, f'nothing like {pattern} was mailed to {email}: {mails}'
        return found[0]

    def code(self, email):
        return self.mailed(email, r'Your code: (\d{6})')

    def way_back(self, email):
        """The link in the letter that told this address of another."""
        return self.mailed(email, r'(/address-back/[0-9a-f]+)')

    def sign_in(self, browser, email):
        self.at(browser, '/sign-in')
        browser.fill('#email', email)
        browser.press('Send me the code')
        browser.fill('#code', lambda: self.code(email))
        browser.press('Confirm the code')

    def invite(self, administrator, name, role):
        """On the team's page, to an address of their first name."""
        administrator.fill('#name', name)
        administrator.fill('#email', f'{name.split()[0].lower()}@office.example')
        administrator.click(f'input[name=role][value="{role}"]')
        administrator.press('Send the invitation')
        administrator.wait_for(name)

    def wait_for_proof(self, browser):
        """Looks again until the entry is under a signed checkpoint, and then for the browser's own answer."""
        for _ in range(20):
            if browser.has('[data-proof]'):
                break
            browser.run('return new Promise(done => setTimeout(done, 250))')
            browser.open(browser.address)
        browser.find('[data-proof][data-outcome]', within=10)
        outcome = browser.run('return document.querySelector("[data-proof]").dataset.outcome')
        assert outcome == 'verified', f'the browser says {outcome}: ' + browser.text_of('[data-proof] output')
        shown = browser.run('return document.querySelector("[data-proof] pre").textContent')
        assert shown.startswith('voffice use 1\nat 20') and 'verb ' in shown, f'it was verified, and is shown as {shown}'


@step
def the_front_door(walk):
    walk.at(walk.sari, '/')
    walk.look(walk.sari, '01-home')
    walk.at(walk.sari, '/policy')
    walk.look(walk.sari, '02-policy')
    walk.sari.prefer('dark')
    walk.look(walk.sari, '02-policy-dark')
    walk.sari.prefer('light')


@step
def who_may_see_what(walk):
    sari = walk.sari
    walk.at(sari, '/policy')
    sari.run('document.querySelector("#who").value = "customer service"; document.querySelector("#what").value = "telephone number"')
    sari.press('Ask')
    sari.wait_for('Only in these cases')
    walk.look(sari, '32-ask')
    walk.at(sari, '/policy/questions?who=statistics+partner&what=full+name')
    sari.wait_for('A rule forbids it')
    walk.look(sari, '32-ask-no')
    walk.at(sari, '/policy/questions?who=nobody&what=full+name')
    walk.look(sari, '32-ask-unknown', answered=404)
    walk.at(sari, '/language/id?to=/policy/questions')
    walk.look(sari, '32-ask-indonesian')
    walk.at(sari, '/policy/questions?who=customer+service&what=telephone+number')
    walk.look(sari, '32-answer-indonesian')
    walk.at(sari, '/language/en?to=/')


@step
def indonesian(walk):
    walk.at(walk.sari, '/')
    walk.sari.press('Indonesia')
    assert walk.sari.run('return document.documentElement.lang') == 'id'
    walk.look(walk.sari, '03-home-indonesian')
    walk.at(walk.sari, '/policy')
    walk.look(walk.sari, '03-policy-indonesian')
    walk.at(walk.sari, '/')
    walk.sari.press('English')
    assert walk.sari.run('return document.documentElement.lang') == 'en'


@step
def what_else_a_stranger_sees(walk):
    for path, name, answered in (('/sign-in', 'sign-in', 200), ('/dev/outbox', 'empty-outbox', 200), ('/nothing-here', 'nothing-here', 404),
                                 (f'/begin/{"0" * 32}', 'used-link', 404), ('/log', 'log', 200), ('/log/copy', 'copy', 200),
                                 ('/policy/versions/1', 'version', 200)):
        for language in ('id', 'en'):
            walk.at(walk.sari, f'/language/{language}?to=/')
            walk.at(walk.sari, path)
            assert walk.sari.run('return document.documentElement.lang') == language
            walk.look(walk.sari, f'21-{name}-{language}', answered)


@step
def the_first_administrator_begins(walk):
    with Browser() as dewi:
        walk.at(dewi, walk.house.invitation)
        walk.look(dewi, '04-first-administrator')
        dewi.fill('#name', 'Dewi Lestari')
        dewi.fill('#email', 'dewi@office.example')
        dewi.press('Send me the code')
        dewi.fill('#code', lambda: walk.code('dewi@office.example'))
        dewi.press('Confirm the code')
        dewi.wait_for('Dewi Lestari')
        walk.invite(dewi, 'Rina Hartono', 'customer service')
        walk.look(dewi, '05-team')
        walk.invite(dewi, 'Putri Lestari', 'policy officer')
        walk.invite(dewi, 'Agus Salim', 'privacy officer')


@step
def sari_registers(walk):
    sari = walk.sari
    walk.at(sari, '/register')
    walk.look(sari, '06-register')
    sari.fill('#name', 'Sari Wijaya')
    sari.fill('#email', 'sari.ladatimur.example')
    sari.press('Send me the code')
    sari.find('#email-e')
    walk.look(sari, '06-register-with-a-fault', answered=422)
    sari.fill('#email', 'sari@ladatimur.example')
    sari.press('Send me the code')
    walk.look(sari, '07-code')
    sari.fill('#code', lambda: walk.code('sari@ladatimur.example'))
    sari.press('Confirm the code')
    sari.wait_for('What we hold about you')
    lasting = [c['name'] for c in sari.cookies() if 'expiry' in c]
    assert sorted(lasting) == ['browser', 'language'], f'these cookies outlive the browser: {lasting}'


@step
def she_sees_what_is_held(walk):
    for words in ('Sari Wijaya', 'sari@ladatimur.example', 'Who used your data'):
        assert words in walk.sari.text, f'“{words}” is missing on her page:\n{walk.sari.text}'
    walk.look(walk.sari, '08-your-data')
    walk.sari.prefer('dark')
    walk.look(walk.sari, '08-your-data-dark')
    walk.sari.prefer('light')


@step
def she_asks_to_be_called(walk):
    sari = walk.sari
    walk.at(sari, '/cases')
    walk.look(sari, '09-no-questions-yet')
    sari.press('Ask a question')
    sari.fill('#text', 'My post is three days late. Is it lost?')
    sari.fill('#telephone', '+62 811 1234 567')
    walk.look(sari, '10-ask-us-to-call')
    sari.press('Ask us')
    sari.wait_for('My post is three days late')
    walk.look(sari, '11-her-case')
    walk.case = re.search(r'/cases/(\d+)', sari.address)[1]


@step
def rina_sees_name_and_message_but_no_number(walk):
    rina = walk.rina
    walk.sign_in(rina, 'rina@office.example')
    rina.wait_for(f'Case {walk.case}')
    walk.look(rina, '12-desk')
    rina.press(f'Case {walk.case}')
    rina.wait_for('Sari Wijaya')
    # Tokens are of hexadecimal digits too.
    page = re.sub(r'[0-9a-f]{16,}', '', rina.run('return document.documentElement.outerHTML'))
    assert '811' not in page, 'the hidden number is in the page'
    walk.look(rina, '13-case-number-hidden')


@step
def she_asks_for_the_number_and_gets_it(walk):
    assert not walk.rina.run('return document.querySelector("[name=what]:checked")'), 'a reason is chosen before anybody chose one'
    walk.rina.click(REASON)
    walk.rina.press('Show it')
    walk.rina.wait_for('+62 811 1234 567')
    walk.look(walk.rina, '14-case-number-shown')


@step
def sari_sees_who_read_it_and_her_browser_verifies_it(walk):
    sari = walk.sari
    walk.at(sari, '/privacy')
    sari.wait_for('Customer service 1')
    walk.look(sari, '15-your-data-after-the-look')
    sari.click('//ol[contains(@class, "uses")]/li[contains(., "Customer service 1") and contains(., "telephone number")][1]//a[contains(@class, "proof")]')
    walk.wait_for_proof(sari)
    walk.look(sari, '16-receipt')


@step
def a_proof_with_one_byte_changed_is_refused_on_her_page(walk):
    for change in ('p.index += 1', 'p.path[0] = (p.path[0][0] === "A" ? "B" : "A") + p.path[0].slice(1)',
                   'p.common.text = p.common.text.replace("read", "sent")', 'p.checkpoint = p.checkpoint.replace(/\\d+/, n => Number(n) + 1)'):
        outcome, said = walk.sari.run('''
            const {report} = await import("/assets/verify.js"), place = document.querySelector("[data-proof]")
            await report(place, async address => {
                const p = await (await fetch(address)).json()
                ''' + change + '''
                return p
            })
            return [place.dataset.outcome, place.innerText]''')
        assert (outcome, 'does not match' in said) == ('mismatch', True), f'after {change} the browser says {outcome}: {said}'


@step
def rina_answers_with_four_presses_and_finds_whose_a_call_was(walk):
    rina = walk.rina
    walk.at(rina, '/staff')
    # The first case has the keyboard; its number is open, so its answer has it next.
    rina.keys(ENTER)
    rina.wait_for('What was said')
    rina.keys('It comes tomorrow.' + TAB + ENTER)
    rina.wait_for('Answered, and written down')
    walk.look(rina, '33-desk-after-an-answer')
    rina.press('Record a call or mail')
    rina.fill('#text', 'Asks when her letter comes.')
    rina.fill('#from', '0811 1234 567')
    walk.look(rina, '34-a-call-that-came-in')
    rina.press('Record it')
    rina.wait_for('Not known yet')
    rina.fill('#sought', 'wijaya')
    rina.press('Look for them')
    rina.wait_for('1 person fits')
    walk.look(rina, '35-whose-call-it-was')
    rina.press('It is theirs')
    walk.look(rina, '35-whose-call-it-was-for-sure')
    rina.press('Yes, it is theirs')
    rina.wait_for('The customer has it among their cases')
    walk.at(rina, f'/staff/cases/{walk.case}')


@step
def rina_does_what_tono_asks_once_a_code_proves_who_it_is(walk):
    rina, email = walk.rina, 'tono@pasarlama.example'
    with Browser() as tono:
        walk.at(tono, '/register')
        tono.fill('#name', 'Tono Wibowo')
        tono.fill('#email', email)
        tono.press('Send me the code')
        tono.fill('#code', lambda: walk.code(email))
        tono.press('Confirm the code')
        walk.at(tono, '/cases/new')
        tono.fill('#text', 'My name is written wrongly, and I have another address.')
        tono.fill('#telephone', '+62 811 7654 321')
        tono.press('Ask us')
        tono.wait_for('written wrongly')
        case = re.search(r'/cases/(\d+)', tono.address)[1]
        walk.at(rina, f'/staff/cases/{case}')
        walk.look(rina, '36-case-with-a-wish')
        rina.press('Do it on their behalf')
        rina.wait_for('Who is it?')
        page = re.sub(r'[0-9a-f]{16,}', '', rina.run('return document.documentElement.outerHTML'))
        assert 'pasarlama' not in page and '811' not in page, 'address or number are in the page'
        walk.look(rina, '36-behalf')
        # The button has the keyboard.
        rina.keys(ENTER)
        rina.wait_for('A code went to their email address')
        code = walk.code(email)
        rina.keys(('1' if code[0] != '1' else '2') + code[1:] + ENTER)
        rina.wait_for('needs another look')
        walk.look(rina, '36-behalf-wrong-code', answered=422)
        rina.fill('#code', code)
        rina.press('Check the code')
        rina.wait_for('It is them')
        for wish in ('full name', 'email address', 'deletion'):
            rina.click(f'input[name=wish][value="{wish}"]')
            rina.press('Write it down')
            rina.wait_for('Written down')
        walk.look(rina, '36-behalf-verified')
        rina.fill('#new-name', 'Tono Wibisono')
        rina.press('Change the name')
        rina.wait_for('Done. They see it')
        walk.look(rina, '36-behalf-done')
        rina.fill('#new-email', 'tono@pasarbaru.example')
        rina.press('Send a code to the new address')
        rina.wait_for('Have that read out too')
        walk.look(rina, '36-behalf-new-address')
        for language in ('id', 'en'):
            walk.at(rina, f'/language/{language}?to=/staff')
            walk.at(rina, f'/staff/cases/{case}/behalf')
            walk.look(rina, f'36-behalf-{language}')
        walk.at(tono, '/privacy')
        tono.wait_for('Customer service 1 corrected your full name')
        walk.look(tono, '37-your-data-after-the-call')
        walk.at(tono, f'/cases/{case}')
        tono.wait_for('did what was asked for: another name')
        walk.look(tono, '37-his-case-after-the-call')
        walk.at(rina, f'/staff/cases/{case}/behalf')
        rina.fill('#email-code', lambda: walk.code('tono@pasarbaru.example'))
        rina.press('Check the code')
        rina.wait_for('Done. They see it')
        with Browser() as phone:
            walk.at(phone, '/dev/outbox')
            phone.wait_for('address-back/')
            walk.at(phone, re.search(r'/address-back/[0-9a-f]{32}', phone.text)[0])
            phone.press('Put my address back')
            phone.wait_for('is open: in it we look into')
            walk.look(phone, '37-that-was-not-me')
        walk.at(tono, '/privacy')
        assert tono.address.endswith('/sign-in'), 'nobody was signed out'
        walk.sign_in(tono, email)
        tono.wait_for('Tono Wibisono')
    walk.at(rina, f'/staff/cases/{walk.case}')


@step
def once_closed_the_look_is_refused(walk):
    rina = walk.rina
    rina.press('Close the case')
    rina.wait_for('Closed')
    walk.at(rina, f'/staff/cases/{walk.case}')
    rina.click(REASON)
    rina.press('Show it')
    rina.wait_for('Refused')
    assert '+62 811' not in rina.text, 'the number is on the page of a refusal'
    walk.look(rina, '17-refused', answered=403)


@step
def sari_sees_the_refusal_too(walk):
    walk.at(walk.sari, '/privacy')
    walk.sari.wait_for('Refused')
    walk.look(walk.sari, '18-your-data-with-a-refusal')
    walk.at(walk.sari, '/log')
    walk.look(walk.sari, '21-log-with-entries')


@step
def without_scripts_everything_works(walk):
    with Browser(scripts=False) as budi:
        walk.at(budi, '/register')
        budi.fill('#name', 'Budi Santoso')
        budi.fill('#email', 'budi@ladatimur.example')
        budi.press('Send me the code')
        budi.fill('#code', lambda: walk.code('budi@ladatimur.example'))
        budi.press('Confirm the code')
        budi.wait_for('Budi Santoso')


@step
def the_longest_words_fit_a_narrow_page(walk):
    email = 'adalbertus.wirjosoekarto.penjualan-rempah-kepulauan-timur@kantor-pusat.ladatimur.example'
    with Browser() as long:
        walk.at(long, '/register')
        long.fill('#name', 'Adalbertus-Wirjosoekarto-Tirtohadinegoro-Kusumadiningrat')
        long.fill('#email', email)
        long.press('Send me the code')
        walk.look(long, '22-long-code')
        long.fill('#code', lambda: walk.code(email))
        long.press('Confirm the code')
        long.wait_for('What we hold about you')
        walk.look(long, '22-long-words')


def digits(secret):
    """What an authenticator app shows now (RFC 6238)."""
    text = secret.replace(' ', '')
    value = hmac.digest(base64.b32decode(text), struct.pack('>Q', int(time.time()) // 30), 'sha1')
    return f'{struct.unpack(">I", value[value[-1] & 15:][:4])[0] % 2 ** 31 % 10 ** 6:06}'


@step
def she_sets_a_password_and_an_app(walk):
    sari = walk.sari
    walk.at(sari, '/sign-in')
    walk.sign_in(sari, 'sari@ladatimur.example')
    walk.at(sari, '/account/password')
    walk.look(sari, '23-password')
    sari.fill('#password', 'password1')
    sari.fill('#again', 'password1')
    sari.press('Save the password')
    walk.look(sari, '23-password-refused', answered=422)
    sari.fill('#password', 'tujuh perahu di Kapuas')
    sari.fill('#again', 'tujuh perahu di Kapuas')
    sari.press('Save the password')
    sari.wait_for('The password is set')
    walk.at(sari, '/account/second-factor')
    for scheme in ('dark', 'light'):
        sari.prefer(scheme)
        walk.look(sari, '24-authenticator-app')
        secret = sari.text_of('main .mono').replace(' ', '')
        sari.resize(360)
        sari.picture(code := PICTURES / '24-authenticator-app-360.png')
        read = subprocess.run(['zbarimg', '-q', code], capture_output=True, text=True).stdout
        assert f'secret={secret}&' in read, f'a camera reads “{read}” from the QR code ({scheme})'
    sari.fill('#code', digits(sari.text_of('main .mono')))
    sari.press('Use this app from now on')
    sari.wait_for('Recovery codes')
    walk.look(sari, '25-recovery-codes')
    sari.press('I have kept these codes')
    sari.wait_for('good from now on')
    walk.at(sari, '/account/passkeys')
    walk.look(sari, '26-passkeys')
    with Browser() as phone:
        walk.at(phone, '/sign-in')
        phone.fill('#email', 'sari@ladatimur.example')
        phone.fill('#password', 'tujuh perahu di Musi')
        phone.click('main form .btn:not(.plain)')
        walk.look(phone, '27-wrong-password', answered=422)
        phone.fill('#password', 'tujuh perahu di Kapuas')
        phone.click('main form .btn:not(.plain)')
        phone.wait_for('Enter the code of your app')
        walk.look(phone, '28-code-of-the-app')
    for language in ('id', 'en'):
        walk.at(sari, f'/language/{language}?to=/')
        walk.at(sari, '/account')
        walk.look(sari, f'29-account-{language}')
    sari.prefer('dark')
    walk.look(sari, '29-account-dark')
    sari.prefer('light')


@step
def she_moves_to_another_address(walk):
    sari = walk.sari
    walk.at(sari, '/privacy/correction/email-address')
    walk.look(sari, '18-correct-the-address')
    sari.fill('#value', 'sari')
    sari.press('Send the code')
    walk.look(sari, '18-correct-the-address-wrong', answered=422)
    sari.fill('#value', 'sari@tokosari.example')
    sari.press('Send the code')
    walk.look(sari, '18-address-code')
    sari.fill('#code', lambda: walk.code('sari@tokosari.example'))
    sari.press('Confirm the code')
    sari.wait_for('Your new address holds')
    walk.look(sari, '18-moved')
    walk.at(sari, '/address-back/' + '0' * 32)
    walk.look(sari, '18-not-me', answered=404)


@step
def two_officers_lay_a_copy_aside(walk):
    with Browser() as putri, Browser() as agus:
        walk.sign_in(putri, 'putri@office.example')
        walk.at(putri, '/staff/holds')
        walk.look(putri, '30-no-holds')
        putri.fill('#customer', 'nobody@office.example')
        putri.fill('#text', 'Order 12/2026 of the court of Jakarta; the claim of the carrier.')
        # How a day is typed is the browser's affair, and its language's.
        putri.run('document.querySelector("#review").value = new Date(Date.now() + 60 * 86400000).toISOString().slice(0, 10)')
        putri.press('Ask the other officer')
        walk.look(putri, '30-hold-wrong', answered=422)
        putri.fill('#customer', 'sari@tokosari.example')
        putri.click('#fields')
        putri.press('Ask the other officer')
        putri.wait_for('The other officer has to agree')
        walk.look(putri, '30-hold-asked')
        walk.sign_in(agus, 'agus@office.example')
        walk.at(agus, '/staff/holds')
        agus.press('Agree hold 1')
        agus.wait_for('The copy is laid aside')
        walk.look(agus, '30-held')
    walk.at(walk.sari, '/privacy')
    walk.look(walk.sari, '31-your-data-with-a-hold')


@step
def she_leaves(walk):
    sari = walk.sari
    walk.at(sari, '/leave')
    walk.look(sari, '19-leave')
    assert 'Not at once before' in sari.text and 'Delete at once' not in sari.text, 'her former address may still come back'
    # The former address takes its place back, and she is signed out.
    walk.at(sari, walk.way_back('sari@ladatimur.example'))
    walk.look(sari, '18-that-was-not-me')
    sari.press('Put my address back')
    sari.wait_for('back')
    walk.look(sari, '18-address-is-back')
    walk.sign_in(sari, 'sari@ladatimur.example')
    sari.wait_for('What we hold about you')
    walk.at(sari, '/leave')
    sari.click('#sure')
    sari.press('Delete at once')
    sari.wait_for('Your account is deleted')
    assert 'Sari' not in sari.text
    walk.look(sari, '20-receipt-of-the-deletion')
    walk.at(sari, '/privacy')
    assert sari.address.endswith('/sign-in'), f'a deleted account still opens {sari.address}'
    walk.at(walk.rina, f'/staff/cases/{walk.case}')
    assert 'Sari' not in walk.rina.text and 'three days late' not in walk.rina.text, 'the desk still shows her'


def main():
    passed = 0
    with House() as house, Browser() as sari, Browser() as rina:
        walk = Walk(house, sari, rina)
        for walked in STEPS:
            try:
                walked(walk)
                passed += 1
                print(f'{walked.__name__.replace("_", " ")}', flush=True)
            except (AssertionError, RuntimeError, OSError) as fault:
                sari.picture(PICTURES / 'failed-sari.png')
                rina.picture(PICTURES / 'failed-rina.png')
                print(f'{walked.__name__.replace("_", " ")}: {fault}\n' + '\n'.join(house.said[-8:]))
                break
    print(f'{passed} passed, {len(STEPS) - passed} failed')
    return 1 if passed < len(STEPS) else 0


if __name__ == '__main__':
    sys.exit(main())
