"""Plain forms keep what was typed as the pages of rows do: 点单, 需求线索, 金点子, 诉求, a contact's report."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cadres.models import HouseholdLink
from conftest import PASSWORD, SINCE
from grievances.models import Category, Grievance, Source
from tests.browser import sign_in
from tests.drafts import badge, cut, kept, until_empty, until_kept
from visits.models import Need, NeedKind, Proposal, Visit, Wish, WishKind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# address: (table, list of choices and its value by name, what else must be said)
FORMS = {
    "visits:wish_new": (Wish, {"kind": lambda: WishKind.objects.get_or_create(name="代办跑腿")[0]}, {}),
    "visits:new_need": (
        Need, {"kind": lambda: NeedKind.objects.get_or_create(name="低保")[0]}, {"household": "001"}
    ),
    "visits:new_proposal": (Proposal, {}, {"household": "001"}),
    "grievances:register": (
        Grievance,
        {"category": lambda: Category.objects.get_or_create(name="其他", defaults={"code": "99"})[0],
         "source": lambda: Source.objects.get_or_create(name="驻点日接待", defaults={"code": "01"})[0]},
        {"household": "001"},
    ),
}  # fmt: skip


def fill(page, name, words):
    """The form, filled in but for the button."""
    _, choices, more = FORMS[name]
    chosen = {field: str(row().pk) for field, row in choices.items()}
    page.goto(reverse(name))
    page.wait_for_load_state("load")
    for field, value in chosen.items():
        page.select_option(f"[name={field}]", value)
    for field, text in more.items():
        page.fill(f"[name={field}]", text)
    page.fill("[name=words], [name=summary]", words)


def save(page):
    page.locator(".house-form button[type=submit]").click()


@pytest.mark.parametrize("answered", [False, True], ids=["before it arrives", "after it is stored"])
@pytest.mark.parametrize("name", FORMS)
def test_a_line_that_breaks_loses_nothing_and_doubles_nothing(page, li, household, name, answered):
    model, words = FORMS[name][0], "想请人帮忙看看水管"
    sign_in(page, li.username, PASSWORD)
    fill(page, name, words)
    handler = cut(answered=answered)
    page.route(f"**{reverse(name)}", handler)
    save(page)
    page.get_by_text("网络没有通").wait_for()
    expect(badge(page)).to_have_text("1")
    assert model.objects.count() == answered
    page.unroute(f"**{reverse(name)}", handler)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_url(lambda url: "/new/" not in url)
    until_empty(page)
    page.get_by_text(words).first.wait_for()
    page.faults.clear()  # the browser's own notes that the line was broken
    assert model.objects.count() == 1


def test_what_was_not_saved_is_offered_again_and_a_refusal_keeps_it(page, li, household):
    sign_in(page, li.username, PASSWORD)
    fill(page, "visits:new_proposal", "村口修一个公交站")
    page.locator("[name=visitor]").focus()
    until_kept(page, state="draft")
    page.goto(reverse("visits:proposals"))
    expect(badge(page)).to_have_text("1")
    page.goto(reverse("visits:new_proposal"))
    page.get_by_role("button", name="恢复").click()
    expect(page.locator("[name=words]")).to_have_value("村口修一个公交站")
    page.fill("[name=household]", "999")
    save(page)
    page.get_by_text("没有保存，请改正下面的内容").wait_for()
    page.wait_for_function("document.activeElement.matches('[data-focus]')")
    assert page.locator("[name=words]").input_value() == "村口修一个公交站"
    assert [row["why"] for row in kept(page)] == ["to_mend"]
    page.fill("[name=household]", "001")
    save(page)
    page.wait_for_url(lambda url: "/new/" not in url)
    page.get_by_text("金点子已登记").wait_for()
    until_empty(page)
    assert Proposal.objects.get().words == "村口修一个公交站"


def test_words_about_one_visit_are_not_offered_at_another(page, li, household, shiqiao):
    told = {"township": shiqiao.township, "village": shiqiao, "household": household}
    when = {"occurred_on": "2026-11-17", "entered_at": "2026-11-17T10:00+08:00", "entered_by": li}
    first, second = (Visit.objects.create(**told, **when) for _ in range(2))
    sign_in(page, li.username, PASSWORD)
    at = reverse("visits:new_proposal")
    page.goto(f"{at}?visit={first.pk}")
    page.wait_for_load_state("load")
    page.fill("[name=words]", "第一次走访时说的")
    page.locator("[name=visitor]").focus()
    until_kept(page, state="draft")
    page.goto(f"{at}?visit={second.pk}")
    page.wait_for_load_state("load")
    expect(badge(page)).to_have_text("1")
    assert page.locator(".draft-offer").count() == 0
    page.goto(f"{at}?visit={first.pk}")
    page.get_by_role("button", name="恢复").click()
    expect(page.locator("[name=words]")).to_have_value("第一次走访时说的")
    save(page)
    page.wait_for_url(lambda url: "/new/" not in url)
    assert Proposal.objects.get().visit == first


def test_a_contact_s_report_outlives_his_log_in(phone, contact, household, shiqiao):
    HouseholdLink.objects.create(
        village=shiqiao, household=household, kind="cadre", post=contact.post, since=SINCE
    )
    sign_in(phone, contact.username, PASSWORD)
    at = reverse("desk:report", args=[household.pk])
    phone.goto(at)
    phone.wait_for_load_state("load")
    phone.fill("[name=said]", "家里老人摔了一跤")
    until_kept(phone, state="draft")
    phone.context.clear_cookies(name="sessionid")
    phone.get_by_role("button", name="报告").tap()
    phone.get_by_text("登录已过期，没有保存").wait_for()
    assert not Visit.objects.exists()
    assert phone.locator("[name=said]").input_value() == "家里老人摔了一跤"
    sign_in(phone, contact.username, PASSWORD, at)
    until_empty(phone)  # sent by itself: he is back
    phone.faults.clear()  # htmx notes the 401
    assert Visit.objects.get().said == "家里老人摔了一跤"
