"""People who may stand on the roll twice: found by name with birth date, phone or household, by counting."""

from dataclasses import dataclass

from django.db.models import Count, Q

from liaison.personal import blind_index

from .models import Resident

SHOWN = 100  # groups on the page; merging them makes room for the rest
FEW = 5
NAMESAKES = 2000
KINDS = {
    "birth": "同名同出生日期",
    "phone": "同名同电话",
    "household": "同一户内同名",
}


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
    return Resident.objects.with_number(township_id, blind_index(id_number, "id")).exists()


def similar(user, *, township_id, village_id, name, birth_date, id_number, phones) -> Seen:
    """Who on the roll of a township may be the person somebody is about to enter.

    By ID number; by name with birth date or phone; in the village by name alone, where nothing else
    is known of one of the two. Of rows outside one's territory no more is told than that there is one.
    """
    same, near = _alike(township_id, village_id, name, birth_date, id_number, phones)
    seen = Resident.objects.visible_to(user, "villages.edit_households").filter(pk__in=same | near)
    people = tuple(seen.select_related("village", "household__group").order_by("pk")[: FEW + 1])
    return Seen(people, elsewhere=bool(same) and not people)


def _alike(township_id, village_id, name, birth_date, id_number, phones):
    """Ids of (the same by number, birth date or phone; of one name in the village, the rest not known)."""
    phone_index = blind_index(phones[0], "phone") if phones else ""
    named = Resident.objects.filter(name=name).order_by(
        "pk"
    )  # by the index of names, whatever the place
    rows = named.values(
        "pk", "township_id", "village_id", "birth_date", "id_index", "phone_index", "left_on"
    )
    rows = [
        row for row in rows[:NAMESAKES] if row["township_id"] == township_id and not row["left_on"]
    ]
    same = {
        row["pk"]
        for row in rows
        if (birth_date and row["birth_date"] == birth_date)
        or (phone_index and row["phone_index"] == phone_index)
    }
    if id_number:
        numbered = Resident.objects.with_number(township_id, blind_index(id_number, "id")).present()
        same |= set(numbered.values_list("pk", flat=True))
    unknown = "birth_date" if birth_date else "id_index" if id_number else ""
    near = {
        row["pk"]
        for row in rows
        if row["village_id"] == village_id and not (unknown and row[unknown])
    }
    return same, near
