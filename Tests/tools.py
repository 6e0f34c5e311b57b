"""Test tools from PyPI, in an environment of their own under .build, each installed once."""
import subprocess
import sys
from pathlib import Path

TOOLS = Path(__file__).resolve().parent.parent / '.build/test-venv'


def python_with(requirement, *, alone=False):
    """A Python that has the package; `name==version`. `alone`: without what it asks for."""
    python, mark = TOOLS / 'bin/python', TOOLS / f'{requirement}.installed'
    if not mark.exists():
        if not python.exists():
            subprocess.run([sys.executable, '-m', 'venv', TOOLS], check=True)
        subprocess.run([TOOLS / 'bin/pip', 'install', '--quiet', '--disable-pip-version-check',
                        *(['--no-deps'] if alone else []), requirement], check=True)
        mark.touch()
    return python
