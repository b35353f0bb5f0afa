"""轮值次序 in words: a line a turn, 「书记、镇长 周一」; posts of the team by title or by holder."""

import re

from cadres.models import Holding
from cadres.rhythm import WEEKDAY_NAMES

_FIXED = re.compile(rf"[\s(（]*(?:固定)?(?:每)?(?:周|星期)([{WEEKDAY_NAMES}])[)）]?\s*$")
_PART = re.compile(r"[、,，和\s]+")
Turn = tuple[int, object, int | None]  # (turn, post, weekday it is fixed to or None)


class UnclearTurns(Exception):
    """A line names nobody, or somebody twice; ``str()`` is a Chinese sentence."""


def read_turns(text: str, team, on) -> list[Turn]:
    """Turns of a text; an empty one has none, which means the team's seats in their order.

    Args:
        on: the day whose holders may be named instead of posts.
    Raises:
        UnclearTurns: with the line and what to do.
    """
    named = _names(team, on)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    turns, seen = [], set()
    for at, line in enumerate(lines, start=1):
        fixed = _FIXED.search(line)
        weekday = WEEKDAY_NAMES.index(fixed[1]) if fixed else None
        for name in filter(None, _PART.split(line[: fixed.start()] if fixed else line)):
            post = named.get(name)
            if post is None:
                raise UnclearTurns(f"第{at}行的“{name[:20]}”不是{team}的岗位或任职人，请核对。")
            if post.pk in seen:
                raise UnclearTurns(f"第{at}行的“{name[:20]}”前面已经有了，一个岗位只排一次。")
            seen.add(post.pk)
            turns.append((at, post, weekday))
    _check_fixed(turns)
    return turns


def _names(team, on):
    """{title or holder's name: post} of the team."""
    posts = {seat.post_id: seat.post for seat in team.seats.select_related("post")}
    named = {}
    for holding in Holding.objects.current(on).filter(post__in=posts).select_related("user"):
        named[holding.user.display_name] = posts[holding.post_id]
    return named | {post.title: post for post in posts.values()}


def _check_fixed(turns):
    """One weekday belongs to one turn."""
    owner = {}
    for turn, _, weekday in turns:
        if weekday is not None and owner.setdefault(weekday, turn) != turn:
            raise UnclearTurns(f"周{WEEKDAY_NAMES[weekday]}排了两行，请并成一行。")


def in_words(turns) -> str:
    """The text read_turns() reads back: a line a turn."""
    lines = {}
    for turn, post, weekday in turns:
        lines.setdefault((turn, weekday), []).append(post.title)
    return "\n".join(
        "、".join(titles) + ("" if weekday is None else f" 周{WEEKDAY_NAMES[weekday]}")
        for (_, weekday), titles in sorted(lines.items(), key=lambda line: line[0][0])
    )
