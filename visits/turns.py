"""轮值: on a day of a rota only those whose turn it is sit, with the seats that never rotate."""

from cadres.models import LiaisonPlan, Seat


class Turns:
    """Whose turn it is on some days; one query, and two more a plan that is a rota."""

    def __init__(self, sessions):
        plans = {session.plan_id for session in sessions if session.turn is not None}
        found = LiaisonPlan.objects.in_bulk(plans) if plans else {}
        self._of = {pk: plan.rota_turns() for pk, plan in found.items()}

    def posts(self, session) -> set[int] | None:
        """Ids of the posts whose turn a day is; None of a day that is no rota's: the whole team sits."""
        if session.turn is None:
            return None
        turns = self._of.get(session.plan_id, ())
        return {post.pk for turn, post, _ in turns if turn == session.turn}

    def sits(self, session, seat) -> bool:
        """Whether a seat of the team is filled on that day."""
        on_turn = self.posts(session)
        if on_turn is None or seat.post_id in on_turn:
            return True
        rotating = {post.pk for _, post, _ in self._of.get(session.plan_id, ())}
        return seat.kind not in Seat.ROTATING and seat.post_id not in rotating
