"""村民点单: written down, picked up, done and told; or not possible, put back, withdrawn."""

from django.db import transaction

from cadres.models import LiaisonTeam
from liaison import audit, clock
from liaison.errors import NotAllowed
from liaison.versions import claim
from villages.models import Household, Village
from visits.models import Wish, WishState, WishStep
from visits.models.wish_states import ACTS
from visits.wish_rules import PERMISSION, refusal

from .reporting import report_heard
from .visits import log_visit

LONGEST = 200


@transaction.atomic
def enter_wish(
    *, by, now, asked_on, village, kind, words, group=None, household=None, wanted_by=None
) -> Wish:
    """登记: what a household, a group or the whole village wishes for.

    Args:
        asked_on: the day it was said, up to today. household: of ``village``; its group goes along.
        wanted_by: the day it should be done by, if one was named; not before ``asked_on``.
    Raises:
        NotAllowed: not one of his places or households, a kind out of use, no words, days that cannot be.
    """
    wish = Wish(
        township=village.township, village=village,
        group=household.group if household else group, household=household, kind=kind,
        words=words.strip(), wanted_by=wanted_by, asked_on=asked_on, entered_at=now, entered_by=by,
    )  # fmt: skip
    _check(wish, by, clock.local_date(now))
    wish.save()
    _step(wish, "enter", "登记", by, now, asked_on, "")
    return wish


@transaction.atomic
def pick_up(*, wish, by, now, version, team=None) -> Wish:
    """认领, for oneself or for one's team of that village: then any of the team goes on with it."""
    wish = _begin("pick_up", wish, by, version)
    if team and not _own_teams(wish, by).filter(pk=team.pk).exists():
        raise NotAllowed(f"{team}不联系{wish.village}，请重新选择。")
    wish.picked_by, wish.team, wish.picked_on = by, team, clock.local_date(now)
    return _finish("pick_up", wish, by, now, wish.picked_on, f"由{team}办理" if team else "")


@transaction.atomic
def put_back(*, wish, by, now, version, words="") -> Wish:
    """放回: somebody else may pick it up."""
    wish = _begin("put_back", wish, by, version)
    wish.picked_by = wish.team = wish.picked_on = None
    return _finish("put_back", wish, by, now, clock.local_date(now), words)


@transaction.atomic
def do(*, wish, by, now, version, on, words="", visit_mode="") -> Wish:
    """办好 on a day, up to today.

    Args:
        visit_mode: how the household was met while it was done, if that is to be a visit too; "" for none.
    """
    wish = _begin("do", wish, by, version)
    _check_day(on, now, wish.asked_on)
    wish.done_on = on
    if visit_mode and wish.household:
        wish.visit = _visit(wish, by, now, on, visit_mode, words)
    return _finish("do", wish, by, now, on, words)


@transaction.atomic
def tell(*, wish, by, now, version, on, told_by, words="") -> Wish:
    """告知村民: how and when; with it the wish is over."""
    wish = _begin("tell", wish, by, version)
    _tell(wish, on, told_by, now, wish.done_on)
    return _finish("tell", wish, by, now, on, words)


@transaction.atomic
def cannot(*, wish, by, now, version, on, told_by, words) -> Wish:
    """办不了, with the reason; the villager is told with the same act, so nobody waits in vain."""
    wish = _begin("cannot", wish, by, version)
    _require_words(words, "请写明办不了的原因，村民要听个明白。")
    _tell(wish, on, told_by, now, wish.asked_on)
    return _finish("cannot", wish, by, now, on, words)


@transaction.atomic
def withdraw(*, wish, by, now, version, words) -> Wish:
    """撤回: entered by mistake, or not wanted any more."""
    wish = _begin("withdraw", wish, by, version)
    _require_words(words, "请写明撤回的原因。")
    return _finish("withdraw", wish, by, now, clock.local_date(now), words)


def _visit(wish, by, now, on, mode, words):
    """The visit at which it was done, by the verb his post has for visits."""
    met = {"by": by, "now": now, "occurred_on": on, "household": wish.household, "mode": mode}
    said = f"办理点单({wish.kind})：{words.strip()}" if words.strip() else f"办理点单({wish.kind})"
    if Village.objects.visible_to(by, "visits.log").filter(pk=wish.village_id).exists():
        return log_visit(village=wish.village, said=said, **met)
    return report_heard(said=said, **met)


def _own_teams(wish, by):
    """Teams that seat him and look after the village."""
    return LiaisonTeam.objects.seating(by).filter(kind="liaison", villages=wish.village_id)


def _check(wish, by, today):
    """Every reason to refuse a wish, each with what to do."""
    if not by.has_perm(PERMISSION):
        raise NotAllowed("您的岗位不登记点单，请告诉驻点干部。")
    if not Village.objects.visible_to(by, PERMISSION).filter(pk=wish.village_id).exists():
        raise NotAllowed(f"{wish.village}不在您的工作范围内，请重新选择。")
    if wish.household and not (
        Household.objects.visible_to(by, PERMISSION)
        .filter(pk=wish.household_id, village=wish.village_id)
        .exists()
    ):
        raise NotAllowed("所选的户不属于这个村，或没有联系给您，请重新选择。")
    if wish.group and wish.group.village_id != wish.village_id:
        raise NotAllowed(f"{wish.group}不在{wish.village}，请重新选择。")
    if not wish.kind.is_active:
        raise NotAllowed("所选类型已停用，请重新选择。")
    if not wish.words or len(wish.words) > LONGEST:
        raise NotAllowed(f"请写明想要办什么，{LONGEST}字以内。")
    if wish.asked_on > today:
        raise NotAllowed("提出日期在今天以后，请改成实际提出的日期。")
    if wish.wanted_by and wish.wanted_by < wish.asked_on:
        raise NotAllowed("希望办好的日期早于提出日期，请核对。")


def _begin(act, wish, by, version):
    """Lock the wish at the version that was shown, and make sure the act is allowed."""
    try:
        wish = claim(Wish.objects.visible_to(by), wish.pk, version)
    except Wish.DoesNotExist as gone:
        raise NotAllowed("没有这条点单，或不在您的工作范围内。") from gone
    if sentence := refusal(act, wish, by):
        raise NotAllowed(sentence)
    return wish


def _finish(act, wish, by, now, on, words):
    name, _, to = ACTS[act]
    was, wish.state = wish.state, to
    wish.version += 1
    wish.save()
    _step(wish, act, name, by, now, on, words.strip(), was)
    return wish


def _step(wish, act, name, by, now, on, words, was=""):
    """The line of history, and of the trail: a villager's words stay out of the trail."""
    WishStep.objects.create(
        wish=wish, act=act, act_name=name, to_state=wish.state, by=by, by_name=by.display_name,
        by_post=by.post_title()[:100], words=words, on=on, entered_at=now,
    )  # fmt: skip
    audit.record(
        by=by,
        action=f"点单{name}",
        subject=wish,
        label=f"{wish.village} {wish.kind}",
        before={"状态": str(WishState(was).label)} if was else {},
        after={"状态": str(WishState(wish.state).label), "日期": str(on)},
        township_id=wish.township_id,
    )


def _tell(wish, on, told_by, now, not_before):
    _check_day(on, now, not_before)
    if told_by not in Wish.ToldBy.values:
        raise NotAllowed("请选择怎样告知村民的。")
    wish.told_on, wish.told_by = on, told_by


def _check_day(on, now, not_before):
    if on > clock.local_date(now):
        raise NotAllowed(f"日期{on}还没有到，请填写实际发生的日期。")
    if not_before and on < not_before:
        raise NotAllowed(f"日期{on}早于{not_before}，请核对。")


def _require_words(words, sentence):
    if not words.strip():
        raise NotAllowed(sentence)
