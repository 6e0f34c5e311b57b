"""Where the tables of the benches are kept: bench/README.md, each between marks that bear its name."""
from pathlib import Path


def keep(name, lines):
    """Writes a bench's table in place of the one that stands there."""
    readme = Path(__file__).with_name('README.md')
    before, mark, after = readme.read_text().partition(f'<!-- {name} -->\n')
    _, end, after = after.partition(f'<!-- /{name} -->')
    if not (mark and end):
        raise SystemExit(f'{readme} has no place for the table {name}.')
    readme.write_text('\n'.join([before + mark.rstrip('\n'), *lines, end + after]))
