"""需求线索: noticed at a door, followed up until somebody's word is known; never decided here."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cadres.models import Department
from liaison import clock
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry
from visits import actions
from visits.actions.needs import ACTS, acts_for
from visits.models import Need, NeedKind, Visit

from .test_proposals import posted

ON = dt.date(2026, 11, 17)
DAYS = dt.timedelta(days=1)


@pytest.fixture
def dibao(db):
    """低保, looked at by 民政办, asked about again after 15 days."""
    return NeedKind.objects.get(name="低保")


@pytest.fixture
def found(li, shiqiao, household, dibao):
    """What 李 noticed at 周大山's door."""
    return actions.find_need(
        by=li, now=clock.now(), village=shiqiao, household=household, kind=dibao,
        words="户主住院，没有别的收入", found_on=ON,
    )  # fmt: skip


def follow(need, by, act, **more):
    need.refresh_from_db()
    facts = {"on": ON, "version": need.version, "now": clock.now(), **more}
    return actions.follow_need(need=need, by=by, act=act, **facts)


def test_it_waits_with_a_number_and_a_day_to_ask_again(found):
    assert (found.number, found.state) == ("需100-2026-0001", "open")
    assert found.next_look_on == ON + 15 * DAYS
    assert [line.act for line in found.lines.all()] == ["发现"]


def test_the_office_s_own_interval_holds(li, shiqiao, household, dibao):
    NeedKind.objects.filter(pk=dibao.pk).update(look_after=3)
    dibao.refresh_from_db()
    need = actions.find_need(
        by=li, now=clock.now(), village=shiqiao, household=household, kind=dibao, found_on=ON
    )
    assert need.next_look_on == ON + 3 * DAYS


def test_found_again_it_stays_one_row_with_a_line_more(li, zhao, shiqiao, household, dibao, found):
    again = actions.find_need(
        by=zhao, now=clock.now(), village=shiqiao, household=household, kind=dibao, found_on=ON,
        words="邻居也说起",
    )  # fmt: skip
    assert again == found and Need.objects.count() == 1
    assert [(line.act, line.words) for line in found.lines.all()][1] == ("再次发现", "邻居也说起")
    other = NeedKind.objects.get(name="残疾补贴")
    actions.find_need(
        by=li, now=clock.now(), village=shiqiao, household=household, kind=other, found_on=ON
    )
    for name in ("匿名", "匿名"):  # of nobody known nothing is known to be the same
        actions.find_need(
            by=li, now=clock.now(), village=shiqiao, visitor=name, kind=dibao, found_on=ON
        )
    assert Need.objects.count() == 4


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"household": None}, "请填写户或姓名"),
        ({"found_on": ON + DAYS}, "在今天以后"),
        ({"next_look_on": ON - DAYS}, "两年以内"),
        ({"next_look_on": dt.date(2036, 1, 1)}, "两年以内"),
    ],
)
def test_what_is_missing_is_asked_for(li, shiqiao, household, dibao, wrong, says):
    facts = {"village": shiqiao, "household": household, "kind": dibao, "found_on": ON}
    with pytest.raises(NotAllowed, match=says):
        actions.find_need(by=li, now=clock.now(), **facts | wrong)
    assert actions.find_need(by=li, now=clock.now(), **facts)


def test_a_kind_switched_off_is_not_offered_and_not_taken(signed_in, li, shiqiao, dibao):
    NeedKind.objects.filter(pk=dibao.pk).update(is_active=False)
    dibao.refresh_from_db()
    with pytest.raises(NotAllowed, match="已停用"):
        actions.find_need(
            by=li, now=clock.now(), village=shiqiao, visitor="某", kind=dibao, found_on=ON
        )
    form = signed_in(li).get(reverse("visits:new_need")).context["form"]
    assert "低保" not in [str(kind) for kind in form.fields["kind"].queryset]


def test_it_goes_to_the_station_and_its_word_closes_it(li, zhao, minzheng, found):
    with pytest.raises(NotAllowed, match="转给本镇的哪个单位"):
        follow(found, li, "pass")
    row = follow(found, li, "pass", department=minzheng, next_look_on=ON + 5 * DAYS)
    assert (row.in_words(), row.next_look_on, row.is_open) == ("已转民政办", ON + 5 * DAYS, True)
    with pytest.raises(NotAllowed, match="一句话"):
        follow(row, zhao, "note")
    follow(row, zhao, "note", words="民政办已入户核查")
    row = follow(row, zhao, "meet", words="12月起领取")
    assert (row.state, row.closed_on, row.is_open) == ("met", ON, False)
    assert [line.act for line in row.lines.all()] == ["发现", "转民政办", "跟进", "已落实"]
    with pytest.raises(NotAllowed, match="不能再“跟进”"):
        follow(row, zhao, "note", words="再问问")


def test_not_entitled_is_said_with_why_and_how_it_was_told(li, minzheng, found):
    follow(found, li, "pass", department=minzheng)
    with pytest.raises(NotAllowed, match="怎样告知本人"):
        follow(found, li, "unfit")
    row = follow(found, li, "unfit", words="民政办：人均收入超过标准；11月17日当面告知")
    assert row.state == "unfit"
    row = follow(row, li, "reopen", words="家里又有人住院")
    assert (row.state, row.closed_on) == ("open", None)


def test_a_foreign_station_is_none(li, elsewhere, found):
    there = Department.objects.create(township=elsewhere, name="民政办")
    with pytest.raises(NotAllowed, match="本镇的哪个单位"):
        follow(found, li, "pass", department=there)


def test_what_is_open_again_elsewhere_is_not_opened_twice(li, shiqiao, household, dibao, found):
    follow(found, li, "waive")
    second = actions.find_need(
        by=li, now=clock.now(), village=shiqiao, household=household, kind=dibao, found_on=ON
    )
    assert second != found
    with pytest.raises(NotAllowed, match="已有一条"):
        follow(found, li, "reopen", words="想申请了")


def test_two_following_up_at_once_do_not_undo_each_other(li, zhao, found):
    follow(found, li, "waive")
    with pytest.raises(Stale):
        actions.follow_need(
            need=found, by=zhao, act="meet", on=ON, now=clock.now(), version=1, words="x"
        )


def test_another_village_is_not_his(wang, found):
    with pytest.raises(NotAllowed, match="不在您负责的村"):
        follow(found, wang, "waive")


def test_the_trail_holds_no_word_no_name_and_no_kind(li, found):
    follow(found, li, "unfit", words="周大山家收入超过标准，当面告知")
    said = " ".join(str((e.object_label, e.before, e.after)) for e in AuditEntry.objects.all())
    assert "需100-2026-0001" in said and "不符合" in said
    assert not any(word in said for word in ("低保", "周大山", "住院", "收入"))


class EveryCourse(TestCase):
    """Whatever is done in whatever order: open ones have no day of closing, closed ones one."""

    @given(st.lists(st.sampled_from(sorted(ACTS)), max_size=8))
    def test_open_and_closed_never_mix(self, acts):
        from conftest import appoint
        from villages.models import Township, Village

        town = Township.objects.create(code="990001109000", name="测镇", ledger_prefix="109")
        village = Village.objects.create(township=town, code="990001109201", name="测村")
        clerk = appoint(town, "clerk109", "测办", "office", title="测办")
        unit = Department.objects.create(township=town, name="民政办")
        need = actions.find_need(
            by=clerk, now=clock.now(), village=village, visitor="某", found_on=clock.today(),
            kind=NeedKind.objects.first(),
        )  # fmt: skip
        done = 1
        for act in acts:
            if act not in dict(acts_for(need)):
                continue
            need = actions.follow_need(
                need=need, by=clerk, act=act, on=clock.today(), now=clock.now(),
                version=need.version, words="话", department=unit,
            )  # fmt: skip
            done += 1
        assert need.is_open == (need.closed_on is None)
        assert need.is_open == Need.objects.open().filter(pk=need.pk).exists()
        assert need.lines.count() == done


# --- Pages ----------------------------------------------------------------------------------


def test_it_is_found_passed_and_closed_by_pages(signed_in, li, minzheng, household, dibao):
    client = signed_in(li)
    url = f"{reverse('visits:new_need')}?household={household.pk}"
    url = posted(client, url, kind=dibao.pk, words="户主住院")["Location"]
    text = client.get(url).content.decode()
    assert "可能符合，请民政办核实" in text and "以核实结果为准" in text
    assert client.get(url).context["form"]["department"].value() == minzheng.pk

    refused = posted(client, url, act="unfit", department=minzheng.pk)
    assert refused.status_code == 422 and "怎样告知本人" in refused.content.decode()
    posted(client, url, act="pass", department=minzheng.pk)
    posted(client, url, act="meet", words="已落实")
    need = Need.objects.get()
    assert (need.state, need.department) == ("met", minzheng)
    assert client.get(reverse("visits:needs")).context["page"].total == 0
    listed = client.get(reverse("visits:needs"), {"look": "closed"}).context["page"]
    assert listed.rows == [need]


def test_what_is_due_stands_first_and_the_desk_counts_it(
    signed_in, li, zhao, wang, shiqiao, dibao, found, time_machine
):
    sooner = actions.find_need(
        by=li, now=clock.now(), village=shiqiao, visitor="匿名", kind=dibao, found_on=ON,
        next_look_on=ON + 2 * DAYS,
    )  # fmt: skip
    time_machine.move_to(dt.datetime(2026, 11, 20, 2, tzinfo=dt.UTC), tick=False)
    for user, count in ((li, 1), (zhao, 1), (wang, 0)):
        client = signed_in(user)
        todos = {todo.label: todo for todo in client.get("/").context["todos"]}
        assert ("需求线索待跟进" in todos) == bool(count)
        if count:
            todo = todos["需求线索待跟进"]
            assert todo.count == count
            assert client.get(todo.url).context["page"].rows == [sooner]
    assert signed_in(zhao).get(reverse("visits:needs")).context["page"].rows == [sooner, found]


def test_who_sees_it(signed_in, everybody, found):
    """As the household is seen: a contact when it is linked to him."""
    url, rows = reverse("visits:need", args=[found.pk]), reverse("visits:needs")
    for who, status, count in (
        ("li", 200, 1), ("zhao", 200, 1), ("zhou", 200, 1), ("sun", 200, 1), ("wang", 404, 0),
        ("qian", 404, 0), ("contact", 404, 0), ("chen", 403, None), ("county", 403, None),
        ("admin", 403, None), ("auditor", 403, None),
    ):  # fmt: skip
        client = signed_in(getattr(everybody, who))
        assert client.get(url).status_code == status, who
        if count is not None:
            assert client.get(rows).context["page"].total == count, who
    everybody.contact.post.household_links.create(
        village=found.village, household=found.household, kind="cadre", since="2020-01-01"
    )
    client = signed_in(everybody.contact)
    assert client.get(rows).context["page"].rows == [found]
    assert client.get(url).context["acts"] == []


def test_its_visit_and_its_household_show_it(signed_in, li, chen, shiqiao, household, dibao):
    visit = Visit.objects.create(
        township=shiqiao.township, village=shiqiao, household=household, mode="home",
        occurred_on=ON, entered_at=clock.now(), entered_by=li,
    )  # fmt: skip
    client = signed_in(li)
    posted(client, f"{reverse('visits:new_need')}?visit={visit.pk}", kind=dibao.pk)
    number = Need.objects.get().number
    assert number in client.get(reverse("visits:visit", args=[visit.pk])).content.decode()
    page = client.get(reverse("villages:household", args=[household.pk])).content.decode()
    assert number in page and "可能符合低保" in page


def test_the_list_filters(signed_in, zhao, li, minzheng, dibao, found):
    follow(found, li, "pass", department=minzheng)
    client, url = signed_in(zhao), reverse("visits:needs")
    for asked, count in (
        ({"kind": dibao.pk}, 1), ({"state": "open"}, 0), ({"state": "passed"}, 1),
        ({"department": minzheng.pk}, 1), ({"look": "due"}, 0), ({"look": "open"}, 1),
        ({"look": "closed"}, 0), ({"q": "001"}, 1), ({"household": found.household_id}, 1),
        ({"found_from": "2026-11-18"}, 0),
    ):  # fmt: skip
        assert client.get(url, asked).context["page"].total == count, asked


def test_the_office_edits_the_kinds(signed_in, zhao, dibao):
    client = signed_in(zhao)
    assert "需求类别" in client.get(reverse("settings:index")).content.decode()
    text = client.get(reverse("settings:need-kinds")).content.decode()
    assert "低保" in text and "民政办" in text
    posted(client, reverse("settings:need-kinds_edit", args=[dibao.pk]), look_after=20)
    dibao.refresh_from_db()
    assert dibao.look_after == 20
