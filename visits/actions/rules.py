"""驻点日规则 of a township, from a day on."""

from django.db import transaction

from liaison import audit
from liaison.errors import NotAllowed
from villages.models import Township
from visits.models import SessionPolicy
from visits.rules import rules_of

LONGEST = 60  # 天
NUMBERS = ("make_up_notice", "confirm_days", "escalate_days")
ON_PAPER = ("sheet_households", "sheet_matters", "sheet_blanks")  # lines of a 走访单
MOST_LINES = 30


@transaction.atomic
def set_session_policy(*, by, township, since, on, edit_days=7, **numbers) -> SessionPolicy:
    """New numbers from a day on; earlier rows stay, a row for that same day is replaced.

    Args:
        since: ``on`` (today) or later.
        numbers: make_up_notice (at least 3: 海珠's rule), confirm_days, escalate_days, all 天; and of a
            走访单 sheet_households (户), sheet_matters (件), sheet_blanks (lines), as in force where not said.
        edit_days: 天 in which a visit outside a liaison day is changed without a reason; 0 is none.
    Raises:
        NotAllowed: not the office's to do there, a number out of bounds, or a day that is past.
    """
    if township not in by.townships_for("visits.manage"):
        raise NotAllowed("驻点日规则由镇驻点办设定，请联系他们。")
    if not all(1 <= numbers[name] <= LONGEST for name in NUMBERS):
        raise NotAllowed(f"天数请填1至{LONGEST}。")
    if not 0 <= edit_days <= LONGEST:
        raise NotAllowed(f"驻点日外的走访直接修改的天数请填0至{LONGEST}。")
    if numbers["make_up_notice"] < 3:
        raise NotAllowed("补驻至少提前3天告知群众，请填3或以上。")
    now = rules_of(township.pk, since)
    numbers = {name: getattr(now, name) for name in ON_PAPER} | numbers
    if not all(0 <= numbers[name] <= MOST_LINES for name in ON_PAPER):
        raise NotAllowed(f"走访单的户数、件数、行数请填0至{MOST_LINES}。")
    if since < on:
        raise NotAllowed("启用日期不能早于今天，过去的规则不再变动。")
    Township.objects.select_for_update(of=("self",), no_key=True).get(pk=township.pk)
    row = SessionPolicy.objects.filter(township=township, since=since).first()
    before = {"规则": row.in_words()} if row else {}
    row = row or SessionPolicy(township=township, since=since)
    for name in (*NUMBERS, *ON_PAPER):
        setattr(row, name, numbers[name])
    row.edit_days = edit_days
    row.version += 0 if row._state.adding else 1
    row.save()
    after = {"规则": row.in_words(), "启用日期": str(since)}
    audit.record(
        by=by, action="设定驻点日规则", subject=row, before=before, after=after,
        township_id=township.pk,
    )  # fmt: skip
    return row
