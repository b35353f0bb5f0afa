"""公示: nothing on the wall that a villager would not want there, and exactly what was previewed."""

import datetime as dt
import io
import re
from types import SimpleNamespace

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desk.todo import todos
from grievances import actions
from grievances.exports import PublicLedgerExport
from grievances.models import Grievance, PaperPolicy, Publication
from grievances.publishing.board import board_of
from grievances.publishing.wording import for_a_wall, public_name
from grievances.querysets import GrievanceQuerySet
from grievances.tests.conftest import DAY, moment
from liaison.errors import NotAllowed, Stale
from liaison.masking import hide_numbers, long_numbers, mask_in_words

NOW = moment(DAY, 15)
LONG = re.compile(r"\d{11}|\d{17}[\dXx]")
NAMES = [
    ("董大山", "董某某"), ("欧阳修", "欧阳某某"), ("王二", "王某某"), ("", "村民"), ("匿名", "村民"),
    ("李某", "村民"), ("13800138000", "村民"),
]  # fmt: skip
MASKED = [
    ("请打13800138000", "请打****"),
    ("138 0013 8000找他", "****找他"),
    ("138-0013-8000", "****"),
    ("１３８００１３８０００", "****"),
    ("证430181197001019017", "证****"),
    ("43018119700101901X号", "****号"),
    ("座机87654321", "座机****"),
    ("2026-11-17到2026-11-20修好", "2026-11-17到2026-11-20修好"),
    ("与100-2026-00012同一件", "与100-2026-00012同一件"),
    ("3盏路灯、120米", "3盏路灯、120米"),
]


@pytest.mark.parametrize(("name", "shown"), NAMES)
def test_of_a_name_the_wall_shows_the_surname(name, shown):
    assert public_name(name) == shown


@pytest.mark.parametrize(("words", "shown"), MASKED)
def test_a_long_number_leaves_the_words(words, shown):
    assert hide_numbers(words) == shown


ASKED = ("反映人", "诉求摘要")
DIGITS = st.text("0123456789１２xX-·  .号组村灯", max_size=40)
ID_OR_PHONE = st.from_regex(r"1[3-9]\d{9}|[1-9]\d{16}[\dXx]", fullmatch=True)


@settings(max_examples=150)
@given(st.lists(st.one_of(DIGITS, ID_OR_PHONE), max_size=5).map("".join))
@example("2026-11-1713800138000")
@example("13800第3组138000")
@example("100-2026-0001213800138000")
def test_nothing_masked_holds_a_phone_or_an_id_number(words):
    matter = SimpleNamespace(complainant="周大山", household=None)
    for shown in (hide_numbers(words), for_a_wall(words, matter, set(), 100)):
        assert not LONG.search(shown)
        assert not long_numbers(shown)
    assert not LONG.search(mask_in_words(words))
    row = Grievance(summary=words, complainant=words[:50])
    exported = [column.of(row) for column in PublicLedgerExport.facts if column.head in ASKED]
    assert not any(LONG.search(text) for text in exported)


pytest_db = pytest.mark.django_db


@pytest.fixture
def matters(matter_at, li, facts):
    """The lamp, settled; and a road of the same village, told with too much."""
    lamp = matter_at("closed_out")
    told = {
        **facts,
        "summary": "第1组12号周大山门前路烂，电话15400001234",
        "complainant": "周大山",
    }
    road = actions.register(by=li, on=DAY, now=NOW, **told)
    return SimpleNamespace(lamp=lamp, road=road)


@pytest.fixture
def draft(matters, zhao, shiqiao):
    return actions.draft_publication(
        by=zhao, now=NOW, township=shiqiao.township, village=shiqiao, kind="problems",
        starts_on=DAY, ends_on=DAY,
    )  # fmt: skip


def drafted(zhao, **told):
    facts = {"starts_on": DAY, "ends_on": DAY, "township": zhao.township, **told}
    return actions.draft_publication(by=zhao, now=NOW, **facts)


@pytest_db
def test_the_lists_hold_what_their_names_say_and_propose_clean_words(draft, matters, zhao):
    (row,) = board_of(draft).rows
    assert row == [
        "1",
        "周某某门前路烂，电话****",
        "已登记，正在受理",
        "青山镇",
        str(matters.road.due_on),
    ]
    (done,) = board_of(drafted(zhao, kind="settled")).rows
    assert done[:4] == ["1", "石桥村", "村口路灯不亮", "路灯已修好"]
    whole = board_of(drafted(zhao, kind="ledger", shows_names=True))
    heads = [head.words for head in whole.heads]
    assert (heads[1:4], len(whole.rows)) == (["村(社区)", "反映人", "编号"], 2)
    assert {row[2] for row in whole.rows} == {"周某某"}
    with pytest.raises(NotAllowed, match="没有可以公示的诉求"):
        drafted(
            zhao, kind="settled", starts_on=DAY - dt.timedelta(9), ends_on=DAY - dt.timedelta(8)
        )


@pytest_db
def test_what_hangs_is_what_was_previewed_whatever_comes_after(signed_in, draft, matters, zhao, li):
    line = draft.lines.get()
    words = {line.pk: ("门前道路破损", "已安排修补", False)}
    draft = actions.reword(
        publication=draft, by=zhao, version=draft.version, lines=words, shows_names=False
    )
    preview = board_of(draft, DAY)
    client = signed_in(zhao)
    poster = client.get(reverse("grievances:publication_poster", args=[draft.pk])).content.decode()
    hung = actions.hang(publication=draft, by=zhao, version=draft.version, on=DAY, now=NOW)
    matters.road.summary = "改过的话"
    matters.road.save()
    assert (
        board_of(hung).rows
        == preview.rows
        == [["1", "门前道路破损", "已安排修补", *preview.rows[0][3:]]]
    )
    again = client.get(reverse("grievances:publication_poster", args=[draft.pk])).content.decode()
    table = re.compile(r"<table>.*</table>", re.DOTALL)
    assert table.search(again)[0] == table.search(poster)[0]
    assert "门前道路破损" in again
    # 李 of the village reads and prints it, and changes nothing.
    page = signed_in(li).get(reverse("grievances:publication", args=[draft.pk])).content.decode()
    assert "门前道路破损" in page
    assert "照此张贴" not in page
    sheet = signed_in(li).get(reverse("grievances:publication_xlsx", args=[draft.pk]))
    cells = [c.value for r in openpyxl.load_workbook(io.BytesIO(sheet.content)).active for c in r]
    assert "门前道路破损" in cells
    assert not LONG.search("".join(str(each or "") for each in cells))
    down = actions.take_down(publication=hung, by=zhao, version=hung.version, on=DAY, now=NOW)
    assert (down.status, board_of(down).rows) == ("taken_down", preview.rows)


@pytest_db
def test_numbers_never_hang_and_names_only_after_a_look(draft, zhao, li):
    line = draft.lines.get()

    def reword(words, out=False):
        return actions.reword(
            publication=draft,
            by=zhao,
            version=None,
            lines={line.pk: (words, "", out)},
            shows_names=False,
        )

    with pytest.raises(NotAllowed, match="第1行里有电话"):
        reword("路烂，打13800138000")
    with pytest.raises(NotAllowed, match="没有公示内容"):
        reword(" ")
    reword("周大山家第1组门前路烂")
    hanging = {"publication": draft, "by": zhao, "version": None, "on": DAY, "now": NOW}
    with pytest.raises(NotAllowed, match="周大山、第1组可能是"):
        actions.hang(**hanging)
    reword("路烂", out=True)
    with pytest.raises(NotAllowed, match="没有要公示的诉求"):
        actions.hang(**hanging)
    with pytest.raises(NotAllowed, match="驻点办办理"):
        actions.hang(**{**hanging, "by": li})
    with pytest.raises(Stale):
        actions.hang(**{**hanging, "version": 1})
    assert not Publication.objects.get().hung_on


@pytest_db
def test_the_office_does_it_on_the_page(signed_in, draft, zhao):
    client, line = signed_in(zhao), draft.lines.get()
    url = reverse("grievances:publication", args=[draft.pk])
    page = client.get(url).content.decode()
    assert "周某某门前路烂" in page
    sent = {"version": 1, f"words_{line.pk}": "打13800138000", f"course_{line.pk}": "已受理"}
    refused = client.post(url, sent)
    assert (refused.status_code, "不能公示" in refused.content.decode()) == (422, True)
    assert client.post(url, {**sent, f"words_{line.pk}": "路面破损"}).status_code == 302
    stale = client.post(url, {**sent, f"words_{line.pk}": "另一句"})
    assert (stale.status_code, "另一句" in stale.content.decode()) == (409, True)
    hung = client.post(f"{url}hang/", {"version": 2, "on": DAY.isoformat()})
    assert hung.status_code == 302
    pdf = client.get(f"{url}pdf/")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert "照此张贴" not in client.get(url).content.decode()
    assert client.post(f"{url}drop/", follow=True).content.decode().count("已经张贴，不能再改")
    assert client.post(f"{url}take-down/", {"version": 3, "on": DAY.isoformat()}).status_code == 302


@pytest_db
def test_a_confidential_matter_is_on_no_list_nor_shown_again(draft, matters, zhao, monkeypatch):
    hung = actions.hang(publication=draft, by=zhao, version=None, on=DAY, now=NOW, is_checked=True)
    assert len(board_of(hung).rows) == 1
    hidden = matters.road.pk
    monkeypatch.setattr(GrievanceQuerySet, "public", lambda rows: rows.exclude(pk=hidden))
    assert board_of(hung).rows == []
    assert "编号" in [head.words for head in board_of(drafted(zhao, kind="ledger")).heads]
    shown = board_of(Publication.objects.first()).rows
    assert [row[2] for row in shown] == [matters.lamp.number]
    assert Grievance.objects.filter(pk=hidden).exists()


@pytest_db
def test_a_matter_made_confidential_later_leaves_no_line_and_no_gap(
    signed_in, matters, facts, zhao, li
):
    """Neither in a draft the office reads over, nor on what hangs and is shown or printed again."""
    for each in ("晒谷场积水", "水渠漏水"):
        actions.register(by=li, on=DAY, now=NOW, **facts | {"summary": each})
    hanging = {"by": zhao, "version": None, "on": DAY, "now": NOW, "is_checked": True}
    hung = actions.hang(publication=drafted(zhao, kind="problems"), **hanging)
    draft = drafted(zhao, kind="problems")
    hidden = Grievance.objects.get(summary="晒谷场积水")
    raised = {"on": DAY, "now": NOW, "version": None, "ground": "violence", "reason": "家暴"}
    hidden = actions.make_confidential(grievance=hidden, by=li, **raised)
    for row in (hung, draft):
        page = signed_in(zhao).get(reverse("grievances:publication", args=[row.pk]))
        said = page.content.decode()
        assert "晒谷场" not in said and hidden.number not in said and "共2件" in said
        assert [each[0] for each in page.context["board"].rows] == ["1", "2"]
    form = page.context["form"]
    assert [line.place for line, *_ in form.lines()] == [1, 2]
    last = form.rows[-1]
    with pytest.raises(NotAllowed, match="第2行没有公示内容"):
        actions.reword(
            publication=draft, by=zhao, version=None, lines={last.pk: (" ", "", False)},
            shows_names=False,
        )  # fmt: skip
    assert len(board_of(actions.hang(publication=draft, **hanging)).rows) == 2


@pytest_db
def test_the_week_s_lists_wait_on_the_office_s_desk_until_both_hang(draft, zhao, li):
    def waits(user, on):
        return any(todo.label == "本周清单待公示" for todo in todos(user, on, NOW))

    friday = DAY + dt.timedelta(3)
    assert not waits(zhao, friday)
    actions.set_paper_policy(
        by=zhao, township=zhao.township, version=None, reminds_weekly=True, weekday=5,
        lists_by_village=True,
    )  # fmt: skip
    assert PaperPolicy.of(zhao.township_id).weekday == 5
    assert waits(zhao, friday)
    assert not waits(zhao, friday - dt.timedelta(1))
    assert not waits(li, friday)
    actions.hang(publication=draft, by=zhao, version=None, on=DAY, now=NOW, is_checked=True)
    assert waits(zhao, friday)
    settled = drafted(zhao, kind="settled", village=draft.village)
    actions.hang(publication=settled, by=zhao, version=None, on=DAY, now=NOW, is_checked=True)
    assert not waits(zhao, friday)
    with pytest.raises(NotAllowed, match="驻点办设定"):
        actions.set_paper_policy(by=li, township=li.township, version=None, weekday=1)


@pytest_db
def test_the_rule_is_kept_from_its_page(signed_in, zhao):
    url, client = reverse("grievances:paper_policy"), signed_in(zhao)
    assert client.get(url).status_code == 200
    said = {
        "version": 1,
        "most_files": 3,
        "most_megabytes": 2,
        "weekday": 1,
        "reminds_weekly": "on",
    }
    assert client.post(url, said).status_code == 302
    assert str(PaperPolicy.of(zhao.township_id)) == "附件最多3个，每个不超过2MB；每周一公示"
    assert client.post(url, said).status_code == 409
