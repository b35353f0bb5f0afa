"""Meetings: proposed by the ledger, held with minutes, and what they decide stands in the matters."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from cadres.models import Notice
from grievances import actions
from grievances.agenda import proposed
from grievances.models import Grievance, Meeting, MeetingItem, Rung
from liaison import clock
from liaison.errors import NotAllowed
from tests.docx_reading import paragraphs, tables
from tests.filling import fill_in

from .conftest import DAY, moment

NOW = moment(DAY, 17)


@pytest.fixture
def late(matter_at):
    """In hand at 民政办, due the day before."""
    matter = matter_at("in_hand")
    matter.due_on = DAY - dt.timedelta(days=1)
    matter.due_at = moment(matter.due_on, 23)
    matter.save()
    return matter


@pytest.fixture
def call(zhao, qingshan):
    """``call(kind="dispatch", matters=…)``: 赵 calls a meeting of the township for DAY."""

    def do(by=None, kind="dispatch", village=None, matters=(), on=DAY):
        return actions.call_meeting(
            by=by or zhao, now=NOW, township=qingshan, kind=kind, village=village, standing=None,
            on=on, place="三楼会议室", chaired_by=None, recorder=by or zhao, matters=matters,
        )  # fmt: skip

    return do


def hold(meeting, by, lines=None, now=NOW, **more):
    """Its minutes: for the first item the decision, or what ``lines`` say."""
    said = {"attendees": [by], "others": "村民代表3人", "minutes": "按期办", "version": None}
    return actions.hold_meeting(
        meeting=meeting, by=by, now=now, lines=lines or {}, **{**said, **more}
    )


def line(decision, **more):
    return {"discussed": "线路老化", "decision": decision, "who": "供电所", "due_on": None, **more}


def reasons(user, township, **more):
    found = proposed(user, township_id=township.pk, on=DAY, now=NOW, **more)
    return {each.matter.number: each.why for each in found}


def test_the_ledger_proposes_what_is_late_comes_again_or_was_promised(
    late, facts, li, wang, zhao, sun, qingshan, heping, shiqiao
):
    other = {**facts, "village": heping, "summary": "水渠堵塞"}
    quiet = actions.register(by=wang, on=DAY, now=NOW, **other)
    assert reasons(zhao, qingshan) == {late.number: "超期1天"}
    Grievance.objects.filter(pk=late.pk).update(reopened_count=2, repeat_of=quiet.pk)
    given = {"on": DAY, "now": NOW, "level": "red", "reply_due_on": DAY}
    actions.supervise(grievance=late, by=sun, **given)
    Grievance.objects.filter(pk=quiet.pk).update(promise_due_on=DAY - dt.timedelta(days=2))
    assert reasons(zhao, qingshan) == {
        late.number: "红牌督办、超期1天、重办2次、重复反映",
        quiet.number: "重复反映、答应11-15前办，未办",
    }
    assert set(reasons(zhao, qingshan, village_id=heping.pk)) == {quiet.number}
    assert set(reasons(wang, qingshan)) == {quiet.number}


def test_a_decision_is_a_line_of_the_matter_and_a_changed_one_another(call, late, zhao, chen):
    meeting = call(matters=[(late, "超期1天")])
    item = meeting.items.get()
    due = DAY + dt.timedelta(days=7)
    hold(meeting, zhao, {item.pk: line("更换线路", due_on=due)})
    words = f"调度会议定：更换线路（供电所，{due}前完成）"
    step = late.steps.get(act="decide")
    assert (step.words, step.on, step.from_status, step.to_status) == (
        words, DAY, "in_hand", "in_hand",
    )  # fmt: skip
    assert Notice.objects.filter(recipient=chen, kind="meeting_decision").count() == 1
    hold(meeting, zhao, {item.pk: line("更换线路", due_on=due)})  # saved again unchanged
    assert late.steps.filter(act="decide").count() == 1
    hold(meeting, zhao, {item.pk: line("改由村里更换", who="石桥村")})
    assert (
        late.steps.filter(act="decide").last().words == "调度会议定：更正：改由村里更换（石桥村）"
    )
    hold(meeting, zhao, {item.pk: line("", who="")})  # it was never decided: the history says so
    words = late.steps.filter(act="decide").last().words
    assert words == "调度会议定：更正：撤回原议定“改由村里更换”"


def test_who_keeps_which_meeting(call, li, wang, zhao, chen, zhou, qian, shiqiao, heping, qingshan):
    village = call(by=li, kind="analysis", village=shiqiao)
    assert hold(village, li).is_held
    for refused, words in (
        ({"by": li, "kind": "talk"}, "镇驻点办"),
        ({"by": li, "kind": "analysis", "village": heping}, "和平村的驻点干部"),
        ({"by": zhou}, "镇驻点办"),
        ({"kind": "analysis"}, "请选择村"),
        ({"kind": "dispatch", "village": shiqiao}, "不用选村"),
    ):
        with pytest.raises(NotAllowed, match=words):
            call(**refused)
    with pytest.raises(NotAllowed, match="不在您的工作范围"):
        hold(village, wang)
    with pytest.raises(NotAllowed, match="还没有到"):
        hold(call(on=DAY + dt.timedelta(days=1)), zhao)


def test_a_matter_the_reader_may_not_see_is_left_out(call, late, facts, wang, zhao, li, heping):
    theirs = actions.register(by=wang, on=DAY, now=NOW, **{**facts, "village": heping})
    meeting = call(matters=[(late, ""), (theirs, "")])
    assert not Meeting.objects.visible_to(li).exists()
    hold(meeting, zhao, attendees=[zhao, li])  # 李 sat in it, so he reads it
    assert Meeting.objects.visible_to(li).get() == meeting
    assert [item.grievance for item in MeetingItem.objects.visible_to(li)] == [late]
    assert MeetingItem.objects.visible_to(zhao).count() == 2


def test_what_was_decided_stays_on_the_agenda(call, late, facts, li, zhao):
    other = actions.register(by=li, on=DAY, now=NOW, **facts)
    meeting = call(matters=[(late, ""), (other, "")])
    item = meeting.items.get(grievance=late)
    hold(meeting, zhao, {item.pk: line("更换线路")})
    given = {"meeting": meeting, "by": zhao, "version": None}
    actions.set_agenda(matters=[], subjects=["防汛准备"], **given)
    assert [str(each) for each in meeting.items.all()] == [late.number, "防汛准备"]


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_a_year_nobody_means_is_no_day_of_a_meeting(call, act, matter_at, zhao, signed_in, on):
    """From such a day on no 例会 of the ladder can be looked for: its agenda could not be drawn."""
    Rung.objects.update(meets_on=25)
    act("escalate", matter_at("in_hand"))
    with pytest.raises(NotAllowed, match="会议日期"):
        call(on=dt.date.fromisoformat(on))
    meeting, client = call(), signed_in(zhao)
    said = {"form_key": str(uuid.uuid4()), "version": meeting.version, "kind": "dispatch", "on": on}
    page = client.post(reverse("meetings:change", args=[meeting.pk]), said)
    assert (page.status_code, "会议日期" in page.content.decode()) == (422, True)
    assert client.get(reverse("meetings:agenda", args=[meeting.pk])).status_code == 200


def test_who_left_since_stays_in_what_was_written_of_a_meeting(
    call, late, zhao, sun, li, signed_in, monkeypatch
):
    """Minutes and place are put right later; nobody falls out of them because his account was stopped."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    meeting = hold(call(matters=[(late, "")]), zhao, attendees=[zhao, sun])
    meeting.chaired_by = sun
    meeting.save()
    sun.is_active = False
    sun.save()
    client = signed_in(zhao)
    for name, said in (("minutes", {"minutes": "补充一句"}), ("change", {"place": "二楼"})):
        page = client.get(reverse(f"meetings:{name}", args=[meeting.pk]))
        done = fill_in(client, page, f"/{name}/", **said)
        assert said[next(iter(said))] in done.content.decode()
    meeting.refresh_from_db()
    assert (meeting.chaired_by, set(meeting.attendees.all())) == (sun, {zhao, sun})


def test_from_the_button_to_the_docx(late, zhao, li, signed_in, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client = signed_in(zhao)
    page = client.get(reverse("meetings:new"), {"kind": "dispatch", "on": DAY.isoformat()})
    form = page.context["form"]
    said = {"form_key": form["form_key"].value(), "version": 1, "kind": "dispatch", "on": str(DAY)}
    agenda = client.post(reverse("meetings:new"), {**said, "recorder": zhao.pk}).url
    assert f'value="{late.pk}"' in client.get(agenda).content.decode()
    unknown = {"version": 1, "matters": [late.pk], "numbers": "100-2026-77777"}
    assert "没有找到100-2026-77777" in client.post(agenda, unknown).content.decode()
    chosen = {"version": 1, "matters": [late.pk], "subjects": "防汛准备\n防汛准备"}
    meeting_url = client.post(agenda, chosen).url
    first, second = MeetingItem.objects.order_by("order")
    minutes = reverse("meetings:minutes", args=[first.meeting_id])
    said = {"version": 2, "attendees": [zhao.pk, li.pk], "others": "", "minutes": "散会"}
    said |= {f"decision_{first.pk}": "更换线路", f"who_{first.pk}": "供电所"}
    said |= {f"discussed_{second.pk}": "沙袋已备"}
    assert client.post(minutes, said).url == meeting_url
    assert client.post(minutes, said).status_code == 409  # from an older page
    assert "更换线路" in client.get(meeting_url).content.decode()
    matter = client.get(reverse("grievances:detail", args=[late.number])).content.decode()
    assert "会议议定" in matter
    assert meeting_url in matter
    paper = reverse("meetings:paper", args=[first.meeting_id])
    assert "沙袋已备" in client.get(paper).content.decode()
    file = client.get(paper, {"format": "docx"}).content
    told = str([paragraphs(file), tables(file)])
    for words in ("青山镇调度会会议纪要", "更换线路", "防汛准备", "李明"):
        assert words in told
