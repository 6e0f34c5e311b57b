#!/usr/bin/env python3
"""Pictures of the pages for docs/screenshots: both languages, light and dark, phone and desk. Needs a built house and chromium.

Usage: scripts/screenshots.py [NAME ...]. Without a name all are made anew, and pictures that none of them is go. A house of its own is
opened with a cast in it, and closed again; a page longer than a picture is cut where it ends.
"""
import base64
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / 'Tests/Browser'), str(ROOT / 'Tests')]
from axe import LINE, opened, sign_in  # noqa: E402
from browser import Browser  # noqa: E402
from house import House  # noqa: E402
from tools import python_with  # noqa: E402
from visitor import Visitor  # noqa: E402

FOLDER = ROOT / 'docs/screenshots'
LONGEST = 2400
COLOURS = 128
OFFICE = '''[contact]
email = halo@office.example
telephone = +62 21 5550 100
[location Menara Kuningan]
address = Jalan H. R. Rasuna Said, Jakarta 12940
[location Sudirman]
address = Jalan Jenderal Sudirman 52, Jakarta 12190
[plan Address]
price = 450000 IDR a month
about = An address for your company, and its post.
about.id = Alamat untuk perusahaan Anda, dan suratnya.
includes = A business address, Letters kept for 30 days
includes.id = Alamat usaha, Surat disimpan 30 hari
[plan Address and phone]
price = 950000 IDR a month
about = A line of your own besides, answered in your name.
about.id = Ditambah saluran sendiri, dijawab atas nama Anda.
includes = A telephone number, Calls passed on
includes.id = Nomor telepon, Panggilan diteruskan
[plan Meeting room]
price = 150000 IDR a hour
about = A room for eight, by the hour.
about.id = Ruang untuk delapan orang, per jam.
'''
# Name, who looks, path, language, width, scheme. README shows number 15.
PICTURES = [
    ('01-home-1280', 'stranger', '/', 'en', 1280, 'light'),
    ('01-home-id-360', 'stranger', '/', 'id', 360, 'light'),
    ('01-home-dark-1280', 'stranger', '/', 'en', 1280, 'dark'),
    ('02-policy-1280', 'stranger', '/policy', 'en', 1280, 'light'),
    ('02-policy-id-360', 'stranger', '/policy', 'id', 360, 'light'),
    ('03-policy-rule-1280', 'stranger', '/policy#calls.3', 'en', 1280, 'light'),
    ('03-policy-rule-dark-360', 'stranger', '/policy#calls.3', 'en', 360, 'dark'),
    ('04-question-1280', 'stranger', '/policy/questions?who=customer+service&what=telephone+number', 'en', 1280, 'light'),
    ('04-questions-id-360', 'stranger', '/policy/questions', 'id', 360, 'light'),
    ('05-versions-360', 'stranger', '/policy/versions', 'en', 360, 'light'),
    ('06-difference-1280', 'stranger', '/policy/versions/difference?from=1&to=2', 'en', 1280, 'light'),
    ('06-difference-id-360', 'stranger', '/policy/versions/difference?from=1&to=2', 'id', 360, 'dark'),
    ('07-plans-1280', 'stranger', '/plans', 'en', 1280, 'light'),
    ('07-plans-id-360', 'stranger', '/plans', 'id', 360, 'light'),
    ('09-contact-360', 'stranger', '/contact', 'en', 360, 'light'),
    ('10-status-360', 'stranger', '/status', 'en', 360, 'light'),
    ('11-register-1280', 'stranger', '/register', 'en', 1280, 'light'),
    ('11-register-id-360', 'stranger', '/register', 'id', 360, 'dark'),
    ('12-sign-in-360', 'stranger', '/sign-in', 'en', 360, 'light'),
    ('13-code-id-360', 'waiting', '/sign-in/code', 'id', 360, 'light'),
    ('18-signed-log-1280', 'stranger', '/log', 'en', 1280, 'light'),
    ('19-no-such-page-360', 'stranger', '/nowhere', 'en', 360, 'light'),
    ('08-your-data-360', 'rina', '/privacy', 'en', 360, 'light'),
    ('15-your-data-after-the-look-1280', 'rina', '/privacy', 'en', 1280, 'light'),
    ('15-your-data-dark-1280', 'rina', '/privacy', 'en', 1280, 'dark'),
    ('15-your-data-id-768', 'rina', '/privacy', 'id', 768, 'light'),
    ('17-your-data-with-a-refusal-360', 'sari', '/privacy', 'en', 360, 'light'),
    ('16-receipt-1280', 'rina', '/privacy/uses/8', 'en', 1280, 'light'),
    ('20-receipt-of-the-deletion-360', 'asleep', 'pending', 'en', 360, 'light'),
    ('21-choices-1280', 'rina', '/privacy/choices', 'en', 1280, 'light'),
    ('21-choices-id-360', 'rina', '/privacy/choices', 'id', 360, 'light'),
    ('22-remove-a-number-360', 'rina', '/privacy/removal/telephone-number', 'en', 360, 'light'),
    ('23-correct-id-360', 'rina', '/privacy/correction/email-address', 'id', 360, 'light'),
    ('24-authenticator-app-360', 'rina', '/account/second-factor', 'en', 360, 'light'),
    ('25-newer-version-1280', 'sari', '/privacy/versions', 'en', 1280, 'light'),
    ('26-leave-1280', 'rina', '/leave', 'en', 1280, 'light'),
    ('27-own-case-360', 'rina', 'case', 'en', 360, 'light'),
    ('28-ask-id-360', 'rina', '/cases/new', 'id', 360, 'light'),
    ('28-ask-1280', 'rina', '/cases/new', 'en', 1280, 'light'),
    ('29-account-en-1280', 'rina', '/account', 'en', 1280, 'light'),
    ('30-cases-of-the-staff-1280', 'budi', '/staff', 'en', 1280, 'light'),
    ('31-case-of-the-staff-1280', 'budi', 'staff case', 'en', 1280, 'light'),
    ('31-case-of-the-staff-id-360', 'budi', '/staff/cases/1', 'id', 360, 'dark'),
    ('32-team-1280', 'ratna', '/staff/team', 'en', 1280, 'light'),
    ('33-legal-holds-1280', 'wulan', '/staff/holds', 'en', 1280, 'light'),
    ('34-proposals-1280', 'wulan', '/staff/policy', 'en', 1280, 'light'),
    ('35-draft-1280', 'wulan', '/staff/policy/draft', 'en', 1280, 'light'),
    ('36-cases-of-the-staff-360', 'budi', '/staff', 'en', 360, 'light'),
    ('36-menu-of-the-staff-id-320', 'wulan', '/staff/activity', 'id', 320, 'dark'),
    ('37-everybody-1280', 'wulan', '/staff/activity/everybody', 'en', 1280, 'light'),
    ('38-today-1280', 'wulan', '/staff/today', 'en', 1280, 'light'),
    ('38-today-id-360', 'ratna', '/staff/today', 'id', 360, 'light'),
    ('39-state-of-the-house-1280', 'ratna', '/staff/house', 'en', 1280, 'light'),
    ('40-requests-and-retention-1280', 'wulan', '/staff/keeping', 'en', 1280, 'light'),
    ('41-on-their-behalf-1280', 'budi', '/staff/cases/1/behalf', 'en', 1280, 'light'),
    ('42-new-contact-1280', 'budi', '/staff/contacts/new', 'en', 1280, 'light'),
    ('43-complaints-1280', 'wulan', '/staff/complaints', 'en', 1280, 'light'),
    ('44-password-360', 'rina', '/account/password', 'en', 360, 'light'),
    ('45-passkeys-id-360', 'rina', '/account/passkeys', 'id', 360, 'light'),
    ('46-recovery-codes-360', 'rina', '/account/recovery-codes', 'en', 360, 'dark'),
    ('47-who-asked-for-this-mail-360', 'stranger', 'not me', 'en', 360, 'light'),
    ('48-cases-360', 'rina', '/cases', 'en', 360, 'light'),
    ('49-not-there-any-more-360', 'rina', '/privacy/correction/company-name', 'en', 360, 'light'),
    ('50-sleeps-until-it-goes-360', 'asleep', '/leave', 'en', 360, 'light'),
]


def cast(house):
    """Who looks, by the name that the pictures have; and the addresses that each house gives anew."""
    looking = opened(house)
    people = dict(zip(('stranger', 'waiting', 'sari', 'asleep', 'budi', 'ratna', 'wulan'), (visitor for visitor, _ in looking)))
    # Budi looks at the number in Rina's case, as he may; Sari's was given under the version before, which has no rule for that.
    budi, rina = people['budi'], Visitor(house)
    rina.register('Rina Halim', 'rina@halim.example', '+62 813 5550 2208')
    rina.get('/cases/new')
    assert rina.post('/cases/new', text='May I bring a guest on Friday?', telephone='+62 813 5550 2208') == 303
    case = rina.location.split('?')[0]
    budi.get(f'/staff{case}')
    assert budi.post(f'/staff{case}/opening', what='telephone-to-answer') == 303, budi.page[:400]
    budi.get('/staff/cases/1')
    assert budi.post('/staff/cases/1/opening', what='telephone-to-answer') == 403, budi.page[:400]
    people['rina'] = rina
    # She comes in with another browser too, and is told of it.
    sign_in(house, 'rina@halim.example')
    looker = Visitor(house)
    looker.get('/dev/outbox')
    paths = {'not me': re.search(r'/not-me/\w+', looker.page)[0], 'pending': next(path for path in looking[0][1] if path.startswith('/left/')), 'case': case, 'staff case': f'/staff{case}'}
    return people, paths


def taken(browser, visitor, address, language, width, scheme, path):
    browser.open(address.split('/', 3)[0] + '//' + address.split('/')[2] + '/healthz')
    browser._call('DELETE', '/cookie')
    for name, value in {**visitor.cookies, 'language': language}.items():
        browser._call('POST', '/cookie', {'cookie': {'name': name, 'value': value, 'path': '/'}})
    browser.resize(width)
    browser.prefer(scheme)
    browser.open(address)
    place = address.partition('#')[2]
    height = min(LONGEST, max(browser.height, browser.run('return document.documentElement.scrollHeight')))
    top = browser.run('return document.getElementById(arguments[0])?.closest(".clause")?.getBoundingClientRect().top + scrollY || 0', place)
    # What stays in sight while one scrolls stands where it begins.
    browser.run('scrollTo(0, 0)')
    data = browser._devtools('Page.captureScreenshot', {'format': 'png', 'captureBeyondViewport': True, 'clip': {
        'x': 0, 'y': top, 'width': width, 'height': height, 'scale': 1}})['data']
    # A few colours are all that paper and ink need.
    subprocess.run([python_with('pillow==11.3.0'), '-c', FEW, str(COLOURS), str(path)], input=base64.b64decode(data), check=True)


FEW = '''
import io, sys
from PIL import Image
picture = Image.open(io.BytesIO(sys.stdin.buffer.read())).convert('RGB')
picture.quantize(int(sys.argv[1]), Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(sys.argv[2], optimize=True)
'''


def main():
    wanted = sys.argv[1:] or [picture[0] for picture in PICTURES]
    with tempfile.TemporaryDirectory() as folder:
        former, office = Path(folder, 'voffice.policy.md'), Path(folder, 'office')
        text = (ROOT / 'policy/voffice.policy.md').read_text()
        assert LINE in text
        former.write_text(text.replace(LINE, ''))
        office.write_text(OFFICE)
        shutil.copy(ROOT / 'policy/voffice.id.md', folder)
        with House(policy=former, office=office) as house, Browser() as browser:
            people, paths = cast(house)
            for name, who, path, language, width, scheme in PICTURES:
                if name in wanted:
                    path = paths.get(path, path)
                    taken(browser, people[who], house.address + path, language, width, scheme, FOLDER / f'{name}.png')
                    print(f'{name}: {(FOLDER / f"{name}.png").stat().st_size:,} bytes', flush=True)
    if not sys.argv[1:]:
        for stale in set(FOLDER.glob('*.png')) - {FOLDER / f'{name}.png' for name in wanted}:
            stale.unlink()
    print(f'{len(wanted)} pictures, {sum(f.stat().st_size for f in FOLDER.glob("*.png")):,} bytes in all')


if __name__ == '__main__':
    main()
