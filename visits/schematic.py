"""示意图: a village's houses by 片 and 组 in the order of the roll, marked reached, due or never.

A drawing of the roll, not a map: no tiles, no coordinates. Where the office has said at which place of the drawing a
house stands (``HousePoint``), it stands there; every other one in the row of its 组. Colour, pattern and a letter
say the same thing, so it reads in black and white.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import BooleanField, Case, When
from django.urls import reverse

from villages.models import Group, Household, HousePoint

from .rounds import Reach, as_walked, house_order

ACROSS = 10  # houses in a row
SIDE, GAP = 30, 4  # of a mark, in the drawing's own units
STEP = SIDE + GAP
UNIT = 10  # of the drawing for each of the hundred steps of a place that was entered
# state: (letter, words); in the order of the legend
REACHED, DUE, NEVER, AWAY, VACANT, HIDDEN = "reached", "due", "never", "away", "vacant", "hidden"
STATES = {
    REACHED: ("已", "已走访"),
    DUE: ("待", "待走访，以前去过"),
    NEVER: ("未", "从未走访"),
    AWAY: ("外", "全户外出"),
    VACANT: ("空", "空挂"),
}


@dataclass(frozen=True)
class Mark:
    """One house. ``title`` and ``url`` are empty for a household the reader may not open."""

    x: int
    y: int
    state: str
    letter: str
    number: str
    title: str
    url: str


@dataclass
class Block:
    """The houses of a 组: ``marks`` in the order of the roll, ``placed`` where the office has put them."""

    group: Group
    marks: list[Mark] = field(default_factory=list)
    placed: list[Mark] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)

    @property
    def width(self) -> int:
        """Always as wide as a full row, so that houses are of one size everywhere."""
        return ACROSS * STEP

    @property
    def height(self) -> int:
        """As many rows as it needs."""
        return max(1, -(-len(self.marks) // ACROSS)) * STEP

    @property
    def homes(self) -> int:
        """户 drawn, wherever."""
        return len(self.marks) + len(self.placed)

    @property
    def words(self) -> str:
        """「第1组：已走访12户、从未走访3户」: what a reader of the screen hears."""
        said = [
            f"{words}{self.counts[key]}户" for key, (_, words) in STATES.items() if self.counts[key]
        ]
        return f"{self.group}：{'、'.join(said) or '没有您能查看的户'}"


def blocks(reader, village, reach: Reach, target) -> list[Block]:
    """The drawing of a village. Four queries.

    Args:
        reach: what counts as reached; target: Household.Residence values.
    """
    homes = Household.objects.filter(village=village).exclude(residence="cancelled")
    flags = {"is_reached": reach.reached, "is_never": reach.never}
    homes = homes.annotate(
        **{
            name: Case(When(q, then=True), default=False, output_field=BooleanField())
            for name, q in flags.items()
        }
    )
    readable = set(homes.visible_to(reader).values_list("pk", flat=True))
    groups = village.groups.select_related("section")
    drawn = {group.pk: Block(group) for group in as_walked(groups)}
    points = HousePoint.objects.of_village(village)
    for home in sorted(homes, key=lambda home: (house_order(home.number), home.pk)):
        _draw(drawn[home.group_id], home, target, home.pk in readable, points.get(home.pk))
    return [block for block in drawn.values() if block.homes]


def tally(drawn) -> list[tuple[str, str, str, int]]:
    """(state, letter, words, 户) of the legend, without what does not occur."""
    total = sum((block.counts for block in drawn), Counter())
    return [
        (key, *STATES[key], total[key])
        for key in STATES
        if total[key] or key in (REACHED, DUE, NEVER)
    ]


def last_four(home) -> str:
    """What there is room for of a household's number; "" without one."""
    return home.number[-4:].lstrip("-") if home else ""


def _draw(block, home, target, readable, point):
    marks = block.marks if point is None else block.placed
    state = _state(home, target) if readable else HIDDEN
    place = dict(zip("xy", _place(len(block.marks), point), strict=True)) | {"state": state}
    if not readable:
        marks.append(Mark(**place, letter="", number="", title="不在您的联系范围", url=""))
        return
    letter, words = STATES[state]
    if state in (AWAY, VACANT) and home.is_reached:
        words = f"{words}，已走访"
    block.counts[state] += 1
    marks.append(
        Mark(
            **place,
            letter=letter,
            number=last_four(home),
            title=f"{home.number} {home.head_name or '待定户主'}：{words}",
            url=reverse("villages:household", args=[home.pk]),
        )
    )


def _place(at, point):
    """The left upper corner: of the next house in the row, or of one that stands around a point."""
    if point is None:
        return at % ACROSS * STEP, at // ACROSS * STEP
    return tuple(each * UNIT - SIDE // 2 for each in point)


def _state(home, target):
    if home.residence not in target:
        return home.residence if home.residence in (AWAY, VACANT) else DUE
    if home.is_reached:
        return REACHED
    return NEVER if home.is_never else DUE
