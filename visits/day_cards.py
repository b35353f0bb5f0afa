"""便民服务卡 of single liaison days: who sits there on that day, a stand-in in the seat of whom he stands in for."""

from dataclasses import replace

from cadres.cards.content import IN_CHARGE, Card, Person, cards_of, public_phone
from cadres.models import Seat

from .sitting import sitters_of

STANDS_IN = "代班"


def day_cards(sessions, on) -> list[Card]:
    """A card for each day in their order; nobody who is excused, nor anybody whose turn it is not, is on it.

    Args:
        sessions: with village and township; already bounded to whoever asks.
        on: today; whose times, places and words are given is as of today.
    """
    sessions = list(sessions)
    cards = {card.village.pk: card for card in cards_of({s.village: 0 for s in sessions}, on)}
    seats = Seat.objects.filter(team__in={session.team_id for session in sessions})
    kinds = {(seat.team_id, seat.post_id): seat for seat in seats}
    sitting = sitters_of(sessions)
    return [_card(cards[s.village_id], s.team_id, sitting[s.pk], kinds) for s in sessions]


def _card(card, team_id, sitters, kinds):
    """The village's card with the people of one day."""
    people, silent = {}, 0
    for sitter in sitters:
        seat = kinds[team_id, sitter.post.pk]
        phone, wanted = public_phone(sitter.person, seat.kind, card.text.phones)
        silent += bool(wanted and not phone)
        title = STANDS_IN if sitter.stands_in_for else sitter.post.title
        name = sitter.person.display_name
        person = Person(seat.kind, seat.get_kind_display(), name, title, phone)
        people.setdefault(sitter.person.pk, person)
    in_order = sorted(people.values(), key=lambda person: person.kind not in IN_CHARGE)
    return replace(card, people=in_order, vacant=0, silent=silent)
