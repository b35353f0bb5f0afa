"""The liaison-day page: one page, one act."""

import uuid

import pytest
from django.urls import reverse

from grievances.models import Category, Grievance
from liaison.models import AuditEntry
from tests.filling import form_on
from visits.models import LiaisonSession, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(day):
    return reverse("desk:day", args=[day.pk])


def five_rows():
    """Five rows, three matters, one of them settled on the spot."""
    health = Category.objects.get(name="医疗卫生").pk
    return {
        0: {"household": "001", "summary": "询问低保评定", "kind": "inquiry", "on_the_spot": "on"},
        1: {"household": "吴桂香", "mode": "home", "nothing_asked": "on"},
        2: {"visitor": "匿名", "persons": 3, "summary": "水渠堵了", "phone": "15400000001"},
        3: {"household": "zgq", "mode": "phone", "summary": "合作医疗没报上", "category": health},
        5: {"household": "005 王秀英", "mode": "evening"},
    }  # fmt: skip


def test_a_whole_day_is_saved_in_one_act(signed_in, li, day, url, neighbours, filled):
    answer = signed_in(li).post(url, filled(five_rows()), follow=True)

    day.refresh_from_db()
    assert (day.status, day.confirmed_by) == ("held", li)
    assert [line.mark for line in day.attendance.all()] == ["present", "present"]
    assert [
        (v.line, v.household and v.household.number, v.mode) for v in day.visits.order_by("line")
    ] == [
        (1, "001", "reception"),
        (2, "003", "home"),
        (3, None, "reception"),
        (4, "004", "phone"),
        (5, "005", "evening"),
    ]
    inquiry, ditch, insurance = Grievance.objects.order_by("pk")
    assert (inquiry.status, inquiry.settlement, inquiry.on_the_spot) == (
        "settled",
        "procedural",
        True,
    )
    assert (ditch.status, ditch.category.name, ditch.complainant, ditch.persons) == (
        "registered",
        "水利",
        "匿名",
        3,
    )
    assert (insurance.category.name, insurance.source.name) == ("医疗卫生", "入户走访")
    assert {inquiry.source.name, ditch.source.name} == {"驻点日接待"}
    text = answer.content.decode()
    assert "走访接待 5 条" in text
    assert all(matter.number in text for matter in (inquiry, ditch, insurance))


def test_every_matter_has_a_deadline_unless_settled(signed_in, li, url, neighbours, filled):
    signed_in(li).post(url, filled(five_rows()))
    assert [matter.due_on is not None for matter in Grievance.objects.order_by("pk")] == [
        False,
        True,
        True,
    ]


def test_anything_but_an_inquiry_settled_on_the_spot_was_done(signed_in, li, url, filled):
    rows = {0: {"household": "001", "summary": "路灯不亮", "on_the_spot": "on"}}
    signed_in(li).post(url, filled(rows))
    matter = Grievance.objects.get()
    assert (matter.settlement, matter.method.name) == ("substantive", "①实质办结")


def test_a_second_tap_gives_the_same_answer(signed_in, li, url, neighbours, filled):
    page, client = filled(five_rows()), signed_in(li)
    first, second = client.post(url, page), client.post(url, page)
    assert first.url == second.url
    assert (Visit.objects.count(), Grievance.objects.count()) == (5, 3)


def test_the_same_page_with_other_content_is_shown_side_by_side(signed_in, li, url, filled):
    key, client = str(uuid.uuid4()), signed_in(li)
    client.post(url, filled({0: {"household": "001"}}, key=key))
    answer = client.post(url, filled({0: {"household": "001", "said": "另一件事"}}, key=key))
    assert answer.status_code == 409
    assert "另一件事" in answer.content.decode()
    assert Visit.objects.count() == 1


def test_a_colleague_s_save_is_shown_before_mine_is_taken(signed_in, li, feng, day, url, filled):
    client, marks = signed_in(feng), {li.post.pk: "sick", feng.post.pk: "present"}
    client.post(url, filled({0: {"household": "001"}}, marks=marks))
    mine = filled({0: {"visitor": "某先生", "said": "问路"}})

    stale = signed_in(li).post(url, mine)
    text = stale.content.decode()
    assert stale.status_code == 409
    assert "别人已改过" in text and "某先生" in text and "假(病假)" in text
    assert Visit.objects.count() == 1

    day.refresh_from_db()
    assert f'name="version" value="{day.version}"' in text
    again = signed_in(li).post(url, mine | {"version": day.version})
    assert again.status_code == 302
    assert [v.line for v in day.visits.order_by("line")] == [1, 2]


def test_more_rows_follow_a_held_day_without_conflict(signed_in, li, feng, day, url, filled):
    signed_in(li).post(url, filled({0: {"household": "001"}}))
    day.refresh_from_db()
    for user, name in ((li, "甲"), (feng, "乙")):
        answer = signed_in(user).post(url, filled({0: {"visitor": name}}, version=day.version))
        assert answer.status_code == 302
    assert [(v.line, v.visitor) for v in day.visits.order_by("line")] == [
        (1, ""),
        (2, "甲"),
        (3, "乙"),
    ]
    assert day.attendance.count() == 2
    assert "已保存 3 条" in signed_in(li).get(url).content.decode()


def test_a_day_without_visitors_is_saved_too(signed_in, li, day, url, filled):
    client, sheet = signed_in(li), filled()
    asked = client.post(url, sheet)
    day.refresh_from_db()
    assert (asked.status_code, day.status) == (422, "planned")
    assert "没有填写走访接待。只确认考勤的，请再点一次“保存”。" in asked.content.decode()

    address, again = form_on(asked, holding="seen")
    answer = client.post(address, again, follow=True)
    day.refresh_from_db()
    assert day.status == "held"
    assert client.post(address, again).status_code == 302  # a second tap of the second press
    assert "本次没有新增走访接待" in answer.content.decode()


def test_a_held_day_asks_nothing_about_rows(signed_in, li, day, url, filled):
    client = signed_in(li)
    client.post(url, filled({0: {"household": "001"}}))
    day.refresh_from_db()
    assert client.post(url, filled(version=day.version)).status_code == 302


def test_a_confirmed_sheet_is_put_right_with_a_reason(signed_in, li, feng, day, url, filled):
    client = signed_in(li)
    client.post(url, filled(seen="1"))
    day.refresh_from_db()
    marks = {li.post.pk: "present", feng.post.pk: "official"}
    refused = client.post(url, filled(version=day.version, marks=marks))
    assert refused.status_code == 422
    assert "写明更正原因" in refused.content.decode()
    wanted = filled(version=day.version, marks=marks, amend_reason="冯兰当天公差")
    assert client.post(url, wanted).status_code == 302
    assert [line.in_words() for line in day.attendance.order_by("pk")] == ["到", "假(公假)"]
    assert AuditEntry.objects.get(action="更正考勤").after["更正原因"] == "冯兰当天公差"


def test_a_member_writes_it_up_and_the_lead_confirms_with_one_press(
    signed_in, li, feng, day, url, filled
):
    signed_in(feng).post(url, filled({0: {"household": "001"}}))
    day.refresh_from_db()
    assert (day.status, day.confirmed_by) == ("held", None)
    page = signed_in(li).get(url).content.decode()
    assert "待责任人确认" in page and "保存并确认" in page
    assert signed_in(li).post(url, filled(version=day.version)).status_code == 302
    day.refresh_from_db()
    assert day.confirmed_by == li
    # From now on the member adds rows and reads the sheet
    page = signed_in(feng).get(url).content.decode()
    assert f"seat-{li.post.pk}-mark" not in page and "李明" in page
    assert (
        signed_in(feng).post(url, filled({0: {"visitor": "匿名"}}, version=day.version)).status_code
        == 302
    )
    assert day.visits.count() == 2


def test_a_stand_in_is_taken_from_the_list_or_written(signed_in, li, feng, wang, day, url, filled):
    marks = {li.post.pk: "present", feng.post.pk: "stand_in"}
    page = signed_in(li).get(url).content.decode()
    assert '<option value="王强(副镇长)"></option>' in page
    for typed, person, name in (
        ("王强(副镇长)", wang, "王强"), ("王强", wang, "王强"), ("村医老张", None, "村医老张"),
    ):  # fmt: skip
        day.refresh_from_db()
        more = {f"seat-{feng.post.pk}-stand_in": typed, "seen": "1", "amend_reason": "核对"}
        wanted = filled(version=day.version, marks=marks, **more)
        assert signed_in(li).post(url, wanted).status_code == 302
        line = day.attendance.get(post=feng.post)
        assert (line.stand_in_person, line.stand_in) == (person, name)


def test_a_name_set_with_a_gap_is_the_name(signed_in, li, url, neighbours, filled):
    typed = ("周　大山", "001 周 大山", "第1组 周 大 山")
    signed_in(li).post(url, filled({at: {"household": text} for at, text in enumerate(typed)}))
    assert [each.household.number for each in Visit.objects.all()] == ["001"] * 3


def test_more_rows_without_scripts_keep_what_was_typed(signed_in, li, url, filled):
    answer = signed_in(li).post(url, filled({0: {"household": "写了一半"}}, more="1"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "写了一半" in text and 'id="entry-10"' in text and 'id="entry-11"' not in text
    assert "entry-error" not in text


def test_a_day_is_written_up_weeks_later(signed_in, li, day, url, filled):
    LiaisonSession.objects.update(on="2026-09-01")
    assert signed_in(li).post(url, filled({0: {"household": "001"}})).status_code == 302
    visit = Visit.objects.get()
    assert str(visit.occurred_on) == "2026-09-01"
    assert visit.entered_at.date().isoformat() == "2026-11-17"


def test_no_phone_or_name_of_a_villager_is_in_the_trail(signed_in, li, url, neighbours, filled):
    signed_in(li).post(url, filled(five_rows()))
    told = " ".join(
        f"{line.object_label}{line.before}{line.after}" for line in AuditEntry.objects.all()
    )
    assert told
    assert not any(word in told for word in ("15400000001", "周大山", "匿名", "合作医疗"))


def test_the_page_is_light_and_its_queries_do_not_grow(
    signed_in, li, day, url, neighbours, filled, django_assert_max_num_queries
):
    client = signed_in(li)
    client.post(url, filled(five_rows()))
    day.refresh_from_db()
    with django_assert_max_num_queries(26) as few:  # proposals, needs and their kinds among them
        page = client.get(url)
    assert len(page.content) < 60_000
    once = len(few.captured_queries)
    client.post(url, filled(five_rows(), version=day.version))
    with django_assert_max_num_queries(once):
        client.get(url)


def test_a_crowded_day_stays_light(signed_in, li, day, url, household):
    for line in range(1, 31):
        Visit.objects.create(
            session=day, township=day.township, village=day.village, household=household, line=line,
            said="说了很多" * 400, occurred_on=day.on, entered_at="2026-11-17T12:00Z", entered_by=li,
        )  # fmt: skip
    page = signed_in(li).get(url).content
    assert len(page) < 60_000
    assert "已保存 30 条" in page.decode() and f"?session={day.pk}" in page.decode()
