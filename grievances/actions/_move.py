"""The frame of every act: claim the row, ask the rules, then step, audit and notice in one go."""

from dataclasses import dataclass, field

from django.db.models import Q

from grievances import rules, secrecy, telling
from grievances.models import Grievance, Step
from grievances.models.states import TRANSITIONS, Status
from liaison import audit, clock, versions
from liaison.errors import NotAllowed


@dataclass
class Move:
    """One act on its way: the locked row, and what its history line will say."""

    act: str
    grievance: Grievance
    by: object
    on: object
    now: object
    words: str = ""
    told: dict = field(default_factory=dict)  # what the audit line says beyond the states

    def finish(self) -> Grievance:
        """Lead the matter to the act's state (some leave it where it is) and write it all down.

        Returns:
            The matter.
        """
        name, _, to = TRANSITIONS[self.act]
        was = self.grievance.status
        self.grievance.status = to or was
        self.grievance.version += 1
        self.grievance.save()
        self.write(name, was)
        return self.grievance

    def write(self, name, was="") -> None:
        """The line of history, the audit line and the notices."""
        matter = self.grievance
        Step.objects.create(
            grievance=matter,
            act=self.act,
            act_name=name,
            from_status=was,
            to_status=matter.status,
            by=self.by,
            by_name=self.by.display_name,
            by_post=self.by.post_title()[:100],
            department=matter.department,
            words=self.words,
            on=self.on,
            entered_at=self.now,
        )
        audit.record(
            by=self.by,
            action=name,
            subject=matter,
            before={"状态": Status(was).label} if was else {},
            after={
                "状态": Status(matter.status).label,
                "日期": self.on.isoformat(),
                **self.told,
            },
            township_id=matter.township_id,
        )
        if matter.is_confidential and self.act != "register":
            secrecy.take_up(matter, self.by, self.on)
        telling.tell(self.act, matter, by=self.by, now=self.now)


def begin(act, *, grievance, by, on, now, version, not_before=None) -> Move:
    """Lock the matter at the version that was shown and make sure the act is allowed.

    Args:
        not_before: name of the date field the act's day may not precede; the registration's by default.
    Raises:
        Stale: somebody saved in between. NotAllowed: wrong hands, state or day.
    """
    matter = claimed(grievance, by, version)
    if sentence := rules.refusal(act, matter, by):
        raise NotAllowed(sentence)
    check_day(on, now, matter, not_before or "registered_on")
    return Move(act, matter, by, on, now)


def claimed(grievance, by, version):
    """The locked matter at the version that was shown; Stale or NotAllowed otherwise."""
    try:
        return versions.claim(Grievance.every.open_to(by), grievance.pk, version)
    except Grievance.DoesNotExist as gone:
        raise NotAllowed("没有这件诉求，或不在您的工作范围内。") from gone


def lock_together(grievance, number) -> None:
    """Lock a matter, what hangs on it and the one of that number it is to be joined to, in the order of their ids.

    First of all in an act that joins two: who joins the same matters crosswise waits, and neither for ever.
    What is wrong with any of them is said by who asks afterwards.
    """
    rows = Grievance.objects.filter(township=grievance.township_id).filter(
        Q(pk=grievance.pk)
        | Q(number=number.strip())
        | Q(merged_into=grievance.pk)
        | Q(repeat_of=grievance.pk)
    )
    list(rows.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))


def another(number, matter, by):
    """Another matter of the township by its number, for acts that join two.

    Raises:
        NotAllowed: none of that number that this user sees, or the matter itself.
    """
    rows = Grievance.objects.visible_to(by).filter(township=matter.township_id)
    found = rows.filter(number=number.strip()).first()
    if found is None:
        raise NotAllowed(f"本镇没有编号为{number.strip()}的诉求，请核对编号。")
    if found.pk == matter.pk:
        raise NotAllowed("这就是本件诉求，请填写另一件的编号。")
    return found


def check_day(on, now, matter=None, not_before="") -> None:
    """An act's day may be late to be typed, but not in the future nor before what it follows.

    Raises:
        NotAllowed: with the two days.
    """
    if on > clock.local_date(now):
        raise NotAllowed(f"日期{on}还没有到，请填写实际发生的日期。")
    earlier = getattr(matter, not_before) if matter else None
    if earlier and on < earlier:
        name = matter._meta.get_field(not_before).verbose_name
        raise NotAllowed(f"日期{on}早于{name}{earlier}，请核对。")


def require_words(words, sentence) -> str:
    """The words of an act that needs a reason, without blanks around them; NotAllowed when there are none."""
    words = words.strip()
    if not words:
        raise NotAllowed(sentence)
    return words


def require_choice(value, choices, label) -> None:
    """NotAllowed when a coded answer is not of its list: nothing is taken for granted."""
    if value not in choices.values:
        raise NotAllowed(f"请选择{label}。")
