"""回访抽样: drawn by a seed nobody chooses, given to people who had no hand in it, kept as it was drawn."""

import datetime as dt
import secrets

from django.db import transaction
from django.urls import reverse

from cadres.models import Holding, User
from cadres.notices import Message, notify_many
from grievances import sampling
from grievances.askers import PERMISSION as ASKS
from grievances.askers import Askers, askers_of
from grievances.models import FollowUp, FollowUpPolicy, FollowUpSample, Grievance, SampledMatter
from liaison import audit
from liaison.clock import local_date
from liaison.errors import NotAllowed

PERMISSION = "grievances.sample"
State = SampledMatter.State
NAMED = 10  # numbers in a refusal


def population_of(township, starts_on, ends_on, team=None):
    """What a sample is drawn from: settled in the days and answered, of a team's villages or of all."""
    rows = Grievance.objects.filter(township=township).answered_within(starts_on, ends_on)
    return rows.filter(village__in=team.villages.values("pk")) if team else rows


def size_asked(count, size, share) -> int:
    """How many 件 of a population: a number, or a share in %."""
    return min(size, count) if size else sampling.size_of_share(count, share)


@transaction.atomic
def draw_sample(
    *, by, now, township, starts_on, ends_on, people, team=None, size=None, share=None
) -> FollowUpSample:
    """Draw once for a period and team; a draw that stands is neither repeated nor taken back.

    Raises:
        NotAllowed: wrong hands, a period that is not over or was drawn, nothing to draw, nobody left to ask.
    """
    if not by.has_perm(PERMISSION) or township.pk not in by.village_scope(PERMISSION).townships:
        raise NotAllowed("回访抽样由镇驻点办、镇领导或督查组办理。")
    today = local_date(now)
    if starts_on > ends_on:
        raise NotAllowed("起始日期在截止日期之后，请核对。")
    if ends_on > today:
        raise NotAllowed(f"截止日期{ends_on}还没有到，请填写已经过去的日子。")
    type(township).objects.select_for_update(no_key=True).get(pk=township.pk)
    same = FollowUpSample.objects.filter(township=township, team=team)
    if earlier := same.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first():
        raise NotAllowed(f"{earlier}已经抽过，不能重抽；请换一段办结日期。")
    asked = {"team": team, "size": size, "share": share}
    sample = _draw(by, now, township, starts_on, ends_on, people, **asked)
    if not sample.population_count:
        raise NotAllowed("这段时间没有已经反馈的诉求，没有可抽的；请核对日期和团队。")
    return sample


@transaction.atomic
def draw_of_policy(*, policy, now) -> FollowUpSample | None:
    """The sample of the month before, once; None when it stands already or cannot be drawn.

    What hinders it is written on the policy and tried again the next day.
    """
    policy = FollowUpPolicy.objects.select_for_update(of=("self",)).get(pk=policy.pk)
    start, end = month_before(local_date(now))
    if not _is_to_draw(policy, start, local_date(now)):
        return None
    policy.tried_on = local_date(now)
    people = askers_of(policy.township_id, policy.tried_on).filter(
        holdings__in=_held(policy, policy.tried_on)
    )
    try:
        with transaction.atomic():
            sample = _draw(
                None, now, policy.township, start, end, people.distinct(), share=policy.share,
                policy=policy,
            )  # fmt: skip
    except NotAllowed as refusal:
        sample, policy.trouble = None, str(refusal)[:300]
    else:
        policy.trouble = ""
    policy.save()
    return sample


def draw_due(*, now) -> int:
    """Every township's sample of the month before that its policy asks for; for run_due, safe to repeat.

    Returns:
        How many samples were drawn.
    """
    start, _ = month_before(local_date(now))
    drawn = FollowUpSample.objects.filter(starts_on=start, policy__isnull=False)
    rows = FollowUpPolicy.objects.filter(is_active=True, since__lte=start)
    rows = rows.exclude(pk__in=drawn.values("policy")).exclude(tried_on=local_date(now))
    return sum(draw_of_policy(policy=policy, now=now) is not None for policy in rows)


@transaction.atomic
def give_on(*, sample, by, now, person, people) -> int:
    """换人回访: what one person has not asked about yet is shared out among others; for who draws samples.

    Returns:
        How many 件 changed hands.
    Raises:
        NotAllowed: wrong hands, nothing to give on, or nobody who may ask.
    """
    if (
        not by.has_perm(PERMISSION)
        or sample.township_id not in by.village_scope(PERMISSION).townships
    ):
        raise NotAllowed("换人回访由镇驻点办、镇领导或督查组办理。")
    rows = sample.matters.filter(given_to=person, state__in=(State.WAITING, State.UNREACHED))
    rows = {row.grievance_id: row for row in rows.select_for_update().order_by("pk")}
    if not rows:
        raise NotAllowed(f"{person}在这个样本里没有要回访的诉求，请刷新页面查看最新情况。")
    others = [each for each in _checked(people) if each.pk != person.pk]
    may_ask = Askers(others, rows, local_date(now)).for_each()
    asks = sampling.share_out([*rows], may_ask)
    if nobody := [pk for pk in rows if asks[pk] is None]:
        raise NotAllowed(_nobody(nobody))
    for pk, row in rows.items():
        row.given_to_id = asks[pk]
        row.save(update_fields=["given_to"])
    told = {"原回访人": str(person), "件数": len(rows)}
    audit.record(
        by=by, action="换人回访", subject=sample, after=told, township_id=sample.township_id
    )
    given = [*asks.values()]
    counts = {each: given.count(each) for each in dict.fromkeys(given)}
    _tell(sample, counts, by, now, slot=f"from {person.pk} {now:%m%d%H%M%S}")
    return len(rows)


def month_before(today) -> tuple[dt.date, dt.date]:
    """First and last day of the month before a day's."""
    end = today.replace(day=1) - dt.timedelta(days=1)
    return end.replace(day=1), end


def _is_to_draw(policy, start, today):
    drawn = FollowUpSample.objects.filter(policy=policy, starts_on=start).exists()
    return policy.is_active and policy.since <= start and policy.tried_on != today and not drawn


def _held(policy, on):
    return Holding.objects.current(on).filter(post__in=policy.posts.values("pk"))


def _draw(
    by, now, township, starts_on, ends_on, people, *, team=None, size=None, share=None, policy=None
):
    rows = population_of(township, starts_on, ends_on, team).order_by("pk")
    population = [list(pair) for pair in rows.values_list("pk", "village")]
    seed = secrets.token_hex(8)
    drawn = sampling.draw(population, size_asked(len(population), size, share), seed)
    sample = FollowUpSample.objects.create(
        township=township, starts_on=starts_on, ends_on=ends_on, team=team, size=len(drawn),
        share=share, seed=seed, rule=sampling.RULE, population_count=len(population),
        population=population, drawn_by=by, drawn_at=now, policy=policy,
    )  # fmt: skip
    given = _give(sample, drawn, people, local_date(now))
    told = {"总体": len(population), "抽取": len(drawn), "种子": seed}
    audit.record(by=by, action="抽取回访样本", subject=sample, after=told, township_id=township.pk)
    _tell(sample, given, by, now)
    return sample


def _give(sample, drawn, people, on):
    """The rows of a sample; who has answered already is not asked twice. {person: how many}."""
    said = _said(drawn)
    open_ones = [pk for pk in drawn if pk not in said]
    may_ask = Askers(_checked(people), open_ones, on).for_each()
    asks = sampling.share_out(open_ones, may_ask)
    if nobody := [pk for pk in open_ones if asks[pk] is None]:
        raise NotAllowed(_nobody(nobody))
    SampledMatter.objects.bulk_create(
        SampledMatter(
            sample=sample, grievance_id=pk, given_to_id=asks.get(pk), follow_up=said.get(pk),
            state=State.ANSWERED if pk in said else State.WAITING,
        )
        for pk in drawn
    )  # fmt: skip
    given = [person for person in asks.values() if person]
    return {person: given.count(person) for person in dict.fromkeys(given)}


def _said(drawn):
    """{matter: the follow-up in which its villager answered for the present end of it}."""
    rows = FollowUp.objects.filter(grievance__in=drawn).order_by("pk")
    rows = rows.filter(grievance__verified_on__isnull=False).exclude(answer="unreached")
    return {row.grievance_id: row for row in rows.select_related("grievance") if _is_of_now(row)}


def _is_of_now(row):
    """Not of an earlier round, before it was reopened."""
    return row.on >= row.grievance.settled_on and row.grievance.satisfaction == row.answer


def _checked(people):
    people = [person for person in people if person.has_perm(ASKS)]
    if not people:
        raise NotAllowed("请选择由谁回访：驻点干部、镇驻点办、镇领导或督查组的同志。")
    return people


def _nobody(matters):
    numbers = Grievance.objects.filter(pk__in=matters[:NAMED]).order_by("number")
    named = "、".join(numbers.values_list("number", flat=True))
    more = f"等{len(matters)}件" if len(matters) > NAMED else ""
    return (
        f"诉求{named}{more}没有可以回访的人：所选的都承办或登记过它，或者看不到它。请再选几位同志。"
    )


def _tell(sample, given, by, now, slot="drawn"):
    people = User.objects.in_bulk(given)
    messages = [
        Message(
            recipient=people[pk], kind="follow-up-sample", subject=f"sample:{sample.pk}", slot=slot,
            title=f"抽中{count}件诉求请您回访", text="", due_at=now, channels=(),
            url=f"{reverse('grievances:ledger')}?sampled=mine",
        )
        for pk, count in given.items()
        if by is None or pk != by.pk
    ]  # fmt: skip
    notify_many(messages, now=now)
