"""What of this app hangs on a post: seats, plans, 包户联系, and the person's main post."""

from django.db.models import Q
from django.urls import reverse

from cadres.actions.links import record_links
from cadres.actions.posts import reads_cases
from cadres.bounds import Bounds
from cadres.handover import DAY, Fate, Item, Share, counted
from cadres.handover_notices import teams_of
from cadres.linking import relink
from cadres.models import HouseholdLink, LiaisonPlan, Representative, RotaTurn, Seat
from cadres.roles import Role
from liaison import audit
from villages.models import Village

VIEW_LINKS = "cadres.view_links"
LEADING = (Seat.Kind.LEAD, Seat.Kind.HEAD)


class CadreShare(Share):
    """Seats, households and plans follow the post by themselves; a 村民代表 is a person, so his are carried."""

    key = "cadres"
    name = "村民代表联系户"

    def listed(self, change, *, reader, today):
        """Seats, plans, households, what a 村联络员 answers for as 村民代表, and the main post."""
        return [
            *_seats(change, reader),
            *counted("轮值", "次", Fate.MOVES, RotaTurn.objects.filter(post=change.post)),
            *_plans(change, reader),
            *_households(change, reader, today),
            *_represented(change, reader, today),
            *_main_post(change),
        ]

    def warnings(self, change, *, today):
        """Vacant seats, days without a holder, a lead with too many villages, rights that should be apart."""
        said = [_past(change, today), *_vacancy(change)]
        if change.successor:
            said += [_too_many(change), _both_hands(change), _cannot_sign_in(change.successor)]
        return [sentence for sentence in said if sentence]

    def carry(self, handover, *, today, now):
        """The successor takes the households over as 村民代表; the one who left gets another main post."""
        _keep_a_main_post(handover.holding.user, today)
        return _carry_represented(handover, today)


def _seats(change, reader):
    teams = teams_of(change.post)
    seats = Seat.objects.filter(post=change.post, team__in=teams).select_related("team")
    may = reader.has_perm("cadres.view")
    then = f"{change.carry_on}起" + (f"由{change.successor}接任" if change.successor else "空缺")
    return [
        Item(
            f"{seat.team}　{seat.get_kind_display()}", 1, "席", Fate.MOVES,
            reverse("cadres:team", args=[seat.team_id]) if may else "", then, f"seat-{seat.pk}",
        )
        for seat in seats.order_by("team__name", "pk")
    ]  # fmt: skip


def _plans(change, reader):
    found = []
    for team in teams_of(change.post):
        plans = LiaisonPlan.objects.filter(team=team).alive(change.carry_on)
        url = f"{reverse('cadres:plans')}?team={team.pk}"
        seen = LiaisonPlan.objects.visible_to(reader).filter(team=team)
        whole = seen if reader.has_perm("cadres.view") else seen.none()
        same = plans.filter(pk__in=whole.values("pk"))
        # The list shows past plans too: a link only where it shows these and no others
        same = same if whole.count() == plans.count() else same.none()
        found += counted(
            f"驻点安排：{team}", "项", Fate.MOVES, plans, seen=same, url=url, note="须重新打印"
        )
    return found


def _households(change, reader, today):
    links = HouseholdLink.objects.filter(post=change.post).alive(today)
    seen = HouseholdLink.objects.visible_to(reader, VIEW_LINKS)
    seen = links.filter(pk__in=seen.values("pk")) if reader.has_perm(VIEW_LINKS) else links.none()
    url = f"{reverse('cadres:links')}?post={change.post.pk}"
    return counted("包户干部联系户", "户", Fate.MOVES, links, seen=seen, url=url)


def _serving(user, post):
    """As whom a 村联络员 with an account answers for households of his village."""
    if post.role != Role.CONTACT:
        return Representative.objects.none()
    return Representative.objects.filter(user=user, village=post.village_id, until=None)


def _represented(change, reader, today):
    links = HouseholdLink.objects.alive(today).filter(
        representative__in=_serving(change.user, change.post)
    )
    seen = HouseholdLink.objects.visible_to(reader, VIEW_LINKS)
    seen = links.filter(pk__in=seen.values("pk")) if reader.has_perm(VIEW_LINKS) else links.none()
    one = _serving(change.user, change.post).first()
    url = f"{reverse('cadres:links')}?representative={one.pk}" if one else ""
    fate = Fate.MOVES if change.successor else Fate.ATTENTION
    note = "" if change.successor else "没有接任人时仍记在其名下，请驻点办在“包户联系”中移交"
    return counted("村民代表联系户", "户", fate, links, seen=seen, url=url, note=note)


def _main_post(change):
    held = change.user.holdings.filter(post=change.post, is_main=True).exists()
    others = _others(change.user, change.post, change.carry_on)
    if not held or not others:
        return []
    note = f"此后以“{others[0].post}”为主要岗位"
    return [Item("主要岗位", 1, "个", Fate.MOVES, note=note)]


def _others(user, post, day):
    """Holdings of a day, of other posts, in the order a new main post is chosen in."""
    rows = user.holdings.current(day).exclude(post=post).select_related("post")
    return list(rows.order_by("-is_main", "post__order", "post_id"))


def _keep_a_main_post(user, today):
    held = _others(user, None, today)
    if held and not held[0].is_main:
        held[0].is_main = True
        held[0].save(update_fields=["is_main"])


def _past(change, today):
    if change.carry_on < today:
        return f"生效日期{change.carry_on}早于今天：此后原任写下的记录仍署其名。"
    return ""


def _vacancy(change):
    """Leading seats nobody holds, and days between the two."""
    said = []
    if change.successor and change.since > change.until + DAY:
        said.append(f"{change.until + DAY}至{change.since - DAY}该岗位无人任职，席位空缺。")
    if change.successor is None:
        seats = Seat.objects.filter(post=change.post, team__in=teams_of(change.post))
        said += [
            f"{seat.team}自{change.carry_on}起没有{seat.get_kind_display()}。"
            for seat in seats.filter(kind__in=LEADING).select_related("team")
        ]
    return said


def _too_many(change):
    """A successor who would lead more villages than is usual."""
    posts = [held.post_id for held in _others(change.successor, None, change.carry_on)]
    led = Q(teams__seats__post__in=[*posts, change.post.pk], teams__seats__kind=Seat.Kind.LEAD)
    liaison = Q(teams__is_active=True, teams__kind="liaison")
    if not change.post.seats.filter(kind=Seat.Kind.LEAD, team__kind="liaison").exists():
        return ""
    count = Village.objects.filter(led & liaison).distinct().count()
    township = change.post.township_id
    most = Bounds.on(change.carry_on, [township]).villages_per_lead(township)
    if count <= most:
        return ""
    return f"{change.successor}接任后将联系 {count} 个村，一般不超过 {most} 个。"


def _both_hands(change):
    """Who keeps the accounts reads no cases, and the other way round."""
    roles = {held.post.role for held in _others(change.successor, None, change.carry_on)}
    after = roles | {change.post.role}
    if Role.ADMIN in after and any(reads_cases(role) for role in after):
        return f"{change.successor}接任后既管账号又能看户情、诉求或审计记录，两者应由不同的人担任。"
    return ""


def _cannot_sign_in(successor):
    if successor.can_sign_in():
        return ""
    return f"{successor}的账号还没有开通登录，请在账号页“开通登录”。"


def _carry_represented(handover, today) -> list[int]:
    """The households' ids that changed hands; the representative leaves that day."""
    holding, successor = handover.holding, handover.successor
    old = _serving(holding.user, holding.post).first()
    still = holding.user.holdings.current(today).filter(
        post__role=Role.CONTACT, post__village=holding.post.village_id
    )
    if old is None or successor is None or not successor.is_active or still.exists():
        return []
    new = _serving(successor, holding.post).first() or Representative.objects.create(
        village=old.village, name=successor.display_name, user=successor, since=today
    )
    links = old.household_links.alive(today).filter(until=None).order_by("household")
    homes = list(links.values_list("household", flat=True))
    outcome = relink([(pk, new) for pk in homes], today)
    record_links(handover.ordered_by, "包户联系", outcome, today)
    old.until = today
    old.version += 1
    old.save(update_fields=["until", "version"])
    audit.record(
        by=handover.ordered_by, action="村民代表离任", subject=old,
        after={"离任日期": str(today), "移交给": str(new), "联系户": f"{len(homes)}户"},
        township_id=holding.post.township_id,
    )  # fmt: skip
    return homes
