"""A practice as configuration: a file under demo/schemes/, read here and put on a township's villages."""

import datetime as dt
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from cadres.imports.times import TimeSaid, read_time
from cadres.models import (
    LiaisonPlan,
    LiaisonTeam,
    LinkPolicy,
    Post,
    RotaTurn,
    Seat,
    StandingMeeting,
)
from cadres.rhythm import WEEKDAY_NAMES
from cadres.roles import Role
from cadres.signals import plans_changed
from liaison import audit
from villages.models import ResidentTag
from visits.models import ContactPolicy, VisitQuota

from .fixing import Fixing
from .ladder import set_ladder
from .limits import add_bands, add_limits
from .rounds import add_rounds

FOLDER = Path(__file__).resolve().parent / "schemes"
KEYS = ("yingzai", "laizhou", "dayao", "luyang", "tangwu")
ORDINARY = "一般户"
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Scheme:
    """One of the five practices, as its file says it."""

    key: str
    name: str
    basis: str
    plans: list[dict]
    meetings: list[dict]
    rounds: list[dict]
    links: dict[str, list[int]]
    intervals: dict[str, int]  # 一般户 or a tag: days
    quotas: list[dict]
    limits: list[dict]  # 办理时限
    alerts: list[dict]  # 预警标准
    supervision: int  # 督查小组
    rungs: list[dict]  # 呈报层级

    @classmethod
    def read(cls, key: str) -> "Scheme":
        """The scheme of a key of KEYS."""
        said = tomllib.loads((FOLDER / f"{key}.toml").read_text(encoding="utf-8"))
        return cls(
            key=key,
            name=said["name"],
            basis=said["basis"],
            plans=said.get("plans", []),
            meetings=said.get("meetings", []),
            rounds=said.get("rounds", []),
            links=said.get("links", {}),
            intervals=said.get("intervals", {}),
            quotas=said.get("quotas", []),
            limits=said.get("limits", []),
            alerts=said.get("alerts", []),
            supervision=said.get("supervision", {}).get("groups", 0),
            rungs=said.get("rungs", []),
        )


def recurring(said: dict, since: dt.date, until: dt.date) -> dict:
    """Fields of a plan or meeting out of a table of the file.

    Days named by ``{year}`` are those of every year from its beginning to the one after ``until``.
    """
    years = range(since.year, max(since.year, until.year + 1) + 1)
    times: list[TimeSaid] = [read_time(said["rhythm"].replace("{year}", str(y))) for y in years]
    time = times[0]
    starts_at, ends_at = time.hours
    days = {day for each in times for day in each.rhythm.days if day >= since}
    return {
        **replace(time.rhythm, days=tuple(sorted(days))).as_fields(),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "holiday_rule": said.get("holiday") or time.holiday_rule or "next",
        "valid_from": since,
    }


@transaction.atomic
def load(scheme: Scheme, township, *, since: dt.date, today: dt.date, until=None) -> Counter:
    """Put a practice on a township: teams where there are none, plans, meetings, bounds. Safe to repeat.

    What becomes of plans its liaison teams have already: demo.fixing.

    Args:
        until: the day the practice is looked at, where that is a later one than it is put on at.
    Returns:
        A Counter of "teams", "plans", "meetings", "bounds", "intervals", "quotas", "groups", "rounds", "limits",
        "alerts", "rungs" made, plans "changed" and "ended", "leaderless" rotas left out because nobody leads
        yet, and plans to come that stay because their days were "told" already.
    """
    done = Counter()
    villages = list(township.villages.in_order())
    plans, dates = [], {"since": since, "today": today, "until": until or today}
    for said in scheme.plans:
        if said["for"] == "each_village":
            plans += _a_team_a_village(said, township, villages, dates, done)
        else:
            plans += _leaders_by_rota(said, township, villages, dates, done)
    _supervision(scheme, township, villages, done)
    _meetings(scheme, township, dates, done)
    _bounds(scheme, township, since, done)
    done["rounds"] = add_rounds(scheme, township, since, today)
    _intervals(scheme, township, since, done)
    _quotas(scheme, township, since, done)
    done["rungs"] = set_ladder(scheme, township)
    done["limits"], done["alerts"] = add_limits(scheme, township), add_bands(scheme, township)
    if plans:
        plans_changed.send(
            LiaisonPlan, plans=plans, by=None, today=today, since=max(since, today - 366 * _DAY)
        )
    after = {name: count for name, count in done.items() if count}
    audit.record(
        by=None,
        action="套用做法",
        subject=township,
        label=scheme.name,
        after=after,
        township_id=township.pk,
    )
    return done


def _a_team_a_village(said, township, villages, dates, done):
    changed = []
    for village in villages:
        team = (
            village.teams.filter(is_active=True, kind=LiaisonTeam.Kind.LIAISON)
            .order_by("pk")
            .first()
        )
        if team is None:
            team, made = LiaisonTeam.objects.get_or_create(
                township=township, name=f"{village.name}驻点团队"
            )
            team.villages.add(village)
            done["teams"] += made
        place = village.office or f"{village.name}办公楼"
        fixing = _fix(team, village, place, said, dates, done)
        changed += fixing.fixed + fixing.ended
    return changed


def _leaders_by_rota(said, township, villages, dates, done):
    """One team of the township's leaders, at its service centre; the heads on their own weekday."""
    heads = list(Post.objects.filter(township=township, role=Role.LEADER).order_by("order", "pk"))
    leads = Post.objects.filter(seats__kind=Seat.Kind.LEAD, township=township).exclude(
        role=Role.LEADER
    )
    others = list(leads.distinct().order_by("order", "pk"))
    if not (heads or others):
        done["leaderless"] += 1
        return []
    village = next((each for each in villages if each.code[9:] < "200"), villages[0])
    team, made = LiaisonTeam.objects.get_or_create(township=township, name=said["team"])
    done["teams"] += made
    team.villages.add(village)
    for order, post in enumerate([*heads, *others]):
        Seat.objects.get_or_create(
            team=team, post=post, defaults={"kind": Seat.Kind.MEMBER, "order": order}
        )
    fixing = _fix(team, village, said["place"], said, dates, done)
    for plan in fixing.fixed:
        if not plan.turns.exists():
            _take_turns(plan, said, heads, others)
    return fixing.fixed + fixing.ended


def _take_turns(plan, said, heads, others):
    weekday = WEEKDAY_NAMES.index(said["heads_on"][-1]) if heads else None
    turns = [(1, post, weekday) for post in heads]
    turns += [(at, post, None) for at, post in enumerate(others, start=2)]
    RotaTurn.objects.bulk_create(
        RotaTurn(plan=plan, turn=turn, post=post, weekday=fixed) for turn, post, fixed in turns
    )


def _fix(team, village, place, said, dates, done):
    """The team's plan in the village as the practice has it."""
    wanted = LiaisonPlan(
        team=team,
        village=village,
        place=place,
        notice_days=said.get("notice_days"),
        **recurring(said, dates["since"], dates["until"]),
    )
    return Fixing(wanted, today=dates["today"], done=done).run()


def _supervision(scheme, township, villages, done):
    kind = LiaisonTeam.Kind.SUPERVISION
    there = LiaisonTeam.objects.filter(township=township, kind=kind).count()
    for at in range(there, scheme.supervision):
        team, made = LiaisonTeam.objects.get_or_create(
            township=township, name=f"第{'一二三四五六七八'[at]}督查小组", defaults={"kind": kind}
        )
        team.villages.set(villages[at :: scheme.supervision])
        done["groups"] += made


def _meetings(scheme, township, dates, done):
    for said in scheme.meetings:
        facts = recurring(said, dates["since"], dates["until"])
        named = StandingMeeting.objects.filter(township=township, name=said["name"])
        same = named.in_force(dates["since"])
        if not same.exists():
            StandingMeeting.objects.create(
                township=township, name=said["name"], place=_meeting_room(township), **facts
            )
            done["meetings"] += 1


def _meeting_room(township):
    return "街道办事处会议室" if township.name.endswith("街道") else "镇政府会议室"


def _bounds(scheme, township, since, done):
    for kind, (least, most) in scheme.links.items():
        _, made = LinkPolicy.objects.get_or_create(
            township=township, kind=kind, since=since, defaults={"least": least, "most": most}
        )
        done["bounds"] += made


def _intervals(scheme, township, since, done):
    """走访间隔: 一般户, or a tag by its name; a tag this office does not have is left out."""
    tags = {tag.name: tag for tag in ResidentTag.objects.filter(name__in=scheme.intervals)}
    for name, days in scheme.intervals.items():
        if name == ORDINARY or name in tags:
            _, made = ContactPolicy.objects.get_or_create(
                township=township, tag=tags.get(name), since=since, defaults={"days": days}
            )
            done["intervals"] += made


def _quotas(scheme, township, since, done):
    """走访户数: without ``least``, each household."""
    for said in scheme.quotas:
        kind = {name: said[name] for name in ("who", "of", "period")}
        _, made = VisitQuota.objects.get_or_create(
            township=township, since=since, **kind, defaults={"least": said.get("least")}
        )
        done["quotas"] += made
