"""The menu in the frame of every page: what one may open, and where one is."""

import datetime as dt

import pytest
from django.urls import set_script_prefix

from cadres.models import Post
from cadres.roles import Role
from liaison.access import permitted
from liaison.context import MENU, Menu

pytestmark = pytest.mark.django_db


def headings(answer):
    """What the page's menu lists, section by section."""
    return {
        section.heading: [label for label, _, _ in section.entries]
        for section in answer.context["menu"].sections
    }


def test_everybody_is_shown_what_he_may_open_and_no_more(signed_in, li, zhao, auditor):
    for user in (li, zhao, auditor):
        shown = headings(signed_in(user).get("/burden/"))
        may = {
            heading: [label for label, _, gate in entries if permitted(user, gate)]
            for heading, entries in MENU
        }
        assert shown == {heading: labels for heading, labels in may.items() if labels}
    assert "导入花名册" in headings(signed_in(zhao).get("/burden/"))["村组与户"]
    assert "导入花名册" not in headings(signed_in(li).get("/burden/"))["村组与户"]
    assert "村组与户" not in headings(signed_in(auditor).get("/burden/"))


def test_the_page_one_is_on_is_marked_once(signed_in, zhao):
    text = signed_in(zhao).get("/search/").content.decode()
    assert text.count('aria-current="page">全局查找</a>') == 1
    assert text.count('<summary class="is-here">') == 1
    assert '<summary class="is-here">工作台</summary>' in text


def test_a_page_outside_the_menu_marks_none(signed_in, zhao):
    assert "is-here" not in signed_in(zhao).get("/accounts/password/").content.decode()


def test_a_post_taken_up_or_laid_down_shows_with_the_next_page(signed_in, li, qingshan):
    """Menus are worked out once for a set of rights, never for a person."""
    client = signed_in(li)
    assert "导入花名册" not in headings(client.get("/burden/"))["村组与户"]
    post = Post.objects.create(township=qingshan, title="驻点办副主任", role=Role.OFFICE)
    holding = post.holdings.create(user=li, since=dt.date(2026, 1, 1), is_main=False)
    assert "导入花名册" in headings(client.get("/burden/"))["村组与户"]
    holding.until = dt.date(2026, 1, 2)
    holding.save()
    assert "导入花名册" not in headings(client.get("/burden/"))["村组与户"]


def test_addresses_follow_where_the_site_hangs(zhao, rf):
    request = rf.get("/")
    request.resolver_match = None
    here = Menu.of(zhao, request).sections
    set_script_prefix("/zhudian/")
    try:
        below = Menu.of(zhao, request).sections
    finally:
        set_script_prefix("/")
    assert [each.heading for each in here] == [each.heading for each in below]
    assert {address for each in here for _, _, address in each.entries} >= {"/", "/search/"}
    assert {address for each in below for _, _, address in each.entries} >= {"/zhudian/search/"}


def test_every_entry_is_named_once():
    names = [name for _, entries in MENU for _, name, _ in entries]
    assert len(names) == len(set(names))
