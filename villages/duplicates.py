"""People who may stand on the roll twice: found by name with birth date, phone or household, by counting."""

from dataclasses import dataclass

from django.db.models import Count, Q

from liaison.personal import blind_index

from .models import Resident

SHOWN = 100  # groups on the page; merging them makes room for the rest
FEW = 5
KINDS = {
    "birth": "同名同出生日期",
    "phone": "同名同电话",
    "household": "同一户内同名",
}


def all_groups(user, kind: str = "", village=None) -> list[tuple[str, list[Resident]]]:
    """(why, people) of every kind, or of one; a group that two kinds find is told once. SHOWN + 1 of a kind at most."""
    found, told = [], set()
    for each in [kind] if kind else KINDS:
        for group in groups(user, each, village):
            people = frozenset(person.pk for person in group)
            if people not in told:
                told.add(people)
                found.append((KINDS[each], group))
    return found


def groups(user, kind: str, village=None) -> list[list[Resident]]:
    """Groups of people on the roll who may be one, in the order of the roll; SHOWN + 1 at most.

    Two with an ID number each are two people: in a township it stands once. So a group of ``birth`` and of
    ``household`` holds somebody whose number is not known.
    """
    people = Resident.objects.visible_to(user, "villages.edit_households").present()
    if village is not None:
        people = people.filter(village=village)
    fields = {"birth": "birth_date", "phone": "phone_index", "household": "household_id"}
    field = fields[kind]
    counted = _counted(people, kind, field)
    keys = [(row["township_id"], row["name"], row[field]) for row in counted[: SHOWN + 1]]
    found = {key: [] for key in keys}
    rows = people.filter(
        name__in={name for _, name, _ in keys}, **{f"{field}__in": {key[2] for key in keys}}
    )
    rows = rows.select_related("village", "household__group").order_by(
        "village_id", "household_id", "pk"
    )
    for row in rows:
        found.get((row.township_id, row.name, getattr(row, field)), []).append(row)
    return [group for group in found.values() if len(group) > 1]


def _counted(people, kind, field):
    """(township, name, field) that stand more than once, by counting in the database."""
    known = {"birth": {"birth_date": None, "birth_month_only": True}, "phone": {"phone_index": ""}}
    for name, value in known.get(kind, {}).items():
        people = people.exclude(**{name: value})
    counted = people.order_by().values("township_id", "name", field).annotate(number=Count("pk"))
    counted = counted.filter(number__gt=1)
    if kind != "phone":
        counted = counted.annotate(bare=Count("pk", filter=Q(id_index=""))).filter(bare__gt=0)
    return counted.order_by("township_id", "name", field)


@dataclass(frozen=True)
class Seen:
    """Who seems to stand on the roll already: rows the asker may see, and whether one stands elsewhere."""

    people: tuple[Resident, ...] = ()
    elsewhere: bool = False

    def __bool__(self):
        return bool(self.people) or self.elsewhere


def id_taken(township_id, id_number) -> bool:
    """Whether an ID number stands in the township."""
    index = blind_index(id_number, "id")
    return bool(index) and Resident.objects.filter(township=township_id, id_index=index).exists()


def similar(
    user, *, township_id, village_id, name, birth_date, id_number, phones, apart_from=None
) -> Seen:
    """Who on the roll of a township may be the person somebody is about to enter.

    By ID number; by name with birth date or phone; in the village by name alone, where nothing else
    is known of one of the two. Of rows outside one's territory no more is told than that there is one.
    """
    same = Q(name=name, phone_index__in=[blind_index(phone, "phone") for phone in phones[:1]])
    if birth_date:
        same |= Q(name=name, birth_date=birth_date)
    if id_number:
        same |= Q(id_index=blind_index(id_number, "id"))
    rows = Resident.objects.filter(township=township_id).present().exclude(pk=apart_from)
    near = Q(name=name, village=village_id) & (
        Q(birth_date=None) if birth_date else Q() if not id_number else Q(id_index="")
    )
    seen = rows.visible_to(user, "villages.edit_households")
    people = seen.filter(same | near).select_related("village", "household__group").order_by("pk")
    people = tuple(people[: FEW + 1])
    elsewhere = not people and rows.filter(same).exists()
    return Seen(people, elsewhere)
