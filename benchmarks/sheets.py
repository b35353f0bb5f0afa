"""走访单 of a whole township in one print, through the server: 营仔镇, a team a village, with 6,000
households and a year of visits.

The server is the one ``make run`` starts (Granian); the clerk opens /sessions/sheets/ and presses the button. The
first print notes every sheet's edition, the ones after it find theirs again; both read households, matters, people.
"""

import json
import os
import re
import subprocess
import sys
import time
from http.cookiejar import CookieJar
from time import perf_counter
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from .data import FOLDER, ROOT

HOUSEHOLDS, YEARS, PRINTS = 6_000, 1, 5
PORT = int(os.environ.get("BENCH_PORT", "8791"))
SITE = f"http://127.0.0.1:{PORT}"
HIDDEN = r'name="csrfmiddlewaretoken" value="([^"]+)"'


def main() -> None:
    """Print seconds for each print, with villages, pages and KiB."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / "sheets.sqlite3"
    env = dict(os.environ, DATABASE_URL=f"sqlite:///{path}", DEMO="1", DEBUG="1")
    _fill(env, not path.exists())
    command = [sys.executable, "-m", "granian", "liaison.wsgi:application", "--interface", "wsgi"]
    command += ["--port", str(PORT), "--log-level", "warning"]
    web = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        _measure(_sign_in(env))
    finally:
        web.terminate()
        web.wait()


def _manage(env, *words) -> str:
    command = [sys.executable, "manage.py", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE).stdout


def _fill(env, is_new):
    """Built once; a later run plans the days ahead anew."""
    _manage(env, "migrate", "--verbosity", 0)
    if is_new:
        size = ("--households", HOUSEHOLDS, "--years", YEARS)
        _manage(env, "seed_demo", "--scheme", "yingzai", *size)
    _manage(env, "run_due")


def _sign_in(env):
    accounts = {a["username"]: a for a in json.loads(_manage(env, "demo_accounts", "--json"))}
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    for _ in range(120):
        try:
            page = browser.open(f"{SITE}/accounts/login/").read().decode()
            break
        except URLError:
            time.sleep(0.5)
    told = {"username": "bangong", "password": accounts["bangong"]["password"]}
    _send(browser, "/accounts/login/", page, told)
    return browser


def _send(browser, path, page, told) -> bytes:
    told |= {"csrfmiddlewaretoken": re.search(HIDDEN, page)[1]}
    return browser.open(f"{SITE}{path}", urlencode(told, doseq=True).encode()).read()


def _measure(browser):
    from .prints import pages_of

    page = browser.open(f"{SITE}/sessions/sheets/").read().decode()
    days = re.findall(r'name="days" value="(\d+)"', page)
    for number in range(1, PRINTS + 1):
        start = perf_counter()
        pdf = _send(browser, "/sessions/sheets/", page, {"days": days})
        seconds = perf_counter() - start
        words = f"{len(days)} villages' sheets, print {number}, {pages_of(pdf)} pages"
        print(f"{words:<44}{seconds:>8.2f} s{len(pdf) / 1024:>8.0f} KiB", flush=True)


if __name__ == "__main__":
    main()
