"""What becomes of a drawn matter: asked, not reached, or opened again before anybody asked."""

from grievances.models import FollowUp, SampledMatter

State = SampledMatter.State


def note_answer(matter, follow_up) -> None:
    """Enter a follow-up with every sample that waits for this matter, whoever asked."""
    unreached = follow_up.answer == FollowUp.Answer.UNREACHED
    for row in _open(matter):
        row.follow_up = follow_up
        row.state = State.UNREACHED if unreached else State.ANSWERED
        row.save(update_fields=["follow_up", "state"])


def drop_from_samples(matter) -> None:
    """Opened again before it was asked about: there is nothing to ask yet."""
    for row in _open(matter).filter(state=State.WAITING):
        row.state = State.VOID
        row.save(update_fields=["state"])


def _open(matter):
    rows = SampledMatter.objects.filter(grievance=matter).select_for_update()
    return rows.filter(state__in=(State.WAITING, State.UNREACHED))
