"""`make screenshots`: the README's three pictures, of a fresh demo township in a temporary database."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.browser import FLAGS, INSTALL, MISSING, find_chromium  # noqa: E402

IMAGES = ROOT / "docs" / "images"
PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
# (file, account, size, where to go: an address, or words to click one after the other)
SHOTS = (
    ("desk.png", "bangong", (1280, 720), "/"),
    ("liaison-day-phone.png", "ganbu1", (360, 740), ("补记", "填写")),
    ("dashboard.png", "ducha", (1280, 900), "/dashboard/"),
)


def manage(env, *arguments):
    """Output of a management command."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=env, check=True, capture_output=True, text=True
    ).stdout


def wait_for_answer():
    """Until the site answers, a minute at the most."""
    for _ in range(120):
        with suppress(OSError), urllib.request.urlopen(f"{BASE}/healthz", timeout=2):
            return
        time.sleep(0.5)
    sys.exit("The site did not start.")


def shoot(browser, file, account, size, goal):
    """One picture, signed in as one person."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page.goto(f"{BASE}/accounts/login/")
    page.fill("[name=username]", account["username"])
    page.fill("[name=password]", account["password"])
    page.click("main button[type=submit]")
    page.wait_for_url(f"{BASE}/")
    if isinstance(goal, str):
        page.goto(BASE + goal)
    else:
        for word in goal:
            page.get_by_role("link", name=word).first.click()
            page.wait_for_load_state("networkidle")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / file)
    page.close()


def main():
    """Build, serve, shoot, stop."""
    path = find_chromium() or sys.exit(f"{MISSING}: {INSTALL}")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
            "DEMO": "1",
            "DEBUG": "1",
        }
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "seed_demo")
        accounts = {
            each["username"]: each for each in json.loads(manage(env, "demo_accounts", "--json"))
        }
        serve = [
            "-m",
            "granian",
            "liaison.wsgi:application",
            "--interface",
            "wsgi",
            "--port",
            str(PORT),
        ]
        web = subprocess.Popen(
            [sys.executable, *serve, "--log-level", "warning"], cwd=ROOT, env=env
        )
        try:
            wait_for_answer()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
                for file, username, size, goal in SHOTS:
                    shoot(browser, file, accounts[username], size, goal)
                browser.close()
        finally:
            web.terminate()
            web.wait()


if __name__ == "__main__":
    main()
