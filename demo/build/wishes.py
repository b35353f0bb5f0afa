"""What households and groups wished for, and what the contact heard of his own, by the verbs the desk uses."""

import datetime as dt

from cadres.models import LiaisonTeam, User
from villages.models import Household
from visits.actions import wishes as actions
from visits.actions.reporting import report_heard
from visits.models import WishKind

from .days import moment
from .scale import Build

# (kind, words, days ago, how far it came); the first ones are the contact's, the others of the next villages
TOLD, DONE, PICKED, OPEN, CANNOT = "told", "done", "picked", "open", "cannot"
WISHES = (
    ("用药代购", "降压药快吃完了，请帮忙从镇卫生院带两盒", 6, PICKED),
    ("代办证件", "老年证到期，腿脚不便，请帮忙换证", 20, TOLD),
    ("维修", "厨房水龙头滴水，自己拧不动", 3, OPEN),
    ("义诊", "组里老人想量一次血压、查查血糖", 12, OPEN),
    ("农技指导", "柑橘叶子发黄，想请农技员来看看", 9, DONE),
    ("电影放映", "想在村部放一场露天电影", 15, OPEN),
    ("政策宣讲", "养老保险怎么补缴，请来讲一讲", 25, TOLD),
    ("其他", "想请镇里出钱修自家院墙", 18, CANNOT),
)
OF_CONTACT, OF_A_HOUSEHOLD = 3, (0, 1, 2, 4, 7)
HEARD = (
    (2, "phone", "身体还好，孙子周末回来"),
    (5, "home", ""),
    (16, "evening", "路灯坏了两盏，晚上不敢出门"),
)


def wishes(build: Build, villages, posts) -> None:
    """A handful of wishes in every state; and what the contact heard lately.

    Args:
        posts: the posts by title.
    """
    contact = User.objects.get(username="lianluo")
    own = list(Household.objects.visible_to(contact).resident().order_by("pk")[:6])
    for home, (ago, mode, said) in zip(own, HEARD, strict=False):
        report_heard(
            by=contact, now=_at(build, ago), household=home, occurred_on=_day(build, ago), mode=mode,
            said=said, nothing_asked=not said,
        )  # fmt: skip
    for serial, (kind, words, ago, state) in enumerate(WISHES):
        by, home = contact, own[serial] if serial < min(OF_CONTACT, len(own)) else None
        if serial >= OF_CONTACT:
            village = villages[serial % 3]
            by = posts[f"{village.name}包村干部"].holder(build.today)
            homes = Household.objects.on_the_roll().filter(village=village)
            home = homes.order_by("pk").first() if serial in OF_A_HOUSEHOLD else None
        else:
            village = contact.current_posts[0].village
        _wish(build, by, village, home, kind, words, ago, state)


def _wish(build, by, village, home, kind, words, ago, state):
    """One wish as far as it came; a wish of a household that is not there is the village's."""
    kind = WishKind.objects.get(name=kind)
    wish = actions.enter_wish(
        by=by, now=_at(build, ago), asked_on=_day(build, ago), village=village, household=home,
        kind=kind, words=words, wanted_by=_day(build, ago - 14) if ago % 2 else None,
    )  # fmt: skip
    if state == CANNOT:
        said = "这类修缮没有资金渠道，已向本人说明"
        _act("cannot", wish, build, by, ago - 2, told_by="oral", words=said)
    elif state != OPEN:
        team = LiaisonTeam.objects.seating(by).filter(kind="liaison", villages=village).first()
        wish = _act("pick_up", wish, build, by, ago - 1, team=team)
        if state in (DONE, TOLD):
            wish = _act("do", wish, build, by, ago - 3, words="已办好")
        if state == TOLD:
            _act("tell", wish, build, by, ago - 4, told_by="phone")


def _act(name, wish, build, by, ago, **facts):
    if name not in ("pick_up", "put_back"):
        facts["on"] = _day(build, ago)
    verb = getattr(actions, name)
    return verb(wish=wish, by=by, now=_at(build, ago), version=wish.version, **facts)


def _day(build, ago) -> dt.date:
    return build.today - dt.timedelta(days=ago)


def _at(build, ago) -> dt.datetime:
    return moment(_day(build, ago), 17)
