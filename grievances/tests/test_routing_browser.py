"""The rule that fires is shown while one writes, and never holds anybody up."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from conftest import PASSWORD
from tests.browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_question_overtaken_by_the_next_change_is_no_fault(page, li, to_minzheng):
    asked = "**" + reverse("grievances:routed")
    sign_in(page, li.username, PASSWORD, reverse("grievances:register"))
    page.route(asked, lambda route: None, times=1)  # the first answer never comes
    with page.expect_request(asked):
        page.locator("form.house-form [name=category]").select_option(label="道路交通")
    with page.expect_console_message(lambda message: "htmx:sendAbort" in message.text):
        page.locator("form.house-form [name=kind]").select_option("help")
    expect(page.locator(".routed")).to_contain_text("按分派规则“路归民政办”")


def test_a_server_out_of_reach_is_one(page, li):
    sign_in(page, li.username, PASSWORD, reverse("grievances:register"))
    page.route("**" + reverse("grievances:routed"), lambda route: route.abort("connectionrefused"))
    lost, said = "net::ERR_CONNECTION_REFUSED", "htmx:sendError"
    with (
        page.expect_console_message(lambda message: lost in message.text),
        page.expect_console_message(lambda message: said in message.text),
    ):
        page.locator("form.house-form [name=category]").select_option(label="道路交通")
    assert sorted(fault.split(",")[0].split(": ")[-1] for fault in page.faults) == [said, lost]
    page.faults.clear()
