"""The seven points, by the pages people use: from the county's village codes to a ledger it accepts.

One story, told in order: each point needs what the one before it made.
"""

import datetime as dt
import io
import json
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cadres.models import Delivery, Department, LiaisonPlan, LiaisonTeam, Notice
from cadres.roles import Role
from conftest import appoint
from demo.build.scale import PLACES
from demo.build.township import DATA
from grievances.models import Category, Grievance, SettlementMethod, Source
from liaison import audit
from tests.filling import fill_in
from villages.models import Household, Resident, Township
from visits.models import LiaisonSession, Visit

DAYAO = PLACES["dayao"].code
DIVISIONS = str(DATA / PLACES["dayao"].divisions)
ROSTER = Path(settings.BASE_DIR) / "villages" / "tests" / "files" / "a-花名册-李畋村-规范.xlsx"
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = dt.datetime(2026, 3, 9, 9, 0, tzinfo=SHANGHAI)
TUESDAY = dt.datetime(2026, 3, 10, 11, 0, tzinfo=SHANGHAI)


class Walk:
    """The people of the story, each with a browser of their own, and what they made."""

    def __init__(self, township):
        self.township, self.clients = township, {}
        self.village = township.villages.get(name="李畋村")
        unit = Department.objects.create(township=township, name="水利站")
        self.clerk = appoint(township, "clerk", "赵敏", Role.OFFICE, title="驻点办干事")
        self.lead = appoint(township, "lead", "李明", Role.CADRE, title="党委委员")
        self.member = appoint(township, "member", "王强", Role.CADRE, title="李畋村包村干部")
        self.handler = appoint(
            township, "handler", "陈静", Role.HANDLER, title="水利站站长", department=unit
        )
        self.supervisor = appoint(
            township, "supervisor", "孙正", Role.SUPERVISOR, title="督查组组长"
        )

    def browser(self, user):
        """This person's browser, signed in for the day."""
        client = self.clients.setdefault(user.pk, Client())
        client.force_login(user, backend="cadres.backends.RoleBackend")
        return client

    def act(self, user, act, **values):
        """One act on the matter's own page."""
        page = reverse("grievances:detail", args=[self.matter.number])
        return fill_in(self.browser(user), page, action=f"/{act}/", **values)


@pytest.fixture
def walk(db, settings, tmp_path):
    """大瑶镇 from the national list, and its people."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ALLOW_TEST_CLOCK = True
    settings.PRIVATE_FILES = tmp_path
    call_command("import_divisions", DIVISIONS, township=DAYAO[:9], verbosity=0)
    return Walk(Township.objects.get(code=DAYAO))


def test_the_walk(walk):
    with time_machine.travel(MONDAY, tick=False) as clock:
        the_township_is_loaded(walk)
        the_roster_comes_in(walk)
        team_plan_and_calendar(walk)
        clock.move_to(MONDAY.replace(hour=17, minute=5))
        each_member_is_reminded_once(walk)
        clock.move_to(TUESDAY)
        the_liaison_day(walk)
        from_hand_to_hand(walk, clock)
        the_supervisor_clicks_every_number(walk)
        the_county_gets_its_excel(walk)
    assert audit.verify() == []


def the_township_is_loaded(walk):
    """Point 1: fifteen real villages, in the order of their codes; loading again adds none."""
    assert walk.township.villages.count() == 15
    call_command("import_divisions", DIVISIONS, township=DAYAO[:9], verbosity=0)
    assert walk.township.villages.count() == 15
    page = walk.browser(walk.clerk).get(reverse("villages:villages")).content.decode()
    assert page.index("南川社区") < page.index("李畋村") < page.index("汇丰村")


def the_roster_comes_in(walk):
    """Point 2: upload, preview, confirm; the second time changes nothing; the command says the same."""
    browser = walk.browser(walk.clerk)
    preview = upload(browser, walk.village)
    assert not Household.objects.exists()  # a preview writes nothing
    assert "300" in preview.content.decode()
    assert "1013" in preview.content.decode().replace(",", "")
    done = fill_in(browser, preview, holding="fingerprint")
    assert done.status_code == 200
    assert (Household.objects.count(), Resident.objects.count()) == (300, 1013)

    told = import_roster(walk.village, "--dry-run")
    assert told["households"] | told["residents"] == {
        "new": 0, "changed": 0, "moved": 0, "unchanged": 1013, "missing": 0,
    }  # fmt: skip
    assert (told["file"], told["refused"], told["warnings"]) == (None, [], [])


def upload(browser, village):
    """The preview of the sample roster."""
    with ROSTER.open("rb") as file:
        return fill_in(
            browser, reverse("villages:roster"), village=str(village.pk), files={"file": file}
        )


def import_roster(village, *options):
    """What the command prints."""
    out = io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command(
            "import_roster", str(ROSTER), "--village", village.code, "--json", *options, stdout=out
        )
        raise SystemExit(0)
    assert left.value.code == 0
    return json.loads(out.getvalue())


def team_plan_and_calendar(walk):
    """Point 3, first half: who, every Tuesday 9:00-11:30, which office; the days stand on the calendar."""
    browser = walk.browser(walk.clerk)
    fill_in(
        browser, reverse("cadres:new_team"), name="李畋村驻点团队", villages=str(walk.village.pk),
        seats__0__post=str(walk.lead.post.pk), seats__0__kind="lead",
        seats__1__post=str(walk.member.post.pk), seats__1__kind="member",
    )  # fmt: skip
    walk.team = LiaisonTeam.objects.get()
    fill_in(
        browser, reverse("cadres:plan_new"), team=str(walk.team.pk), village=str(walk.village.pk),
        place="李畋村便民服务大厅", rhythm="每周二", starts_at="09:00", ends_at="11:30",
        holiday_rule="next", valid_from="2026-03-01", valid_to="2026-12-31",
    )  # fmt: skip
    assert LiaisonPlan.objects.get().in_words() == "每周二 09:00–11:30"
    days = set(LiaisonSession.objects.values_list("on", flat=True))
    # The plan began on the 1st: the 3rd, held before it was typed in, can still be written up
    assert {dt.date(2026, 3, 3), dt.date(2026, 3, 10), dt.date(2026, 3, 17)} <= days
    # Tuesday 5 May is a holiday: the day moves to the next working day
    assert dt.date(2026, 5, 5) not in days
    calendar = browser.get(reverse("cadres:calendar"), {"year": 2026}).content.decode()
    assert "on_from=2026-03-10" in calendar


def each_member_is_reminded_once(walk):
    """Point 3, second half: the evening before, one notice and one mail each; run twice, nothing twice."""
    for _ in range(2):
        call_command("run_due", "--now", "2026-03-09T17:05:00+08:00", verbosity=0)
    for user in (walk.lead, walk.member):
        notice = Notice.objects.get(recipient=user, kind="session_reminder")
        assert notice.deliveries.get().state == Delivery.State.SENT
    reminders = [message for message in mail.outbox if message.subject.startswith("驻点提醒")]
    assert sorted(address for message in reminders for address in message.to) == [
        "lead@example.test", "member@example.test",
    ]  # fmt: skip
    # The 3rd is past and not written up: its lead is asked for it, and by now the office too
    asked = Notice.objects.filter(kind="session_unconfirmed").values_list("recipient", flat=True)
    assert {*asked} == {walk.lead.pk, walk.clerk.pk}
    assert "李畋村" in walk.browser(walk.member).get(reverse("cadres:notices")).content.decode()


def the_liaison_day(walk):
    """Point 4: one page, one act; a double tap gives one record."""
    browser = walk.browser(walk.lead)
    session = LiaisonSession.objects.get(on=TUESDAY.date())
    page = browser.get(reverse("desk:day", args=[session.pk]))
    home = Household.objects.filter(village=walk.village).order_by("pk").first()
    water = str(Category.objects.get(name="水利").pk)
    filled = {
        f"seat__{walk.lead.post.pk}__mark": "present",
        f"seat__{walk.member.post.pk}__mark": "stand_in",
        f"seat__{walk.member.post.pk}__stand_in": "周平",
        "row__0__household": home.number, "row__0__mode": "home", "row__0__said": "渠道淤塞,放不进水。",
        "row__0__m0__summary": "灌渠淤塞", "row__0__m0__category": water, "row__0__m0__kind": "demand",
        "row__1__visitor": "某先生", "row__1__mode": "reception", "row__1__persons": "2",
        "row__1__m0__summary": "咨询养老缴费", "row__1__m0__kind": "inquiry", "row__1__m0__on_the_spot": "on",
        "row__2__visitor": "匿名", "row__2__mode": "reception", "row__2__nothing_asked": "on",
    }  # fmt: skip
    first = fill_in(browser, page, holding="row-TOTAL_FORMS", **filled)
    again = fill_in(browser, page, holding="row-TOTAL_FORMS", **filled)
    assert first.status_code == again.status_code == 200
    session.refresh_from_db()
    assert session.status == LiaisonSession.Status.HELD
    assert Visit.objects.count() == 3
    assert sorted(session.attendance.values_list("mark", "stand_in")) == [
        ("present", ""),
        ("stand_in", "周平"),
    ]
    walk.matter = Grievance.objects.get(summary="灌渠淤塞")
    spot = Grievance.objects.get(summary="咨询养老缴费")
    assert [walk.matter.number, spot.number] == ["110-2026-00001", "110-2026-00002"]
    assert (spot.status, spot.on_the_spot) == ("settled", True)
    assert walk.matter.number in first.content.decode()
    # 15 working days from the next day: 31 March 2026
    assert walk.matter.due_on == dt.date(2026, 3, 31)


def from_hand_to_hand(walk, clock):
    """Point 5: accepted and assigned, settled and answered, asked by somebody else, crossed off."""
    unit = Department.objects.get(name="水利站")
    method = SettlementMethod.objects.get(name="①实质办结")
    walk.act(walk.clerk, "accept")
    walk.act(walk.clerk, "assign", department=str(unit.pk), words="请清淤。")
    clock.move_to(TUESDAY + dt.timedelta(days=3))
    walk.act(walk.handler, "take-in-hand")
    walk.act(walk.handler, "settle", method=str(method.pk), words="已清淤两百米。")
    walk.act(walk.handler, "answer", mode="phone", words="已电话告知。")
    own_page = walk.browser(walk.handler).get(
        reverse("grievances:detail", args=[walk.matter.number])
    )
    assert "/verify/" not in own_page.content.decode()  # the handler never rates his own case
    walk.act(walk.supervisor, "verify", answer="satisfied", mode="phone", verbatim="水来了。")
    walk.act(walk.clerk, "close-out")
    walk.matter.refresh_from_db()
    assert (walk.matter.status, walk.matter.settlement) == ("closed_out", "substantive")
    assert walk.matter.closed_out_on == dt.date(2026, 3, 13)
    acts = list(walk.matter.steps.values_list("act", flat=True))
    assert acts == [
        "register", "accept", "assign", "take_in_hand", "settle", "answer", "verify", "close_out",
    ]  # fmt: skip


def the_supervisor_clicks_every_number(walk):
    """Point 6: villages in administrative order; what is printed is what the link lists."""
    browser = walk.browser(walk.supervisor)
    page = browser.get(reverse("reports:dashboard"), {"period": "2026-03"}).content.decode()
    assert page.index("南川社区") < page.index("李畋村") < page.index("汇丰村")
    links = re.findall(
        r'<a[^>]+href="(/(?:ledger|sessions|visits)/[^"]*)"[^>]*>\s*(\d+)\s*</a>', page
    )
    assert links
    for address, number in links:
        listed = browser.get(address.replace("&amp;", "&"))
        if "mode=reception" in address:  # 人次, not 条: the rows carry the persons
            assert sum(row.persons for row in listed.context["page"].rows) == int(number)
            continue
        total = re.search(r"共 (\d+) 条", listed.content.decode())
        assert int(total.group(1) if total else 0) == int(number), address


def the_county_gets_its_excel(walk):
    """Point 7: exactly the filtered rows, in the county's layout; the command gives the same rows."""
    answer = walk.browser(walk.clerk).get(
        reverse("grievances:ledger"), {"status": "closed_out", "format": "xlsx"}
    )
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    words = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert words[0][0] == "大瑶镇民情台账"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows
    numbers = [
        cell for row in sheet.iter_rows() for cell in row if cell.value == walk.matter.number
    ]
    assert len(numbers) == 1
    assert numbers[0].data_type == "s"
    assert not any("咨询养老缴费" in map(str, row) for row in words)
    foot = " ".join(str(cell) for row in words for cell in row if cell)
    assert "填报单位" in foot
    assert "制表人" in foot


def test_the_command_writes_the_file_the_page_gives(walk, tmp_path):
    with time_machine.travel(MONDAY, tick=False):
        category, source = Category.objects.get(name="水利"), Source.objects.get(name="来信")
        register = reverse("grievances:register")
        for summary in ("灌渠淤塞", "=SUM(A1)"):
            fill_in(
                walk.browser(walk.clerk), register, village=str(walk.village.pk), complainant="匿名",
                summary=summary, category=str(category.pk), source=str(source.pk), kind="demand",
            )  # fmt: skip
        page = walk.browser(walk.clerk).get(reverse("grievances:ledger"), {"format": "xlsx"})
        out = tmp_path / "台账.xlsx"
        call_command("export_ledger", str(out), township=DAYAO, verbosity=0)
    sheets = [openpyxl.load_workbook(file).active for file in (io.BytesIO(page.content), out)]
    by_page, by_command = (
        [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]
        for sheet in sheets
    )
    assert by_page[:-1] == by_command[:-1]  # the last line names who took it out
    assert any(("=SUM(A1)", "s") in row for row in by_page)
