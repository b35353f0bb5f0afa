"""Papers of a matter: offered when there is something to say, filled from the rows, numbered once."""

import csv
from pathlib import Path

import pytest
from django.urls import reverse

from grievances.actions import number_paper
from grievances.actions.numbering import series_of
from grievances.models import IssuedPaper, Step
from grievances.papers import kinds
from grievances.papers.facts import paper_of
from grievances.papers.offered import find, sheets_of
from grievances.tests.conftest import DAY, moment
from liaison.documents.answering import file_name
from liaison.errors import NotAllowed
from liaison.models import AuditEntry
from tests import docx_reading

pytestmark = pytest.mark.django_db
TABLE = csv.reader((Path(__file__).parent / "papers_offered.csv").open(encoding="utf-8"))
NOW = moment(DAY, 15)


def later_step(matter, act, words, by):
    """What a verb of another day writes: a line of history by that name."""
    return Step.objects.create(
        grievance=matter, act=act, act_name=act, to_status=matter.status, by=by,
        by_name=by.display_name, words=words, on=DAY, entered_at=NOW,
    )  # fmt: skip


def page_of(kind, matter):
    return reverse(f"grievances:paper_{kind.key}", args=[matter.number])


@pytest.mark.parametrize(("status", "papers"), list(TABLE)[1:])
def test_a_paper_is_offered_once_there_is_something_to_say(matter_at, status, papers):
    assert [sheet.kind.title for sheet in sheets_of(matter_at(status))] == papers.split()


def test_what_moves_a_matter_makes_its_paper_by_the_name_of_the_step(matter_at, zhao, chen):
    matter = matter_at("in_hand")
    for act in ("transfer", "escalate", "supervise"):
        later_step(matter, act, "请抓紧", zhao)
    first = later_step(matter, "ask_extension", "备件未到，申请延期5个工作日", chen)
    later_step(matter, "refuse_extension", "先催备件", zhao)
    again = later_step(matter, "ask_extension", "厂家停产", chen)
    later_step(matter, "extend", "同意", zhao)
    titles = [sheet.kind.title for sheet in sheets_of(matter)]
    assert titles[2:] == ["转办单", "呈报表", "延期申请表", "延期申请表", "督办单"]
    sheet = find(matter, kinds.EXTENSION)
    assert sheet.step == again
    assert "同意（赵敏" in paper_of(matter, sheet, zhao, NOW).context["审批意见"]
    earlier = paper_of(matter, find(matter, kinds.EXTENSION, first.pk), zhao, NOW).context
    assert (earlier["延期理由"], "同意" in earlier["审批意见"]) == (first.words, False)
    assert "先催备件" in earlier["审批意见"]


def test_the_slip_says_what_the_rows_say_and_hides_the_phone(signed_in, zhao, matter_at):
    matter = matter_at("assigned")
    matter.detail = "联系他儿子 138-0013-8000，身份证430181197001019017"
    matter.save()
    client = signed_in(zhao)
    number_paper(grievance=matter, by=zhao, kind=kinds.ASSIGNMENT, now=NOW)
    slip = client.get(page_of(kinds.ASSIGNMENT, matter), {"format": "docx"})
    said = docx_reading.text(slip.content)
    for words in ("青山镇交办〔2026〕1号", matter.number, "周大山", "154****1234", "民政办"):
        assert words in said, words
    printed = client.get(page_of(kinds.ASSIGNMENT, matter)).content.decode()
    for text in (said, printed):
        assert "15400001234" not in text
        assert "138-0013-8000" not in text
        assert "430181197001019017" not in text
    line = AuditEntry.objects.filter(action="导出").last()
    assert (line.object_label, line.after["份数"]) == ("交办单", 1)


def test_a_number_is_given_once_and_kept(signed_in, zhao, li, matter_at):
    matter, client = matter_at("settled"), signed_in(zhao)
    detail = client.get(reverse("grievances:detail", args=[matter.number])).content.decode()
    assert "编号并打印" in detail
    first = client.post(page_of(kinds.ASSIGNMENT, matter))
    assert first["Location"].startswith(page_of(kinds.ASSIGNMENT, matter))
    client.post(page_of(kinds.ASSIGNMENT, matter))
    reply = number_paper(grievance=matter, by=li, kind=kinds.REPLY, now=NOW)
    numbers = list(IssuedPaper.objects.values_list("number", flat=True))
    assert numbers == ["青山镇交办〔2026〕1号", "青山镇答复〔2026〕1号"]
    assert reply.issued_by == li
    assert AuditEntry.objects.filter(action="文书编号").count() == 2


def test_assigned_anew_after_a_return_is_a_paper_of_its_own(matter_at, act, zhao):
    matter = matter_at("assigned")
    first = number_paper(grievance=matter, by=zhao, kind=kinds.ASSIGNMENT, now=NOW)
    matter = act("assign", act("return_", matter))
    second = number_paper(grievance=matter, by=zhao, kind=kinds.ASSIGNMENT, now=NOW)
    again = number_paper(
        grievance=matter, by=zhao, kind=kinds.ASSIGNMENT, now=NOW, step_id=first.step_id
    )
    assert (first.serial, second.serial, again.pk) == (1, 2, first.pk)


def test_who_may_not_number_is_told_and_no_number_is_used(signed_in, sun, chen, matter_at):
    matter = matter_at("assigned")
    with pytest.raises(NotAllowed, match="经办的同志编号"):
        number_paper(grievance=matter, by=chen, kind=kinds.ASSIGNMENT, now=NOW)
    with pytest.raises(NotAllowed, match="现在没有答复书"):
        number_paper(grievance=matter, by=sun, kind=kinds.REPLY, now=NOW)
    with pytest.raises(NotAllowed, match="不编文号"):
        number_paper(grievance=matter, by=sun, kind=kinds.FORM, now=NOW)
    assert not IssuedPaper.objects.exists()
    assert "（未编号）" in signed_in(sun).get(page_of(kinds.ASSIGNMENT, matter)).content.decode()
    refused = signed_in(sun).get(page_of(kinds.REPLY, matter))
    assert (refused.status_code, "现在没有答复书" in refused.content.decode()) == (422, True)


def test_the_letter_of_a_declined_matter_says_why_and_where_to_go(signed_in, zhao, matter_at):
    matter = matter_at("declined")
    reason = matter.decline_reason
    letter = signed_in(zhao).get(page_of(kinds.DECLINED, matter), {"format": "docx"})
    said = docx_reading.text(letter.content)
    for words in ("周大山：", "2026年11月17日反映的“村口路灯不亮”", reason.name, reason.go_to):
        assert words in said, words


def test_a_confidential_matter_counts_apart_and_is_not_named_in_the_trail(matter_at, zhao):
    matter = matter_at("assigned")
    matter.is_confidential = True
    sheet = find(matter, kinds.ASSIGNMENT)
    assert series_of(matter, kinds.ASSIGNMENT, 2026) == (
        f"paper:{matter.township_id}:assignment:2026:apart",
        "交办(密)",
    )
    paper = paper_of(matter, sheet, zhao, NOW)
    assert matter.number not in file_name(paper)
    assert matter.number == paper.context["编号"]
