"""The household as a whole: its head, where its people live, its end and its return."""

from django.db import transaction

from liaison.errors import NotAllowed
from liaison.versions import claim
from villages.models import Household, RegistryEvent

from . import roll, search_words
from .checks import MERGE, require_day, require_household

Kind, Residence = RegistryEvent.Kind, Household.Residence


@transaction.atomic
def appoint_head(*, household, version, head, relations, by, on, now) -> Household:
    """户主变更: another of the household heads it.

    Args:
        relations: {id: relation to the new head} of the others; those not named keep theirs.
    Raises:
        Stale. NotAllowed: not his work or place, the head already, another one would stay head.
    """
    require_household(by, household)
    row = roll.claim_household(household, version)
    people = roll.claim_members(row, row.residents.present())
    require_day(on, now)
    chosen = next((person for person in people if person.pk == head.pk), None)
    if chosen is None:
        raise NotAllowed("新户主不在这一户的在册名单里，请刷新页面核对后再办理。")
    if chosen.relation == roll.HEAD:
        raise NotAllowed(f"{chosen.name}已是户主，请另选一位。")
    before = row.head_name
    _relate(people, {**relations, chosen.pk: roll.HEAD})
    roll.refresh(row)
    roll.save(row, *roll.ROLL)
    detail = f"原户主{before}" if before else ""
    roll.tell(Kind.NEW_HEAD, row, on=on, now=now, by=by, people=[chosen], detail=detail)
    roll.record(by, "户主变更", row, on=on, before={"户主": before}, 户主=chosen.name)
    search_words.refresh(households=[row])
    return row


def _relate(people, relations):
    for person in people:
        relation = relations.get(person.pk, person.relation)
        if person.relation == roll.HEAD and relation in ("", roll.HEAD):
            raise NotAllowed(f"请填写原户主{person.name}与新户主的关系。")
        if relation != person.relation:
            person.relation = relation
            roll.save(person, "relation")


@transaction.atomic
def change_residence(*, household, version, residence, by, on, now) -> Household:
    """居住状态变更: 常住, 季节外出, 全户外出 or 空挂 from a day on.

    Raises:
        Stale. NotAllowed: not his work or place, nothing changes; 注销 is ``cancel_household``.
    """
    require_household(by, household)
    row = roll.claim_household(household, version)
    require_day(on, now)
    if residence not in Residence.values[:4]:
        raise NotAllowed("注销请用「注销」办理。")
    if residence == row.residence:
        raise NotAllowed(f"这一户的居住状态已是「{row.get_residence_display()}」，请另选。")
    before, row.residence = row.get_residence_display(), residence
    roll.save(row, "residence")
    after = row.get_residence_display()
    roll.tell(Kind.RESIDENCE, row, on=on, now=now, by=by, detail=f"{before} → {after}")
    said = {"before": {"居住状态": before}, "居住状态": after}
    roll.record(by, "居住状态变更", row, on=on, **said)
    return row


@transaction.atomic
def cancel_household(*, household, version, reason, by, on, now) -> Household:
    """注销: a household without people on the roll leaves it.

    Raises:
        Stale. NotAllowed: not his work or place, cancelled already, people are still on the roll.
    """
    require_household(by, household)
    row = roll.claim_household(household, version)
    require_day(on, now)
    people = roll.refresh(row)
    if people:
        raise NotAllowed(f"这一户还有{len(people)}人在册，请先办理迁移、迁出或死亡，再注销。")
    before = row.get_residence_display()
    row.residence, row.cancelled_on = Residence.CANCELLED, on
    roll.save(row, "residence", "cancelled_on", "residents_count")
    roll.tell(Kind.CANCELLED, row, on=on, now=now, by=by, detail=reason)
    roll.record(by, "注销户", row, on=on, before={"居住状态": before}, 原因=reason)
    search_words.refresh(households=[row])
    return row


@transaction.atomic
def restore_household(*, household, version, residence, by, on, now) -> Household:
    """恢复: a household cancelled by mistake, or lived in again, is on the roll once more.

    Raises:
        Stale. NotAllowed: not his work or place, not cancelled, or joined to another household.
    """
    require_household(by, household, MERGE)
    row = claim(Household.objects.select_related("village", "group"), household.pk, version)
    if not row.is_cancelled:
        raise NotAllowed("这一户没有注销，不需要恢复。")
    if row.merged_into_id:
        roll.refuse_cancelled(row)
    require_day(on, now)
    if residence not in Residence.values[:4]:
        raise NotAllowed("请选择恢复后的居住状态。")
    if row.cancelled_on and on < row.cancelled_on:
        raise NotAllowed(f"日期早于注销日期（{row.cancelled_on}），请核对后再提交。")
    row.residence, row.cancelled_on = residence, None
    roll.save(row, "residence", "cancelled_on")
    after = row.get_residence_display()
    roll.tell(Kind.RETURNED, row, on=on, now=now, by=by, detail=after)
    roll.record(by, "恢复户", row, on=on, 居住状态=after)
    search_words.refresh(households=[row])
    return row
