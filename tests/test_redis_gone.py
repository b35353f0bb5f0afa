"""Redis hangs, Redis is killed: pages answer and say so, writes are kept, and within a minute of its
return the mails are out."""

import datetime as dt
import http.cookiejar
import re
import time
import urllib.parse
import urllib.request
from contextlib import suppress

import pytest

from cadres.models import Delivery, Heartbeat, ReminderPolicy
from cadres.notices import notify
from liaison import clock
from tests.mail_server import free_port
from tests.test_reminders_process import wait_until

BANNER = "提醒服务延迟"
PATIENCE = 10  # seconds a page may take on a busy machine


class Desk:
    """赵's browser, at a web server of its own."""

    def __init__(self, office, cookie, **env):
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        web = ("manage.py", "runserver", "--noreload", f"127.0.0.1:{port}")
        self.web = office.start(*web, **env)
        self.jar = http.cookiejar.CookieJar()
        self.jar.set_cookie(_cookie("sessionid", cookie))
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        wait_until(self._answers, 60, "the web server did not start")

    def _answers(self):
        with suppress(OSError):
            return self.open("/healthz")

    def open(self, path, **form):
        """The page, or what a form sent there leads to."""
        data = urllib.parse.urlencode(form).encode() if form else None
        with self.browser.open(self.base + path, data, timeout=PATIENCE) as answer:
            return answer.read().decode()

    def send_again(self, delivery):
        """重发 of one stuck delivery."""
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', self.open("/notices/stuck/"))
        return self.open(f"/notices/stuck/{delivery.pk}/retry/", csrfmiddlewaretoken=token[1])


def _cookie(name, value):
    return http.cookiejar.Cookie(
        0, name, value, None, False, "127.0.0.1", False, False, "/", True, False, None, False, None,
        None, {},
    )  # fmt: skip


@pytest.fixture
def three(li, zhao, wang):
    """One mail that has waited for ten minutes, and two the office may send once more."""
    ReminderPolicy.objects.update(quiet_from=dt.time(0), quiet_to=dt.time(0))
    due = clock.now() - dt.timedelta(minutes=10)
    for person in (zhao, li, wang):
        notify(
            recipient=person, kind="test", subject="session:1", slot="s", title="驻点提醒",
            text="", url="/", due_at=due, now=due,
        )  # fmt: skip
    Delivery.objects.exclude(notice__recipient=zhao).update(state="given_up", attempts=6)
    return {each.notice.recipient.username: each for each in Delivery.objects.all()}


def ten_minutes_pass():
    """What stands in the rows of a silence of ten minutes: the last pass and what waits are that old."""
    ago = clock.now() - dt.timedelta(minutes=10)
    Heartbeat.objects.update(at=ago)
    assert Delivery.objects.due(clock.now()).update(next_try_at=ago) == 1


def the_delay_is_told(desk):
    """On the pages, which answer all the same."""
    page = desk.open("/")
    assert "工作台" in page and BANNER in page
    assert BANNER in desk.open("/ledger/")


def test_pages_go_on_without_redis_and_mails_follow_its_return(
    three, signed_in, zhao, outside, mailbox, own_redis
):
    client = signed_in(zhao)
    office = outside()
    env = {"REDIS_URL": own_redis.url, "EMAIL_URL": mailbox.url}
    desk = Desk(office, client.cookies["sessionid"].value, **env)
    assert BANNER in desk.open("/")  # nobody has come for the first mail yet

    beat = ("--beat", "--schedule", str(office.folder / "beat"))
    worker = office.worker(*beat, RUN_DUE_EVERY="5", **env)
    wait_until(lambda: len(mailbox.accepted) == 1, 60, "the worker sends nothing")
    assert BANNER not in desk.open("/")

    own_redis.hang()
    assert "已安排重发1条" in desk.send_again(three["li"])
    time.sleep(7)  # longer than the worker waits for an answer
    assert BANNER not in desk.open("/")  # a few seconds are no delay
    ten_minutes_pass()
    the_delay_is_told(desk)
    assert len(mailbox.accepted) == 1
    own_redis.go_on()
    wait_until(lambda: len(mailbox.accepted) == 2, 60, "nothing came after Redis went on")
    wait_until(lambda: BANNER not in desk.open("/"), 60, "the banner stays though Redis went on")

    own_redis.kill()
    assert "已安排重发1条" in desk.send_again(three["wang"])
    time.sleep(3)
    assert BANNER not in desk.open("/")
    ten_minutes_pass()
    the_delay_is_told(desk)
    assert len(mailbox.accepted) == 2
    own_redis.start()
    wait_until(lambda: len(mailbox.accepted) == 3, 60, "nothing came after Redis returned")
    wait_until(lambda: BANNER not in desk.open("/"), 60, "the banner stays though Redis is back")

    def all_sent():
        return not Delivery.objects.exclude(state="sent").exists()

    wait_until(all_sent, 30, "a delivery is not written down")
    assert worker.poll() is None, "the worker has ended"
    addresses = ["li@example.test", "wang@example.test", "zhao@example.test"]
    assert mailbox.addresses == addresses
