"""涉密: a matter is written down for few, made confidential later, or made ordinary again."""

from django.db import transaction

from grievances import secrecy
from grievances.models import ClosedNumber, ConfidentialReader, Grievance, Status
from grievances.models.rising import READERS
from liaison.errors import NotAllowed
from liaison.models import NumberSeries
from villages.models import Village

from ._move import Move, check_day, claimed, require_choice, require_words
from .dating import clock_start, set_deadline
from .naming import add_accused, appoint
from .opening import check_facts, next_number

Ground, Kind, ReaderKind = Grievance.Ground, Grievance.Kind, ConfidentialReader.Kind
WRITE = "grievances.view"  # whoever reads the ledger may take such a matter down
RAISE = "grievances.follow_up"  # who has to handle a matter must not hide it
WITHHELD = "(已转其他渠道办理)"
KIND_OF = {Ground.REPORT: Kind.REPORT, Ground.NAMED: Kind.COMPLAINT}


@transaction.atomic
def confide(
    *, by, on, now, village, summary, category, source, ground, household=None, complainant="", phone="",
    persons=1, detail="", is_urgent=False, people=(), accused_household=None, accused_words="",
) -> Grievance:  # fmt: skip
    """登记涉密反映: a number of a series of its own, the desk named at once, whom it accuses barred at once.

    Args:
        ground: 举报, 家庭暴力, 点名反映干部 …
        people, accused_household, accused_words: 被反映人, as far as known.
    Raises:
        NotAllowed: a village that is not his, or words missing; or it accuses himself.
    """
    if not Village.objects.visible_to(by, WRITE).filter(pk=village.pk).exists():
        raise NotAllowed("这个村不在您的工作范围内，请重新选择。")
    check_day(on, now)
    require_choice(ground, Ground, "涉密事由")
    check_facts(village, household, None, category, source, summary, persons)
    _check_not_himself(by, people)
    matter = Grievance(
        number=_next_number(village.township, on.year), is_confidential=True, confidential_ground=ground,
        township=village.township, village=village, household=household,
        complainant=complainant.strip() or (household.head_name if household else ""),
        phone=phone.strip(), persons=persons, summary=summary.strip(), detail=detail,
        kind=KIND_OF.get(ground, Kind.HELP), category=category, source=source, is_urgent=is_urgent,
        status=Status.REGISTERED, registered_on=on, entered_at=now, registered_by=by,
    )  # fmt: skip
    words = set_deadline(matter, clock_start(matter))
    matter.save(force_insert=True)
    add_accused(matter, by, now, people, accused_household, accused_words)
    _give_to_the_desk(matter, by, on, now)
    Move("register", matter, by, on, now, words).write("登记")
    return matter


def _check_stands_alone(matter) -> None:
    """Pages of matters it is tied to would go on naming it."""
    if matter.merged_into_id or Grievance.every.filter(merged_into=matter.pk).exists():
        raise NotAllowed("这件诉求并过案，请先取消并案，再转为涉密。")
    if Grievance.every.filter(repeat_of=matter.pk).exists():
        raise NotAllowed("有诉求标为重复反映这一件，请先取消标记，再转为涉密。")


def _close_number(public, matter, on) -> None:
    """The number it had stays taken, for those who could read the matter there."""
    places = {name: getattr(matter, name) for name in ("township", "village", "department")}
    ClosedNumber.objects.create(number=public, grievance=matter, on=on, **places)


@transaction.atomic
def make_confidential(
    *,
    grievance,
    by,
    on,
    now,
    version,
    ground,
    reason,
    people=(),
    accused_household=None,
    accused_words="",
) -> Grievance:
    """转为涉密 with a reason: out of every list and figure, a number of the other series; the old one stays taken.

    What was said at the visit it came from goes into its own detail, out of the visit.
    """
    matter = claimed(grievance, by, version)
    if not by.has_perm(RAISE):
        raise NotAllowed("您的岗位不转涉密，请告诉驻点干部或镇驻点办。")
    if matter.is_confidential:
        raise NotAllowed("这件反映已经涉密。")
    _check_stands_alone(matter)
    require_choice(ground, Ground, "涉密事由")
    reason = require_words(reason, "请写明转为涉密的理由。")
    _check_not_himself(by, people)
    public = matter.number
    matter.is_confidential, matter.confidential_ground = True, ground
    matter.kind = KIND_OF.get(ground, matter.kind)
    matter.number = _next_number(matter.township, matter.registered_on.year)
    matter.repeat_of = None
    _take_the_words_along(matter)
    matter.version += 1
    matter.save()
    _close_number(public, matter, on)
    add_accused(matter, by, now, people, accused_household, accused_words)
    if matter.handler and not secrecy.is_barred(matter.handler, matter, on):
        appoint(matter, by, on, user=matter.handler, kind=ReaderKind.HANDLER, reason="正在承办")
    _give_to_the_desk(matter, by, on, now)
    said = f"理由：{reason}。原编号{public}不再使用，对外为“本编号已转其他渠道办理”。"
    Move("confide", matter, by, on, now, said).write("转为涉密", matter.status)
    return matter


@transaction.atomic
def make_ordinary(*, grievance, by, on, now, version, reason) -> Grievance:
    """解除涉密 by who has it on his desk, with a reason: back in the ledger under its first number, or a new one."""
    matter = claimed(grievance, by, version)
    if not (matter.is_confidential and secrecy.is_holder(by, matter)):
        raise NotAllowed("解除涉密由专办人决定，请与专办人联系。")
    reason = require_words(reason, "请写明解除涉密的理由。")
    was, closed = matter.number, ClosedNumber.objects.filter(grievance=matter).first()
    matter.number = (
        closed.number if closed else next_number(matter.township, matter.registered_on.year)
    )
    if closed:
        closed.delete()
    matter.readers.current().end(on, "解除涉密")
    matter.rises.filter(told=READERS).delete()  # the rungs know nothing of it yet
    matter.is_confidential, matter.confidential_ground = False, ""
    matter.kind = Kind.COMPLAINT if matter.kind == Kind.REPORT else matter.kind
    matter.version += 1
    matter.save()
    said = f"理由：{reason}。涉密期间编号{was}。"
    Move("unconfide", matter, by, on, now, said).write("解除涉密", matter.status)
    return matter


def _next_number(township, year):
    """100-M-2026-00001: a series of its own, so that the public one has no gap to be read."""
    serial = NumberSeries.next(f"confidential:{township.pk}:{year}")
    return f"{township.ledger_prefix}-M-{year}-{serial:05d}"


def _check_not_himself(by, people):
    if any(each.pk == by.pk for each in people):
        raise NotAllowed("反映您本人的，请由其他同志登记。")


def _give_to_the_desk(matter, by, on, now):
    """The desk's post is named; who wrote it down keeps sight until it is taken up, unless he is barred."""
    post = secrecy.desk_for(matter, on)
    if post is not None:
        appoint(matter, by, on, post=post, kind=ReaderKind.DESK, reason="按涉密规则")
    elif secrecy.is_barred(by, matter, on):
        raise NotAllowed(
            "没有可以办理这件反映的人：请先在“涉密规则”里设专办岗位，或直接报上级纪检机关。"
        )
    if not secrecy.is_barred(by, matter, on) and by not in secrecy.sighted(matter, on):
        kind = ReaderKind.REGISTRAR if post else ReaderKind.DESK
        appoint(matter, by, on, user=by, kind=kind, reason="登记人，接办前可查看")


def _take_the_words_along(matter):
    """The visit keeps that somebody came, no longer what he said; others' words in it are none of ours."""
    visit = matter.visit
    if visit is None:
        return
    alone = not Grievance.objects.filter(visit=visit).exclude(pk=matter.pk).exists()
    said = [visit.said, *(_out_of_amendments(visit) if alone else ())]
    if not any(said):
        return
    if alone:
        for words in dict.fromkeys(said):
            if words not in matter.detail:
                matter.detail = "\n".join(each for each in (matter.detail, words) if each)
        visit.said = ""
        visit.version += 1
        visit.save(update_fields=["said", "version"])
    matter.visit = None


def _out_of_amendments(visit) -> list[str]:
    """What the visit said before its 更正 and after: who put it right and why stays there, the words do not."""
    found, label = [], visit._meta.get_field("said").verbose_name
    for row in visit.amendments.select_for_update(of=("self",)).order_by("pk"):
        for change in row.changes:
            if change["field"] == label:
                found += [change["before"], change["after"]]
                change["before"] = change["after"] = WITHHELD
        row.save(update_fields=["changes"])
    return [words for words in found if words]
