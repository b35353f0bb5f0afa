"""Which papers a matter has by now: by its state, and by the steps that were taken, told by the name of the act."""

from dataclasses import dataclass

from grievances.models import IssuedPaper, Status, Step
from liaison.documents.kinds import Kind

from . import kinds

# kind -> the acts each of whose steps makes one paper of it
BY_STEP = {
    kinds.ASSIGNMENT: ("assign",),
    kinds.TRANSFER: ("transfer", "forward"),
    kinds.ESCALATION: ("escalate",),
    kinds.EXTENSION: ("ask_extension",),
    kinds.SUPERVISION: ("supervise",),
}
# A request -> what is answered to it, up to the next one; it stands on the request's own paper
ANSWERS = {"ask_extension": ("extend", "refuse_extension", "withdraw_extension")}
# kind -> (what its number is called, the permission that gives it)
NUMBERED = {
    kinds.ASSIGNMENT: ("交办", "grievances.assign"),
    kinds.TRANSFER: ("转办", "grievances.assign"),
    kinds.ESCALATION: ("呈报", "grievances.assign"),
    kinds.EXTENSION: ("延期", "grievances.settle"),
    kinds.SUPERVISION: ("督办", "grievances.reopen"),
    kinds.DECLINED: ("不受理", "grievances.accept"),
    kinds.REPLY: ("答复", "grievances.answer"),
}
_SETTLING = ("settle", "settle_on_the_spot")


@dataclass
class Sheet:
    """One paper a matter has: of a step, or of the matter as it stands."""

    kind: Kind
    step: Step | None = None
    issued: IssuedPaper | None = None

    @property
    def is_numbered(self) -> bool:
        """Whether this kind carries a number of its own."""
        return self.kind in NUMBERED

    def may_number(self, user) -> bool:
        """Whether this person gives it its number."""
        return self.is_numbered and user.has_perm(NUMBERED[self.kind][1])


def sheets_of(matter) -> list[Sheet]:
    """Every paper of a matter in the order of the kinds, the newest step first; two queries."""
    steps = list(matter.steps.all())[::-1]
    issued = {(each.kind, each.step_id): each for each in matter.issued_papers.all()}
    sheets = [sheet for kind in kinds.KINDS for sheet in _sheets(kind, matter, steps)]
    for sheet in sheets:
        sheet.issued = issued.get((sheet.kind.key, sheet.step.pk if sheet.step else None))
    return sheets


def find(matter, kind, step_id=None) -> Sheet | None:
    """One paper of a matter; the newest of its kind where no step is named."""
    found = [sheet for sheet in sheets_of(matter) if sheet.kind is kind]
    if step_id is not None:
        found = [sheet for sheet in found if sheet.step and sheet.step.pk == step_id]
    return found[0] if found else None


def answers_to(step, steps) -> list[Step]:
    """What was answered to a request: later steps, up to the next request.

    Args:
        steps: of the matter, oldest first.
    """
    later = [each for each in steps if each.pk > step.pk]
    again = next((each.pk for each in later if each.act == step.act), None)
    acts = ANSWERS.get(step.act, ())
    return [each for each in later if each.act in acts and (again is None or each.pk < again)]


def _sheets(kind, matter, steps):
    if kind in BY_STEP:
        return [Sheet(kind, step) for step in steps if step.act in BY_STEP[kind]]
    if kind is kinds.FORM:
        return [Sheet(kind)] if matter.status != Status.DECLINED else []
    if kind is kinds.DECLINED:
        of = _last(steps, ("decline",))
        return [Sheet(kind, of)] if matter.status == Status.DECLINED else []
    if kind is kinds.REPLY:
        return [Sheet(kind, _last(steps, _SETTLING))] if matter.is_settled else []
    closed = matter.status in (Status.VERIFIED, Status.CLOSED_OUT)
    return [Sheet(kind, _last(steps, ("close_out",)))] if closed else []


def _last(steps, acts):
    """The newest step of these acts; ``steps`` are newest first."""
    return next((step for step in steps if step.act in acts), None)
