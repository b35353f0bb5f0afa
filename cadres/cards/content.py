"""What stands on a village's card: people in their seats today, the fixed time and place, the township's words."""

from collections import defaultdict
from dataclasses import dataclass, field

from segno.helpers import make_vcard_data

from cadres.holders import hang_holders
from cadres.models import CardText, LiaisonPlan, Seat
from villages.models import Village

Kind = Seat.Kind
IN_CHARGE = (Kind.LEAD, Kind.HEAD)
MOST = 6  # people on a small card
KNOWN_TO_ALL = (*IN_CHARGE, Kind.COORDINATOR)  # whose numbers a township gives at the least


@dataclass(frozen=True)
class Person:
    """One line of the card; ``phone`` is empty where none is known or none is to be given."""

    kind: str
    duty: str
    name: str
    post: str
    phone: str

    @property
    def under(self) -> str:
        """What stands below the name: duty and post, each word once (「石桥村联络员」 says 联络员 already)."""
        return self.post if self.duty in self.post else f"{self.duty}　{self.post}"

    @property
    def figures(self) -> str:
        """138 0000 0000: read out and typed in three breaths."""
        digits = self.phone
        if len(digits) == 11 and digits.isdecimal():
            return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
        return digits


@dataclass
class Card:
    """All that one village's card says."""

    village: Village
    text: CardText
    people: list[Person] = field(default_factory=list)
    plans: list[LiaisonPlan] = field(default_factory=list)
    vacant: int = 0  # seats nobody holds today; the card is silent about them
    silent: int = 0  # people in seats whose number is to be printed and is not known

    @property
    def times(self) -> list[str]:
        """「每周二 09:00–11:30」 of each plan in force, each once."""
        return list(dict.fromkeys(plan.in_words() for plan in self.plans))

    @property
    def places(self) -> list[str]:
        """Where, each once."""
        own = [plan.place or plan.village.office for plan in self.plans]
        return list(dict.fromkeys(place for place in own if place))

    @property
    def services(self) -> list[str]:
        """服务事项, one a line."""
        return [each.strip() for each in self.text.services.splitlines() if each.strip()]

    @property
    def small(self) -> list[Person]:
        """Those a small card has room for: more would make figures too small for old eyes."""
        return self.people[:MOST]

    @property
    def others(self) -> int:
        """How many stand on the large card alone."""
        return max(len(self.people) - MOST, 0)

    @property
    def first(self) -> Person | None:
        """Who is asked for: the 责任人, or whoever stands first."""
        led = [person for person in self.people if person.kind in IN_CHARGE]
        return next(iter(led or self.people), None)

    def lacks(self) -> list[str]:
        """What a clerk should know before printing; empty when the card is whole."""
        said = ["没有驻点团队或席位都空着"] if not self.people else []
        said += ["没有现行的驻点安排"] if not self.plans else []
        said += [f"{self.vacant}个席位空缺"] if self.vacant and self.people else []
        said += [f"{self.silent}人没有登记电话"] if self.silent else []
        return said

    def code(self) -> str:
        """What the QR code says, and nothing the card does not; "" for none."""
        if self.text.code == CardText.Code.TEXT:
            return "\n".join(self._in_words())
        if self.text.code == CardText.Code.CONTACT:
            return self._contact()
        return ""

    def code_says(self) -> str:
        """The words below the QR code."""
        return "扫码存电话" if self.text.code == CardText.Code.CONTACT else "扫码看驻点"

    def _in_words(self):
        yield f"{self.village.township}{self.village}{self.text.heading}"
        yield from (f"驻点时间：{'；'.join(self.times)}",) if self.times else ()
        yield from (f"驻点地点：{'；'.join(self.places)}",) if self.places else ()
        if self.first:
            yield f"联系人：{self.first.name} {self.first.phone}".strip()
        if self.text.office_phone:
            yield f"驻点办：{self.text.office_phone}"

    def _contact(self) -> str:
        """A vCard of the first person; without his number, of the office. Short: large squares are read."""
        who, place = self.first, f"{self.village.township}{self.village}"
        name, phone = self.text.signed, self.text.office_phone
        if who and who.phone:
            name, phone = f"{who.name}（驻点）", who.phone
        if not phone:
            return ""
        return make_vcard_data(name=f"{name};", displayname=name, phone=phone, org=place)

    def all_words(self) -> str:
        """Every text of the card, to ask whether it can be printed."""
        people = [part for each in self.people for part in (each.name, each.post)]
        text = self.text
        words = [text.heading, text.signed, text.promise, text.services, *people]
        return "".join([*words, *self.times, *self.places, str(self.village), str(text.township)])


def cards_of(villages, on) -> list[Card]:
    """The cards of villages in their order, people as of a day; five queries however many.

    Args:
        villages: with their township; already bounded to whoever asks.
    """
    villages = list(villages)
    texts = CardText.of({village.township for village in villages})
    cards = {each.pk: Card(each, texts[each.township_id]) for each in villages}
    for village_id, seat in _seats_of(cards, on):
        _seat_down(cards[village_id], seat)
    for card in cards.values():
        card.people.sort(key=lambda person: person.kind not in IN_CHARGE)
    plans = LiaisonPlan.objects.filter(village__in=cards, team__is_active=True).in_force(on)
    for plan in plans.select_related("village").order_by("valid_from", "pk"):
        cards[plan.village_id].plans.append(plan)
    return list(cards.values())


def _seats_of(village_ids, on):
    """(village id, seat with its post's ``holder_now``), teams by name, seats in their order."""
    seats = Seat.objects.filter(
        team__villages__in=village_ids, team__is_active=True, team__kind="liaison"
    ).distinct()
    seats = list(
        seats.select_related("post", "team")
        .prefetch_related("team__villages")
        .order_by("team__name", "team", "order", "pk")
    )
    hang_holders([seat.post for seat in seats], on)
    served = defaultdict(list)
    for seat in seats:
        for village in seat.team.villages.all():
            if village.pk in village_ids:
                served[village.pk].append(seat)
    return [(pk, seat) for pk, own in served.items() for seat in own]


def _seat_down(card, seat):
    user = seat.post.holder_now
    if user is None or not user.is_active:
        card.vacant += 1
        return
    phone, wanted = public_phone(user, seat.kind, card.text.phones)
    card.silent += bool(wanted and not phone)
    title = seat.post.title
    person = Person(seat.kind, seat.get_kind_display(), user.display_name, title, phone)
    # Somebody in two seats of a village is named once.
    if all((each.name, each.post) != (person.name, person.post) for each in card.people):
        card.people.append(person)


def public_phone(user, kind, choice) -> tuple[str, bool]:
    """(the number the public is given, whether one is to be given at all), by the township's choice."""
    wanted = choice == CardText.Phones.ALL or (
        choice == CardText.Phones.LEAD and kind in KNOWN_TO_ALL
    )
    return (user.phone.split("、")[0] if wanted else ""), wanted
