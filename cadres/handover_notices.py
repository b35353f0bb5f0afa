"""Who is told of a handover: who leaves, who follows, and the leads of the teams it touches."""

from django.urls import reverse

from cadres.models import Holding, LiaisonTeam, Seat, User
from cadres.notices import Message, notify_many


def tell(handover, *, now) -> None:
    """Write the notices of a handover that was just ordered. They name posts and cadres, no villager."""
    post, teams = handover.holding.post, teams_of(handover.holding.post)
    day = handover.carry_on
    told = {handover.holding.user_id: f"您担任的“{post}”已办理交接"}
    if handover.successor_id:
        told[handover.successor_id] = f"您自{day}起接任“{post}”"
    for lead in _leads(teams, day):
        told.setdefault(lead.pk, f"团队成员变动：“{post}”自{day}起{_who(handover)}")
    people = User.objects.filter(pk__in=told).order_by("pk")
    messages = [_message(handover, person, told[person.pk], now) for person in people]
    notify_many(messages, now=now)


def tell_withdrawn(handover, *, now) -> None:
    """Everybody who was told of the handover reads that it does not take place."""
    told = User.objects.filter(notices__subject=_subject(handover), notices__kind="handover")
    title = f"“{handover.holding.post}”的交接已撤回，仍由{handover.holding.user}担任"
    people = told.filter(is_active=True).distinct().order_by("pk")
    messages = [
        _message(handover, person, title, now, kind="handover-withdrawn", text="原交接通知作废。")
        for person in people
    ]
    notify_many(messages, now=now)


def teams_of(post):
    """Teams in use the post sits in, in administrative order."""
    rows = LiaisonTeam.objects.filter(is_active=True, pk__in=post.seats.values("team"))
    return rows.in_order()


def _leads(teams, day):
    kinds = (Seat.Kind.LEAD, Seat.Kind.HEAD)
    posts = Seat.objects.filter(team__in=teams, kind__in=kinds).values("post")
    held = Holding.objects.current(day).filter(post__in=posts)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def _who(handover):
    return f"由{handover.successor}接任" if handover.successor_id else "暂缺"


def _subject(handover):
    return f"handover:{handover.pk}"


def _in_words(handover):
    return (
        f"{handover.holding.user}最后一天为{handover.until}，自{handover.carry_on}起{_who(handover)}。"
        "席位、联系户和驻点安排随岗位移交；便民服务卡和驻点安排请重新打印。"
    )


def _message(handover, person, title, now, kind="handover", text=""):
    return Message(
        recipient=person,
        kind=kind,
        subject=_subject(handover),
        slot=handover.carry_on.isoformat(),
        title=title[:100],
        text=text or _in_words(handover),
        url=reverse("cadres:handover", args=[handover.pk]),
        due_at=now,
    )
