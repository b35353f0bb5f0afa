"""附件和公示规定 of a township."""

from django.db import transaction

from grievances.models import PaperPolicy
from liaison import audit, versions
from liaison.errors import NotAllowed

PERMISSION = "grievances.policies"


@transaction.atomic
def set_paper_policy(*, by, township, version, **facts) -> PaperPolicy:
    """How much may be attached and when lists should hang; what was attached before stays.

    Raises:
        Stale: somebody changed it in between. NotAllowed: not his township.
    """
    if township is None or township.pk not in by.village_scope(PERMISSION).townships:
        raise NotAllowed("附件和公示规定由本镇驻点办设定，请联系他们。")
    row, _ = PaperPolicy.objects.get_or_create(township=township)
    row = versions.claim(PaperPolicy.objects.all(), row.pk, version)
    before = str(row)
    for name, value in facts.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    audit.record(
        by=by, action="设定附件和公示规定", subject=row, before={"规定": before},
        after={"规定": str(row)}, township_id=township.pk,
    )  # fmt: skip
    return row
