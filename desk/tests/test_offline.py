"""The page a phone may keep: blank, and the same for everybody."""

import json

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = pytest.mark.django_db


def test_it_is_the_same_for_everybody_and_holds_nobody(signed_in, li, wang, household):
    stranger = Client().get("/offline/")
    pages = {signed_in(user).get("/offline/").content for user in (li, wang)} | {stranger.content}
    assert len(pages) == 1
    text = stranger.content.decode()
    assert "现在连不上系统" in text
    for words in (li.display_name, wang.display_name, "石桥村", household.head_name, "csrfmiddle"):
        assert words not in text
    assert "no-store" not in stranger["Cache-Control"]


def test_the_worker_keeps_that_page_and_its_files_alone(client):
    answer = client.get("/offline/worker.js")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Content-Type"].startswith("text/javascript")
    kept = json.loads(answer.content.decode().split("self.kept = ", 1)[1].split(";\n", 1)[0])
    assert kept["page"] == "/offline/"
    assert kept["assets"]
    assert any(address.endswith("noted.js") for address in kept["assets"])
    for address in kept["assets"]:
        assert finders.find(address.removeprefix("/static/")), address


def test_switched_off_it_removes_itself(client, settings):
    settings.OFFLINE_PAGE = False
    text = client.get("/offline/worker.js").content.decode()
    assert "unregister" in text
    assert "kept" not in text


def test_no_page_offers_to_be_installed(signed_in, li, client):
    for text in (
        signed_in(li).get("/visits/new/").content.decode(),
        client.get("/offline/").content.decode(),
    ):
        assert "manifest" not in text
        assert "beforeinstallprompt" not in text
