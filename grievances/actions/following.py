"""随走访更正: whom a matter came from and what he said follow the row they were written in."""

from liaison import clock

from ._move import Move

ACT, NAME = "follow_visit", "随走访更正"


def follow(visit, before, *, by, now) -> None:
    """Put right the matters asked at a visit that was put right; each says so in its history.

    A fact that was written otherwise meanwhile stays. Confidential matters are not looked for: those they are
    open to put them right.

    Args:
        before: what the visit said until then (visits.actions.following.Stood).
    """
    for matter in visit.grievances.select_for_update(of=("self",)).order_by("pk"):
        words = _put_right(matter, visit, before)
        if not words:
            continue
        matter.version += 1
        matter.save()
        told = {"户编号": matter.household.number if matter.household else ""}
        Move(ACT, matter, by, clock.local_date(now), now, f"{'；'.join(words)}。", told).write(
            NAME, matter.status
        )


def _put_right(matter, visit, before) -> list[str]:
    """Change what still says what the visit said; returns what changed, in words."""
    words, stands = [], type(before).of(visit)
    if before.who != stands.who and matter.household_id == getattr(before.household, "pk", None):
        matter.household = visit.household
        words.append(f"反映人原为“{before.who}”，更正为“{stands.who}”")
        if matter.complainant == before.name:
            matter.complainant = stands.name
    if before.persons != visit.persons and matter.persons == before.persons:
        matter.persons = visit.persons
        words.append(f"人数原为{before.persons}，更正为{visit.persons}")
    if before.said != visit.said and matter.detail == before.said:
        matter.detail = visit.said
        words.append("详情随反映情况更正")
    return words
