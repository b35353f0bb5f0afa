"""A village contact at 360 px: his five households, what he heard with a matter, a wish picked up and told."""

import pytest

from cadres.models import HouseholdLink
from conftest import PASSWORD, SINCE
from grievances.models import Grievance
from liaison import clock
from tests.browser import PHONE, sign_in
from visits.actions.wishes import enter_wish
from visits.models import Visit, Wish, WishKind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def five(contact, household, neighbours, shiqiao):
    """All five households of 石桥村 are his."""
    for home in shiqiao.households.all():
        HouseholdLink.objects.create(
            village=shiqiao, household=home, kind="cadre", post=contact.post, since=SINCE
        )
    return shiqiao


class Thumb:
    """Counts taps."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, role, name, within=None):
        with self.page.expect_navigation():
            (within or self.page).get_by_role(role, name=name).first.tap()
        self.taps += 1


def is_within(page):
    return page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_he_reports_what_he_heard_with_a_matter(phone, contact, five):
    sign_in(phone, contact.username, PASSWORD)
    assert phone.locator(".homes > li").count() == 5
    assert is_within(phone)
    for button in phone.locator(".homes .btn").all():
        assert button.bounding_box()["height"] >= 44
    thumb = Thumb(phone)
    thumb.tap("link", "报告情况", phone.locator(".homes > li", has_text="吴桂香"))
    assert thumb.taps == 1
    assert is_within(phone)
    phone.get_by_label("听到的情况").fill("村口路灯不亮，老人晚上不敢出门")
    phone.get_by_label("请登记为诉求").check()
    phone.get_by_label("电话", exact=True).check()
    thumb.tap("button", "报告")
    phone.get_by_text("已报告，并登记为诉求").wait_for()
    matter = Grievance.objects.get()
    assert phone.get_by_text(matter.number).is_visible()
    assert (matter.household.head_name, matter.visit.mode) == ("吴桂香", Visit.Mode.PHONE)
    assert is_within(phone)


def test_he_picks_a_wish_up_does_it_and_tells(phone, contact, five, li, household):
    enter_wish(
        by=li, now=clock.now(), asked_on=clock.today(), village=five, household=household,
        kind=WishKind.objects.get(name="用药代购"), words="带两盒降压药",
    )  # fmt: skip
    sign_in(phone, contact.username, PASSWORD)
    thumb = Thumb(phone)
    thumb.tap("link", "待认领的点单")
    thumb.tap("link", "查看、办理")
    assert is_within(phone)
    thumb.tap("button", "认领")
    phone.get_by_text("已认领").first.wait_for()
    thumb.tap("link", "办好")
    assert thumb.taps == 4  # the form of what he did
    phone.get_by_label("同时记一次走访").select_option("home")
    assert is_within(phone)
    thumb.tap("button", "办好")
    phone.get_by_text("已记为办好").wait_for()
    thumb.tap("link", "告知村民")
    phone.get_by_label("口头").check()
    thumb.tap("button", "告知村民")
    phone.get_by_text("这条点单办完了").wait_for()
    wish = Wish.objects.get()
    assert (wish.state, wish.visit.household) == ("told", household)

    phone.goto("/")
    assert phone.get_by_role("link", name="我认领的点单").count() == 0  # nothing is left of it
