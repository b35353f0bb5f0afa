"""Verbs on 包户联系: households linked, unlinked, handed over; the bounds. Past links stay as they were."""

from types import SimpleNamespace

from django.db import transaction

from cadres.linking import end_links, kind_of, links_of, lock_households, relink
from cadres.models import HouseholdLink, LinkPolicy, Post
from liaison import audit
from liaison.errors import NotAllowed, Stale
from liaison.versions import claim
from villages.models import Household, Township, Village

from .checks import MANAGE_LINKS, require

KIND = HouseholdLink.Kind
NOT_TO_COME = "日期不能晚于今天，请到当天再办理。"


def newest_link(households) -> int:
    """The stamp of a page that shows who answers for some households: any link made later is newer."""
    newest = HouseholdLink.objects.filter(household__in=households).order_by("-pk")
    return newest.values_list("pk", flat=True).first() or 0


@transaction.atomic
def link_households(*, by, households, who, since, on, seen=None):
    """Link households to a 包户干部 or 村民代表 from a day on; the one before hands over that day.

    Args:
        who: a Post or a Representative. on: today.
        seen: ``newest_link`` as the page was shown; None when nobody chose from a page.
    Returns:
        cadres.linking.Relinked.
    Raises:
        NotAllowed: not his to do, elsewhere, nobody chosen, cancelled, a day to come or too early.
        Stale: one of them was linked anew since the page was opened.
    """
    ids = {household.pk for household in households}
    _require_households(by, ids)
    who = _locked(who)
    _require_fitting(who, households, since, on)
    lock_households(ids)
    _require_as_seen(ids, who, seen)
    outcome = relink([(pk, who) for pk in sorted(ids)], since)
    record_links(by, "包户联系", outcome, since)
    return outcome


@transaction.atomic
def unlink(*, by, link, until, on, version=None) -> HouseholdLink:
    """A household is no longer linked to him from a day on.

    Raises:
        NotAllowed: not his to do, ended already, a day to come or before the beginning.
        Stale: changed by somebody else since the page was opened.
    """
    _require_households(by, {link.household_id})
    lock_households([link.household_id])
    link = claim(HouseholdLink, link.pk, version)
    if link.until:
        raise NotAllowed(f"这项联系已于{link.until}结束。")
    if until > on:
        raise NotAllowed(NOT_TO_COME)
    ended = end_links([link], until)
    record_ends(by, ended, until)
    return ended[0]


@transaction.atomic
def hand_over(*, by, source, target, since, on):
    """All households of one post or representative go to another of the same kind from a day on.

    Returns:
        cadres.linking.Relinked.
    Raises:
        NotAllowed: nobody to hand over, the same person, another kind, or as ``link_households``.
    """
    if kind_of(source) != kind_of(target):
        raise NotAllowed("包户干部的户交给包户干部，村民代表的户交给村民代表。")
    if source.pk == target.pk:
        raise NotAllowed("请选择另一位接手的人。")
    links = links_of(source).filter(until=None).exclude(household__residence="cancelled")
    households = [link.household for link in links.select_related("household")]
    if not households:
        raise NotAllowed("名下没有联系户，不需要移交。")
    return link_households(by=by, households=households, who=target, since=since, on=on)


@transaction.atomic
def set_link_policy(*, by, township, kind, least, most, since, on) -> LinkPolicy:
    """How many households (户), or a lead how many villages (村), each should have from a day on; earlier rows stay.

    Args:
        least, most: 1 to 999. since: today or later; a row for that same day is replaced.
    Raises:
        NotAllowed: not his to do, bounds the wrong way round, or a day that is past.
    """
    require(by, MANAGE_LINKS, township)
    if kind not in LinkPolicy.Kind.values:
        raise NotAllowed("请选择包户干部、村民代表或驻点责任人。")
    if not 1 <= least <= most <= 999:
        raise NotAllowed("最少须在1以上，最多不小于最少，且不超过999。")
    if since < on:
        raise NotAllowed("启用日期不能早于今天，过去的标准不再变动。")
    Township.objects.select_for_update(of=("self",), no_key=True).get(pk=township.pk)
    row = LinkPolicy.objects.filter(township=township, kind=kind, since=since).first()
    before = {"标准": row.in_words()} if row else {}
    row = row or LinkPolicy(township=township, kind=kind, since=since)
    row.least, row.most = least, most
    row.save()
    after = {"标准": row.in_words(), "启用日期": str(since)}
    audit.record(
        by=by, action="设定联系标准", subject=row, before=before, after=after,
        township_id=township.pk,
    )  # fmt: skip
    return row


def record_links(by, action, outcome, since) -> None:
    """One line a household into the trail: whose it was, whose it is."""
    lines = [
        _line(action, link, _before(outcome, link), {link.get_kind_display(): _name(link), "起": str(since)})
        for link in outcome.made
    ]  # fmt: skip
    audit.record_many(by=by, lines=lines)


def _before(outcome, link):
    old = outcome.ended.get((link.household_id, link.kind))
    return {link.get_kind_display(): _name(old)} if old else {}


def record_ends(by, links, until) -> None:
    """One line a household whose link ended."""
    lines = [
        _line("解除包户联系", link, {link.get_kind_display(): _name(link)}, {"止": str(until)})
        for link in links
    ]
    audit.record_many(by=by, lines=lines)


def _line(action, link, before, after):
    household = link.household
    return {
        "action": action,
        "subject": household,
        "before": before,
        "after": after,
        "township_id": household.township_id,
    }


def _name(link) -> str:
    return str(link.post or link.representative)


def _require_households(by, ids):
    if not by.has_perm(MANAGE_LINKS):
        raise NotAllowed("您的岗位不办理包户联系，请联系镇驻点办。")
    if not ids:
        raise NotAllowed("请至少选择一户。")
    own = Household.objects.visible_to(by, MANAGE_LINKS).filter(pk__in=ids)
    if own.count() < len(ids):
        raise NotAllowed("所选的户有的不在您的工作范围内，请重新选择。")


def _locked(who):
    """The post or representative as it stands, held: it cannot be abolished or ended meanwhile.

    Without the key: links made elsewhere may point to it, so that nobody waits in a circle.
    """
    return type(who).objects.select_for_update(of=("self",), no_key=True).get(pk=who.pk)


def _require_fitting(who, households, since, on):
    if since > on:
        raise NotAllowed(NOT_TO_COME)
    if isinstance(who, Post):
        if any(household.township_id != who.township_id for household in households):
            raise NotAllowed("所选的岗位不属于这些户所在的乡镇。")
        if who.abolished_on and who.abolished_on <= on:
            raise NotAllowed(f"{who}已撤销，请选择在用的岗位。")
        return
    if any(household.village_id != who.village_id for household in households):
        raise NotAllowed(f"{who}是{who.village}的村民代表，只能联系本村的户。")
    if who.until:
        raise NotAllowed(f"{who}已于{who.until}离任，请另选一位。")
    if since < who.since:
        raise NotAllowed(f"{who}自{who.since}起任，起始日期不能早于这一天。")


def _require_as_seen(ids, who, seen):
    if seen is None:
        return
    newer = HouseholdLink.objects.filter(household__in=ids, kind=kind_of(who), pk__gt=seen)
    link = newer.select_related("household", "post", "representative").order_by("pk").first()
    if link:
        sentence = f"{link.household}刚被别人改为由{_name(link)}联系，请核对后再提交。"
        raise Stale(SimpleNamespace(version=newest_link(ids), pk=None), sentence)


def own_village(by, village) -> Village:
    """A village of the actor's, locked: of two who appoint the same person at once, one waits.

    Raises:
        NotAllowed: not his to do, or elsewhere.
    """
    if not by.has_perm(MANAGE_LINKS):
        raise NotAllowed("您的岗位不办理包户联系，请联系镇驻点办。")
    if not Village.objects.visible_to(by, MANAGE_LINKS).filter(pk=village.pk).exists():
        raise NotAllowed("这个村不在您的工作范围内，请重新选择。")
    return Village.objects.select_for_update(of=("self",), no_key=True).get(pk=village.pk)
