"""On whose sort of desk a matter lies, as a fact of one matter and as a condition of many.

The person is named in ``turns.py``. Here also: what falls upward because nobody holds the post below.
"""

from django.db.models import Count, Q

from cadres.models import Holding
from cadres.roles import Role

from .models import Grievance, Status
from .models.states import OPEN, SETTLED

OFFICE, UNIT, TEAM, CHECK, RUNG = "office", "unit", "team", "check", "rung"
MINE = "me"
DESKS = [
    (MINE, "我"),
    (OFFICE, "镇驻点办"),
    (UNIT, "承办单位"),
    (TEAM, "登记人、驻点团队(反馈)"),
    (CHECK, "回访的同志"),
    (RUNG, "呈报到的层级"),
]
AT_UNIT = (Status.ASSIGNED, Status.IN_HAND)
ESCALATED = tuple(status for status in OPEN if status == "escalated")


def desk_of(matter) -> str:
    """Which sort of desk a matter lies on by its state, vacant or not; "" when it waits for nobody."""
    if matter.status in OPEN:
        if matter.village_id and matter.status in AT_UNIT and matter.department_id:
            return UNIT
        return RUNG if matter.village_id and matter.status in ESCALATED else OFFICE
    if matter.status in SETTLED and matter.settled_by_id is None:
        return ""  # an older ledger's
    after = {Status.SETTLED: TEAM, Status.ANSWERED: CHECK, Status.VERIFIED: OFFICE}
    return after.get(matter.status, "")


def at_desk(desk: str) -> Q:
    """The condition of the matters on a desk, as ``desk_of`` says it."""
    done_here = Q(settled_by__isnull=False)
    unit = Q(status__in=AT_UNIT, department__isnull=False, village__isnull=False)
    rung = Q(status__in=ESCALATED, village__isnull=False)
    return {
        UNIT: unit,
        RUNG: rung,
        OFFICE: Q(status__in=OPEN) & ~unit & ~rung | Q(status=Status.VERIFIED) & done_here,
        TEAM: Q(status=Status.SETTLED) & done_here,
        CHECK: Q(status=Status.ANSWERED) & done_here,
    }[desk]


def mine(user, on) -> Q:
    """The condition of the matters whose turn somebody may take: his desk's, and what falls to it.

    For a member of the office all that lie with the office, though another of it be named.
    """
    within = Q(pk__in=())
    for post in user.current_posts:
        here = Q(township=post.township_id)
        if post.role == Role.HANDLER and post.department_id:
            within |= at_desk(UNIT) & _named_here(user, post.department_id, on)
        elif post.role == Role.OFFICE:
            below = Q(rung=None) | Q(rung__role=Role.OFFICE) | _nobody(on, Role.LEADER)
            climbed = at_desk(RUNG) & below
            within |= here & (at_desk(OFFICE) | climbed | adrift(on) | unattended(on))
        elif post.role == Role.SUPERVISOR:
            within |= here & at_desk(CHECK) & ~Q(handler=user.pk) & ~Q(settled_by=user.pk)
        elif post.role == Role.LEADER:
            climbed = at_desk(RUNG) & (Q(rung=None) | Q(rung__role=Role.LEADER))
            within |= here & (climbed | _left_to_leaders(on))
    within |= at_desk(RUNG) & Q(rung__post__in=[post.pk for post in user.current_posts])
    if Role.CADRE in user.roles:
        villages = sorted(user.village_scope("grievances.answer").villages)
        within |= at_desk(TEAM) & Q(village__in=villages)
    if user.has_perm("grievances.answer"):
        within |= at_desk(TEAM) & Q(registered_by=user.pk)
    return within


def adrift(on) -> Q:
    """没有人承办: at a unit by their state, but there is none, or nobody handles there on a day."""
    handled = _held(on, Role.HANDLER).filter(post__department__isnull=False)
    vacant = Q(department=None) | ~Q(department__in=handled.values("post__department"))
    return Q(status__in=AT_UNIT, village__isnull=False) & vacant


def unattended(on) -> Q:
    """Settled, and nobody is there to tell the villager, or told, and nobody to ask him."""
    cadres = _held(on, Role.CADRE)
    seats = cadres.filter(post__seats__team__is_active=True, post__seats__team__kind="liaison")
    own = cadres.filter(post__village__isnull=False)
    attended = Q(village__in=seats.values("post__seats__team__villages")) | Q(
        village__in=own.values("post__village")
    )
    return at_desk(TEAM) & ~attended | at_desk(CHECK) & _nobody(on, Role.SUPERVISOR)


def _left_to_leaders(on):
    """What lies with an office in which nobody is."""
    climbed = at_desk(RUNG) & (Q(rung=None) | Q(rung__role=Role.OFFICE))
    return (at_desk(OFFICE) | climbed | adrift(on) | unattended(on)) & _nobody(on, Role.OFFICE)


def _nobody(on, role):
    held = _held(on, role).values("post__township")
    return ~Q(township__in=held)


def _held(on, role):
    return Holding.objects.current(on).filter(post__role=role, user__is_active=True)


def _named_here(user, department_id, on):
    """Named to him, to nobody, or to somebody who handles there no longer."""
    others = _held(on, Role.HANDLER).filter(post__department=department_id).exclude(user=user)
    named = Q(handler=None) | Q(handler=user.pk) | ~Q(handler__in=others.values("user"))
    return Q(department=department_id) & named


def left_over(user, on) -> dict[str, int]:
    """{unplaced, adrift, tell, ask, me: 件} of what somebody sees and has still to end; one query."""
    own = mine(user, on)
    conditions = {
        "unplaced": Q(status__in=OPEN, village=None),
        "adrift": adrift(on),
        "tell": own & Q(status=Status.SETTLED),
        "ask": own & Q(status=Status.ANSWERED),
        MINE: own,
    }
    rows = Grievance.objects.visible_to(user).exclude(status=Status.CLOSED_OUT).order_by()
    return rows.aggregate(**{name: Count("pk", filter=each) for name, each in conditions.items()})
