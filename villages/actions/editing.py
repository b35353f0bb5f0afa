"""A household or a resident added, or put right where it was written down wrong.

What happens to them in life — moved, split, gone, another head — has verbs of its own, with a date.
"""

from django.db import IntegrityError, transaction

from liaison import audit
from liaison.clock import local_date
from liaison.errors import NotAllowed
from liaison.versions import claim
from villages.models import Household, RegistryEvent, Resident
from villages.pinyin import search_key
from villages.tags import visible_tags

from . import roll, search_words, tagging
from .checks import EDIT, require, require_household, require_resident
from .words import changes, masked, save_version

SEEN_ELSEWHERE = "这个身份证号已登记在本镇另一户，请联系镇驻点办核对。"


@transaction.atomic
def edit_household(*, household, by, version, **facts) -> Household:
    """Put number or address of a household right; writes what changed into the trail.

    Args:
        version: as the form carried it.
        facts: any of ``number``, ``address``.
    Raises:
        Stale: somebody saved in between. NotAllowed: not his work, not his village, number taken.
    """
    require_household(by, household)
    row = claim(Household, household.pk, version)
    number = facts.get("number", row.number)
    taken = Household.objects.filter(village=row.village_id, number=number).exclude(pk=row.pk)
    if taken.exists():
        raise NotAllowed(f"户编号「{number}」在本村已有，请换一个。")
    before, after = changes(row, facts)
    try:
        with transaction.atomic():
            save_version(row, by, "修改户信息", before, after)
    except IntegrityError as taken:  # given to another household in the same moment
        raise NotAllowed(f"户编号「{number}」在本村已有，请换一个。") from taken
    search_words.refresh(households=[row])
    return row


@transaction.atomic
def add_household(*, by, group, number, head, address, residence, now) -> Household:
    """Enter a household with its head into the roll.

    Args:
        group: the Group it lives in.
        head: what ``add_resident`` takes about the person, without ``relation``.
    Raises:
        NotAllowed: not his work, not his village, the number or the head's ID is taken.
    """
    require(by, EDIT, type(group).objects, group)
    village = group.village
    household = _new_household(
        township_id=village.township_id,
        village=village,
        group=group,
        number=number,
        head_name=head["name"],
        head_pinyin=search_key(head["name"]),
        address=address,
        residence=residence,
    )
    audit.record(
        by=by,
        action="新增户",
        subject=household,
        after={"组": f"{village}{group}", "住址": address},
        township_id=village.township_id,
    )
    add_resident(household=household, by=by, now=now, relation=roll.HEAD, **head)
    search_words.refresh(households=[household])
    return household


@transaction.atomic
def add_resident(*, household, by, now, tags=(), **facts) -> Resident:
    """Enter a resident into a household.

    Args:
        tags: ResidentTags; only those the actor may see are taken.
        facts: ``name``, ``relation``, ``sex``, ``birth_date``, ``id_number``, ``phones`` (a list), ``remark``.
    Raises:
        NotAllowed: not his work, not his village, a cancelled household, or the ID number stands in the
            township already.
    """
    require_household(by, household)
    # Two at once must not both count without the other.
    household = roll.claim_household(household)
    resident = Resident(
        township_id=household.township_id, village_id=household.village_id, household=household
    )
    _fill(resident, facts)
    _save_person(resident, by)
    today = local_date(now)
    tagging.set_current(resident, _allowed(by, household, tags), on=today)
    roll.refresh(household)
    household.save(update_fields=roll.ROLL)
    kind = RegistryEvent.Kind.ENTERED
    roll.tell(kind, household, on=today, now=now, by=by, people=[resident])
    audit.record(
        by=by,
        action="新增居民",
        subject=resident,
        after={"户": str(household), **masked(resident)},
        township_id=resident.township_id,
    )
    search_words.refresh(households=[household], residents=[resident])
    return resident


@transaction.atomic
def edit_resident(*, resident, by, version, now, tags, **facts) -> Resident:
    """Put a resident right; tags the actor may not see stay as they are, those taken away end yesterday.

    Raises:
        Stale: somebody saved in between. NotAllowed: as ``add_resident``, or who heads the household would change.
    """
    require_resident(by, resident)
    household, row = roll.claim_person(resident, version)
    said, was_head, today = masked(row), row.relation == roll.HEAD, local_date(now)
    _fill(row, facts)
    if was_head != (row.relation == roll.HEAD):
        raise NotAllowed("谁是户主请在「户主变更」里办理，这里不改。")
    _save_person(row, by)
    moved = _set_tags(row, by, tags, today)
    roll.refresh(household)
    household.save(update_fields=roll.ROLL)
    now_said = masked(row) | ({"标签": "有改动"} if moved else {})
    after = {name: text for name, text in now_said.items() if said.get(name) != text}
    before = {name: said[name] for name in after if name in said}
    save_version(row, by, "修改居民", before, after)
    search_words.refresh(households=[household], residents=[row])
    return row


def _set_tags(row, by, tags, today) -> bool:
    """The current tags become these, and those the actor may not see; returns whether anything changed."""
    current = {held.tag for held in row.tag_holdings.current(today).in_order()}
    seen = set(visible_tags(by, row.village_id))
    wanted = (current - seen) | {tag for tag in tags if tag in seen}
    tagging.set_current(row, wanted, on=today)
    return wanted != current


def _new_household(**facts) -> Household:
    """Store it; the database says whether the number is free, also when two enter it at once."""
    try:
        with transaction.atomic():
            return Household.objects.create(**facts)
    except IntegrityError as taken:
        sentence = f"户编号「{facts['number']}」在{facts['village']}已有，请换一个。"
        raise NotAllowed(sentence) from taken


def _fill(resident, facts):
    for name in ("name", "relation", "sex", "birth_date", "remark"):
        if name in facts:
            setattr(resident, name, facts[name])
    resident.pinyin = search_key(resident.name)
    if "id_number" in facts:
        resident.set_id_number(facts["id_number"])
    if "phones" in facts:
        resident.set_phones(facts["phones"])


def _save_person(resident, by):
    """Save, or say where the same ID number stands; no further than the actor may look."""
    same = Resident.objects.with_number(resident.township_id, resident.id_index)
    other = same.exclude(pk=resident.pk).select_related("village", "household").first()
    if other is not None:
        seen = Resident.objects.visible_to(by).filter(pk=other.pk).exists()
        where = (
            f"这个身份证号已登记：{other.village}{other.household}，{other.name}。请核对后再填。"
        )
        raise NotAllowed(where if seen else SEEN_ELSEWHERE)
    try:
        with transaction.atomic():
            resident.save()
    except IntegrityError as taken:  # entered by somebody else in the same moment
        raise NotAllowed(SEEN_ELSEWHERE) from taken


def _allowed(by, household, tags):
    permitted = set(visible_tags(by, household.village_id))
    return [tag for tag in tags if tag in permitted]
