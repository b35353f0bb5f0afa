"""What a notice says: for the board (公示, A4) and for a chat group, of one liaison day."""

from dataclasses import dataclass

from cadres.cards.content import Card, cards_of

from .models import LiaisonSession, PublicNotice
from .posting import hang_notices
from .sitting import expected_of

MATTER = "驻点联系群众"
DAYS = "一二三四五六日"
WELCOME = "欢迎群众前来反映情况、咨询政策、提出意见建议。"
SORRY = "给您带来不便，敬请谅解。有事请拨打下面的电话。"


def in_full(on) -> str:
    """「2026年11月24日（星期二）」, as official papers write it."""
    return f"{on.year}年{on.month}月{on.day}日（星期{DAYS[on.weekday()]}）"


@dataclass(frozen=True)
class Poster:
    """One day's notice. ``before`` hangs on the board and says something else, or is None."""

    session: LiaisonSession
    card: Card
    names: list[str]
    before: PublicNotice | None

    @property
    def called_off(self) -> bool:
        """Whether it tells that nobody will sit there."""
        return self.session.status == LiaisonSession.Status.CANCELLED

    @property
    def title(self) -> str:
        """「青山镇石桥村驻点联系群众公示」."""
        where = f"{self.session.township}{self.session.village}"
        return f"{where}{MATTER}{'暂停公告' if self.called_off else '公示'}"

    @property
    def greeting(self) -> str:
        """Whom it speaks to: 村民 of a 村, 居民 of a 社区."""
        return f"各位{'居民' if self.session.village.name.endswith('社区') else '村民'}："

    @property
    def hours(self) -> str:
        """「09:00–11:30」."""
        return f"{self.session.starts_at:%H:%M}–{self.session.ends_at:%H:%M}"

    @property
    def opening(self) -> str:
        """The sentence above the facts."""
        day, village = self.session, self.session.village
        if self.called_off:
            told = self.before.on if self.before else day.on
            why = f"因{day.reason}" if day.reason else "因故"
            return f"原定{in_full(told)}在{village}的驻点，{why}取消。{SORRY}"
        if changed := self.changed_from():
            return f"{changed}，以下面的安排为准。{WELCOME}"
        return f"{day.team}将在{village}驻点接待群众，现公示如下。{WELCOME}"

    def changed_from(self) -> str:
        """What no longer holds: the day it was moved from, or what hangs on the board."""
        day, before = self.session, self.before
        if before and before.on != day.on:
            return f"原公示{in_full(before.on)}的驻点改期"
        if before and not before.called_off:
            return f"原公示的{self._what_changed()}有变动"
        if day.moved_from:
            return f"原定{in_full(day.moved_from)}的驻点改期"
        if day.is_make_up:
            return f"原定{in_full(day.made_up_for.on)}的驻点在这一天补上"
        return ""

    def _what_changed(self):
        """Of a notice that hangs and does not say today's facts."""
        day = self.session
        facts = (day.on, day.starts_at, day.ends_at, day.place, self.called_off)
        return "驻点人员" if self.before.facts == facts else "时间或地点"

    @property
    def contact(self) -> str:
        """The office's telephone; where it gave none, that of whoever sits there or else leads, if it may be given."""
        if self.card.text.office_phone:
            return self.card.text.office_phone
        there = [each for each in self.card.people if each.name in self.names and each.phone]
        first = next(iter(there), self.card.first)
        return f"{first.figures}（{first.name}）" if first and first.phone else ""

    def facts(self) -> list[tuple[str, str]]:
        """(words, value) in the order of the notice; what is not known is left out."""
        day = self.session
        said = [("联系电话", self.contact)]
        if not self.called_off:
            said = [
                ("时间", f"{in_full(day.on)} {self.hours}"),
                ("地点", day.place or day.village.office),
                ("驻点团队", str(day.team)),
                ("驻点人员", "、".join(self.names)),
                *said,
            ]
        return [(word, value) for word, value in said if value]

    def facts_in_columns(self) -> list[tuple[str, str]]:
        """The facts with words of one width, as papers set them: 「时　　间」 above 「驻点人员」."""
        return [
            ("　　".join(word) if len(word) == 2 else word, value) for word, value in self.facts()
        ]

    def for_chat(self) -> str:
        """A few short lines to paste into a chat group."""
        lines = [f"【{self.title}】", self.opening]
        lines += [f"{word}：{value}" for word, value in self.facts()]
        return "\n".join([*lines, self.card.text.signed])

    def all_words(self) -> str:
        """Every text of it, to ask whether it can be printed."""
        return self.for_chat()


def posters_of(sessions, on) -> list[Poster]:
    """The notices of some days in their order, people as of each day, stand-ins included.

    Args:
        sessions: with village, township, team and made_up_for; already bounded to whoever asks.
        on: today; whose numbers are given is as of today.
    """
    sessions = list(sessions)
    hang_notices(sessions)
    expected = expected_of(sessions)
    cards = {card.village.pk: card for card in cards_of({s.village: 0 for s in sessions}, on)}
    return [
        Poster(
            session=session,
            card=cards[session.village_id],
            names=_in_seat_order(expected[session.pk], cards[session.village_id]),
            before=None
            if session.notice is None or session.notice.says(session)
            else session.notice,
        )
        for session in sessions
    ]


def _in_seat_order(people, card):
    """Names as the card has them, and behind them whoever sits there on that day alone."""
    names = list(dict.fromkeys(person.display_name for person in people))
    seats = [person.name for person in card.people]
    return sorted(names, key=lambda name: seats.index(name) if name in seats else len(seats))
