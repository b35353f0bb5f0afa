"""The whole life of one matter of each kind, from its registration to 销号, in a real browser.

Between them the six go every way the table of transitions has: sideways, up, at rest, together, with helpers.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from conftest import PASSWORD
from grievances.models import Grievance
from grievances.models.states import TRANSITIONS
from grievances.views.matter import slug
from tests.browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REAL, SAID = {"method": "①实质办结", "words": "办好了"}, {"words": "按程序办"}
ACCEPTED, ASSIGNED = ("zhao", "accept", {}), ("zhao", "assign", {"department": "民政办"})
TAKEN, SETTLED = ("chen", "take_in_hand", {}), ("chen", "settle", REAL)
ASKED = {"answer": "satisfied", "mode": "phone"}
END = [("li", "answer", {"mode": "oral"}), ("sun", "verify", ASKED), ("zhao", "close_out", {})]
HANDED = [ACCEPTED, ASSIGNED, TAKEN]

# kind -> what is done to it, by whom, in order; {name} is the number of another kind's matter
LIVES = {
    "demand": [
        *HANDED,
        ("zhao", "transfer", {"department": "水利站", "words": "属于水利站"}),
        ("he", "take_in_hand", {}),
        ("zhao", "suspend", {"reason": 0, "until": "month"}),
        ("he", "resume", {}),
        ("he", "settle", REAL),
        *END,
    ],
    "suggestion": [
        ACCEPTED,
        ("zhao", "forward", {"organ": "县供电公司"}),
        ("zhao", "take_back", SAID),
        ASSIGNED,
        ("chen", "return_", SAID),
        ASSIGNED,
        TAKEN,
        ("chen", "escalate", SAID),
        ("zhao", "send_down", SAID),
        SETTLED,
        *END,
    ],
    "help": [
        *HANDED,
        ("chen", "assist", {"department": "水利站", "words": "请一同看"}),
        ("he", "report_assist", {"words": "看过了"}),
        ("zhao", "mark", {"is_legacy": True, "words": "多年了"}),
        ("zhou", "call_up", {"rung": "统筹调度", "words": "重点"}),
        ("zhou", "send_down", SAID),
        SETTLED,
        *END,
    ],
    "inquiry": [
        ("li", "settle_on_the_spot", {"method": "③政策解答", "words": "解释清楚了"}),
        ("li", "link_repeat", {"earlier_number": "{help}"}),
        ("li", "unlink_repeat", SAID),
        END[0],
        ("zhao", "reopen", SAID),
        ASSIGNED,
        TAKEN,
        SETTLED,
        *END,
    ],
    "dispute": [
        ("zhao", "merge", {"main_number": "{complaint}", "words": "同一件"}),
        ("li", "tell_joined", {"mode": "oral"}),
        ("zhao", "separate", SAID),
        ASSIGNED,
        TAKEN,
        SETTLED,
        END[0],
        ("sun", "check", {"kind": "on_site", "words": "到现场看过"}),
        END[2],
    ],
    "complaint": [*HANDED, SETTLED, *END[:2]],
}


class Desk:
    """One browser window at which six people take turns."""

    def __init__(self, page, people):
        self.page, self.at, self.cookies, self.numbers = page, (None, None), {}, {}
        for name, user in people.items():
            page.context.clear_cookies()
            sign_in(page, user.username, PASSWORD)
            self.cookies[name] = page.context.cookies()

    def sit(self, name, address):
        """Another person opens a page."""
        if self.at[0] != name:
            self.page.context.clear_cookies()
            self.page.context.add_cookies(self.cookies[name])
        if self.at != (name, address):
            self.page.goto(address)
        self.at = (name, address)

    def register(self, kind):
        """李 writes it down; its number."""
        self.sit("li", reverse("grievances:register"))
        form = self.page.locator("form.house-form")
        fill(form, {"complainant": "周大山", "summary": f"{kind}的一件事", "kind": kind})
        fill(form, {"category": "道路交通", "source": "驻点日接待"})
        form.locator("button[type=submit]").last.click()
        self.page.wait_for_url("**/ledger/100-*/")  # the answer is there: nobody writes any more
        self.at = ("li", None)
        return self.page.url.rstrip("/").rpartition("/")[2]

    def act(self, number, name, act, said):
        """One act on the matter's page: unfolded, filled in, sent, recorded."""
        self.sit(name, reverse("grievances:detail", args=[number]))
        box = self.page.locator(f"#act-{slug(act)}")
        if box.get_attribute("open") is None:
            box.locator("summary").click()
        given = {key: value.format(**self.numbers) if isinstance(value, str) else value
                 for key, value in said.items()}  # fmt: skip
        fill(box, given)
        box.locator("button[type=submit]").click()
        said = f"{number}：{TRANSITIONS[act][0]}已记录。"
        expect(self.page.get_by_text(said)).to_be_visible()


def fill(form, said):
    """Each field by its kind: a text, one of a list, one of a few, a tick."""
    for name, value in said.items():
        field = form.locator(f"[name={name}]")
        kind = field.first.evaluate("node => node.type")
        if kind == "radio":
            form.locator(f"[name={name}][value={value}]").check()
        elif kind == "checkbox":
            field.check()
        elif kind == "select-one" and value == 0:
            field.select_option(index=1)
        elif kind == "select-one":
            known = field.locator(f"option[value='{value}']").count()
            field.select_option(**({"value": value} if known else {"label": value}))
        elif value == "month":
            today = form.locator("[name=on]").input_value()
            ahead = "new Date(Date.parse(day) + 30 * 864e5).toISOString().slice(0, 10)"
            field.fill(field.evaluate(f"(node, day) => {ahead}", today))
        else:
            field.fill(value)


@pytest.fixture
def desk(page, li, zhao, chen, he, sun, zhou):
    """Six people signed in."""
    people = {"li": li, "zhao": zhao, "chen": chen, "he": he, "sun": sun, "zhou": zhou}
    return Desk(page, people)


def test_a_matter_of_each_kind_from_registration_to_the_end(desk):
    for kind in LIVES:
        desk.numbers[kind] = desk.register(kind)
    again = desk.register("complaint")
    desk.act(again, "zhao", "merge", {"main_number": "{complaint}", "words": "几个人反映"})
    for kind, life in LIVES.items():
        for name, act, said in life:
            desk.act(desk.numbers[kind], name, act, said)
    desk.act(again, "li", "tell_merged", {"mode": "phone"})
    desk.act(desk.numbers["complaint"], "zhao", "close_out", {})
    desk.page.goto("about:blank")

    ended = Grievance.objects.filter(number__in=desk.numbers.values())
    # A report has its own ways, and a matter declined its own end: test_lives_quiet_browser.py
    assert {row.kind for row in ended} == set(Grievance.Kind.values) - {"report"}
    assert {row.status for row in ended} == {"closed_out"}
    used = set(Grievance.objects.values_list("steps__act", flat=True))
    assert set(TRANSITIONS) - used <= {"decline", "readmit"}
