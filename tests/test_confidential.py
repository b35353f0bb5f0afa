"""举报 about a cadre: the named handlers work on it, and nobody else's pages change by one letter.

冯 sits in 石桥村's team, which 李 leads; a villager reports him to 孙. 周 has it on his desk, 吕 asks after it.
"""

import copy
import datetime as dt
import html
import io
import re
import zipfile
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cadres.actions import carry_due, hand_over_post
from cadres.actions.handing import change_of
from cadres.handover import survey
from cadres.models import Holding, Notice, Post, Seat, User
from cadres.roles import Role
from conftest import SINCE, appoint
from desk.todo import todos
from grievances import actions
from grievances.actions.dating import date_undated
from grievances.actions.rising import rise_overdue
from grievances.actions.tending import tend_confidential
from grievances.models import (
    Category,
    DeadlinePolicy,
    Extension,
    Grievance,
    LookBack,
    OverdueRise,
    Rung,
    SettlementMethod,
    Source,
    Supervision,
)
from grievances.models.rising import READERS
from grievances.secrecy import has_a_part, total_in_words
from grievances.turns import turn_of
from liaison import access, clock
from liaison.errors import NotAllowed
from liaison.idempotency import new_key
from liaison.lists import ListView
from liaison.models import AuditEntry
from tests.filling import fill_in
from tests.lived_in import DAY, NOW
from tests.test_access import PARAMETERS, ROUTES, address, enter, sees_all, undone
from villages.models import Household, Resident

WORDS = ("铁皮棚回扣", "六万砂石款", "何大嫂密告", "15400007788")
NUMBER = re.compile(r"-M-\d{4}-\d+")
# Where matters show at all: everybody walks these, and takes away what leaves by them.
ABOUT_MATTERS = re.compile(
    r"(grievances|desk|reports):|visits:(visit|visits|coverage|due|feed)$|audit$|"
    r"villages:(village|household|households|resident)$|cadres:(notices|notice|handover|team|cadre)$"
)
LISTS = {
    name
    for name, view in ROUTES.items()
    if issubclass(getattr(view, "view_class", object), ListView)
}
PAPERS = {"desk:paper_reception", "desk:paper_log"}


@pytest.fixture
def town(ours, everybody, qingshan, monkeypatch):
    """The cast in a township where something has happened, with 冯 in 李's team; the clock stands still."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    people = SimpleNamespace(**vars(everybody))
    people.feng = appoint(qingshan, "feng", "冯军", Role.CADRE, title="石桥村驻点干部")
    Seat.objects.create(team=people.li.team, post=people.feng.post, kind=Seat.Kind.MEMBER)
    people.lyu = appoint(qingshan, "lyu", "吕和", Role.LEADER, title="纪委书记")
    people.ours = ours
    ours["ConfidentialPolicy"].delete()
    return people


def reported(town, **more):
    """孙 takes down what 何大嫂 says of 冯; the household is the one of the demo rows."""
    facts = {
        "village": town.ours["Village"], "household": town.ours["Household"], "complainant": WORDS[2],
        "phone": WORDS[3], "summary": WORDS[0], "detail": WORDS[1], "ground": "report",
        "category": Category.objects.first(), "source": Source.objects.first(), "people": [town.feng],
    }  # fmt: skip
    return actions.confide(by=town.sun, on=DAY, now=NOW, **facts | more)


def late(matter, days):
    """Its due day was so many days ago."""
    due = DAY - dt.timedelta(days=days)
    at = timezone.make_aware(dt.datetime.combine(due, dt.time(17)))
    Grievance.every.filter(pk=matter.pk).update(due_on=due, due_at=at)
    matter.refresh_from_db()
    return matter


def asked(name):
    """The addresses of a route that are looked at: the page, and what leaves by it."""
    more = ["?format=xlsx"] if name in LISTS and ABOUT_MATTERS.match(name) else []
    return ["", *more, *(["?format=docx"] if name in PAPERS else [])]


def plain(answer):
    """What an answer says, without what differs each time; files by their parts."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"%PDF"):
        return f"{answer.status_code} pdf"
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            names = [each for each in sorted(parts.namelist()) if not each.startswith("docProps")]
            body = b"\n".join(parts.read(each) for each in names)
    text = html.unescape(
        body.decode("utf-8", "replace")
    )  # parts of workbooks are written in references
    text = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', "", text)
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "uuid", text)
    return f"{answer.status_code} {text}"


def walk(user, rows, *, everywhere=True):
    """{address: what it says} of every page, list, export, print and feed this person may open.

    Args:
        everywhere: False for the pages on which matters show alone.
    """
    client, said = enter(user), {}
    for name, view in ROUTES.items():
        declared = access.declared_access(view)
        if not access.permitted(user, declared) or name == "accounts:logout":
            continue
        if not (everywhere or ABOUT_MATTERS.match(name)):
            continue
        if PARAMETERS[name] and not sees_all(user, name, rows):
            continue
        for query in asked(name):
            url = address(name, rows if PARAMETERS[name] else None) + query
            client.cookies.pop("messages", None)
            with undone():
                said[url] = plain(client.get(url))
    with undone():
        for text in (*WORDS, "M-2026", "00001"):
            said[text] = plain(client.post(reverse("desk:search"), {"q": text}, follow=True))
    return said


def parting(one, other):
    """Where two texts begin to differ, for whoever reads a failure."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), -1)
    return one[max(at - 60, 0) : at + 60], other[max(at - 60, 0) : at + 60]


def commands(capsys, tmp_path):
    """What the commands for figures and for the ledger give out."""
    call_command("figures", period="2026-11", township="990001100")
    out = tmp_path / "ledger.xlsx"
    call_command("export_ledger", str(out), township="990001100")
    capsys_said = capsys.readouterr().out
    return capsys_said, plain(
        SimpleNamespace(streaming=False, content=out.read_bytes(), status_code=200)
    )


@pytest.mark.wide
def test_it_leaves_no_trace_on_any_page_of_anybody_else(town, ladder, capsys, tmp_path):
    """Byte for byte the same town, for the accused, his lead, a colleague, the office, the county, the admin.

    The accused walks every address there is, the others those on which matters show. One matter is settled,
    one is long overdue: nobody but its readers is told.
    """
    call_command("run_due")
    capsys.readouterr()
    watching = (town.feng, town.li, town.wang, town.zhao, town.county, town.admin)

    def seen(user):
        return walk(user, town.ours, everywhere=user == town.feng)

    before = {user.username: seen(user) for user in watching}
    files = commands(capsys, tmp_path)

    matter = reported(town)
    given = {"by": town.zhou, "on": DAY, "now": NOW, "version": None}
    matter = actions.accept(grievance=matter, **given)
    method = SettlementMethod.objects.get(name="①实质办结")
    actions.settle(
        grievance=matter, settlement="substantive", method=method, words=WORDS[1], **given
    )
    late(reported(town), days=30)
    call_command("run_due")
    capsys.readouterr()
    assert OverdueRise.objects.filter(told=READERS).exists()

    assert commands(capsys, tmp_path) == files
    changed = {}
    for user in watching:
        after = seen(user)
        assert after.keys() == before[user.username].keys(), user
        for url, said in after.items():
            assert not [word for word in WORDS if word in said and word not in url], (user, url)
            assert not NUMBER.search(said), (user, url)
            if said != before[user.username][url]:
                changed[user.username, url] = parting(before[user.username][url], said)
        own, none = (
            enter(user).get(reverse("grievances:detail", args=[number])).status_code
            for number in (matter.number, "100-M-1999-00001")
        )
        assert own == none in (403, 404), user  # 403: reads no ledger at all
    assert changed == {}


def test_the_walk_would_notice_an_ordinary_matter(town):
    """Else the test above would prove nothing: the same matter, not confidential, changes these pages."""
    pages = [(town.zhao, "/ledger/"), (town.zhao, "/ledger/?format=xlsx"), (town.zhao, "/")]
    pages += [
        (town.county, "/dashboard/"),
        (town.feng, f"/households/{town.ours['Household'].pk}/"),
    ]
    before = [plain(enter(user).get(url)) for user, url in pages]
    facts = {"village": town.ours["Village"], "summary": WORDS[0], "kind": "complaint"}
    lists = {"category": Category.objects.first(), "source": Source.objects.first()}
    home = {"household": town.ours["Household"]}
    actions.register(by=town.li, on=clock.today(), now=timezone.now(), **facts, **lists, **home)
    after = [plain(enter(user).get(url)) for user, url in pages]
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert [WORDS[0] in said for said in after] == [True, True, False, False, True]


def test_the_trail_says_that_something_was_done_and_never_what(town, signed_in):
    reported(town)
    auditor = signed_in(town.auditor)
    for url in ("/audit/", "/audit/?format=xlsx"):
        said = plain(auditor.get(url))
        assert "涉密事项" in said
        assert not NUMBER.search(said)
        assert not [word for word in WORDS if word in said]


# --- Who works on it ------------------------------------------------------------------------


def test_the_desk_works_on_it_and_another_reader_asks(town, signed_in):
    matter = reported(town)
    assert matter.number == "100-M-2026-00001"
    given = {"on": DAY, "now": NOW, "version": None}
    url = reverse("grievances:detail", args=[matter.number])
    assert (
        signed_in(town.sun).get(url).status_code == 200
    )  # who wrote it down, until it is taken up
    assert signed_in(town.zhou).get("/ledger/confidential/").status_code == 200
    actions.accept(grievance=matter, by=town.zhou, **given)
    assert signed_in(town.sun).get(url).status_code == 404
    slips = signed_in(town.sun).get("/ledger/confidential/").content.decode()
    assert matter.number in slips
    assert WORDS[0] not in slips

    actions.name_reader(grievance=matter, by=town.zhou, user=town.lyu, reason="协助核实", **given)
    method = SettlementMethod.objects.get(name="①实质办结")
    done = {"settlement": "substantive", "method": method, "words": "已立案"}
    actions.settle(grievance=matter, by=town.zhou, **done, **given)
    actions.answer(grievance=matter, by=town.zhou, mode="oral", **given)
    asking = {"answer": "satisfied", "mode": "phone"}
    with pytest.raises(NotAllowed, match="请由其他同志回访"):
        actions.verify(grievance=matter, by=town.zhou, **asking, **given)
    actions.verify(grievance=matter, by=town.lyu, **asking, **given)
    actions.close_out(grievance=matter, by=town.lyu, **given)
    page = signed_in(town.lyu).get(url).content.decode()
    assert "已销号" in page
    assert "周明" in page  # the looks and acts are on its page, for its readers


def test_each_look_is_a_line_of_the_trail(town, signed_in):
    matter = reported(town)
    signed_in(town.zhou).get(reverse("grievances:detail", args=[matter.number]))
    line = AuditEntry.objects.order_by("-pk").first()
    assert (line.actor_name, line.action, line.object_label) == ("周明", "查看", "涉密事项")


def test_whoever_stands_near_the_accused_cannot_be_named(town, minzheng, qingshan):
    """李 leads his team; 陈 shares his unit; 赵 does not, and may be named."""
    office = Post.objects.create(
        township=qingshan, title="民政办副主任", role=Role.HANDLER, department=minzheng
    )
    Holding.objects.create(user=town.feng, post=office, since=SINCE, is_main=False)
    matter = reported(town)
    given = {"on": DAY, "now": NOW, "version": None, "by": town.zhou, "reason": "核实"}
    for near in (town.feng, town.li, town.chen):
        with pytest.raises(NotAllowed, match="须回避"):
            actions.name_reader(grievance=matter, user=near, **given)
    with pytest.raises(NotAllowed, match="不看台账"):
        actions.name_reader(grievance=matter, user=town.admin, **given)
    actions.name_reader(grievance=matter, user=town.zhao, **given)
    assert Grievance.every.open_to(town.zhao).filter(pk=matter.pk).exists()


def test_the_household_of_the_accused_is_kept_away(town):
    """An account whose name lives in the household: 周大山."""
    town.wang.display_name = "周大山"
    town.wang.save()
    matter = reported(town, people=[], accused_household=town.ours["Household"])
    given = {"on": DAY, "now": NOW, "version": None, "by": town.zhou, "reason": "核实"}
    with pytest.raises(NotAllowed, match="须回避"):
        actions.name_reader(grievance=matter, user=town.wang, **given)


def test_joined_to_another_household_its_people_are_kept_away_still(town, qingshan):
    """并户 takes nobody out of it: 周大山 lives in the other household now."""
    home = town.ours["Household"]
    into = Household.objects.create(
        township=qingshan, village=home.village, group=home.group, number="077", head_name="周小山"
    )
    town.wang.display_name = "周大山"
    town.wang.save()
    matter = reported(town, people=[], accused_household=home)
    Resident.objects.filter(household=home).update(household=into)
    Household.objects.filter(pk=home.pk).update(merged_into=into, residence="cancelled")
    given = {"on": DAY, "now": NOW, "version": None, "by": town.zhou, "reason": "核实"}
    with pytest.raises(NotAllowed, match="须回避"):
        actions.name_reader(grievance=matter, user=town.wang, **given)


def test_who_is_accused_later_sees_it_no_more_from_that_moment(town, signed_in):
    matter = reported(town, people=[])
    given = {"on": DAY, "now": NOW, "version": None}
    named = {"grievance": matter, "by": town.zhou, "reason": "协助", **given}
    actions.name_reader(user=town.li, **named)
    url = reverse("grievances:detail", args=[matter.number])
    assert signed_in(town.li).get(url).status_code == 200
    actions.accuse(grievance=matter, by=town.zhou, people=[town.feng], **given)
    assert signed_in(town.li).get(url).status_code == 404
    assert signed_in(town.li).get("/ledger/confidential/").status_code == 404


def test_a_leader_accused_is_passed_over_by_the_desk(town, signed_in):
    """The first leader is accused: the second has it, and the first finds nothing."""
    matter = reported(town, people=[town.zhou])
    assert Grievance.every.naming(town.lyu).get() == matter
    assert signed_in(town.zhou).get("/ledger/confidential/").status_code == 404


def test_the_handler_it_is_assigned_to_sees_it_and_his_colleagues_do_not(town, minzheng, qingshan):
    matter = reported(town)
    given = {"on": DAY, "now": NOW, "version": None, "by": town.zhou}
    actions.accept(grievance=matter, **given)
    with pytest.raises(NotAllowed, match="请选择承办人"):
        actions.assign(grievance=matter, department=minzheng, **given)
    actions.assign(grievance=matter, department=minzheng, handler=town.chen, **given)
    other = appoint(qingshan, "kong", "孔亮", Role.HANDLER, department=minzheng)
    assert Grievance.every.open_to(town.chen).filter(pk=matter.pk).exists()
    assert not Grievance.every.open_to(other).filter(pk=matter.pk).exists()
    actions.take_in_hand(grievance=matter, **given | {"by": town.chen})


def test_notices_say_neither_number_nor_words_and_go_by_no_mail(town):
    reported(town)
    notices = Notice.objects.filter(kind="ledger")
    assert {notice.recipient for notice in notices} == {town.zhou}
    for notice in notices:
        assert notice.title == "有一件需您办理的事项"
        assert notice.url == "/ledger/confidential/"
        assert not notice.deliveries.exclude(channel="site").exists()


def test_more_time_is_asked_by_one_reader_and_granted_by_another(town, minzheng, signed_in):
    """Whatever their roles; not by the one who asked, not by the office whose list it is not in."""
    matter = reported(town)
    given = {"on": DAY, "now": NOW, "version": None}
    matter = actions.accept(grievance=matter, by=town.zhou, **given)
    DeadlinePolicy.objects.filter(pk=matter.policy_id).update(extend_by=5)
    due = matter.due_on
    ask = reverse("grievances:extend", args=[matter.number])
    fill_in(signed_in(town.zhou), ask, on=str(DAY), amount=3, reason="取证还要时间")
    extension = Extension.objects.get(grievance=matter)
    decide = {"extension": extension, "approve": True, **given}
    with pytest.raises(NotAllowed, match="本人申请"):
        actions.decide_extension(by=town.zhou, **decide)
    with pytest.raises(NotAllowed, match="没有这件诉求"):
        actions.decide_extension(by=town.zhao, **decide)
    page = reverse("grievances:extension_decide", args=[extension.pk])
    assert signed_in(town.zhao).get(page).status_code == 404
    actions.name_reader(grievance=matter, by=town.zhou, user=town.lyu, reason="协助核实", **given)
    assert (
        "另一位知情人审批"
        in signed_in(town.lyu)
        .get(reverse("grievances:detail", args=[matter.number]))
        .content.decode()
    )
    fill_in(signed_in(town.lyu), page, on=str(DAY), answer="yes", granted=2)
    matter.refresh_from_db()
    assert matter.due_on > due
    told = reverse("grievances:extension_told", args=[extension.pk])
    fill_in(signed_in(town.zhou), told, on=str(DAY), mode="phone")
    extension.refresh_from_db()
    assert extension.told_by == town.zhou
    for user in (town.zhao, town.zhou):  # the list holds none, not even a reader's own
        rows = signed_in(user).get("/ledger/extensions/").context["page"].rows
        assert extension not in list(rows)


def test_it_is_neither_merged_nor_merged_into_and_says_why(town):
    """And a number of the other series is no number of the township's list."""
    matter = reported(town)
    open_one = town.ours["Grievance"]
    given = {"on": DAY, "now": NOW, "version": None, "words": "同一件事"}
    with pytest.raises(NotAllowed, match="只在专办人和承办人之间办理，不办“并案”"):
        actions.merge(grievance=matter, by=town.zhou, main_number=open_one.number, **given)
    Grievance.objects.filter(pk=open_one.pk).update(status="in_hand")
    with pytest.raises(NotAllowed, match="本镇没有编号为"):
        actions.merge(grievance=open_one, by=town.zhao, main_number=matter.number, **given)


def test_a_confidential_matter_gets_its_date_when_the_calendar_comes(town):
    """In a year without calendar it waits without a date, and is dated like any other, untold to others."""
    matter = reported(town)
    Grievance.every.filter(pk=matter.pk).update(due_at=None, due_on=None)
    notices = Notice.objects.count()
    assert date_undated(now=NOW) >= 1
    matter.refresh_from_db()
    assert matter.due_on
    assert Notice.objects.count() == notices


# --- Late, or with nobody left --------------------------------------------------------------


@pytest.fixture
def ladder(town):
    """Two rungs that are told of delays: after one day and after five."""
    Rung.objects.filter(pk=town.ours["Rung"].pk).update(overdue_days=1)
    Rung.objects.create(
        township=town.ours["Rung"].township, order=99, name="办公会", role="office", overdue_days=5
    )


def quiet(user):
    """What somebody was told of confidential matters, the oldest first."""
    url = reverse("grievances:confidential")
    return [note.title for note in Notice.objects.filter(recipient=user, url=url).order_by("pk")]


def test_an_overdue_one_is_told_to_its_readers_alone_in_the_place_of_the_ladder(
    town, ladder, signed_in
):
    """On the days the ladder knows, one quiet notice a pass; the office and the rungs learn nothing."""
    matter, other = (late(reported(town, summary=str(n)), days=6) for n in range(2))
    told = {user: Notice.objects.filter(recipient=user).count() for user in (town.zhao, town.feng)}
    before = len(quiet(town.zhou))
    rise_overdue(now=NOW)
    assert tend_confidential(now=NOW) == 2
    assert quiet(town.zhou)[before:] == ["有2件需您办理的事项"]
    assert tend_confidential(now=NOW) == 0
    rises = OverdueRise.objects.filter(grievance=matter)
    assert {rise.to_whom for rise in rises} == {"知情人"}
    assert rises.count() == 2  # after one day and after five, at once
    assert {user: Notice.objects.filter(recipient=user).count() for user in told} == told
    page = signed_in(town.zhou).get(reverse("grievances:detail", args=[matter.number]))
    assert "超期满5天，已提醒知情人。" in page.content.decode()
    late(other, days=10)
    night = NOW.replace(hour=15)  # eleven at night here
    assert tend_confidential(now=night) == 1
    notice = Notice.objects.filter(recipient=town.zhou).order_by("pk").last()
    assert (notice.title, notice.due_at > night) == ("有一件需您办理的事项", True)
    assert not notice.deliveries.exclude(channel="site").exists()


def test_made_ordinary_again_the_rungs_are_told_of_it(town, ladder):
    matter = late(reported(town), days=2)
    tend_confidential(now=NOW)
    matter.refresh_from_db()
    actions.make_ordinary(
        grievance=matter, by=town.zhou, on=DAY, now=NOW, version=None, reason="已公开处理"
    )
    rise_overdue(now=NOW)
    assert [rise.to_whom for rise in OverdueRise.objects.filter(grievance=matter)] != ["知情人"]
    assert OverdueRise.objects.filter(grievance=matter).exists()


def test_it_does_not_go_to_who_takes_over_a_handlers_post_but_to_its_desk(town, minzheng, qingshan):
    """The keeper of accounts sees nothing of it on the handover; the successor sees no matter; the desk is told."""
    matter = reported(town)
    given = {"on": DAY, "now": NOW, "version": None, "by": town.zhou}
    actions.accept(grievance=matter, **given)
    deng = User.objects.create_user("deng", "a-phrase-of-9", display_name="邓云", township=qingshan)
    holding, yesterday = town.chen.holdings.get(), DAY - dt.timedelta(days=1)

    def seen():
        change = change_of(holding, yesterday, deng, None)
        return survey(change, holding=holding, reader=town.admin, today=DAY)

    plainly = seen()
    actions.assign(grievance=matter, department=minzheng, handler=town.chen, **given)
    assert seen() == plainly
    before = len(quiet(town.zhou))
    hand_over_post(
        holding=holding, successor=deng, by=town.admin, until=yesterday, today=DAY, now=NOW
    )
    carry_due(now=NOW)
    matter.refresh_from_db()
    assert matter.handler is None
    assert not Grievance.every.open_to(deng).filter(pk=matter.pk).exists()
    assert not Grievance.every.open_to(town.chen).filter(pk=matter.pk).exists()
    assert Grievance.every.open_to(town.zhou).filter(pk=matter.pk).exists()
    assert len(quiet(town.zhou)) == before + 1
    assert not quiet(deng)
    assert matter.steps.last().words == "承办人已交接岗位，由专办人办理或另行指定。"


def test_a_handler_whose_account_was_stopped_no_longer_holds_it(town, minzheng):
    matter = reported(town)
    given = {"on": DAY, "now": NOW, "version": None, "by": town.zhou}
    actions.accept(grievance=matter, **given)
    actions.assign(grievance=matter, department=minzheng, handler=town.chen, **given)
    assert tend_confidential(now=NOW) == 0
    town.chen.is_active = False
    town.chen.save()
    assert tend_confidential(now=NOW) == 1
    matter.refresh_from_db()
    assert matter.handler is None
    actions.settle(
        grievance=matter, settlement="substantive", words="已查",
        method=SettlementMethod.objects.get(name="①实质办结"), **given,
    )  # fmt: skip


def test_where_nobody_is_left_the_next_desk_has_it_and_nobody_else(town):
    """周's post falls vacant: 吕 is the next of the leaders; without any it waits for somebody."""
    matter = reported(town)
    actions.accept(grievance=matter, by=town.zhou, on=DAY, now=NOW, version=None)
    own = Holding.objects.filter(user__in=(town.zhou, town.lyu))
    own.update(until=DAY - dt.timedelta(days=1))
    assert tend_confidential(now=NOW) == 0
    town.lyu.holdings.update(until=None)
    assert tend_confidential(now=NOW) == 1
    assert tend_confidential(now=NOW) == 0
    again = type(town.lyu).objects.get(pk=town.lyu.pk)
    assert Grievance.every.naming(again).get() == matter
    assert quiet(town.lyu)
    assert not Grievance.every.naming(town.zhao).exists()


def test_whose_turn_it_is_is_one_of_its_readers(town, minzheng, signed_in):
    """Never the office's or the unit's, who may not know of it."""
    matter = reported(town)
    given = {"by": town.zhou, "on": DAY, "now": NOW, "version": None}
    assert turn_of(matter, DAY).who == "专办人 周明"
    page = signed_in(town.zhou).get(reverse("grievances:detail", args=[matter.number]))
    assert "专办人 周明" in page.content.decode()
    matter = actions.accept(grievance=matter, **given)
    matter = actions.assign(grievance=matter, department=minzheng, handler=town.chen, **given)
    assert turn_of(matter, DAY).who == "承办人 陈静"
    method = SettlementMethod.objects.get(name="①实质办结")
    done = {"settlement": "substantive", "method": method, "words": "已立案"}
    matter = actions.settle(grievance=matter, **done, **given | {"by": town.chen})
    matter = actions.answer(grievance=matter, mode="oral", **given | {"by": town.chen})
    assert turn_of(matter, DAY).person == town.zhou
    Grievance.every.filter(pk=matter.pk).update(settled_by=town.zhou)
    matter.refresh_from_db()
    assert turn_of(matter, DAY).who == "知情人(请另行指定)"


def test_no_supervision_of_it_goes_by_the_ledger_s_own_ways(town, signed_in):
    """督办 and 催办 are told to a unit and to the office, which may not know of it: refused, and not offered."""
    matter = reported(town)
    given = {"grievance": matter, "by": town.zhou, "now": NOW, "version": None}
    with pytest.raises(NotAllowed, match="不办督办和催办"):
        actions.urge(**given)
    with pytest.raises(NotAllowed, match="不办督办和催办"):
        actions.supervise(**given, on=DAY, level="plain")
    page = signed_in(town.zhou).get(reverse("grievances:detail", args=[matter.number]))
    assert reverse("grievances:urge", args=[matter.number]) not in page.content.decode()


def test_what_was_under_supervision_before_is_answered_without_a_notice(town):
    """孙 asked while it was an ordinary matter; the new number is told to nobody."""
    matter = town.ours["Grievance"]
    row = Supervision.objects.filter(grievance=matter).first()
    actions.make_confidential(
        grievance=matter, by=town.zhou, on=DAY, now=NOW, version=None, ground="other", reason="点名"
    )
    before = Notice.objects.count()
    actions.reply_supervision(
        supervision=row, by=town.zhou, on=DAY, now=NOW, words="已办", version=None
    )
    assert Notice.objects.count() == before


def test_what_is_looked_at_again_comes_back_to_its_readers_and_stays_on_their_desk(town):
    """Settled it is on their desk until it is crossed off; the promised day is told to them once."""
    matter = reported(town)
    given = {"by": town.zhou, "on": DAY, "now": NOW, "version": None}
    matter = actions.accept(grievance=matter, **given)
    method = SettlementMethod.objects.filter(comes_back=True).first()
    back = DAY + dt.timedelta(days=30)
    actions.settle(
        grievance=matter, settlement=method.settlement, method=method, words="分步查办",
        comes_back_on=back, **given,
    )  # fmt: skip
    waiting = {
        todo.label: todo.count for todo in todos(User.objects.get(pk=town.zhou.pk), DAY, NOW)
    }
    assert waiting["有需您办理的事项"] == 1
    before = len(quiet(town.zhou))
    for hours in (0, 1):
        tend_confidential(now=NOW + dt.timedelta(days=30, hours=hours))
    assert len(quiet(town.zhou)) == before + 1
    assert not LookBack.objects.visible_to(town.zhou).filter(grievance=matter).exists()


def test_a_tick_without_such_matters_asks_twice_and_many_cost_no_more(
    town, django_assert_num_queries
):
    with django_assert_num_queries(2):  # look-backs, and matters
        tend_confidential(now=NOW)
    reported(town)
    with CaptureQueriesContext(connection) as few:
        tend_confidential(now=NOW)
    for n in range(4):
        reported(town, summary=str(n))
    with django_assert_num_queries(len(few)):
        tend_confidential(now=NOW)


# --- Made confidential later, and ordinary again ---------------------------------------------


def test_what_another_matter_names_does_not_become_confidential(town):
    """A page of the other one would go on showing its number."""
    matter = town.ours["Grievance"]
    other = copy.copy(matter)
    other.pk, other.number, other.repeat_of = None, "100-2026-09999", matter
    other.save(force_insert=True)
    raised = {"on": DAY, "now": NOW, "version": None, "ground": "violence", "reason": "家暴"}
    with pytest.raises(NotAllowed, match="重复反映"):
        actions.make_confidential(grievance=matter, by=town.li, **raised)
    alone = actions.make_confidential(grievance=other, by=town.li, **raised)
    assert alone.repeat_of is None


def test_an_ordinary_matter_becomes_confidential_and_its_number_stays_taken(town, signed_in):
    ordinary = town.ours["Grievance"]
    visit, public = ordinary.visit, ordinary.number
    visit.said = WORDS[1]
    visit.save()
    raised = {"on": DAY, "now": NOW, "version": None, "ground": "violence", "reason": "家暴"}
    with pytest.raises(NotAllowed, match="不转涉密"):
        actions.make_confidential(grievance=ordinary, by=town.chen, **raised)
    matter = actions.make_confidential(grievance=ordinary, by=town.li, people=[town.feng], **raised)
    visit.refresh_from_db()
    assert (visit.said, matter.number) == ("", "100-M-2026-00001")
    for user in (town.zhao, town.li, town.feng):
        client = signed_in(user)
        said = client.get(reverse("grievances:detail", args=[public])).content.decode()
        assert "本编号已转其他渠道办理" in said
        assert ordinary.summary not in said
        assert public not in client.get("/ledger/").content.decode()
        assert client.get(reverse("grievances:detail", args=[matter.number])).status_code == 404
    assert WORDS[1] in signed_in(town.zhou).get(f"/ledger/{matter.number}/").content.decode()

    lowered = {"on": DAY, "now": NOW, "version": None, "reason": "核实不属实"}
    with pytest.raises(NotAllowed):
        actions.make_ordinary(grievance=matter, by=town.zhao, **lowered)
    matter = actions.make_ordinary(grievance=matter, by=town.zhou, **lowered)
    assert matter.number == public
    assert public in signed_in(town.zhao).get("/ledger/").content.decode()


def test_what_was_put_right_in_its_visit_goes_along_too(town, signed_in):
    """The visit's page would go on showing both wordings under 更正; a reader finds them in the detail."""
    ordinary = town.ours["Grievance"]
    visit = ordinary.visit
    visit.said = WORDS[1]
    visit.save()
    changes = [
        {"field": "反映情况", "before": WORDS[0], "after": WORDS[1]},
        {"field": "人数", "before": "1", "after": "2"},
    ]
    visit.amendments.create(at=NOW, by=town.li, by_name="李明", reason="写错了", changes=changes)
    raised = {"on": DAY, "now": NOW, "version": None, "ground": "violence", "reason": "家暴"}
    matter = actions.make_confidential(grievance=ordinary, by=town.li, people=[town.feng], **raised)
    page = signed_in(town.li).get(reverse("visits:visit", args=[visit.pk])).content.decode()
    assert "写错了" in page and "已转其他渠道办理" in page
    assert not [word for word in WORDS[:2] if word in page]
    assert all(word in matter.detail for word in WORDS[:2])


def test_public_numbers_go_on_without_a_gap(town):
    facts = {"village": town.ours["Village"], "summary": "路灯", "kind": "demand"}
    facts |= {"category": Category.objects.first(), "source": Source.objects.first()}
    first = actions.register(by=town.li, on=DAY, now=NOW, **facts)
    reported(town)
    second = actions.register(by=town.li, on=DAY, now=NOW, **facts)
    assert int(second.number[-5:]) == int(first.number[-5:]) + 1


# --- Its pages --------------------------------------------------------------------------------


def test_it_is_written_down_on_its_own_page_and_handed_on(town, signed_in):
    client = signed_in(town.sun)
    typed = {
        "form_key": new_key(), "on": DAY, "village": town.ours["Village"].pk, "ground": "named",
        "persons": 1, "summary": WORDS[0], "category": Category.objects.first().pk,
        "source": Source.objects.first().pk, "people": [town.feng.pk],
    }  # fmt: skip
    answer = client.post("/ledger/confidential/new/", typed)
    matter = Grievance.every.confidential().get()
    assert answer["Location"] == f"/ledger/{matter.number}/"
    desk = signed_in(town.zhou)
    form = {"form_key": new_key(), "version": matter.version, "user": town.lyu.pk, "reason": "协助"}
    assert desk.post(f"/ledger/{matter.number}/readers/", form).status_code == 302
    assert Grievance.every.naming(town.lyu).exists()
    matter.refresh_from_db()
    row = matter.readers.get(user=town.lyu)
    form = {"form_key": new_key(), "version": matter.version, "row": row.pk, "reason": "核实完毕"}
    assert desk.post(f"/ledger/{matter.number}/readers/end/", form).status_code == 302
    assert not Grievance.every.naming(town.lyu).exists()


def test_the_office_sets_the_desk_and_the_next_report_comes_to_it(town, signed_in):
    client = signed_in(town.zhao)
    form = {"desk_post": town.lyu.post.pk, "least_told": 5}
    assert client.post("/ledger/confidential/rules/", form).status_code == 302
    assert [has_a_part(User.objects.get(pk=each.pk)) for each in (town.lyu, town.zhou)] == [
        True,
        False,
    ]
    matter = reported(town)
    assert Grievance.every.naming(town.lyu).get() == matter
    assert not Grievance.every.naming(town.zhou).exists()


@pytest.mark.parametrize(("count", "said"), [(0, "少于5件"), (4, "少于5件"), (5, "5件")])
def test_the_total_is_told_from_five_on_and_after_the_period(town, count, said, signed_in):
    for _ in range(count):
        reported(town)
    township, month = (
        town.ours["Village"].township_id,
        (dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
    )
    assert total_in_words([township], *month, today=dt.date(2026, 12, 1)) == said
    assert total_in_words([township], *month, today=dt.date(2026, 11, 30)) == "期末后公布"
