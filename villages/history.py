"""The timeline of a household or a person: events put into words, newest first."""

from dataclasses import dataclass, field

from liaison.clock import local_date

from .models import Household, RegistryEvent

Kind = RegistryEvent.Kind
SHOWN = 200
# {kind: (seen from the household it happened to, seen from the other one)}; each may hold {who}, {other}.
WORDS = {
    Kind.ENTERED: ("{who}登记入册", ""),
    Kind.MOVED: ("{who}迁往{other}", "{who}由{other}迁入"),
    Kind.SPLIT: ("{who}分出，另立{other}", "{who}由{other}分出，设立本户"),
    Kind.MERGED: ("{who}并入{other}", "{other}并入本户，{who}"),
    Kind.DIED: ("{who}死亡", ""),
    Kind.MOVED_OUT: ("{who}迁出", ""),
    Kind.RETURNED: ("{who}恢复在册", ""),
    Kind.NEW_HEAD: ("户主变更为{who}", ""),
    Kind.GROUP_CHANGED: ("换组", ""),
    Kind.RESIDENCE: ("居住状态变更", ""),
    Kind.CANCELLED: ("本户注销", ""),
    Kind.DUPLICATE: ("{who}重复登记合并", "{who}重复登记合并"),
    Kind.TAG: ("{who}标签变更", ""),
}


@dataclass
class Line:
    """One line: several people who moved together make one.

    Attributes:
        other: the household it leads to, where the reader may open it.
        late: whether it was written down on a later day than it happened.
    """

    event: RegistryEvent
    words: str
    other: Household | None = None
    late: bool = False
    people: list = field(default_factory=list)

    @property
    def kind(self) -> str:
        """「迁移」."""
        return self.event.get_kind_display()


def of_household(household, user) -> list[Line]:
    """Lines of a household the reader may open, those of households joined to it among them."""
    events = _with_places(RegistryEvent.objects.of(household))
    return _lines(events, user, set(household.history_ids()), household)


def of_resident(resident, user) -> list[Line]:
    """Lines of a person the reader may open, wherever they happened."""
    return _lines(_with_places(RegistryEvent.objects.of_resident(resident)), user, None, None)


def _with_places(events):
    places = (
        "household__village",
        "household__group",
        "other_household__village",
        "other_household__group",
    )
    return list(events.select_related("resident", *places)[:SHOWN])


def _lines(events, user, own, home):
    open_to_him = _may_open(events, user)
    lines = {}
    for event in events:
        key = (
            event.kind,
            event.on,
            event.entered_at,
            event.household_id,
            event.other_household_id,
            event.detail,
        )
        line = lines.setdefault(key, Line(event, ""))
        if event.resident and event.resident not in line.people:
            line.people.append(event.resident)
    for line in lines.values():
        _put_into_words(line, own, home, open_to_him)
    return list(lines.values())


def _may_open(events, user):
    """Ids of the households named that this reader may open."""
    named = {event.household_id for event in events} | {
        event.other_household_id for event in events
    }
    rows = Household.objects.visible_to(user).filter(pk__in=named - {None})
    return set(rows.values_list("pk", flat=True))


def _put_into_words(line, own, home, open_to_him):
    event = line.event
    here, there = event.household, event.other_household
    from_here = _from_here(event, own, home)
    own_words, other_words = WORDS[Kind(event.kind)]
    if not from_here:
        here, there = there, here
    words = own_words if from_here else other_words or own_words
    who = "、".join(reversed([person.name for person in line.people]))
    told = words.format(who=who, other=there.full_place if there else "").strip("，")
    if home is None or here.pk != home.pk:
        told = f"{here.full_place}：{told}"
    line.words = f"{told}（{event.detail}）" if event.detail else told
    line.late = local_date(event.entered_at) != event.on
    line.other = there if there and there.pk in open_to_him else None
    if home is None and line.other is None and here.pk in open_to_him:
        line.other = here


def _from_here(event, own, home) -> bool:
    """Whether a line is told from the household it happened to, not from the other one it names."""
    if home is None or event.household_id == home.pk:
        return True
    return event.other_household_id != home.pk and event.household_id in own
