"""The ledger's part of tests/lived_in.py: one matter and one row of all that comes of it."""

import datetime as dt

from grievances.models import (
    AlertLevel,
    Assist,
    Category,
    ClosedNumber,
    Extension,
    FollowUp,
    FollowUpPolicy,
    FollowUpSample,
    Grievance,
    IssuedPaper,
    LookBack,
    LookBackDraw,
    MatterFile,
    Meeting,
    MeetingItem,
    OverdueRise,
    Publication,
    RedoCall,
    SampledMatter,
    Source,
    Step,
    Supervision,
    SuspendReason,
    Suspension,
    TakenAlong,
    Triage,
    TriageLine,
)
from liaison.models import Job

DAY = dt.date(2026, 11, 17)  # a Tuesday
NOW = dt.datetime(2026, 11, 17, 2, tzinfo=dt.UTC)


def what_was_asked(village, user, rows):
    """A matter with everything that is ever done about one; ``rows`` is what the village has so far."""
    matter = Grievance.objects.create(
        number=f"{village.township.ledger_prefix}-2026-0001", township=village.township,
        village=village, household=rows["Household"], visit=rows["Visit"], summary="村口路灯不亮",
        category=Category.objects.first(), source=Source.objects.first(), registered_on=DAY,
        entered_at=NOW, registered_by=user, department=rows["Department"],
    )  # fmt: skip
    step = Step.objects.create(
        grievance=matter, act="register", act_name="登记", to_status="registered", by=user,
        by_name=user.display_name, on=DAY, entered_at=NOW,
    )  # fmt: skip
    answer = FollowUp.objects.create(
        grievance=matter, township=village.township, village=village, answer="satisfied",
        mode="phone", asked_by=user, on=DAY, entered_at=NOW,
    )  # fmt: skip
    taken = TakenAlong.objects.create(
        session=rows["LiaisonSession"], grievance=matter, by=user, entered_at=NOW
    )
    rest = Suspension.objects.create(
        grievance=matter, reason=SuspendReason.objects.first(), on=DAY, stopped_at=NOW,
        until=DAY + dt.timedelta(days=9), resumed_on=DAY, resumed_at=NOW,
    )  # fmt: skip
    helped = Assist.objects.create(
        grievance=matter,
        department=village.township.departments.get_or_create(name="水利站")[0],
        asked_on=DAY,
        words="请提供水位",
        asked_by=user,
    )
    closed = ClosedNumber.objects.create(
        number=f"{village.township.ledger_prefix}-2026-0002", grievance=matter, on=DAY,
        township=village.township, village=village,
    )  # fmt: skip
    return {
        "Grievance": matter, "Step": step, "FollowUp": answer, "TakenAlong": taken, "Suspension": rest,
        "Assist": helped,
        **_overseen(matter, user, rows), **_the_end(matter, answer, rows["User"]),
        **_time_and_risk(matter, user), **_papers(matter, user),
        "ClosedNumber": closed,
    }  # fmt: skip


def _overseen(matter, user, rows):
    """What a matter is looked after by."""
    rise = OverdueRise.objects.create(
        grievance=matter, rung=rows["Rung"], due_on=DAY, told_at=NOW, told="周明", batch="x"
    )
    supervision = Supervision.objects.create(
        grievance=matter, level="plain", department=matter.department, asked_by=user, asked_on=DAY,
        entered_at=NOW, reply_due_on=DAY,
    )  # fmt: skip
    meeting = Meeting.objects.create(
        township=matter.township, village=matter.village, kind="analysis", on=DAY, entered_by=user,
        entered_at=NOW,
    )  # fmt: skip
    item = MeetingItem.objects.create(meeting=meeting, order=1, grievance=matter, why="超期1天")
    return {
        "OverdueRise": rise, "Supervision": supervision, "Meeting": meeting, "MeetingItem": item,
    }  # fmt: skip


def _the_end(matter, answer, user):
    """What comes after settling."""
    township = matter.township
    policy = FollowUpPolicy.objects.create(township=township, share=10, since=DAY)
    policy.posts.add(user.post)
    sample = FollowUpSample.objects.create(
        township=township, starts_on=DAY, ends_on=DAY, size=1, seed="1", rule="webster-sha256-1",
        population_count=1, population=[[matter.pk, matter.village_id]], drawn_at=NOW,
    )  # fmt: skip
    drawn = SampledMatter.objects.create(sample=sample, grievance=matter, follow_up=answer)
    draw = LookBackDraw.objects.create(
        township=township, month=DAY, starts_on=DAY, ends_on=DAY, due_on=DAY, size=1, seed="1",
        rule="webster-sha256-1", population_count=1, population=[[matter.pk, matter.village_id]],
        drawn_by=user, drawn_at=NOW,
    )  # fmt: skip
    again = LookBack.objects.create(
        grievance=matter, due_on=DAY, why="spot", draw=draw, entered_at=NOW
    )
    call = RedoCall.objects.create(
        grievance=matter, why="rebound", look_back=again, raised_on=DAY, entered_at=NOW
    )
    return {
        "FollowUpPolicy": policy, "FollowUpSample": sample, "SampledMatter": drawn,
        "LookBack": again, "LookBackDraw": draw, "RedoCall": call,
    }  # fmt: skip


def _time_and_risk(matter, user):
    """More time, and a level of warning."""
    more = Extension.objects.create(
        grievance=matter, amount=5, unit="workday", reason="等电工", asked_by=user,
        asked_by_name=user.display_name, asked_on=DAY, asked_at=NOW, approver="office",
        due_before=NOW, due_on_before=DAY,
    )  # fmt: skip
    level = AlertLevel.objects.create(
        grievance=matter, act="set", level="yellow", persons=3, trend="contained", words="多户反映",
        by=user, by_name=user.display_name, on=DAY, entered_at=NOW,
    )  # fmt: skip
    return {"Extension": more, "AlertLevel": level}


def _papers(matter, user):
    """Papers, attachments, and a list on the board."""
    paper = IssuedPaper.objects.create(
        grievance=matter, kind="assignment", series=f"paper:{matter.township_id}:assignment:2026",
        year=2026, serial=1, number="交办〔2026〕1号", issued_on=DAY, issued_at=NOW, issued_by=user,
        issued_by_name=user.display_name,
    )  # fmt: skip
    file = MatterFile.objects.create(
        grievance=matter,
        name="现场.jpg",
        kind="jpg",
        digest="0" * 64,
        size=1,
        sent_at=NOW,
        sent_by=user,
    )
    hung = Publication.objects.create(
        township=matter.township, village=matter.village, kind="problems", starts_on=DAY, ends_on=DAY,
        status="hung", hung_on=DAY, hung_by=user, made_at=NOW, made_by=user,
        snapshot={"heads": [["序号", 6, False]], "rows": [["1"]], "matters": [matter.pk]},
    )  # fmt: skip
    return {"IssuedPaper": paper, "MatterFile": file, "Publication": hung}


def done_at_once(village, clerk, rows):
    """One act on many matters, carried out."""
    job = Job.objects.create(
        kind="triage", subject_id=0, title="批量受理 1件", township_id=village.township_id,
        requested_by_id=clerk.pk, requested_by_name="赵敏", requested_at=NOW, state="done",
    )  # fmt: skip
    triage = Triage.objects.create(
        township=village.township, by=clerk, act="accept", on=DAY, asked_at=NOW, job=job
    )
    line = TriageLine.objects.create(
        triage=triage, grievance=rows["Grievance"], shown_version=1, outcome="done"
    )
    return {"Triage": triage, "TriageLine": line}
