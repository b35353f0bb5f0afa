"""走访单: what stands on it, in which order, in which edition; and who prints it."""

import datetime as dt
import io
from itertools import pairwise

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from conftest import appoint
from desk.sheets.content import draft_sheets, print_now
from desk.sheets.layout import FOOT, TALL, WRITING, head_height, height_of_line, pages_of
from desk.sheets.pdf import draw_sheets
from liaison import clock
from liaison.errors import NotAllowed
from liaison.models import AuditEntry
from villages.models import TagHolding
from visits import actions
from visits.models import (
    Appointment,
    ContactPolicy,
    DaySheet,
    SessionPolicy,
    SheetLine,
    Visit,
)

Kind = SheetLine.Kind


@pytest.fixture
def evening_before(time_machine):
    """Monday 18:00 in Shanghai: the sheets are printed."""
    time_machine.move_to(dt.datetime(2026, 11, 16, 10, tzinfo=dt.UTC), tick=False)


@pytest.fixture
def reached(shiqiao, li):
    """``reached("003", date)``: somebody knocked there."""

    def visit(number, on, mode="home"):
        home = shiqiao.households.get(number=number)
        return Visit.objects.create(
            township=shiqiao.township, village=shiqiao, household=home, mode=mode, occurred_on=on,
            entered_at=clock.now(), entered_by=li,
        )  # fmt: skip

    return visit


def words_of(pdf) -> list[str]:
    """Each page's text, without blanks."""
    reader = PdfReader(io.BytesIO(pdf))
    return ["".join(page.extract_text().split()) for page in reader.pages]


def fonts_of(pdf):
    """(font name, whether its file lies in the PDF) of all pages."""
    found = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for named in page["/Resources"]["/Font"].get_object().values():
            font = named.get_object()
            inside = "/FontFile2" in font.get("/FontDescriptor", {}).get_object()
            found.add((font["/BaseFont"], inside))
    return found


def named(sheet):
    """What stands at each number of one part."""
    return [line.household.number for line in sheet.lines if line.kind == Kind.HOUSEHOLD]


@pytest.mark.usefixtures("evening_before")
def test_first_those_never_reached_then_the_longest_ago_in_the_order_of_walking(
    day, li, neighbours, reached
):
    reached("001", dt.date(2026, 11, 10))
    reached("004", dt.date(2026, 3, 1))
    reached("002", dt.date(2026, 11, 3), mode="reception")  # he came to us: nobody knocked
    SessionPolicy.objects.create(
        township=day.township, since=dt.date(2026, 1, 1), sheet_households=4
    )
    sheet = draft_sheets([day], li)[0]
    assert named(sheet) == ["002", "003", "004", "005"]
    why = {line.household.number: line.why for line in sheet.lines if line.household}
    assert why["002"] == "还没有走访到过"
    assert why["004"] == "261天没有走访，上次2026-03-01"


@pytest.mark.usefixtures("evening_before")
def test_a_household_in_need_comes_when_its_interval_is_over_and_its_tag_is_not_named(
    day, li, neighbours, shiqiao, reached
):
    policy = ContactPolicy.objects.filter(tag__sensitive=True, days__lte=60).first()
    for number in ("001", "002", "003", "004"):
        reached(number, dt.date(2026, 11, 15) - dt.timedelta(days=150))
    reached("005", dt.date(2026, 11, 16) - dt.timedelta(days=policy.days))
    home = shiqiao.households.get(number="005")
    person = home.residents.create(township=day.township, village=shiqiao, name="王秀英")
    TagHolding.objects.create(resident=person, tag=policy.tag)
    SessionPolicy.objects.create(
        township=day.township, since=dt.date(2026, 1, 1), sheet_households=1
    )
    (line,) = [line for line in draft_sheets([day], li)[0].lines if line.household]
    assert (line.household, line.why[:3]) == (home, "重点户")
    assert policy.tag.name not in line.why


@pytest.mark.usefixtures("evening_before")
def test_an_appointment_goes_before_all_others(day, li, neighbours, reached, household):
    for number in ("001", "002", "003", "004", "005"):
        reached(number, dt.date(2026, 11, 10))
    Appointment.objects.create(session=day, household=household)
    SessionPolicy.objects.create(
        township=day.township, since=dt.date(2026, 1, 1), sheet_households=1
    )
    sheet = draft_sheets([day], li)[0]
    assert [(line.household, line.why) for line in sheet.lines if line.household] == [
        (household, "约好今天见")
    ]


@pytest.mark.usefixtures("evening_before")
def test_a_household_away_or_empty_is_nobodys_errand(day, li, neighbours, shiqiao):
    shiqiao.households.filter(number="003").update(residence="away")
    shiqiao.households.filter(number="005").update(residence="vacant")
    assert named(draft_sheets([day], li)[0]) == ["001", "002", "004"]


@pytest.mark.parametrize(
    ("status", "kind", "why"),
    [
        ("in_hand", Kind.MATTER, "办理中，民政办；应于"),
        ("settled", Kind.CALL_BACK, "待答复"),
        ("answered", Kind.CALL_BACK, "已答复，待回访"),
    ],
)
@pytest.mark.usefixtures("evening_before")
def test_what_was_asked_stands_there_until_it_is_told(day, li, matter_at, status, kind, why):
    matter = matter_at(status)
    sheet = draft_sheets([day], li)[0]
    line = next(line for line in sheet.lines if line.matter)
    assert (line.matter, line.kind) == (matter.number, kind)
    assert why in line.why


@pytest.mark.usefixtures("evening_before")
def test_what_was_promised_stands_before_what_is_due(day, li, matter_at):
    matter = matter_at("in_hand")
    type(matter).objects.filter(pk=matter.pk).update(
        promise="清渠" * 60, promise_due_on=dt.date(2026, 11, 24)
    )
    line = next(line for line in draft_sheets([day], li)[0].lines if line.matter)
    assert line.why.startswith("答应11-24前：清渠清渠")
    assert "…；办理中，民政办；应于" in line.why
    assert len(line.why) <= 120


@pytest.mark.usefixtures("evening_before")
def test_of_what_rests_the_team_tells_no_day_that_will_move(day, li, matter_at):
    matter = matter_at("in_hand")
    type(matter).objects.filter(pk=matter.pk).update(status="suspended")
    line = next(line for line in draft_sheets([day], li)[0].lines if line.matter)
    assert line.why == "挂起，民政办"


@pytest.mark.usefixtures("evening_before")
def test_the_pdf_reads_back_in_order_with_its_fonts_inside(day, li, feng, neighbours, matter_at):
    li.set_phones(["15455500001"])
    li.save()
    matter = matter_at("in_hand")
    sheet = print_now([day], li, clock.now())[0]
    pdf = draw_sheets([sheet], title="走访单")
    pages = words_of(pdf)
    words = "".join(pages)
    for number, line in enumerate(sheet.lines, 1):
        if line.household and line.kind == Kind.HOUSEHOLD:
            said = (
                f"{number}{line.household.head_name}{line.household.group}{line.household.number}"
            )
            assert said in words
        elif line.matter:
            assert f"{number}{matter.summary}" in words
    blank = [number for number, line in enumerate(sheet.lines, 1) if line.kind == Kind.BLANK]
    places = [words.index(f"{number}接访") for number in blank]
    assert len(places) >= 12
    assert places == sorted(places)
    assert "石桥村走访单" in words
    assert "第1版2026-11-1618:00印" in words
    assert "15455500001" in words
    assert all("内部使用，用后收回" in page and "责任人签字" in page for page in pages)
    assert f"第{len(pages)}页，共{len(pages)}页" in pages[-1]
    # reportlab names Helvetica for itself; nothing is drawn with it
    assert all(inside for name, inside in fonts_of(pdf) if "Helvetica" not in name)


@pytest.mark.usefixtures("evening_before")
def test_no_villagers_number_is_on_the_paper(day, li, household):
    person = household.residents.create(township=day.township, village=day.village, name="周大山")
    person.set_id_number("430181197001019017")
    person.set_phones(["15455500077"])
    person.save()
    words = "".join(words_of(draw_sheets(print_now([day], li, clock.now()), title="走访单")))
    assert "周大山" in words
    assert "430181197001019017" not in words
    assert "15455500077" not in words


@pytest.mark.usefixtures("evening_before")
def test_who_is_away_and_who_stands_in_is_named_without_why(day, li, feng, qingshan):
    sub = appoint(qingshan, "sub", "何代", "cadre")
    leave = actions.ask_leave(
        session=day, by=feng, now=clock.now(), kind="sick", stand_in=sub, words=""
    )
    actions.approve_leave(leave=leave, by=li, now=clock.now(), version=leave.version, stand_in=sub)
    people = draft_sheets([day], li)[0].people
    assert people.sitting == ["李明 责任人", "何代(代冯兰) 成员"]
    assert people.away == ["冯兰请假，何代代"]


@pytest.mark.usefixtures("evening_before")
def test_the_same_sheet_again_is_the_same_edition_and_a_changed_one_the_next(
    day, li, neighbours, reached
):
    first = print_now([day], li, clock.now())[0].edition
    again = print_now([day], li, clock.now())[0].edition
    assert (first.number, again.pk) == (1, first.pk)
    was = list(first.lines.values_list("number", "household__number"))
    reached("003", dt.date(2026, 11, 15))
    SessionPolicy.objects.create(
        township=day.township, since=dt.date(2026, 1, 1), sheet_households=4
    )
    second = print_now([day], li, clock.now())[0].edition
    assert second.edition == "第2版"
    assert list(first.lines.values_list("number", "household__number")) == was
    assert "003" not in second.lines.values_list("household__number", flat=True)
    said = AuditEntry.objects.filter(action="打印走访单").order_by("pk").last()
    assert "第2版" in str(said.after)
    assert "周" not in str(said.after)


@pytest.mark.usefixtures("evening_before")
def test_only_who_writes_there_prints_and_only_a_day_that_is_to_come(day, li, wang, contact):
    for stranger in (wang, contact):
        with pytest.raises(NotAllowed):
            print_now([day], stranger, clock.now())
    day.status = "cancelled"
    day.save()
    with pytest.raises(NotAllowed, match="已取消"):
        print_now([day], li, clock.now())
    day.status, day.on = "planned", dt.date(2026, 11, 10)
    day.save()
    with pytest.raises(NotAllowed, match="已过"):
        print_now([day], li, clock.now())
    assert not DaySheet.objects.exists()


KINDS = st.tuples(*[st.integers(0, 30)] * 4)


@given(counts=KINDS, people=st.integers(1, 9))
def test_every_line_stands_once_in_order_on_its_page_and_is_high_enough_for_a_pen(counts, people):
    order = (Kind.HOUSEHOLD, Kind.MATTER, Kind.CALL_BACK, Kind.BLANK)
    kinds = [kind for kind, many in zip(order, counts, strict=True) for _ in range(many)]
    pages = pages_of(kinds, head_height(people))
    numbers = [each.number for page in pages for each in page if each.number]
    assert numbers == list(range(1, len(kinds) + 1))
    for page in pages:
        assert not page or page[0].number == 0  # a page begins with the names of its columns
        for above, below in pairwise(page):
            assert below.top >= above.bottom
        assert all(each.bottom <= TALL - FOOT for each in page)
    assert min(map(height_of_line, order)) == WRITING >= 8


@pytest.mark.usefixtures("evening_before")
def test_a_page_ends_full_of_lines_to_write_on(day, li):
    lines = draft_sheets([day], li)[0].lines
    pages = pages_of([line.kind for line in lines], head_height(1))
    assert pages[-1][-1].bottom + WRITING > TALL - FOOT
    assert sum(line.kind == Kind.BLANK for line in lines) >= 12


@pytest.mark.usefixtures("evening_before")
def test_one_sheet_by_its_page(signed_in, li, day, household):
    client = signed_in(li)
    assert reverse("desk:sheet", args=[day.pk]) in client.get("/").content.decode()
    page = client.get(reverse("desk:sheet", args=[day.pk]))
    assert "还没有走访到过" in page.content.decode()
    answer = client.post(reverse("desk:sheet", args=[day.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert "第1版" in "".join(words_of(answer.content))
    assert "第1版" in client.get(reverse("desk:sheet", args=[day.pk])).content.decode()


@pytest.mark.usefixtures("evening_before")
def test_all_villages_of_a_day_in_one_file_in_their_order(signed_in, zhao, wang, day, heping):
    other = day
    day = type(day).objects.create(
        township=heping.township, team=wang.team, village=heping, on=other.on,
        starts_at=other.starts_at, ends_at=other.ends_at, place="和平村委会",
    )  # fmt: skip
    client = signed_in(zhao)
    page = client.get(reverse("desk:sheets")).content.decode()
    assert page.index("石桥村") < page.index("和平村")
    answer = client.post(reverse("desk:sheets"), {"days": [day.pk, other.pk]})
    words = words_of(answer.content)
    heads = [at for at, page in enumerate(words) if "走访单" in page]
    assert ["石桥村" in words[heads[0]], "和平村" in words[heads[1]]] == [True, True]
    assert client.post(reverse("desk:sheets")).status_code == 422
    assert AuditEntry.objects.filter(action="打印走访单").count() == 1


@pytest.mark.usefixtures("evening_before")
def test_a_cadre_prints_no_other_villages_sheet(signed_in, wang, day, household):
    client = signed_in(wang)
    assert client.get(reverse("desk:sheet", args=[day.pk])).status_code == 404
    refused = client.post(reverse("desk:sheets"), {"days": [day.pk]})
    assert refused.status_code == 422
    assert not DaySheet.objects.exists()
