"""举报 about a cadre: nobody else's pages change by one letter.

冯 sits in 石桥村's team, which 李 leads; a villager reports him to 孙. 周 has it on his desk, 吕 asks after it.
"""

import html
import io
import re
import zipfile
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from grievances import actions
from grievances.models import Category, OverdueRise, SettlementMethod, Source
from grievances.models.rising import READERS
from liaison import access, clock
from liaison.lists import ListView
from tests.addresses import PARAMETERS, ROUTES, address, enter, sees_all, undone
from tests.confidential import WORDS, late, reported
from tests.lived_in import DAY, NOW

NUMBER = re.compile(r"-M-\d{4}-\d+")

# Where matters show at all: everybody walks these, and takes away what leaves by them.
ABOUT_MATTERS = re.compile(
    r"(grievances|desk|reports):|visits:(visit|visits|coverage|due|feed)$|audit$|"
    r"villages:(village|household|households|resident)$|cadres:(notices|notice|handover|team|cadre)$"
)
LISTS = {
    name
    for name, view in ROUTES.items()
    if issubclass(getattr(view, "view_class", object), ListView)
}
PAPERS = {"desk:paper_reception", "desk:paper_log"}


def asked(name):
    """The addresses of a route that are looked at: the page, and what leaves by it."""
    more = ["?format=xlsx"] if name in LISTS and ABOUT_MATTERS.match(name) else []
    return ["", *more, *(["?format=docx"] if name in PAPERS else [])]


def plain(answer):
    """What an answer says, without what differs each time; files by their parts."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"%PDF"):
        return f"{answer.status_code} pdf"
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            names = [each for each in sorted(parts.namelist()) if not each.startswith("docProps")]
            body = b"\n".join(parts.read(each) for each in names)
    text = html.unescape(
        body.decode("utf-8", "replace")
    )  # parts of workbooks are written in references
    text = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', "", text)
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "uuid", text)
    return f"{answer.status_code} {text}"


def walk(user, rows, *, everywhere=True):
    """{address: what it says} of every page, list, export, print and feed this person may open.

    Args:
        everywhere: False for the pages on which matters show alone.
    """
    client, said = enter(user), {}
    for name, view in ROUTES.items():
        declared = access.declared_access(view)
        if not access.permitted(user, declared) or name == "accounts:logout":
            continue
        if not (everywhere or ABOUT_MATTERS.match(name)):
            continue
        if PARAMETERS[name] and not sees_all(user, name, rows):
            continue
        for query in asked(name):
            url = address(name, rows if PARAMETERS[name] else None) + query
            client.cookies.pop("messages", None)
            with undone():
                said[url] = plain(client.get(url))
    with undone():
        for text in (*WORDS, "M-2026", "00001"):
            said[text] = plain(client.post(reverse("desk:search"), {"q": text}, follow=True))
    return said


def parting(one, other):
    """Where two texts begin to differ, for whoever reads a failure."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), -1)
    return one[max(at - 60, 0) : at + 60], other[max(at - 60, 0) : at + 60]


def commands(capsys, tmp_path):
    """What the commands for figures and for the ledger give out."""
    call_command("figures", period="2026-11", township="990001100")
    out = tmp_path / "ledger.xlsx"
    call_command("export_ledger", str(out), township="990001100")
    capsys_said = capsys.readouterr().out
    return capsys_said, plain(
        SimpleNamespace(streaming=False, content=out.read_bytes(), status_code=200)
    )


@pytest.mark.wide
def test_it_leaves_no_trace_on_any_page_of_anybody_else(town, ladder, capsys, tmp_path):
    """Byte for byte the same town, for the accused, his lead, a colleague, the office, the county, the admin.

    The accused walks every address there is, the others those on which matters show. One matter is settled,
    one is long overdue: nobody but its readers is told.
    """
    call_command("run_due")
    capsys.readouterr()
    watching = (town.feng, town.li, town.wang, town.zhao, town.county, town.admin)

    def seen(user):
        return walk(user, town.ours, everywhere=user == town.feng)

    before = {user.username: seen(user) for user in watching}
    files = commands(capsys, tmp_path)

    matter = reported(town)
    given = {"by": town.zhou, "on": DAY, "now": NOW, "version": None}
    matter = actions.accept(grievance=matter, **given)
    method = SettlementMethod.objects.get(name="①实质办结")
    actions.settle(
        grievance=matter, settlement="substantive", method=method, words=WORDS[1], **given
    )
    late(reported(town), days=30)
    call_command("run_due")
    capsys.readouterr()
    assert OverdueRise.objects.filter(told=READERS).exists()

    assert commands(capsys, tmp_path) == files
    changed = {}
    for user in watching:
        after = seen(user)
        assert after.keys() == before[user.username].keys(), user
        for url, said in after.items():
            assert not [word for word in WORDS if word in said and word not in url], (user, url)
            assert not NUMBER.search(said), (user, url)
            if said != before[user.username][url]:
                changed[user.username, url] = parting(before[user.username][url], said)
        own, none = (
            enter(user).get(reverse("grievances:detail", args=[number])).status_code
            for number in (matter.number, "100-M-1999-00001")
        )
        assert own == none in (403, 404), user  # 403: reads no ledger at all
    assert changed == {}


def test_the_walk_would_notice_an_ordinary_matter(town):
    """Else the test above would prove nothing: the same matter, not confidential, changes these pages."""
    pages = [(town.zhao, "/ledger/"), (town.zhao, "/ledger/?format=xlsx"), (town.zhao, "/")]
    pages += [
        (town.county, "/dashboard/"),
        (town.feng, f"/households/{town.ours['Household'].pk}/"),
    ]
    before = [plain(enter(user).get(url)) for user, url in pages]
    facts = {"village": town.ours["Village"], "summary": WORDS[0], "kind": "complaint"}
    lists = {"category": Category.objects.first(), "source": Source.objects.first()}
    home = {"household": town.ours["Household"]}
    actions.register(by=town.li, on=clock.today(), now=timezone.now(), **facts, **lists, **home)
    after = [plain(enter(user).get(url)) for user, url in pages]
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert [WORDS[0] in said for said in after] == [True, True, False, False, True]


def test_the_trail_says_that_something_was_done_and_never_what(town, signed_in):
    reported(town)
    auditor = signed_in(town.auditor)
    for url in ("/audit/", "/audit/?format=xlsx"):
        said = plain(auditor.get(url))
        assert "涉密事项" in said
        assert not NUMBER.search(said)
        assert not [word for word in WORDS if word in said]
