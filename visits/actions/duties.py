"""走访间隔 and 走访户数 of a township, each from a day on."""

from django.db import transaction

from liaison import audit
from liaison.errors import NotAllowed
from villages.models import Township
from visits.models import ContactPolicy, Visit, VisitQuota

MANAGE = "visits.manage"
LONGEST = 730  # 天
MOST = 9999  # 户


@transaction.atomic
def set_contact_policy(*, by, township, days, since, on, tag=None, modes=()) -> ContactPolicy:
    """How many days may pass between two contacts, from a day on; earlier rows stay.

    Args:
        tag: whose interval; None for the ordinary household's. days: 1 to 730; None ends the tag's own.
        modes: values of Visit.Mode that count; empty for every way a household can be reached.
        since: ``on`` (today) or later; a row for that same day is replaced.
    Raises:
        NotAllowed: not the office's to do there, a number out of bounds, a way that is none, a day that is past.
    """
    _require(by, township, since, on)
    if days is not None and not 1 <= days <= LONGEST:
        raise NotAllowed(f"间隔请填1至{LONGEST}天；不再要求的请留空。")
    if set(modes) - set(Visit.Mode.values):
        raise NotAllowed("请从列表里选择计入的方式。")
    if tag is not None and not tag.is_active:
        raise NotAllowed(f"“{tag}”已停用，请选择别的标签。")
    row = ContactPolicy.objects.filter(township=township, tag=tag, since=since).first()
    before = {"间隔": row.in_words()} if row else {}
    row = row or ContactPolicy(township=township, tag=tag, since=since)
    row.days, row.modes = days, list(modes)
    return _store(row, by, "设定走访间隔", before, {"对象": row.of_whom, "间隔": row.in_words()})


@transaction.atomic
def set_visit_quota(*, by, township, who, of, period, least, since, on) -> VisitQuota:
    """How many households somebody sees in a period, from a day on; earlier rows stay.

    Args:
        who, of, period: values of VisitQuota. least: 户; None for each of them, 0 ends the row before.
        since: ``on`` (today) or later; a row for that same day is replaced. The running period is left as it is.
    Raises:
        NotAllowed: not the office's to do there, a number out of bounds, a choice that is none, a day that is past.
    """
    _require(by, township, since, on)
    if least is not None and not 0 <= least <= MOST:
        raise NotAllowed(f"户数请填1至{MOST}；每户都要走访的请留空，不再要求的填0。")
    choices = ((who, VisitQuota.Who), (of, VisitQuota.Of), (period, VisitQuota.Period))
    if any(value not in known.values for value, known in choices):
        raise NotAllowed("请从列表里选择谁走访、走访哪些户和周期。")
    same = {"township": township, "who": who, "of": of, "period": period, "since": since}
    row = VisitQuota.objects.filter(**same).first()
    before = {"户数": row.in_words()} if row else {}
    row = row or VisitQuota(**same)
    row.least = least
    return _store(
        row, by, "设定走访户数", before, {"谁走访": row.get_who_display(), "户数": row.in_words()}
    )


def _require(by, township, since, on):
    """The office of that township, and a day not past; the township is locked, so rows come one by one."""
    if township not in by.townships_for(MANAGE):
        raise NotAllowed("走访间隔和走访户数由镇驻点办设定，请联系他们。")
    if since < on:
        raise NotAllowed("启用日期不能早于今天，过去的要求不再变动。")
    Township.objects.select_for_update(of=("self",), no_key=True).get(pk=township.pk)


def _store(row, by, act, before, after):
    row.save()
    audit.record(
        by=by, action=act, subject=row, before=before,
        after=after | {"启用日期": str(row.since)}, township_id=row.township_id,
    )  # fmt: skip
    return row
