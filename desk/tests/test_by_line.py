"""A printed sheet is entered by its line numbers: in its order, each line once, whichever edition is in hand."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from desk.sheets.content import print_now
from grievances import actions
from grievances.models import FollowUp, Grievance, Step
from liaison import clock
from visits.models import SessionPolicy, SheetLine, Visit

MONDAY = dt.datetime(2026, 11, 16, 10, tzinfo=dt.UTC)
EVENING = dt.datetime(2026, 11, 17, 12, tzinfo=dt.UTC)
Kind = SheetLine.Kind


@pytest.fixture
def printed(day, li, neighbours, time_machine):
    """``printed()``: the edition printed on the evening before; it is the evening after again."""

    def do():
        time_machine.move_to(MONDAY, tick=False)
        edition = print_now([day], li, clock.now())[0].edition
        time_machine.move_to(EVENING, tick=False)
        return edition

    return do


@pytest.fixture
def entered(signed_in, li, feng, day):
    """``entered(sheet, {5: {"nothing_asked": "on"}})``: what a browser posts, every prefilled line included."""

    def post(sheet, told, *, by=li, key=None):
        day.refresh_from_db()
        data = {
            "form_key": key or str(uuid.uuid4()), "version": day.version, "sheet": sheet.number,
            "village": day.village_id, "row-INITIAL_FORMS": 0,
            "row-TOTAL_FORMS": max(sheet.lines.count(), *told),
        }  # fmt: skip
        data |= {f"seat-{each.post.pk}-mark": "present" for each in (li, feng)}
        lines = {line.number: line for line in sheet.lines.select_related("household")}
        for number in range(1, data["row-TOTAL_FORMS"] + 1):
            line = lines.get(number)
            if line and line.visit_id and number not in told:
                continue
            row = {"mode": "reception", "persons": 1}
            if line and line.kind != Kind.BLANK:
                row["mode"] = "home"
            if line and line.household:
                row["household"] = f"{line.household.number} {line.household.head_name}"
            elif line and line.matter:
                row["visitor"] = "匿名"
            row |= told.get(number, {})
            data |= {f"row-{number - 1}-{name}": value for name, value in row.items()}
        return signed_in(by).post(reverse("desk:by_line", args=[day.pk]), data)

    return post


def by_line(day, edition):
    """The address of an edition on the screen."""
    return f"{reverse('desk:by_line', args=[day.pk])}?sheet={edition}"


def line_of(sheet, number):
    """The number of the line at which a household is printed."""
    return sheet.lines.get(household__number=number, kind=Kind.HOUSEHOLD).number


def test_a_line_of_a_matter_made_confidential_since_says_nothing_of_it(
    signed_in, li, zhao, day, printed, act, registered, household
):
    """The household stands there as any other: neither what was promised nor that there is a matter."""
    Grievance.objects.update(
        household=household, promise="请人来调解", promise_due_on=dt.date(2026, 11, 24)
    )
    sheet = printed()
    line = sheet.lines.get(matter=registered.number)
    assert "请人来调解" in line.why
    raised = {"on": dt.date(2026, 11, 17), "now": clock.now(), "version": None, "reason": "家暴"}
    actions.make_confidential(grievance=registered, by=zhao, ground="violence", **raised)
    page = signed_in(li).get(by_line(day, 1)).content.decode()
    entry = page.partition(f'id="entry-{line.number}"')[2].partition('id="entry-')[0]
    assert household.head_name in entry
    for words in ("请人来调解", "待受理", line.matter, "应于"):
        assert words not in entry


def test_the_screen_has_the_papers_lines_in_the_papers_order(signed_in, li, day, printed):
    sheet = printed()
    page = signed_in(li).get(by_line(day, 1)).content.decode()
    places = [page.index(f'id="entry-{n}"') for n in range(1, sheet.lines.count() + 1)]
    assert places == sorted(places)
    for line in sheet.lines.filter(kind=Kind.HOUSEHOLD):
        written = f"{line.household.number} {line.household.head_name}"
        assert f'name=row-{line.number - 1}-household value="{written}"' in page


def test_an_untouched_line_saves_nothing_and_a_ticked_one_keeps_its_number(
    day, li, printed, entered
):
    sheet = printed()
    met, talked = line_of(sheet, "002"), line_of(sheet, "004")
    blank = sheet.lines.filter(kind=Kind.BLANK).first().number
    answer = entered(
        sheet,
        {
            met: {"nothing_asked": "on"},
            talked: {"said": "想修路", "row": ""},
            blank: {"visitor": "匿名", "said": "问医保"},
        },
    )
    assert answer.status_code == 302
    rows = Visit.objects.order_by("line").values_list("line", "household__number", "visitor")
    assert list(rows) == [(met, "002", ""), (talked, "004", ""), (blank, None, "匿名")]
    assert Visit.objects.get(line=met).mode == "home"
    assert Visit.objects.get(line=blank).mode == "reception"
    assert sheet.lines.get(number=met).visit.line == met
    day.refresh_from_db()
    assert day.is_confirmed


def test_a_line_entered_twice_says_so_and_doubles_nothing(day, li, printed, entered, signed_in):
    sheet = printed()
    met = line_of(sheet, "002")
    entered(sheet, {met: {"nothing_asked": "on"}})
    refused = entered(sheet, {met: {"nothing_asked": "on"}, met + 1: {"nothing_asked": "on"}})
    assert refused.status_code == 422
    assert f"第{met}行已录入：002 周小山 入户走访" in refused.content.decode()
    assert Visit.objects.count() == 1
    page = signed_in(li).get(by_line(day, 1)).content.decode()
    assert f'id="entered-{met}"' in page
    assert f'id="entry-{met}"' not in page
    assert entered(sheet, {met + 1: {"nothing_asked": "on"}}).status_code == 302
    assert Visit.objects.count() == 2


def test_an_old_paper_still_enters_right_after_a_new_edition(day, li, printed, entered):
    first = printed()
    SessionPolicy.objects.create(
        township=day.township, since=dt.date(2026, 1, 1), sheet_households=2
    )
    day.village.households.filter(number="001").update(residence="away")
    second = printed()
    assert (first.number, second.number) == (1, 2)
    on_first, on_second = line_of(first, "003"), line_of(second, "003")
    assert on_first != on_second
    entered(first, {on_first: {"nothing_asked": "on"}})
    assert Visit.objects.get().household.number == "003"
    assert Visit.objects.get().line == on_first
    assert not second.lines.exclude(visit=None).exists()


def test_lines_ruled_below_by_hand_go_on_in_number_and_are_known_the_second_time(
    day, li, printed, entered
):
    sheet = printed()
    below = sheet.lines.count() + 2
    assert entered(sheet, {below: {"visitor": "匿名"}}).status_code == 302
    assert Visit.objects.get().line == below
    assert entered(sheet, {below: {"visitor": "匿名"}}).status_code == 422


def test_a_bare_number_in_a_households_place_is_a_line_of_the_paper(day, li, printed, entered):
    sheet = printed()
    line = line_of(sheet, "004")
    blank = sheet.lines.filter(kind=Kind.BLANK).first().number
    assert entered(sheet, {blank: {"household": str(line)}}).status_code == 302
    assert Visit.objects.get().household.number == "004"
    refused = entered(sheet, {blank + 1: {"household": "77"}})
    assert "没有找到“77”" in refused.content.decode()


def test_somebody_else_written_over_the_printed_name_is_who_was_met(day, li, printed, entered):
    sheet = printed()
    number = line_of(sheet, "002")
    entered(sheet, {number: {"household": "005 王秀英"}})
    assert Visit.objects.get().household.number == "005"


def test_what_is_asked_on_a_line_becomes_a_matter(day, li, printed, entered):
    sheet = printed()
    number = line_of(sheet, "002")
    entered(
        sheet,
        {
            number: {
                "m0-summary": "水渠堵了", "m0-kind": "demand", "m0-promise": "清渠",
                "m0-promise_due_on": "2026-11-24",
            }
        },
    )  # fmt: skip
    matter = Grievance.objects.get()
    assert (matter.household.number, matter.visit.line) == ("002", number)
    assert matter.promise_due_on == dt.date(2026, 11, 24)


def matter_line(sheet):
    """The number at which a matter is printed."""
    return sheet.lines.exclude(matter="").get().number


def test_a_settled_matter_that_was_told_is_answered(day, li, matter_at, printed, entered):
    matter = matter_at("settled")
    sheet = printed()
    entered(sheet, {matter_line(sheet): {"told": "on", "said": "谢谢"}})
    matter.refresh_from_db()
    assert (matter.status, matter.answer_mode, matter.answered_on) == ("answered", "oral", day.on)
    assert "谢谢" in Step.objects.filter(act="answer").get().words
    assert Visit.objects.get().line == matter_line(sheet)


def test_an_answered_matter_is_rated_by_telephone(day, li, zhao, matter_at, printed, entered):
    matter = matter_at("answered")
    sheet = printed()
    entered(sheet, {matter_line(sheet): {"rated": "basically", "mode": "phone"}}, by=zhao)
    rated = FollowUp.objects.get()
    assert (rated.grievance, rated.answer, rated.mode) == (matter, "basically", "phone")


def test_an_open_matter_that_was_spoken_of_stays_open_with_a_line_of_history(
    day, li, matter_at, printed, entered
):
    matter = matter_at("in_hand")
    sheet = printed()
    entered(sheet, {matter_line(sheet): {"told": "on", "said": "盼早日通水"}})
    matter.refresh_from_db()
    step = Step.objects.filter(grievance=matter).last()
    assert (matter.status, step.act_name, step.words) == ("in_hand", "说明进展", "盼早日通水")


def test_a_refusal_of_the_ledger_names_the_line_and_stores_nothing(
    day, li, matter_at, printed, entered
):
    matter = matter_at("answered")
    sheet = printed()
    Grievance.objects.filter(pk=matter.pk).update(handler=li)
    refused = entered(sheet, {matter_line(sheet): {"rated": "satisfied"}})
    assert f"第{matter_line(sheet)}行：承办的人和承办单位不能回访" in refused.content.decode()
    assert not Visit.objects.exists()
    assert not FollowUp.objects.exists()


def test_nobody_enters_a_foreign_sheet_and_an_unknown_edition_is_missing(
    signed_in, wang, li, day, printed
):
    printed()
    page = reverse("desk:by_line", args=[day.pk])
    assert signed_in(wang).get(page).status_code == 404
    assert signed_in(li).get(page, {"sheet": 9}).status_code == 404
    assert signed_in(li).get(page, {"sheet": 1}).status_code == 200
    assert signed_in(li).get(page)["Location"] == by_line(day, 1)


def test_without_a_printed_sheet_the_page_leads_to_the_one_that_prints(signed_in, li, day):
    answer = signed_in(li).get(reverse("desk:by_line", args=[day.pk]))
    assert answer["Location"] == reverse("desk:sheet", args=[day.pk])
