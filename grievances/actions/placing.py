"""核定所在村: a matter of an older ledger that named a village nobody knows gets its place."""

from django.db import transaction

from grievances.models import Grievance
from liaison.errors import NotAllowed
from villages.models import Village

from ._move import Move, check_day, claimed

PERMISSION = "grievances.accept"


@transaction.atomic
def place(*, grievance, by, on, now, version, village) -> Grievance:
    """The office says which village it is, once; from then on its team sees the matter and it can move.

    Raises:
        Stale: somebody saved in between. NotAllowed: wrong hands, placed already, another township's village.
    """
    matter = claimed(grievance, by, version)
    if not by.has_perm(PERMISSION):
        raise NotAllowed("您的岗位不核定所在村，请联系镇驻点办。")
    if matter.village_id:
        raise NotAllowed(f"这件诉求已经核定在{matter.village}。")
    known = Village.objects.visible_to(by, PERMISSION).filter(township=matter.township_id)
    if village is None or not known.filter(pk=village.pk).exists():
        raise NotAllowed("请选择本镇的村(社区)。")
    check_day(on, now)
    matter.village = village
    matter.version += 1
    matter.save()
    words = f"原写“{matter.village_words or '未写明'}”，核定为{village}"
    told = {"村(社区)": village.name}
    Move("place", matter, by, on, now, words, told).write("核定所在村", matter.status)
    return matter
