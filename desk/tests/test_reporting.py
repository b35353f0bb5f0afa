"""A village contact's desk: his households, what he reports of them, and how it fares. And nothing wider."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from cadres.models import HouseholdLink
from conftest import SINCE
from desk.actions.reporting import report, summary_of
from grievances import actions as ledger
from grievances.models import Grievance
from liaison import clock
from liaison.errors import NotAllowed
from liaison.models import AuditEntry
from villages.models import Household
from visits.actions.reporting import report_heard
from visits.models import Visit, VisitQuota

NOW = dt.datetime(2026, 11, 17, 2, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 17)


@pytest.fixture
def linked(contact, household, neighbours):
    """吴芳 answers for 001 and 002 of the five households of 石桥村."""
    own = [household, Household.objects.get(number="002")]
    for home in own:
        HouseholdLink.objects.create(
            village=home.village, household=home, kind="cadre", post=contact.post, since=SINCE
        )
    return own


@pytest.fixture
def foreign(linked):
    """A household next door that is nobody's of his."""
    return Household.objects.get(number="003")


def heard(household, by, **more):
    said = {"occurred_on": DAY, "mode": "home", "said": "路灯不亮", "nothing_asked": False}
    return report(by=by, now=NOW, household=household, **({"asks": False} | said | more))


def test_what_he_heard_is_a_visit_of_his_own_household(contact, linked, foreign):
    made = heard(linked[0], contact)
    visit = Visit.objects.get()
    assert made == (visit, [])
    assert (visit.household, visit.said, visit.entered_by) == (linked[0], "路灯不亮", contact)
    with pytest.raises(NotAllowed, match="没有联系给您"):
        heard(foreign, contact)
    assert Visit.objects.count() == 1


def test_if_asked_it_is_a_matter_that_comes_from_a_representative(contact, linked, foreign):
    made = heard(linked[0], contact, asks=True, said="村口路灯不亮。已经三天了，老人不敢出门。")
    matter = Grievance.objects.get()
    assert made.matters == [matter]
    assert (matter.summary, matter.source.name) == ("村口路灯不亮", "代表反映")
    assert (matter.visit, matter.household, matter.registered_by) == (
        made.visit,
        linked[0],
        contact,
    )
    assert matter.get_status_display() == "待受理"
    with pytest.raises(NotAllowed):
        heard(foreign, contact, asks=True)
    assert Grievance.objects.count() == Visit.objects.count() == 1


def test_a_contact_registers_in_no_other_way(contact, linked, li):
    visit = report_heard(by=contact, now=NOW, household=linked[0], occurred_on=DAY, mode="phone")
    other = report_heard(by=contact, now=NOW, household=linked[1], occurred_on=DAY, mode="phone")
    facts = {
        "by": contact, "on": DAY, "now": NOW, "village": linked[0].village, "summary": "路灯",
        "category": _any("Category"), "kind": "demand", "source": _any("Source"),
    }  # fmt: skip
    for more in ({}, {"household": linked[0]}, {"household": linked[0], "visit": other}):
        with pytest.raises(NotAllowed, match="不登记诉求"):
            ledger.register(**facts, **more)
    assert ledger.register(**facts, household=linked[0], visit=visit).registered_by == contact


def _any(name):
    from grievances import models

    return getattr(models, name).objects.first()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"occurred_on": DAY + dt.timedelta(days=1)}, "今天以后"),
        ({"mode": "reception"}, "怎么了解到"),
        ({"mode": "case_visit"}, "怎么了解到"),
    ],
)
def test_a_day_to_come_and_the_office_s_ways_are_refused(contact, linked, more, words):
    assert heard(linked[0], contact, occurred_on=DAY - dt.timedelta(days=300)).visit.pk
    with pytest.raises(NotAllowed, match=words):
        heard(linked[0], contact, **more)


def test_others_log_visits_in_their_own_way(li, zhao, sun, linked):
    for user in (li, zhao, sun):
        with pytest.raises(NotAllowed, match="不在这里报告"):
            heard(linked[0], user)


def test_the_trail_keeps_no_words_of_the_villager(contact, linked):
    heard(linked[0], contact, said="张三家的低保停了", asks=True)
    lines = AuditEntry.objects.filter(action__in=("报告情况", "登记"))
    assert lines.count() == 2
    assert not any("低保停了" in f"{line.before}{line.after}{line.object_label}" for line in lines)


@pytest.mark.parametrize(
    ("said", "summary"),
    [
        ("路灯不亮", "路灯不亮"),
        ("路灯不亮。三天了", "路灯不亮"),
        ("；路灯不亮；三天了", "；路灯不亮"),
        ("路" * 80, "路" * 60),
        ("  水管漏\n请来看  ", "水管漏"),
    ],
)
def test_the_summary_is_the_first_sentence(said, summary):
    assert summary_of(said) == summary


# --- Pages ------------------------------------------------------------------------------------


def post(client, household, **more):
    said = {
        "form_key": str(uuid.uuid4()),
        "said": "路灯不亮",
        "mode": "home",
        "occurred_on": "2026-11-17",
    }
    return client.post(reverse("desk:report", args=[household.pk]), said | more)


def test_his_desk_shows_his_households_alone(signed_in, contact, linked, foreign, li):
    Visit.objects.create(
        township=linked[0].township, village=linked[0].village, household=linked[0], mode="phone",
        occurred_on="2026-11-10", entered_at=NOW, entered_by=li,
    )  # fmt: skip
    page = signed_in(contact).get("/").content.decode()
    assert '2026-11-10 电话，<span class="nowrap">应于 2027-05-09</span> 前再去' in page
    assert "还没有走访过，请尽快去一次" in page
    assert page.count("报告情况</a>") == 2
    assert reverse("desk:report", args=[foreign.pk]) not in page
    assert "吴桂香" not in page
    assert "我的联系户</h2>" not in signed_in(li).get("/").content.decode()


def test_where_each_is_to_be_seen_every_week_the_desk_says_which_are_not_yet(
    signed_in, contact, linked, li, monkeypatch
):
    monkeypatch.setattr(clock, "today", lambda: DAY)  # a Tuesday
    VisitQuota.objects.create(
        township=linked[0].township, who="representative", of="linked", period="week", since=SINCE
    )
    for home, on in zip(linked, ("2026-11-16", "2026-11-12"), strict=True):
        Visit.objects.create(
            township=home.township, village=home.village, household=home, mode="phone",
            occurred_on=on, entered_at=NOW, entered_by=contact,
        )  # fmt: skip
    page = signed_in(contact).get("/").content.decode()
    assert "本周还可走访1户" in page
    assert "2026-11-16 电话，您本周已走访" in page
    assert '2026-11-12 电话 <span class="badge-state state-yellow">您本周还没走访</span>' in page
    assert "前再去" not in page  # half a year is not what this practice asks


def test_one_tap_to_the_form_and_back_to_the_desk(signed_in, contact, linked, foreign):
    client = signed_in(contact)
    assert (
        "周大山户(001)" in client.get(reverse("desk:report", args=[linked[0].pk])).content.decode()
    )
    assert client.get(reverse("desk:report", args=[foreign.pk])).status_code == 404
    answer = post(client, linked[0], nothing_asked="on", said="")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert Visit.objects.get().nothing_asked
    assert post(client, foreign).status_code == 404
    refused = post(client, linked[0], said="")
    assert refused.status_code == 422
    assert "没有事的勾选" in refused.content.decode()


def test_a_double_tap_is_one_visit_and_one_matter(signed_in, contact, linked):
    client, key = signed_in(contact), str(uuid.uuid4())
    answers = [post(client, linked[0], form_key=key, asks="on") for _ in range(2)]
    assert {each["Location"] for each in answers} == {reverse("grievances:reported")}
    assert Visit.objects.count() == Grievance.objects.count() == 1
    other = post(client, linked[1], form_key=key, asks="on")
    assert other.status_code == 409


def test_he_reads_state_and_answer_and_nothing_of_the_handling(
    signed_in, contact, linked, zhao, li
):
    matter = heard(linked[0], contact, asks=True).matters[0]
    matter = ledger.accept(grievance=matter, by=zhao, on=DAY, now=NOW, version=matter.version)
    client, url = signed_in(contact), reverse("grievances:reported")
    page = client.get(url).content.decode()
    assert matter.number in page and "已受理" in page and "还没有答复" in page
    method = _any("SettlementMethod")
    matter = ledger.settle(
        grievance=matter, by=zhao, on=DAY, now=NOW, version=matter.version,
        settlement=method.settlement, method=method, words="内部说明：已派张师傅",
    )  # fmt: skip
    ledger.answer(
        grievance=matter, by=li, on=DAY, now=NOW, version=matter.version, mode="phone",
        words="路灯已修好",
    )  # fmt: skip
    page = client.get(url).content.decode()
    assert "已反馈" in page and "电话反馈。路灯已修好" in page
    assert "张师傅" not in page and "赵敏" not in page
    for name in ("detail", "ledger"):
        args = [matter.number] if name == "detail" else []
        assert client.get(reverse(f"grievances:{name}", args=args)).status_code == 403


def test_of_a_household_no_longer_his_the_words_are_not_shown_again(signed_in, contact, linked):
    matter = heard(linked[0], contact, asks=True, said="水管漏了").matters[0]
    client, url = signed_in(contact), reverse("grievances:reported")
    assert "水管漏了" in client.get(url).content.decode()
    HouseholdLink.objects.filter(household=linked[0]).update(until=SINCE)
    page = client.get(url).content.decode()
    assert matter.number in page and "水管漏了" not in page


def test_what_others_registered_is_not_on_his_page(signed_in, contact, linked, li):
    ledger.register(
        by=li, on=DAY, now=NOW, village=linked[0].village, household=linked[0], summary="别人登记的",
        category=_any("Category"), kind="demand", source=_any("Source"),
    )  # fmt: skip
    page = signed_in(contact).get(reverse("grievances:reported")).content.decode()
    assert "暂无数据" in page
    assert signed_in(li).get(reverse("grievances:reported")).status_code == 403
