"""民情登记卡 on paper: its name on top, and an ordinary matter on one sheet."""

import re

import pytest
from django.urls import reverse

from conftest import PASSWORD
from tests.browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_ordinary_matter_is_one_sheet_with_its_name_on_top(page, zhao, matter_at):
    matter = matter_at("closed_out")
    sign_in(page, zhao.username, PASSWORD)
    page.goto(reverse("grievances:detail", args=[matter.number]))
    name = page.get_by_text("民情登记卡", exact=True)
    assert not name.is_visible()

    page.emulate_media(media="print")
    assert name.is_visible()
    assert name.bounding_box()["y"] < page.locator(".page-title").bounding_box()["y"]
    sheets = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True))
    assert len(sheets) == 1
    assert page.get_by_text("承办人签名：").is_visible()
