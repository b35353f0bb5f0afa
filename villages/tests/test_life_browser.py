"""办理 in a real browser: a split on a phone, and the warning while one types."""

import re

import pytest
from playwright.sync_api import expect

from villages.models import Household

from .test_registry_browser import enter, no_wider_than_the_screen  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_son_founds_his_household_on_a_phone(phone, enter, family):  # noqa: F811
    enter(phone, f"/households/{family.home.pk}/")
    phone.get_by_role("navigation", name="办理").get_by_role("link", name="分户").click()
    expect(phone.get_by_role("heading", name="分户")).to_be_visible()
    assert no_wider_than_the_screen(phone)
    relation = phone.get_by_label("与新户主关系").nth(1)
    expect(relation).to_be_hidden()  # asked of those who go
    phone.get_by_role("button", name="办理").click()
    expect(phone.locator("[data-focus]")).to_contain_text("请勾选要办理的成员")
    phone.get_by_label(re.compile("周小山")).first.check()
    phone.get_by_label(re.compile("王秀英")).first.check()
    expect(relation).to_be_visible()
    relation.fill("母亲")
    phone.get_by_label("新户户主").select_option(str(family.son.pk))
    phone.get_by_label("新户编号").fill("009")
    assert no_wider_than_the_screen(phone)
    phone.get_by_role("button", name="办理").dblclick()
    expect(phone.locator("#messages")).to_contain_text("这是新户")
    expect(phone.locator("#timeline")).to_contain_text("由石桥村第1组001户分出")
    assert no_wider_than_the_screen(phone)
    made = Household.objects.get(number="009")
    assert sorted(made.residents.values_list("name", "relation")) == [
        ("周小山", "户主"),
        ("王秀英", "母亲"),
    ]


def test_a_double_is_named_while_one_types(page, enter, family):  # noqa: F811
    enter(page, f"/households/{family.neighbour.pk}/residents/new/")
    page.fill("#id_name", "周小山")
    page.fill("#id_birth_date", "1995-05-06")
    page.fill("#id_relation", "外甥")
    expect(page.locator("#similar")).to_contain_text("可能已登记")
    expect(page.locator("#similar")).to_contain_text("周大山户(001)")
    assert "1995" not in page.url
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="仍要新增").click()
    expect(page.locator("#messages")).to_contain_text("成员已登记")
