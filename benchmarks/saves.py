"""``make bench ARGS="--only saves"``: saves a second over HTTP, fifty people at once, beside a bare view.

The server is the one ``make run`` starts (bin/run.py), the people sit in a process of their own, each signed in
through the log-in page, each with a connection that stays open. A save is one visit by the form of /visits/new/
as a browser sends it, under a fresh identifier. The bare view (saves_urls.py) stores the same by the same
statements in one transaction of the same durability and does nothing else; it stands once behind the doors of
the house and once, on a second server, behind Django's stock middleware. Rounds alternate, so that a slow moment
of the machine hits all; ratios are of the saves of all rounds. Exits with 1 after any answer but the right one.
"""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

from .data import FOLDER, ROOT

sys.path.insert(0, str(ROOT / "bin"))
ROUNDS, SECONDS = 5, 4.0
PATIENCE = 120  # seconds for a server to begin
ROWS = {"visit": 1}
HEAD = f"\n{'case':<26}{'saves':>8}{'saves/s':>9}{'median ms':>11}{'p95 ms':>9}{'cpu ms':>9}{'errors':>8}"


def main():
    """Found the township, serve it, save, print the table."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    environment = _environment()
    facts = _found(environment)
    with _server(environment) as site, _server(environment | {"BENCH_DOORS": "stock"}) as stock:
        ports = {"site": site, "stock": stock}
        errors = _measure(environment, ports, facts)
    if errors:
        sys.exit(1)


def _environment():
    url = os.environ.get("BENCH_DATABASE_URL", "").format(size="saves")
    if not url:
        for path in FOLDER.glob("saves.sqlite3*"):
            path.unlink()
        url = f"sqlite:///{FOLDER / 'saves.sqlite3'}"
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "benchmarks.saves_settings",
        "DEBUG": "false",
        "LOG_LEVEL": "ERROR",
        "PRIVATE_FILES": str(FOLDER / "files"),
    }


def _found(environment):
    command = [sys.executable, "-m", "benchmarks.saves", "found"]
    done = subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])


def found():
    """In a process of its own: fill the database, and say what the clients must know of it."""
    import django

    django.setup()
    from villages.models import Household, Township

    from . import saves_data

    saves_data.fill()
    homes = Household.objects.order_by("-pk").values_list("village_id", "pk")
    first = dict(homes.iterator())
    names = [f"bench{at:02d}" for at in range(saves_data.CADRES)]
    said = {
        "township": Township.objects.get().pk, "households": first, "people": names,
        "password": saves_data.PASSWORD, "sessions": saves_data.sessions(),
    }  # fmt: skip
    print(json.dumps(said))


@contextmanager
def _server(environment):
    """The production server on a free port; yields the port and its master process."""
    import run

    with socket.socket() as probe:
        probe.bind((run.HOST, 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [str(part) for part in run.web_command(port)], cwd=ROOT, env=environment
    )
    try:
        begun = time.monotonic()
        while not run.answers(port):
            if server.poll() is not None or time.monotonic() - begun > PATIENCE:
                raise SystemExit("the server does not answer")
            time.sleep(0.2)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


def _measure(environment, servers, facts):
    client = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.saves_client"], cwd=ROOT, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    _tell(client, {
        "ports": {name: port for name, (port, _) in servers.items()},
        "people": facts["people"], "password": facts["password"],
    })  # fmt: skip
    if client.stdout.readline() != "ready\n":
        raise SystemExit("the people could not sign in")
    cases = {
        "one visit": {"kind": "visit", "at": "site", "leads_to": "/visits/saved/?"},
        "bare": {"kind": "bare", "at": "site", "leads_to": "/visits/saved/"},
        "bare, stock doors": {"kind": "bare", "at": "stock", "leads_to": "/visits/saved/"},
    }
    told = {name: [] for name in cases}
    for turn in range(ROUNDS + 1):  # the first warms up
        for name, case in cases.items():
            before = _cpu(servers[case["at"]][1])
            known = {"township": facts["township"], "households": facts["households"], "rows": 1}
            known["leads_to"] = case["leads_to"]
            said = {"kind": case["kind"], "at": case["at"], "facts": known}
            _tell(client, said | {"seconds": SECONDS if turn else 1.0})
            result = json.loads(client.stdout.readline())
            result["cpu"] = _cpu(servers[case["at"]][1]) - before
            if turn:
                told[name].append(result)
    client.stdin.close()
    client.wait(10)
    return _print(told)


def _tell(client, said):
    client.stdin.write(f"{json.dumps(said)}\n")
    client.stdin.flush()


def _cpu(master):
    """Processor seconds of a server's processes, its master and workers (Linux)."""
    total = 0
    pids = [master]
    while pids:
        pid = pids.pop()
        try:
            with open(f"/proc/{pid}/stat") as file:
                total += sum(map(int, file.read().rpartition(")")[2].split()[11:13]))
            with open(f"/proc/{pid}/task/{pid}/children") as file:
                pids += file.read().split()
        except OSError:
            return 0.0
    return total / os.sysconf("SC_CLK_TCK")


def _print(told):
    print(HEAD)
    rates, errors = {}, 0
    for name, rounds in told.items():
        saves = sum(each["saves"] for each in rounds)
        rates[name] = saves / sum(each["seconds"] for each in rounds)
        faults = sum(each["errors"] for each in rounds)
        errors += faults
        median = sorted(each["median"] for each in rounds)[len(rounds) // 2]
        p95 = sorted(each["p95"] for each in rounds)[len(rounds) // 2]
        cpu = sum(each["cpu"] for each in rounds) * 1000 / saves
        print(
            f"{name:<26}{saves:>8,}{rates[name]:>9,.0f}{median:>11.0f}{p95:>9.0f}{cpu:>9.2f}{faults:>8}"
        )
        for said in [fault for each in rounds for fault in each["seen"]][:3]:
            print(f"    {said}")
    for floor in ("bare", "bare, stock doors"):
        print(f"one visit : {floor:<26}{rates['one visit'] / rates[floor]:.2f}", flush=True)
    return errors


if __name__ == "__main__":
    found()
