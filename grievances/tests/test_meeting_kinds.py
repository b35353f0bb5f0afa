"""Each kind of meeting by the same way: proposed by the ledger, attended, decided, on the office's own paper."""

import datetime as dt
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from grievances import actions
from grievances.actions.meetings import OF_A_VILLAGE
from grievances.agenda import proposed
from grievances.minutes import MINUTES
from grievances.models import Grievance, Meeting
from liaison import clock
from liaison.errors import NotAllowed
from tests.docx_reading import paragraphs

from .conftest import DAY, moment

NOW = moment(DAY, 17)
KINDS = list(Meeting.Kind)
OURS = (
    "{{ 乡镇 }}印发：{{ 标题 }}",
    "到会{{ 参加人数 }}人：{{ 参加人 }}；另有{{ 其他参加单位 }}",
    "{%p for 项 in 议题 %}",
    "{{ 项.序号 }}、{{ 项.议题 }}({{ 项.提请原因 }})：{{ 项.议定事项 }}，{{ 项.责任单位 }}",
    "{%p endfor %}",
)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path, monkeypatch):
    settings.PRIVATE_FILES = tmp_path
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def asked_for(matter_at):
    """{why: number} of 石桥村: one escalated, one overdue, one opened again; and a quiet one."""
    matter, numbers = matter_at("in_hand"), {}
    yesterday = DAY - dt.timedelta(days=1)
    facts = {
        "已呈报": {"status": "escalated"},
        "超期1天": {"due_on": yesterday, "due_at": moment(yesterday, 17)},
        "重办1次": {"reopened_count": 1},
    }
    plain = matter.pk
    for at, (why, changed) in enumerate(facts.items(), 1):
        matter.pk, matter.number, matter._state.adding = None, f"100-2026-0900{at}", True
        matter.save()
        Grievance.objects.filter(pk=matter.pk).update(**changed)
        numbers[why] = matter.number
    assert Grievance.objects.filter(pk=plain, due_at__gt=NOW).exists()
    return numbers


@pytest.fixture
def place(shiqiao):
    """``place(kind)``: the village, for a kind villages hold; None for the township's."""
    return lambda kind: shiqiao if kind in OF_A_VILLAGE else None


@pytest.fixture
def called(zhao, qingshan, place, asked_for):
    """``called(kind)``: 赵 calls it with what is proposed."""

    def do(kind):
        village = place(kind)
        found = proposed(
            zhao, township_id=qingshan.pk, village_id=village and village.pk, on=DAY, now=NOW
        )
        return actions.call_meeting(
            by=zhao, now=NOW, township=qingshan, kind=kind, village=village, standing=None, on=DAY,
            place="会议室", chaired_by=None, recorder=zhao, matters=[(row.matter, row.why) for row in found],
        )  # fmt: skip

    return do


def held(meeting, by, people, lines):
    return actions.hold_meeting(
        meeting=meeting, by=by, now=NOW, version=None, attendees=people, others="村民代表3人",
        minutes="按期办", lines=lines,
    )  # fmt: skip


def decided(meeting):
    """A decision on each of its items."""
    return {
        item.pk: {"discussed": "线路老化", "decision": f"更换第{item.order}处", "who": "供电所", "due_on": None}
        for item in meeting.items.all()
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_its_agenda_is_what_is_escalated_overdue_or_comes_again(called, asked_for, kind):
    items = called(kind).items.select_related("grievance")
    assert {item.why: item.grievance.number for item in items} == asked_for


@pytest.mark.parametrize("kind", KINDS)
def test_its_page_offers_the_same(signed_in, zhao, asked_for, place, kind):
    """From the form to the agenda page, where each proposed matter stands with its reason."""
    village = place(kind)
    client = signed_in(zhao)
    said = {
        "form_key": str(uuid.uuid4()), "version": 1, "kind": kind, "on": str(DAY), "recorder": zhao.pk,
        "village": village.pk if village else "",
    }  # fmt: skip
    page = client.get(client.post(reverse("meetings:new"), said).url).content.decode()
    for why, number in asked_for.items():
        assert number in page and why in page, why
    assert "100-2026-00001" not in page  # in hand and in time


@pytest.mark.parametrize("kind", KINDS)
def test_each_decision_is_a_step_of_its_matter_and_who_came_is_kept(called, zhao, li, kind):
    meeting = called(kind)
    held(meeting, zhao, [zhao, li], decided(meeting))
    for item in meeting.items.select_related("grievance"):
        step = item.grievance.steps.get(act="decide")
        assert step.words == f"{kind.label}议定：更换第{item.order}处（供电所）"
        assert (step.by_name, step.on, step.from_status) == ("赵敏", DAY, item.grievance.status)
    kept = Meeting.objects.get(pk=meeting.pk)
    assert (kept.is_held, set(kept.attendees.all()), kept.others) == (
        True,
        {zhao, li},
        "村民代表3人",
    )
    assert meeting in Meeting.objects.visible_to(li)  # who sat in it reads it
    held(meeting, zhao, [zhao], {})  # put right: 李 was not there
    assert set(kept.attendees.all()) == {zhao}


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_decision_no_matter_has_a_step_and_a_stranger_keeps_no_minutes(
    called, zhao, qian, kind
):
    meeting = called(kind)
    said = {pk: {**line, "decision": ""} for pk, line in decided(meeting).items()}
    with pytest.raises(NotAllowed):
        held(meeting, qian, [qian], decided(meeting))
    held(meeting, zhao, [zhao], said)
    steps = [item.grievance.steps.filter(act="decide").count() for item in meeting.items.all()]
    assert steps == [0, 0, 0]


def template():
    document, out = Document(), io.BytesIO()
    for text in OURS:
        document.add_paragraph(text)
    document.save(out)
    return SimpleUploadedFile("本镇纪要.docx", out.getvalue())


@pytest.mark.parametrize("kind", KINDS)
def test_its_minutes_come_out_by_the_office_s_own_template(signed_in, called, zhao, li, kind):
    client, meeting = signed_in(zhao), called(kind)
    held(meeting, zhao, [zhao, li], decided(meeting))
    paper = reverse("meetings:paper", args=[meeting.pk])
    shipped = paragraphs(client.get(paper, {"format": "docx"}).content)
    assert shipped[0] == f"{meeting.where}{kind.label}会议纪要"
    page = reverse(f"settings:document_{MINUTES.key}")
    sent = client.post(page, {"form_key": str(uuid.uuid4()), "file": template()})
    assert (sent.status_code, sent["Location"]) == (302, page)
    said = paragraphs(client.get(paper, {"format": "docx"}).content)
    assert said[:2] == [
        f"青山镇印发：{meeting.where}{kind.label}会议纪要",
        "到会2人：赵敏、李明；另有村民代表3人",
    ]
    items = meeting.items.select_related("grievance")
    assert said[2:] == [
        f"{item.order}、{item.grievance.number} {item.grievance.summary}({item.why})：{item.decision}，供电所"
        for item in items
    ]
