"""One row of everything in one village: what the tests of access and scope look at; matters in lived_in_matters.py."""

import datetime as dt

from cadres.models import (
    CalendarDay,
    CalendarFeed,
    CardText,
    Delivery,
    Department,
    GroupRobot,
    Handover,
    HouseholdLink,
    LiaisonPlan,
    LiaisonTeam,
    LinkPolicy,
    Notice,
    ReminderPolicy,
    Representative,
    Seat,
    StandingMeeting,
)
from cadres.models.feeds import digest_of
from grievances.models import (
    AlertBand,
    Category,
    ConfidentialPolicy,
    DeadlinePolicy,
    DeclineReason,
    PaperPolicy,
    RoutingRule,
    Rung,
    SettlementMethod,
    Source,
    SupervisionRule,
    SuspendReason,
)
from liaison.models import DocumentTemplate, ImportBatch, Job
from reports.models import ReportPolicy
from tests.lived_in_matters import DAY, NOW, done_at_once, what_was_asked
from villages.models import HousePoint, RegistryEvent, Resident, ResidentTag, TagHolding
from visits.models import (
    Amendment,
    Appointment,
    ContactPolicy,
    DaySheet,
    LeaveRequest,
    LiaisonSession,
    Need,
    NeedKind,
    NeedLine,
    NoticePolicy,
    Proposal,
    ProposalLine,
    PublicNotice,
    SessionPolicy,
    SheetLine,
    Visit,
    VisitPhoto,
    VisitQuota,
    VisitRound,
    Wish,
    WishKind,
    WishStep,
)


def live_in(village, user, *, clerk, team=None) -> dict:
    """Rows of a village by model name, as somebody who works there would have left them.

    Args:
        user: with ``.post``; the notice is his.
        clerk: who uploaded a roster.
        team: his team; without one, one is made.
    """
    rows = {"Village": village, "User": user, "Post": user.post, "Holding": user.holdings.get()}
    rows |= _places(village)
    rows |= _office(village, user, team) | _code_lists()
    rows |= _what_happened(village, user, clerk, rows)
    rows |= what_was_asked(village, user, rows)
    return rows | done_at_once(village, clerk, rows)


def _places(village):
    household = village.households.get()
    person = Resident(
        township=village.township, village=village, household=household, name="周大山"
    )
    person.set_id_number("430181197001019017")
    person.save()
    tag = ResidentTag.objects.get_or_create(name="党员")[0]
    carried = TagHolding.objects.create(resident=person, tag=tag)
    event = RegistryEvent.objects.create(
        village=village, household=household, resident=person, kind="entered", on=DAY, entered_at=NOW,
        by_name="李明",
    )  # fmt: skip
    return {
        "Group": household.group, "Household": household, "Resident": person, "TagHolding": carried,
        "RegistryEvent": event, "HousePoint": HousePoint.objects.create(household=household, x=20, y=30),
    }  # fmt: skip


def _office(village, user, team):
    township = village.township
    if team is None:
        team = LiaisonTeam.objects.create(township=township, name=f"{village.name}驻点团队")
        team.villages.add(village)
        Seat.objects.create(team=team, post=user.post, kind=Seat.Kind.LEAD)
    unit, _ = Department.objects.get_or_create(township=township, name="民政办")
    plan = LiaisonPlan.objects.create(
        team=team, village=village, place="村委会一楼", weekdays=[1], starts_at=dt.time(9),
        ends_at=dt.time(11, 30), valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 12, 31),
    )  # fmt: skip
    meeting = StandingMeeting.objects.create(
        township=township, name="调度会", recurrence="monthly_day", month_days=[25],
        starts_at=dt.time(9), ends_at=dt.time(11), valid_from=dt.date(2026, 1, 1),
    )  # fmt: skip
    day = CalendarDay.objects.create(
        on=dt.date(2026, 10, 20), kind="holiday", name="本地活动日", township=township
    )
    policy = DeadlinePolicy.objects.create(
        township=township, name="本镇时限", amount=5, unit="workday"
    )
    band = AlertBand.objects.create(township=township, by="size", least=5, level="yellow")
    confiding = ConfidentialPolicy.objects.create(township=township, desk_post=user.post)
    rung = Rung.objects.create(township=township, order=1, name="本镇调度")
    routing = RoutingRule.objects.create(township=township, name="都归民政办", department=unit)
    reply = SupervisionRule.objects.create(township=township, level="plain", reply_days=2)
    papers = PaperPolicy.objects.create(township=township)
    definition = ReportPolicy.objects.create(township=township, since=dt.date(2026, 1, 1))
    representative = Representative.objects.create(
        village=village, name="周大山", since=dt.date(2026, 1, 1)
    )
    link = HouseholdLink.objects.create(
        village=village, household=village.households.get(), kind="representative",
        representative=representative, since=dt.date(2026, 1, 1),
    )  # fmt: skip
    bounds = LinkPolicy.objects.create(
        township=township, kind="representative", least=5, most=15, since=dt.date(2026, 1, 1)
    )
    times = ReminderPolicy.objects.create(township=township, since=dt.date(2026, 1, 1))
    # The port of discard: nobody listens there.
    robot = GroupRobot.objects.create(
        township=township, kind="wecom", name="驻点工作群", address="http://127.0.0.1:9/send?key=k"
    )
    sheet = Handover.objects.create(
        holding=user.holdings.get(), until=dt.date(2026, 11, 15), carry_on=dt.date(2026, 11, 16),
        ordered_by=user, ordered_at=NOW, carried_at=NOW,
    )  # fmt: skip
    words = CardText.objects.create(township=township)
    visit_round = VisitRound.objects.create(
        township=township,
        name="第一轮",
        starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2026, 6, 30),
    )
    ahead = NoticePolicy.objects.create(township=township, since=dt.date(2026, 1, 1))
    interval = ContactPolicy.objects.create(township=township, days=90, since=dt.date(2026, 1, 1))
    quota = VisitQuota.objects.create(
        township=township, who="cadre", of="all", least=50, since=dt.date(2026, 1, 1)
    )
    return {
        "VisitRound": visit_round, "CardText": words, "NoticePolicy": ahead, "Handover": sheet,
        "ContactPolicy": interval, "VisitQuota": quota,
        "ReminderPolicy": times, "GroupRobot": robot,
        "Representative": representative, "HouseholdLink": link, "LinkPolicy": bounds,
        "LiaisonTeam": team, "Department": unit, "LiaisonPlan": plan, "CalendarDay": day,
        "StandingMeeting": meeting,
        "DeadlinePolicy": policy, "ReportPolicy": definition, "Rung": rung, "RoutingRule": routing,
        "SupervisionRule": reply, "AlertBand": band, "PaperPolicy": papers,
        "ConfidentialPolicy": confiding,
    }  # fmt: skip


def _code_lists():
    """A line of each list that all townships share."""
    lists = (
        Category, Source, DeclineReason, SettlementMethod, SuspendReason, ResidentTag, NeedKind,
        WishKind,
    )  # fmt: skip
    return {model.__name__: model.objects.first() for model in lists}


def _what_happened(village, user, clerk, rows):
    township, plan = village.township, rows["LiaisonPlan"]
    session = LiaisonSession.objects.create(
        plan=plan, township=township, team=plan.team, village=village, on=DAY,
        starts_at=plan.starts_at, ends_at=plan.ends_at, place=plan.place,
    )  # fmt: skip
    posted = PublicNotice.objects.create(
        session=session, on=DAY, starts_at=plan.starts_at, ends_at=plan.ends_at, place=plan.place,
        posted_at=NOW, posted_by=user,
    )  # fmt: skip
    visit = Visit.objects.create(
        township=township, village=village, household=rows["Household"], mode="home",
        occurred_on=DAY, entered_at=NOW, entered_by=user,
    )  # fmt: skip
    noted = _noted(visit, user)
    photo = VisitPhoto.objects.create(
        visit=visit, digest="0" * 64, width=1, height=1, sent_at=NOW, sent_by=user
    )
    wish = Wish.objects.create(
        township=township, village=village, household=rows["Household"], group=rows["Group"],
        kind=WishKind.objects.first(), words="代办老年证", asked_on=DAY, entered_at=NOW, entered_by=user,
    )  # fmt: skip
    wish_step = WishStep.objects.create(
        wish=wish, act="enter", act_name="登记", to_state="open", by=user, by_name=user.display_name,
        on=DAY, entered_at=NOW,
    )  # fmt: skip
    appointment = Appointment.objects.create(session=session, household=rows["Household"])
    leave = LeaveRequest.objects.create(
        session=session, on=DAY, person=user, post=user.post, person_name=user.display_name,
        post_title=user.post.title, kind="sick", requested_at=NOW,
    )  # fmt: skip
    sheet = DaySheet.objects.create(
        session=session, number=1, digest="x", printed_at=NOW, printed_by=user
    )
    line = SheetLine.objects.create(
        sheet=sheet, number=1, kind="household", household=rows["Household"]
    )
    rules = SessionPolicy.objects.create(township=township, since=dt.date(2026, 1, 1))
    notice = Notice.objects.create(
        kind="test", subject="session:1", slot="x", recipient=user, title="明日驻点",
        due_at=NOW, created_at=NOW,
    )  # fmt: skip
    # The address a calendar program would know; the database holds its hash alone.
    token = f"the-token-of-{user.username}"
    feed = CalendarFeed.objects.create(owner=user, digest=digest_of(token), made_at=NOW)
    feed.token = token
    delivery = Delivery.objects.create(
        notice=notice, township=township, next_try_at=NOW, state="given_up", attempts=3
    )
    template = DocumentTemplate.objects.create(
        kind="log", township_id=township.pk, set_at=NOW, set_by_id=clerk.pk,
        set_by_name=clerk.display_name,
    )  # fmt: skip
    batch = ImportBatch.objects.create(
        kind="roster", township_id=township.pk, place_name=township.name,
        uploaded_by_id=clerk.pk, uploaded_by_name=clerk.display_name, uploaded_at=NOW,
        file_name="花名册.xlsx",
    )  # fmt: skip
    job = Job.objects.create(
        kind="import_read", subject_id=batch.pk, title="核对花名册", township_id=township.pk,
        requested_by_id=clerk.pk, requested_by_name=clerk.display_name, requested_at=NOW,
    )  # fmt: skip
    return noted | {
        "DocumentTemplate": template,
        "ImportBatch": batch, "Job": job, "LiaisonSession": session, "Appointment": appointment,
        "PublicNotice": posted, "CalendarFeed": feed, "Wish": wish, "WishStep": wish_step,
        "DaySheet": sheet, "SheetLine": line,
        "LeaveRequest": leave, "SessionPolicy": rules, "Visit": visit, "VisitPhoto": photo,
        "Notice": notice, "Delivery": delivery,
    }  # fmt: skip


def _noted(visit, user):
    """What a visit left behind beside matters."""
    common = {
        "township": visit.township, "village": visit.village, "household": visit.household,
        "entered_at": NOW, "entered_by": user,
    }  # fmt: skip
    act = {"on": DAY, "entered_at": NOW, "by": user, "by_name": user.display_name}
    prefix = visit.township.ledger_prefix
    proposal = Proposal.objects.create(
        number=f"金{prefix}-2026-0001", visit=visit, words="村口装个凉亭", proposed_on=DAY, **common
    )
    need = Need.objects.create(
        number=f"需{prefix}-2026-0001", kind=NeedKind.objects.first(), found_on=DAY,
        next_look_on=DAY, **common,
    )  # fmt: skip
    return {
        "Proposal": proposal,
        "ProposalLine": ProposalLine.objects.create(
            proposal=proposal, act="登记", to_state="study", **act
        ),
        "Need": need,
        "NeedLine": NeedLine.objects.create(
            need=need, act="发现", to_state="open", visit=visit, **act
        ),
        "Amendment": Amendment.objects.create(
            visit=visit,
            at=NOW,
            by=user,
            by_name=user.display_name,
            reason="笔误",
            changes=[{"field": "人数", "before": "1", "after": "2"}],
        ),
    }
