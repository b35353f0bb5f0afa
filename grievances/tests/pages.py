"""What the tests of the ledger's pages send and look for."""

import uuid

from .conftest import DAY

LEDGER, FOLLOW_UPS = "/ledger/", "/ledger/follow-ups/"


def key():
    return str(uuid.uuid4())


def page_of(matter, act=""):
    return f"/ledger/{matter.number}/" + (f"{act}/" if act else "")


def posted(matter, **words):
    return {"form_key": key(), "version": matter.version, "on": DAY.isoformat(), **words}


def numbers(client, query, url=LEDGER):
    answer = client.get(f"{url}?{query}")
    assert answer.status_code == 200, answer.content.decode()
    return {row.number for row in answer.context["page"].rows}


def text(answer):
    return answer.content.decode()
