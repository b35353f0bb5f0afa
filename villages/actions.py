"""What happens to places and people at the desk: a household or a resident added, put right, shown plain."""

from django.db import IntegrityError, transaction

from liaison import audit
from liaison.errors import NotAllowed
from liaison.excel import without_long_numbers
from liaison.personal import mask_id, mask_phone
from liaison.versions import claim

from .models import Household, Resident
from .pinyin import search_key
from .tags import visible_tags

EDIT = "villages.edit_households"
REVEAL = "villages.reveal"
HEAD = "户主"
REVEALED = {"id_number": "身份证号", "phones": "联系电话"}
SEEN_ELSEWHERE = "这个身份证号已登记在本镇另一户，请联系镇驻点办核对。"


def _require(by, permission, queryset, row):
    """The actor may do it, and the row is of his territory.

    Raises:
        NotAllowed: one of the two is missing.
    """
    if not by.has_perm(permission):
        raise NotAllowed("您的岗位不办理这项工作，如有需要请联系系统管理员。")
    if not queryset.visible_to(by, permission).filter(pk=row.pk).exists():
        raise NotAllowed("这一户不在您联系的范围内，不能办理。")


@transaction.atomic
def edit_household(*, household, by, version, **facts) -> Household:
    """Put address, residence or number of a household right; writes what changed into the trail.

    Args:
        version: as the form carried it.
        facts: any of ``number``, ``address``, ``residence``.
    Raises:
        Stale: somebody saved in between. NotAllowed: not his work, not his village, number taken.
    """
    _require(by, EDIT, Household.objects, household)
    row = claim(Household, household.pk, version)
    number = facts.get("number", row.number)
    taken = Household.objects.filter(village=row.village_id, number=number).exclude(pk=row.pk)
    if taken.exists():
        raise NotAllowed(f"户编号「{number}」在本村已有，请换一个。")
    before, after = _changes(row, facts)
    try:
        with transaction.atomic():
            return _save_version(row, by, "修改户信息", before, after)
    except IntegrityError as taken:  # given to another household in the same moment
        raise NotAllowed(f"户编号「{number}」在本村已有，请换一个。") from taken


@transaction.atomic
def add_household(*, by, group, number, head, address, residence) -> Household:
    """Enter a household with its head into the roll.

    Args:
        group: the Group it lives in.
        head: what ``add_resident`` takes about the person, without ``relation``.
    Raises:
        NotAllowed: not his work, not his village, the number or the head's ID is taken.
    """
    _require(by, EDIT, type(group).objects, group)
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
    add_resident(household=household, by=by, relation=HEAD, **head)
    return household


@transaction.atomic
def add_resident(*, household, by, tags=(), **facts) -> Resident:
    """Enter a resident into a household.

    Args:
        tags: ResidentTags; only those the actor may see are taken.
        facts: ``name``, ``relation``, ``sex``, ``birth_date``, ``id_number``, ``phones`` (a list), ``remark``.
    Raises:
        NotAllowed: not his work, not his village, or the ID number stands in the township already.
    """
    _require(by, EDIT, Household.objects, household)
    household = claim(
        Household, household.pk, None
    )  # two at once must not both count without the other
    resident = Resident(
        township_id=household.township_id, village_id=household.village_id, household=household
    )
    _fill(resident, facts)
    _save_person(resident, by)
    resident.tags.set(_allowed(by, household, tags))
    _refresh(household)
    audit.record(
        by=by,
        action="新增居民",
        subject=resident,
        after={"户": str(household), **_masked(resident)},
        township_id=resident.township_id,
    )
    return resident


@transaction.atomic
def edit_resident(*, resident, by, version, tags, **facts) -> Resident:
    """Put a resident right; tags the actor may not see stay as they are.

    Raises:
        Stale: somebody saved in between. NotAllowed: as ``add_resident``.
    """
    _require(by, EDIT, Resident.objects, resident)
    household = claim(Household, resident.household_id, None)
    row = claim(Resident, resident.pk, version)
    said, tagged = _masked(row), set(row.tags.all())
    _fill(row, facts)
    _save_person(row, by)
    hidden = tagged - set(visible_tags(by, row.village_id))
    wanted = hidden | set(_allowed(by, household, tags))
    row.tags.set(wanted)
    _refresh(household)
    now_said = _masked(row) | ({"标签": "有改动"} if wanted != tagged else {})
    after = {name: text for name, text in now_said.items() if said.get(name) != text}
    before = {name: said[name] for name in after if name in said}
    return _save_version(row, by, "修改居民", before, after)


@transaction.atomic
def reveal(*, resident, by, field, reason) -> str:
    """The plain ID number or phones of a resident, with one line in the trail that they were shown.

    Args:
        field: "id_number" or "phones".
        reason: why, in the office's words; a number in it is masked before it is kept.
    Raises:
        NotAllowed: not his work, not his village, no such field.
    """
    _require(by, REVEAL, Resident.objects, resident)
    if field not in REVEALED:
        raise NotAllowed("只能查看身份证号或联系电话。")
    audit.record(
        by=by,
        action=f"查看{REVEALED[field]}",
        subject=resident,
        after={"事由": without_long_numbers(reason)},
        township_id=resident.township_id,
    )
    return getattr(resident, field)


def _new_household(**facts) -> Household:
    """Store it; the database says whether the number is free, also when two enter it at once."""
    try:
        with transaction.atomic():
            return Household.objects.create(**facts)
    except IntegrityError as taken:
        sentence = f"户编号「{facts['number']}」在{facts['village']}已有，请换一个。"
        raise NotAllowed(sentence) from taken


def _changes(row, facts):
    """(before, after) in words, of the fields that differ; ``row`` is changed."""
    before, after = {}, {}
    for name, value in facts.items():
        if getattr(row, name) == value:
            continue
        label = str(row._meta.get_field(name).verbose_name)
        before[label] = _word(row, name)
        setattr(row, name, value)
        after[label] = _word(row, name)
    return before, after


def _word(row, name):
    said = getattr(row, f"get_{name}_display", None)
    return str(said() if said else getattr(row, name))


def _save_version(row, by, action, before, after):
    if after:
        row.version += 1
        row.save()
        audit.record(
            by=by,
            action=action,
            subject=row,
            before=before,
            after=after,
            township_id=row.township_id,
        )
    return row


def _fill(resident, facts):
    for name in ("name", "relation", "sex", "birth_date", "remark", "left_on"):
        if name in facts:
            setattr(resident, name, facts[name])
    resident.pinyin = search_key(resident.name)
    if "id_number" in facts:
        resident.set_id_number(facts["id_number"])
    if "phones" in facts:
        resident.set_phones(facts["phones"])


def _save_person(resident, by):
    """Save, or say where the same ID number stands; no further than the actor may look."""
    same = Resident.objects.filter(
        township_id=resident.township_id, id_index=resident.id_index
    ).exclude(pk=resident.pk)
    other = same.select_related("village", "household").first() if resident.id_index else None
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


def _refresh(household):
    """What a household tells of its people: how many are on the roll, and who heads it."""
    people = list(household.residents.present())
    heads = [person for person in people if person.relation == HEAD]
    if len(heads) > 1:
        raise NotAllowed("一户只能有一位户主，请先改原户主的「与户主关系」。")
    household.residents_count = len(people)
    if heads:
        household.head_name, household.head_pinyin = heads[0].name, heads[0].pinyin
    household.save(update_fields=["residents_count", "head_name", "head_pinyin"])


def _masked(resident) -> dict[str, str]:
    """What the trail may keep of a person. Tags stay out: some are sensitive."""
    phones = resident.phones.split("、") if resident.phones else []
    return {
        "姓名": resident.name,
        "与户主关系": resident.relation,
        "性别": resident.get_sex_display(),
        "出生日期": str(resident.birth_date or ""),
        "身份证号": mask_id(resident.id_number),
        "联系电话": "、".join(mask_phone(phone) for phone in phones),
        "迁出或死亡日期": str(resident.left_on or ""),
        "备注": "有" if resident.remark else "",
    }
