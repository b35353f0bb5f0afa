"""No notice holds what is known of a villager: neither its words, nor its address, nor what leaves by a channel.

Every place that composes one is found in the code and must be gone through here, with rows whose registered
personal fields (the registry of liaison/personal.py) hold words that can be told apart. Cadres are named in notices
by name or post: who follows whom is what a handover has to say.
"""

import ast
import datetime as dt
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.db import models

from cadres import handover_notices
from cadres.channels import MAIL, SMS, robots, sms
from cadres.delivering import deliver_due
from cadres.meeting_reminding import remind_meetings
from cadres.models import Notice
from cadres.notices import Message, notify_many
from cadres.reminding import ReminderTimes
from conftest import appoint
from grievances import handing_over, telling
from grievances import models as ledger
from grievances.actions import confide, drawing, meetings, rising, supervising, tending
from liaison.personal import REGISTRY
from tests.lived_in import DAY, NOW
from tests.test_personal_registry import word_of
from visits import telling as visits_telling
from visits.calling_off import tell_changes
from visits.confirming import remind_unconfirmed
from visits.models import LiaisonSession
from visits.reminding import remind

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

EVENING = dt.datetime(2026, 11, 16, 10, tzinfo=dt.UTC)  # 18:00, the day before DAY
LATER = NOW + dt.timedelta(days=10)
ROOT = Path(django_settings.BASE_DIR)
APPS = [app for app in django_settings.LOCAL_APPS if app not in ("liaison", "demo")]
COMPOSE = {"Message", "notify", "quiet_notice"}
GENERIC = {"notify"}  # tells what it is given
ACTS = [
    *telling.DAILY, *telling.TO_THE_UNIT, *telling.TO_THE_VILLAGER, *telling.TOLD_OF_TIME,
    "escalate", "call_up", "return_", "decline", "readmit",
]  # fmt: skip
ACTS.remove("answer_merged")  # of a merged one alone: ``_of_merged``


def composers() -> set:
    """(file, function) of all that composes a notice; in a telling.py whatever leads to it there, too."""
    found = set()
    for file in (file for app in APPS for file in (ROOT / app).rglob("*.py")):
        if "tests" in file.parts:
            continue
        calls = {
            node.name: {_callee(each) for each in ast.walk(node) if isinstance(each, ast.Call)}
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef)
        }
        names = {name for name, called in calls.items() if called & COMPOSE}
        while file.name == "telling.py":
            more = {name for name, called in calls.items() if called & names} - names
            names |= more
            if not more:
                break
        found |= {(str(file.relative_to(ROOT)), name) for name in names - GENERIC}
    return found


def _callee(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def hide_in(rows, known):
    """Fill each registered personal text of these rows, those of cadres' accounts apart, with a word of its own."""
    for row in rows.values():
        personal = {entry.field for entry in REGISTRY if entry.model == word_of(type(row))}
        if type(row).__name__ == "User":
            continue
        texts = [
            field
            for field in row._meta.fields
            if field.name in personal
            and isinstance(field, models.CharField | models.TextField)
            and not (field.choices or field.name.endswith(("index", "pinyin")))
        ]
        told = {field.name: known.word(type(row), field) for field in texts}
        if told:
            type(row)._base_manager.filter(pk=row.pk).update(**told)
            row.refresh_from_db()


class Known:
    """Every word that stands for something known of a villager, and where it was put."""

    def __init__(self):
        self.words = {}

    def word(self, model, field):
        """A new one: digits for a number, else 「鲜于……」."""
        count = len(self.words) + 1
        number = field.name in ("phone", "phones", "id_number")
        word = f"154{count:08d}" if number else f"鲜于{count:03d}"
        return self.keep(word, f"{model.__name__}.{field.name}")

    def keep(self, word, where):
        """A word that is known and must not be told."""
        self.words[word] = where
        return word

    def leaked(self, text):
        """Where the words in a text come from."""
        return sorted(where for word, where in self.words.items() if word in text)


@pytest.fixture
def composed(monkeypatch):
    """What is composed from now on: ``.messages``, and ``.by``, the functions it came through; by mail and SMS."""
    seen = SimpleNamespace(messages=[], by=set())
    whole = Message.__init__

    def init(self, *args, **facts):
        whole(self, *args, **facts | {"channels": (MAIL, SMS)})
        seen.messages.append(self)
        frame = sys._getframe(1)
        while frame:
            file = Path(frame.f_code.co_filename)
            if file.is_relative_to(ROOT):
                seen.by.add((str(file.relative_to(ROOT)), frame.f_code.co_name))
            frame = frame.f_back

    monkeypatch.setattr(Message, "__init__", init)
    return seen


@pytest.fixture
def posted(monkeypatch, settings):
    """What is posted to the gateway and to the robots."""
    bodies = []

    def post(pool, address, body, headers=()):
        bodies.append(json.dumps(body, ensure_ascii=False))
        return {"code": 0, "errcode": 0}

    settings.SMS_URL, settings.SITE_URL = "http://127.0.0.1:9/sms", "http://liaison.example.test"
    for channel in (robots, sms):
        monkeypatch.setattr(channel, "post_json", post)
    return bodies


@pytest.fixture
def town(ours, li, wang, zhao, zhou, sun, chen, qingshan):
    """青山镇, where everything has happened, to people who can be told apart; whom notices reach has a number."""
    known = Known()
    hide_in(ours, known)
    household = ours["Household"]
    household.number = known.keep("鲜字0417号", "Household.number")
    household.save()
    known.keep("430181197001019017", "the resident's ID as it was entered")
    single = LiaisonSession.objects.create(
        kind="appointment", township=qingshan, team=li.team, village=household.village, on=DAY,
        starts_at=dt.time(15), ends_at=dt.time(16), place=known.keep("七里坡八十八号", "a door"),
    )  # fmt: skip
    lu = appoint(
        qingshan, "lu", "陆平", "handler", title="民政办干事", department=chen.post.department
    )
    for person in (li, wang, zhao, zhou, sun, chen, lu):
        person.set_phones(["15400009999"])
        person.save()
    return SimpleNamespace(**locals())


def tell_of_days(town):
    """Reminders, days made, called off and not confirmed; leave; meetings."""
    day, leave = town.ours["LiaisonSession"], town.ours["LeaveRequest"]
    remind(now=EVENING)
    remind_unconfirmed(now=LATER)
    visits_telling.tell_of_new_day(town.single, by=town.zhao, now=NOW)
    leave.stand_in = town.wang
    visits_telling.tell_deciders(leave, deciders=[town.zhao], now=NOW)
    visits_telling.tell_asker(leave, now=NOW)
    visits_telling.tell_stand_in(leave, now=NOW)
    visits_telling.tell_of_withdrawal(leave, people=[town.wang], now=NOW)
    visits_telling.tell_of_lapse(leave, now=NOW)
    LiaisonSession.objects.filter(pk__in=[day.pk, town.single.pk]).update(status="cancelled")
    tell_changes(now=EVENING)
    remind_meetings(now=dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC))


def tell_of_posts(town):
    """A handover, taken back; matters that fall back to the unit."""
    sheet = town.ours["Handover"]
    sheet.successor = town.wang
    handover_notices.tell(sheet, now=NOW)
    handover_notices.tell_withdrawn(sheet, now=NOW)
    sheet.holding.post.department = town.chen.post.department
    handing_over._tell_the_unit(sheet, NOW, DAY)


def tell_of_matters(town):
    """Each act on a matter; what is overdue, looked after, drawn and decided."""
    matter, ours = town.ours["Grievance"], town.ours
    matter.rung, matter.alert_level = ours["Rung"], "red"
    matter.policy = ours["DeadlinePolicy"]
    matter.decline_reason = ledger.DeclineReason.objects.first()
    for act in ACTS:
        matter.version += 1
        telling.tell(act, matter, by=town.sun, now=NOW)
    matter.version += 1
    matter.satisfaction = "dissatisfied"
    telling.tell("verify", matter, by=town.sun, now=NOW)
    part = ledger.Grievance.objects.create(
        number="100-2026-0009", township=town.qingshan, village=matter.village, summary="同一盏灯",
        category=matter.category, source=matter.source, registered_on=DAY, entered_at=NOW,
        registered_by=town.li, merged_into=matter, status="merged",
    )  # fmt: skip
    telling._of_merged(matter, town.sun, NOW)
    for at, tell in enumerate((telling.gone_elsewhere, telling.asked_to_assist), start=90):
        matter.version = at
        tell(matter, town.chen.post.department, by=town.sun, now=NOW)
    part.department = town.chen.post.department
    telling.merged_here(part, by=town.sun, now=NOW)
    supervising._send([town.chen], matter, NOW, "supervision", "s1", "挂牌督办")
    drawing._tell(ours["FollowUpSample"], {town.zhao.pk: 2}, None, NOW)
    meetings._write_decision(ours["MeetingItem"], ours["Meeting"], town.sun, NOW, was="")
    rise = SimpleNamespace(rung=ours["Rung"], township_id=town.qingshan.pk, told_at=NOW)
    notify_many(
        [rising._digest(town.zhou, [rise], f"b{n}", n, matter.number) for n in (1, 2)], now=NOW
    )


def tell_of_confidential(town):
    """A confidential matter taken down, looked back at and late."""
    words = ("complainant", "summary", "detail")
    fields = {name: ledger.Grievance._meta.get_field(name) for name in words}
    matter = confide(
        by=town.sun, on=DAY, now=NOW, village=town.ours["Village"], ground="report", people=[],
        category=town.ours["Category"], source=town.ours["Source"], household=town.household,
        **{name: town.known.word(ledger.Grievance, field) for name, field in fields.items()},
    )  # fmt: skip
    town.known.keep(matter.number, "the number of a confidential matter")
    ledger.LookBack.objects.create(grievance=matter, due_on=DAY, why="book", entered_at=NOW)
    tending.tend_confidential(now=NOW)
    people = {matter.pk: [town.li]}
    tending._send({matter.pk: matter}, people, "late", ReminderTimes.load(), NOW)


def tell_everything(town):
    """All the house has to say."""
    for tell in (tell_of_days, tell_of_posts, tell_of_matters, tell_of_confidential):
        tell(town)


def test_no_notice_holds_what_is_known_of_a_villager(town, composed):
    tell_everything(town)
    for each in composed.messages:
        whole = " ".join((each.title, each.text, each.url, each.subject, each.slot, each.kind))
        assert town.known.leaked(whole) == [], (each.kind, whole)
        assert "15400009999" not in whole


def test_nothing_that_leaves_by_mail_sms_or_a_robot_does_either(town, composed, posted):
    tell_everything(town)
    for hours in range(0, 24 * 12, 12):
        deliver_due(EVENING + dt.timedelta(hours=hours))
    letters = [f"{each.subject}\n{each.body}\n{each.extra_headers}" for each in mail.outbox]
    assert len(letters) > len(ACTS)
    assert any("phone" in body for body in posted)
    assert any("msgtype" in body for body in posted)
    for text in (*letters, *posted):
        assert town.known.leaked(text) == [], text


def test_every_place_that_composes_a_notice_is_gone_through(town, composed):
    tell_everything(town)
    assert sorted(composers() - composed.by) == []
    assert len(composers()) > 20


def test_every_word_of_the_tables_of_telling_reaches_somebody(town, composed):
    tell_of_matters(town)
    titles = " ".join(Notice.objects.values_list("title", flat=True))
    tables = (telling.TO_THE_UNIT, telling.TO_THE_VILLAGER, telling.TOLD_OF_TIME)
    words = [words for table in tables for words in table.values()]
    words += [words for _, words in telling.DAILY.values()]
    assert [each for each in words if each not in titles] == []


def test_a_leak_would_be_seen(town, composed):
    """The words are there to be found: a notice that names who brought the matter is caught."""
    matter = town.ours["Grievance"]
    for leak in (matter.complainant, matter.phone, matter.summary, town.household.address):
        assert town.known.leaked(f"诉求{matter.number}（{leak}）请办理")
    assert {"Grievance.complainant", "Household.head_name", "Resident.phones", "Resident.id_number",
            "Household.address", "LeaveRequest.words"} <= set(town.known.words.values())  # fmt: skip
