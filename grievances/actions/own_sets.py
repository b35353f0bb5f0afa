"""A township takes over a general set of rows (呈报层级, 督办回复时限) to make it its own."""

from django.db import transaction

from grievances.models import Rung, SupervisionRule
from liaison import audit
from liaison.errors import NotAllowed
from villages.models import Township

PERMISSION = "grievances.policies"
FACTS = {
    Rung: ("order", "name", "role", "overdue_days", "meets_on"),
    SupervisionRule: ("level", "reply_days"),
}


@transaction.atomic
def adopt_general(*, model, by) -> int:
    """Copy the general rows in use for one's own township, which from then on goes by its own alone.

    Returns:
        How many rows (条).
    Raises:
        NotAllowed: not his to do, or the township has rows of its own.
    """
    if by.township_id not in by.village_scope(PERMISSION).townships:
        raise NotAllowed("您的岗位不能设定本镇的规则，请联系镇驻点办。")
    township = Township.objects.select_for_update(no_key=True).get(pk=by.township_id)
    if model.objects.filter(township=township).exists():
        raise NotAllowed("本镇已经有自己的一套，请直接修改。")
    general = model.objects.filter(township=None)
    rows = [
        model.objects.create(
            township=township, **{name: getattr(row, name) for name in FACTS[model]}
        )
        for row in general
    ]
    audit.record(
        by=by, action=f"本镇另设{model._meta.verbose_name}", after={"条数": len(rows)},
        label=str(township), township_id=township.pk,
    )  # fmt: skip
    return len(rows)
