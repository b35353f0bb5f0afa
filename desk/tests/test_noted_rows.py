"""金点子 and 需求线索 in a row of the day, and of visits outside one: written once, found in both lists."""

import pytest
from django.urls import reverse

from conftest import PASSWORD
from tests.browser import PHONE, sign_in
from visits.models import Need, NeedKind, Proposal, Visit


@pytest.fixture
def url(day):
    """The day's page."""
    return reverse("desk:day", args=[day.pk])


@pytest.fixture
def kinds(db):
    """低保 and 残疾补贴."""
    return [NeedKind.objects.get(name=name) for name in ("低保", "残疾补贴")]


def row(kinds=(), **more):
    """A row of household 001, with what was noted."""
    told = {"household": "001", "n-proposal": "", "n-need_words": "", **more}
    return told | ({"n-kinds": [kind.pk for kind in kinds]} if kinds else {})


def test_a_row_makes_a_proposal_and_needs(signed_in, li, url, household, filled, kinds):
    client = signed_in(li)
    data = filled({0: row(kinds, **{"n-proposal": "装凉亭", "n-need_words": "户主住院"})})
    saved = client.post(url, data)["Location"]
    visit = Visit.objects.get()
    proposal = Proposal.objects.get()
    assert (proposal.visit, proposal.household, proposal.words) == (visit, household, "装凉亭")
    assert [need.kind for need in Need.objects.order_by("pk")] == kinds
    assert {need.lines.get().visit for need in Need.objects.all()} == {visit}
    for page in (saved, url):
        text = client.get(page).content.decode()
        assert "装凉亭" in text and "可能符合低保" in text and "可能符合残疾补贴" in text
    for name, total in (("visits:proposals", 1), ("visits:needs", 2)):
        assert client.get(reverse(name)).context["page"].total == total
    assert client.post(url, data)["Location"] == saved
    assert (Proposal.objects.count(), Need.objects.count()) == (1, 2)


def test_the_same_page_with_another_proposal_is_shown_side_by_side(
    signed_in, li, url, household, filled, kinds
):
    client, key = signed_in(li), "00000000-0000-4000-8000-000000000001"
    client.post(url, filled({0: row(kinds)}, key=key))
    again = client.post(url, filled({0: row(kinds[:1])}, key=key))
    assert again.status_code == 409
    assert "低保、残疾补贴" in again.content.decode()


def test_outside_a_day_too(signed_in, li, shiqiao, household, filled, kinds):
    data = filled({0: row(kinds[:1], **{"n-proposal": "装凉亭"})})
    data |= {"village": shiqiao.pk, "occurred_on": "2026-11-10"}
    assert signed_in(li).post(reverse("visits:log"), data).status_code == 302
    need, proposal = Need.objects.get(), Proposal.objects.get()
    assert str(need.found_on) == str(proposal.proposed_on) == "2026-11-10"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"n-need_words": "户主住院"}, "请勾选可能符合哪一项"),
        ({"n-kinds": ["987654"]}, "987654"),
        ({"n-proposal": "长" * 301}, "300"),
        ({"household": "", "n-proposal": "装凉亭"}, "请填写户或来访人"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(
    signed_in, li, url, household, filled, wrong, says
):
    answer = signed_in(li).post(url, filled({0: row() | wrong}))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert says in text and "第1行需要改正" in text
    assert not (Visit.objects.exists() or Need.objects.exists() or Proposal.objects.exists())


def test_the_fields_open_without_scripts_and_keep_what_was_typed(signed_in, li, url, filled, kinds):
    client = signed_in(li)
    assert "row-1-n-proposal" not in client.get(url).content.decode()
    asked = filled({0: row(kinds[:1], **{"n-proposal": "装凉亭"})}) | {
        "more_noted": "1",
        "noted_row": "2",
    }
    text = client.post(url, asked).content.decode()
    assert "name=row-1-n-proposal " in text and "装凉亭" in text
    assert f'value="{kinds[0].pk}" class' in text or "checked" in text
    assert not Visit.objects.exists()
    for nonsense in ("0", "9999", "'><script>", "²", ""):
        answer = client.post(url, asked | {"noted_row": nonsense})
        assert answer.status_code == 200
        assert answer.content.decode().count("-n-proposal") == text.count("-n-proposal") - 3


def test_a_kind_switched_off_is_not_offered(signed_in, li, url, household, filled, kinds):
    NeedKind.objects.filter(pk=kinds[0].pk).update(is_active=False)
    assert signed_in(li).post(url, filled({0: row(kinds)})).status_code == 422
    assert not Need.objects.exists()


def test_twelve_rows_with_everything_open_weigh_less_than_sixty_kilobytes(
    signed_in, li, url, filled
):
    page = signed_in(li).get(url)
    assert len(page.content) < 60_000
    closed = signed_in(li).post(url, filled({}, total=12) | {"more": "1"})
    assert len(closed.content) < 60_000


# --- In a browser ---------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_from_a_row_to_the_stations_word_by_keyboard(page, li, minzheng, day, household):
    sign_in(page, li.username, PASSWORD, reverse("desk:day", args=[day.pk]))
    page.locator("#id_row-0-household").focus()
    keys = page.keyboard
    keys.insert_text("001")
    page.locator("#entry-1 [data-more-noted]").focus()
    keys.press("Enter")
    keys.insert_text("装凉亭")
    keys.press("Tab")
    keys.press("Space")  # the first kind: 低保
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/saved/**")
    assert page.get_by_text("金点子：装凉亭").is_visible()

    page.goto(reverse("visits:proposals"))
    assert page.get_by_text("装凉亭").is_visible()
    page.goto(reverse("visits:needs"))
    page.get_by_role("link", name="跟进", exact=True).click()
    page.get_by_label("转办").check()
    page.get_by_role("button", name="记下").click()
    page.locator(".badge-state", has_text="已转民政办").first.wait_for()
    page.get_by_label("不符合，已告知本人").check()
    page.get_by_role("button", name="记下").click()
    page.get_by_text("请写明核实单位说的原因").first.wait_for()
    page.get_by_label("情况", exact=True).fill("收入超过标准，当面告知")
    page.get_by_role("button", name="记下").click()
    page.locator(".badge-state", has_text="不符合").first.wait_for()
    assert Need.objects.get().state == "unfit"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_under_a_thumb_it_fits_the_screen(phone, li, day, household):
    sign_in(phone, li.username, PASSWORD, reverse("desk:day", args=[day.pk]))
    phone.fill("#id_row-0-visitor", "匿名")
    phone.locator("#entry-1 [data-more-noted]").tap()
    phone.locator("#entry-1").get_by_label("临时救助").check()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.get_by_role("button", name="保存").tap()
    phone.wait_for_url("**/saved/**")
    assert Need.objects.get().kind.name == "临时救助"
