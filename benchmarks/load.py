"""Interleaved load runs over running servers, compared as ratios round by round.

Every round runs each contender once, in a fresh random order; figures are medians over the rounds and ratios are
medians of same-round ratios, so that a noisy machine disturbs them little. Needs Debian's `wrk`. Loopback only.
"""

import json
import os
import random
import statistics
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
FEWEST_ANSWERS, LONGEST_RUN = 3, 50
SCRIPT = Path(__file__).with_name("mix.lua")


@dataclass(slots=True)
class Contender:
    """One server and the questions it is asked: a file of addresses, one a line (a tab and an ETag may follow)."""

    name: str
    port: int
    mix: Path
    pid: int
    prefix: str = ""
    status: int = 200
    etag: bool = False
    runs: list[dict[str, float]] = field(default_factory=list)

    def median(self, figure: str) -> float:
        return statistics.median(run[figure] for run in self.runs)

    @property
    def bad(self) -> int:
        return int(sum(run["wrong"] + run["socket_errors"] + run["timeouts"] for run in self.runs))


def family(pid: int) -> list[int]:
    """The process and all its descendants."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    children: dict[int, list[int]] = {}
    for line in listed.splitlines():
        child, parent = map(int, line.split())
        children.setdefault(parent, []).append(child)
    found, todo = [], [pid]
    while todo:
        found.append(todo.pop())
        todo += children.get(found[-1], [])
    return found


def cpu_seconds(pid: int) -> float:
    total = 0
    for member in family(pid):
        fields = _read(f"/proc/{member}/stat").rpartition(")")[2].split()
        total += sum(map(int, fields[11:15])) if fields else 0
    return total / TICKS


def memory_mb(pid: int) -> float:
    """Private and proportional shared memory of the process and its descendants, the largest worker alone."""
    workers = [_pss(member) for member in family(pid)]
    return max(workers) / 1024


def _pss(pid: int) -> int:
    lines = _read(f"/proc/{pid}/smaps_rollup").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def run_once(contender: Contender, seconds: int) -> dict[str, float]:
    command = ["wrk", "-t1", "-c1", f"-d{seconds}s", "--timeout", "60s", "-s", str(SCRIPT)]
    command += [f"http://127.0.0.1:{contender.port}", "--", str(contender.mix), contender.prefix]
    command += [str(contender.status), "etag" if contender.etag else "-", "gzip"]
    before = cpu_seconds(contender.pid)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    used = cpu_seconds(contender.pid) - before
    lines = [line[5:] for line in done.stdout.splitlines() if line.startswith("JSON ")]
    if not lines:
        raise SystemExit(f"{contender.name}: wrk said\n{done.stdout}{done.stderr}")
    result: dict[str, float] = json.loads(lines[0])
    result["rate"] = result["requests"] / result["seconds"]
    result["cpu_ms"] = 1000 * used / max(1, result["requests"])
    return result


def measure(contenders: list[Contender], *, rounds: int, seconds: int) -> None:
    """Fills the runs of every contender. One that answers nothing in a short run gets runs that are long enough."""
    long_enough = {contender.name: _warm_up(contender, seconds) for contender in contenders}
    for _ in range(rounds):
        for contender in random.sample(contenders, len(contenders)):
            contender.runs.append(run_once(contender, long_enough[contender.name]))


def _warm_up(contender: Contender, seconds: int) -> int:
    """How long a run of this contender must be, in seconds, to hold a few answers."""
    while run_once(contender, seconds)["requests"] < FEWEST_ANSWERS and seconds < LONGEST_RUN:
        seconds *= 3
    return seconds


def ratio(mine: Contender, base: Contender, figure: str = "rate") -> float:
    """The median of same-round ratios."""
    pairs = zip(mine.runs, base.runs, strict=True)
    return statistics.median(run[figure] / other[figure] for run, other in pairs if other[figure])


def show(contenders: list[Contender], base: Contender) -> None:
    print(
        f"{'':34}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'cpu ms':>9}{'kB':>7}{'bad':>5}{'MB':>7}   rate x {base.name}"
    )
    for one in contenders:
        size = one.median("bytes") / max(1, one.median("requests")) / 1000
        print(
            f"{one.name:34}{one.median('rate'):9.1f}{one.median('p50_ms'):9.2f}{one.median('p99_ms'):9.2f}"
            f"{one.median('cpu_ms'):9.2f}{size:7.1f}{one.bad:5d}{memory_mb(one.pid):7.1f}   {ratio(one, base):9.2f}"
        )
