"""How a server is loaded and what it costs: requests a second, and its processor time for each request."""
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf('SC_CLK_TCK')


@dataclass
class Round:
    rate: float
    """Requests a second."""
    cpu: float
    """Microseconds of the server's processes for each request."""
    p99: float
    """Milliseconds."""


def load(name, url, cookies, pids, seconds=4, connections=64, script=''):
    """One round of wrk: each request is of another of the `cookies`, or as the `script` says. Refuses to count answers that say no."""
    if cookies:
        script = 'local jars = {' + ', '.join(f'"{c}"' for c in cookies) + '''}
local at = 0
request = function()
    at = at % #jars + 1
    return wrk.format("GET", nil, {Cookie = jars[at]})
end
'''
    with tempfile.NamedTemporaryFile('w', suffix='.lua') as file:
        file.write(script)
        file.flush()
        before = sum(ticks(p) for p in pids)
        said = subprocess.run(['wrk', '-t1', '--timeout', '20s', f'-c{connections}', f'-d{seconds}s', '--latency', *(['-s', file.name] if script else []), url],
                              capture_output=True, text=True, check=True).stdout
        used = sum(ticks(p) for p in pids) - before
    if trouble := re.search(r'(Non-2xx.*|Socket errors.*)', said):
        raise SystemExit(f'{name}: {trouble[1]}')
    requests = int(re.search(r'(\d+) requests in', said)[1])
    p99, unit = re.search(r'99%\s+([\d.]+)(us|ms|s)', said).groups()
    return Round(rate=float(re.search(r'Requests/sec:\s+([\d.]+)', said)[1]), cpu=used / TICK * 1e6 / requests,
                 p99=float(p99) * {'us': 0.001, 'ms': 1, 's': 1000}[unit])


def ticks(pid):
    fields = Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()
    return int(fields[11]) + int(fields[12])


def children(pid):
    """The process and all below it."""
    parents = {}
    for stat in Path('/proc').glob('[0-9]*/stat'):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(')')[2].split()[1])
        except OSError:
            continue
    found = [pid]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return found


def memory(pid):
    """Megabytes resident."""
    return int(re.search(r'VmRSS:\s+(\d+)', Path(f'/proc/{pid}/status').read_text())[1]) / 1024


def spread(values, digits=0):
    ordered = sorted(values)
    return ' / '.join(f'{v:,.{digits}f}' for v in (ordered[0], ordered[len(ordered) // 2], ordered[-1]))


def median(values):
    return sorted(values)[len(values) // 2]
