"""Matters inside a row: any number, come and gone with scripts and without, and what was promised."""

import pytest
from django.urls import reverse

from desk.forms import MOST_MATTERS, MOST_ROWS, EntryForm, MatterForm
from desk.forms.noted import NotedForm
from grievances.models import Category, Grievance, Step
from liaison import clock
from liaison.drafts.keys import tag_of
from tests.filling import fill_in, form_on
from visits import actions as field
from visits.models import Amendment, NeedKind, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(day):
    return reverse("desk:day", args=[day.pk])


def test_a_row_holds_any_number_of_matters(signed_in, li, url, household, filled):
    three = [
        {"summary": "路灯不亮", "is_urgent": "on"},
        {"summary": ""},  # begun and left empty
        {"summary": "询问种粮补贴", "kind": "inquiry", "on_the_spot": "on"},
        {"summary": "邻居占路", "kind": "dispute", "phone": "15400000001"},
    ]
    answer = signed_in(li).post(
        url, filled({0: {"household": "001", "matters": three}}), follow=True
    )
    visit = Visit.objects.get()
    lamp, grain, lane = visit.grievances.order_by("pk")
    assert [each.household for each in (lamp, grain, lane)] == [household] * 3
    assert (lamp.is_urgent, grain.settlement, lane.kind) == (True, "procedural", "dispute")
    assert "诉求 3 件" in answer.content.decode()


def test_a_category_is_guessed_from_the_words_and_says_why(signed_in, li, url, household, filled):
    row = {"household": "001", "summary": "村口路灯不亮"}
    answer = signed_in(li).post(url, filled({0: row}), follow=True)
    matter = Grievance.objects.get()
    assert matter.category.name == "供电能源"
    assert "按“路灯”归为“供电能源”" in answer.content.decode()
    assert "类别按“路灯”归为“供电能源”。" in Step.objects.get(grievance=matter).words


def test_a_chosen_category_stands_whatever_the_words(signed_in, li, url, household, filled):
    roads = Category.objects.get(name="道路交通")
    row = {"household": "001", "summary": "村口路灯不亮", "category": roads.pk}
    answer = signed_in(li).post(url, filled({0: row}), follow=True)
    assert Grievance.objects.get().category == roads
    assert "归为" not in answer.content.decode()


def test_a_promise_has_its_day_and_stands_on_the_matter(signed_in, li, url, household, filled):
    row = {"household": "001", "summary": "路灯不亮", "promise": "派电工来看"}
    asked = signed_in(li).post(url, filled({0: row}))
    assert asked.status_code == 422
    assert "请填写答应在哪一天之前办到" in asked.content.decode()

    early = signed_in(li).post(url, filled({0: row | {"promise_due_on": "2026-11-16"}}))
    assert "早于2026-11-17，请核对" in early.content.decode()
    assert not Grievance.objects.exists()

    signed_in(li).post(url, filled({0: row | {"promise_due_on": "2026-11-20"}}))
    matter = Grievance.objects.get()
    assert (matter.promise, str(matter.promise_due_on)) == ("派电工来看", "2026-11-20")
    assert matter.is_promised
    assert "答应2026-11-20前派电工来看。" in Step.objects.get(grievance=matter).words


@pytest.mark.parametrize(
    ("matter", "sentence"),
    [
        ({"is_urgent": "on"}, "请填写诉求摘要"),
        ({"promise_due_on": "2026-11-20"}, "请填写诉求摘要"),
        ({"summary": "长" * 61}, "60"),
        ({"summary": "修路", "category": "99999"}, "99999"),
        ({"summary": "修路", "promise_due_on": "昨天", "promise": "去看"}, "日期"),
    ],
)
def test_a_faulty_second_matter_is_named_and_nothing_is_stored(
    signed_in, li, url, household, filled, matter, sentence
):
    row = {"household": "001", "matters": [{"summary": "路灯不亮"}, matter]}
    answer = signed_in(li).post(url, filled({1: row}))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text and "第2行需要改正" in text and "路灯不亮" in text
    assert not Visit.objects.exists()


def test_more_matters_than_a_row_holds_are_refused(signed_in, li, url, household, filled):
    row = {"household": "001", "matters": [{"summary": f"第{at}件"} for at in range(25)]}
    answer = signed_in(li).post(url, filled({0: row}))
    assert answer.status_code == 422
    assert "一行最多填20件诉求" in answer.content.decode()
    assert not Visit.objects.exists()


def test_matters_come_and_go_without_scripts(signed_in, li, url, household, filled):
    client = signed_in(li)
    _, sheet = form_on(client.get(url), holding="seen")
    sheet |= {"row-2-household": ["写了一半"]}
    answer = client.post(url, sheet | {"more_matters": "row-2"})
    _, sheet = form_on(answer, holding="seen")
    assert sheet["row-2-household"] == ["写了一半"] and "row-2-m0-summary" in sheet

    sheet["row-2-m0-summary"] = ["头一件"]
    _, sheet = form_on(client.post(url, sheet | {"more_matters": "row-2"}), holding="seen")
    sheet |= {"row-2-m1-summary": ["第二件"], "row-2-household": ["001"]}
    _, sheet = form_on(client.post(url, sheet | {"drop_matter": "row-2-m0"}), holding="seen")
    assert "row-2-m0-summary" not in sheet
    assert client.post(url, sheet).status_code == 302
    assert Grievance.objects.get().summary == "第二件"


@pytest.mark.parametrize("asked", ["", "row-0", "row-99", "乱写", "row-0-m999999"])
def test_nonsense_in_a_button_changes_nothing(signed_in, li, url, filled, asked):
    for name in ("more_matters", "drop_matter"):
        assert signed_in(li).post(url, filled() | {name: asked}).status_code == 200


def test_twelve_rows_with_matters_weigh_less_than_sixty_kilobytes(signed_in, li, url, filled):
    rows = {at: {"said": "说了些什么", "matters": [{"summary": "路灯"}]} for at in range(5)}
    fresh = signed_in(li).post(url, filled(rows, total=8, more="1"))
    text = fresh.content.decode()
    assert 'id="entry-12"' in text and 'id="entry-13"' not in text
    # Two sit here; a seat is some 830 bytes, and a team of eight is to have room.
    assert len(fresh.content) < 54_000
    # Drawn again is not checked: nothing is called wrong.
    assert "aria-invalid" not in text and "has-error" not in text
    wrong = signed_in(li).post(url, filled(rows, total=8)).content.decode()
    assert wrong.count("aria-invalid=true") == 5


def test_the_largest_page_a_row_form_allows_is_read_and_more_is_told(
    signed_in, li, url, filled, settings
):
    """More than 4,000 fields come back with everything typed; what passes the server's own limit is no 特殊字符."""
    full = dict.fromkeys(MatterForm.base_fields, "") | {"summary": "路灯", "kind": "demand"}
    rows = {at: {"visitor": "匿名", "matters": [full] * 7} for at in range(60)}
    data = filled(rows, total=60) | {"row-59-m6-promise": "没有写哪一天"}
    assert len(data) > 4_000
    client = signed_in(li)
    answer = client.post(url, data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "第60行需要改正" in text and text.count('value="路灯"') == 420
    row = len(EntryForm.base_fields) + len(NotedForm.base_fields) + NeedKind.objects.count()
    largest = MOST_ROWS * (row + MOST_MATTERS * len(MatterForm.base_fields))
    assert largest < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS

    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
    refused = client.post(url, data)
    assert refused.status_code == 413
    assert "分两次保存" in refused.content.decode()
    sent = {"X-Draft": data["form_key"], "X-Draft-Owner": tag_of(li)}
    assert client.post(url, data, headers=sent).json()["why"] == "too_large"
    assert not Visit.objects.exists()


# --- A row that is in the book --------------------------------------------------------------


@pytest.fixture
def row(signed_in, feng, url, household, filled):
    """Written by a member of the team; the lead has not confirmed the day."""
    signed_in(feng).post(url, filled({0: {"household": "001", "nothing_asked": "on"}}))
    return Visit.objects.get()


def test_a_saved_row_gets_the_matters_it_had_left_out(signed_in, li, feng, row, day):
    client, url = signed_in(feng), reverse("desk:add_matters", args=[row.pk])
    day_page = client.get(reverse("desk:day", args=[day.pk])).content.decode()
    assert url in day_page and reverse("visits:change", args=[row.pk]) in day_page

    _, sheet = form_on(client.get(url), holding="row-0-m0-summary")
    sheet["row-0-m0-summary"] = ["路灯不亮"]
    _, sheet = form_on(client.post(url, sheet | {"more_matters": "row-0"}), holding="form_key")
    sheet |= {"row-0-m1-summary": ["问低保"], "row-0-m1-kind": ["inquiry"]}
    first, second = client.post(url, sheet), client.post(url, sheet)
    assert first.url == second.url
    lamp, aid = row.grievances.order_by("pk")
    assert (str(lamp.registered_on), lamp.household, aid.kind) == (
        "2026-11-17",
        row.household,
        "inquiry",
    )
    row.refresh_from_db()
    assert not row.nothing_asked
    assert "诉求 2 件" in client.get(first.url).content.decode()


def test_a_confirmed_row_without_a_matter_gets_one_with_the_reason(signed_in, li, feng, row, day):
    field.confirm_held(session=day, by=li, now=clock.now())
    client, url = signed_in(feng), reverse("desk:add_matters", args=[row.pk])
    _, sheet = form_on(client.get(url), holding="row-0-m0-summary")
    sheet["row-0-m0-summary"] = ["路灯不亮"]
    asked = client.post(url, sheet)
    assert asked.status_code == 422
    assert "请写明更正原因" in asked.content.decode() and "路灯不亮" in asked.content.decode()
    assert not Grievance.objects.exists()

    sheet |= {"amend_reason": "漏记了一件"}
    first, second = client.post(url, sheet), client.post(url, sheet)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    row.refresh_from_db()
    assert (row.nothing_asked, row.grievances.get().summary) == (False, "路灯不亮")
    assert Amendment.objects.get(visit=row).reason == "漏记了一件"


def test_a_confirmed_row_that_said_something_asks_no_reason_for_a_matter(
    signed_in, li, feng, row, day
):
    Visit.objects.filter(pk=row.pk).update(nothing_asked=False)
    field.confirm_held(session=day, by=li, now=clock.now())
    client, url = signed_in(feng), reverse("desk:add_matters", args=[row.pk])
    _, sheet = form_on(client.get(url), holding="row-0-m0-summary")
    assert "amend_reason" not in sheet
    assert client.post(url, sheet | {"row-0-m0-summary": ["路灯不亮"]}).status_code == 302


def test_further_matters_are_refused_with_everything_kept(signed_in, feng, wang, sun, row):
    url, client = reverse("desk:add_matters", args=[row.pk]), signed_in(feng)
    _, sheet = form_on(client.get(url), holding="form_key")
    assert "请至少填一件的摘要" in client.post(url, sheet).content.decode()
    sheet |= {"row-0-m0-promise": ["去看看"]}
    faulty = client.post(url, sheet)
    assert faulty.status_code == 422
    assert "第1件需要改正" in faulty.content.decode() and "去看看" in faulty.content.decode()
    assert signed_in(wang).get(url).status_code == 404
    assert signed_in(sun).get(url).status_code == 403
    assert not Grievance.objects.exists()


def test_the_team_puts_a_row_right_before_the_day_is_confirmed(
    signed_in, li, feng, row, neighbours
):
    """Household, way, persons, words and 无诉求; by whoever of the team, not only who wrote it."""
    url = reverse("visits:change", args=[row.pk])
    for user, said in ((feng, {"household": "002", "nothing_asked": None}), (li, {"mode": "home"})):
        fill_in(signed_in(user), url, holding="version", said="改过了", persons="2", **said)
    row.refresh_from_db()
    assert (row.household.number, row.mode, row.persons, row.said, row.nothing_asked) == (
        "002",
        "home",
        2,
        "改过了",
        False,
    )
