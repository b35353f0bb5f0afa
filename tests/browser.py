"""A real Chromium for the tests that need one: a pytest plugin.

The root conftest names it: ``pytest_plugins = ["tests.browser"]``. A test marked ``browser`` asks
for ``page`` (a PC) or ``phone`` (360 px wide); both fail at the end when the page logged an
error, since a breach of the content security policy shows nowhere else.
"""

import os
import re
import shutil

import pytest

MISSING = "Chromium is not installed"
INSTALL = "apt-get install chromium fonts-noto-cjk"
# No first-run pages, and no calls home: the machine may have no way out.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PC = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 740}


def find_chromium():
    """Path of the Chromium to drive, from CHROMIUM or PATH; None when there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


# --- Where there is no Chromium -------------------------------------------------------------


def pytest_collection_modifyitems(items):
    """Skip the browser tests where there is no Chromium, unless BROWSER_TESTS=required."""
    if find_chromium() or os.environ.get("BROWSER_TESTS") == "required":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=MISSING))


def pytest_terminal_summary(terminalreporter):
    """Name the browser tests that did not run, and the line that changes it."""
    skipped = terminalreporter.stats.get("skipped", [])
    names = sorted(report.nodeid for report in skipped if MISSING in str(report.longrepr))
    if not names:
        return
    terminalreporter.section(f"{MISSING}: {len(names)} browser tests did not run")
    for name in names:
        terminalreporter.line(name)
    terminalreporter.line(f"To run them: {INSTALL}")


# --- Signing in -----------------------------------------------------------------------------


def sign_in(page, username, password, address="/"):
    """Sign in on the way to an address; back when that page and its scripts are there.

    Keys pressed before the scripts run go nowhere, so the load is waited for.
    """
    page.goto(address)
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
    page.wait_for_load_state("load")
    return page


# --- Fixtures -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium():
    """One headless Chromium for the run."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, and Django would refuse every query beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = find_chromium()
    assert path, f"{MISSING}: {INSTALL}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def _open(chromium, live_server, size, **options):
    """A page of its own cookies, and the list its errors will be written to.

    Without service workers unless ``service_workers="allow"`` says so: what one answers, a test cannot cut.
    """
    options.setdefault("service_workers", "block")
    context = chromium.new_context(
        base_url=live_server.url,
        viewport=size,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        **options,
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: _note(page, message))
    return page


# A refused form's 422 is told as an error, and is meant. So is what htmx says of a question still on its way when
# the next change asks anew, or the page is left (the rule that fires): nobody waits for the answer any more.
# `htmx:afterRequest` stands beside every failure; sendError and timeout still count by their own names.
MEANT = re.compile(r"status of 4|^htmx:(sendAbort|afterRequest)\b")


def _note(page, message):
    """Keep what the console calls an error, and nobody meant."""
    if message.type == "error" and not MEANT.search(message.text):
        page.faults.append(message.text)


@pytest.fixture
def page(chromium, live_server):
    """A page at the size of an office PC."""
    page = _open(chromium, live_server, PC)
    yield page
    page.context.close()
    assert page.faults == []


@pytest.fixture
def phone(chromium, live_server):
    """A page at the size of a small phone, with touch."""
    page = _open(chromium, live_server, PHONE, has_touch=True, is_mobile=True)
    yield page
    page.context.close()
    assert page.faults == []
