"""Two become one: a household joined to another, a person entered twice. The other row stays for its history."""

from django.db import transaction

from liaison.errors import NotAllowed
from liaison.versions import claim
from villages.models import Household, RegistryEvent, Resident, TagHolding
from villages.pinyin import search_key

from . import remaining, roll, search_words
from .checks import MERGE, require_day, require_household, require_resident
from .words import masked

Kind = RegistryEvent.Kind
# Which fields of two entries of one person may be chosen; his household and relation are those of the row kept.
CHOSEN = ("name", "sex", "birth_date", "id_number", "phones", "remark")


@transaction.atomic
def merge_households(*, household, version, into, relations, by, on, now) -> Household:
    """并户: the people of a household join another one; its visits, matters and links are read there too.

    Args:
        household: the one that ends. into: the one that goes on.
        relations: {id: relation to the head of ``into``}; "" where nothing is said.
    Raises:
        Stale. NotAllowed: not his work, a place on either side not his, cancelled, other villages.
    """
    require_household(by, household, MERGE)
    require_household(by, into, MERGE)
    if household.pk == into.pk:
        raise NotAllowed("并入的是同一户，请另选一户。")
    both = roll.claim_households({household.pk: version, into.pk: None})
    ending, kept = both[household.pk], both[into.pk]
    if ending.village_id != kept.village_id:
        raise NotAllowed("并户只在本村内办理；跨村的请先办理「迁移」。")
    require_day(on, now)
    people = list(ending.residents.present().select_for_update(of=("self",)).order_by("pk"))
    for person in people:
        person.household, person.relation = kept, relations.get(person.pk, "")
        roll.save(person, "household", "relation")
    roll.tell(Kind.MERGED, ending, on=on, now=now, by=by, people=people or [None], other=kept)
    _end(ending, kept, on)
    roll.refresh(kept)
    roll.save(kept, *roll.ROLL)
    said = {"并入": str(kept), "成员": roll.names(people)}
    roll.record(by, "并户", ending, on=on, **said)
    search_words.refresh(households=[ending, kept], residents=people)
    return kept


def _end(household, kept, on):
    """The row of the joined household: off the roll, pointing to where its people are.

    What had been joined to it earlier points there too: one step leads from any joined row to the living one.
    """
    for earlier in household.merged_from.select_for_update(of=("self",)).order_by("pk"):
        earlier.merged_into = kept
        roll.save(earlier, "merged_into")
    household.residence, household.cancelled_on = Household.Residence.CANCELLED, on
    household.merged_into, household.residents_count = kept, 0
    roll.save(household, "residence", "cancelled_on", "merged_into", "residents_count")


@transaction.atomic
def merge_residents(
    *, resident, version, other, other_version, take, by, on, now, new_head=None, empty_as=""
) -> Resident:
    """重复登记合并: two rows are one person; ``resident`` lives on, ``other`` stays for its history.

    Args:
        take: names out of CHOSEN whose value of ``other`` stands.
        new_head, empty_as: of the household ``other`` leaves; see ``remaining.settle``.
    Raises:
        Stale: one was changed meanwhile. NotAllowed: not his work or place, two townships, not on the roll.
    """
    require_resident(by, resident, MERGE)
    require_resident(by, other, MERGE)
    kept, gone, homes = _claim_two(resident, version, other, other_version)
    require_day(on, now)
    before, theirs = masked(kept), {name: getattr(gone, name) for name in CHOSEN}
    head_went = _leave_as_duplicate(gone, kept, on, gives_id="id_number" in take)
    _take(kept, {name: value for name, value in theirs.items() if name in take})
    _carry_tags(gone, kept, on)
    _count_homes(
        kept, gone, homes, head_went=head_went, on=on, now=now, by=by, new_head=new_head, empty_as=empty_as
    )  # fmt: skip
    _write_down(kept, gone, homes, before, on=on, now=now, by=by)
    search_words.refresh(households=homes.values(), residents=[kept, gone])
    return kept


def _write_down(kept, gone, homes, before, *, on, now, by):
    """A line on both people's pages, and what changed of the one that lives on into the trail."""
    detail = f"与另一条“{gone.name}”的记录合并"
    for person in (kept, gone):
        home = homes[person.household_id]
        roll.tell(Kind.DUPLICATE, home, on=on, now=now, by=by, people=[person], detail=detail)
    after = {name: text for name, text in masked(kept).items() if before.get(name) != text}
    before = {name: before[name] for name in after}
    home = homes[gone.household_id]
    roll.record(by, "重复登记合并", home, on=on, subject=kept, before=before, **after)


def _claim_two(resident, version, other, other_version):
    """Both rows and their households, locked: (kept, gone, {id: household})."""
    if resident.pk == other.pk:
        raise NotAllowed("两条是同一条记录，不需要合并。")
    homes = roll.claim_households({resident.household_id: None, other.household_id: None})
    versions = {resident.pk: version, other.pk: other_version}
    rows = {pk: claim(Resident, pk, versions[pk]) for pk in sorted(versions)}
    kept, gone = rows[resident.pk], rows[other.pk]
    for row in (kept, gone):
        if row.left_on is not None or row.household_id not in homes:
            raise NotAllowed(f"{row.name}已不在册或已迁到别的户，请刷新页面核对后再办理。")
    if kept.township_id != gone.township_id:
        raise NotAllowed("两条记录不在同一个乡镇，不能合并。")
    return kept, gone, homes


def _leave_as_duplicate(gone, kept, on, gives_id) -> bool:
    """The row that stays for its history leaves the roll; returns whether a head went with it."""
    if gives_id:
        gone.set_id_number("")  # the number is told apart by one row of the township only
    heads = gone.relation == roll.HEAD
    if heads and gone.household_id == kept.household_id:
        kept.relation, gone.relation, heads = roll.HEAD, "", False
    gone.left_on, gone.left_as, gone.merged_into = on, Resident.Left.DUPLICATE, kept
    names = ("id_number", "id_index", "relation", "left_on", "left_as", "merged_into")
    roll.save(gone, *names)
    return heads


def _take(kept, values):
    """Put the chosen values of the other row into the one that lives on."""
    for name in ("name", "sex", "birth_date", "remark"):
        if name in values:
            setattr(kept, name, values[name])
    kept.pinyin = search_key(kept.name)
    if "id_number" in values:
        kept.set_id_number(values["id_number"])
    if "phones" in values:
        kept.set_phones([phone for phone in values["phones"].split("、") if phone])
    kept.version += 1
    kept.save()


def _carry_tags(gone, kept, on):
    """What holds of the other row holds of the one that lives on; the other's own holdings stay as they are."""
    has = set(kept.tag_holdings.current(on).values_list("tag_id", flat=True))
    has |= set(kept.tag_holdings.filter(valid_until=None).values_list("tag_id", flat=True))
    for held in gone.tag_holdings.current(on).exclude(tag__in=has):
        TagHolding.objects.create(
            resident=kept,
            tag_id=held.tag_id,
            valid_from=held.valid_from,
            valid_until=held.valid_until,
            source=held.source,
        )


def _count_homes(kept, gone, homes, *, head_went, **facts):
    left = homes[gone.household_id]
    remaining.settle(left, head_went=head_went, **facts)
    if kept.household_id != left.pk:
        home = homes[kept.household_id]
        roll.refresh(home)
        roll.save(home, *roll.ROLL)
