"""What is done with 便民服务卡: their words are changed, and a batch of them is printed."""

from collections import defaultdict

from django.db import transaction

from cadres.models import CardText
from liaison import audit, versions
from liaison.errors import NotAllowed
from villages.models import Township, Village

from .checks import require

MANAGE, PRINT = "cadres.manage_cards", "cadres.print_cards"
FIELDS = ("heading", "office", "office_phone", "promise", "services", "phones", "code")
SIZES = {"a7": "小卡(A4纸8张)", "a5": "大卡(A5)"}


@transaction.atomic
def change_card_text(*, by, township, version, **facts) -> CardText:
    """Say anew what a township prints on its cards and notices.

    Args:
        version: of the row, 1 while there is none yet.
        facts: FIELDS.
    Raises:
        NotAllowed: not his to do.
        Stale: changed by somebody else since the page was opened.
    """
    require(by, MANAGE, township)
    Township.objects.select_for_update(of=("self",), no_key=True).get(
        pk=township.pk
    )  # its first row once
    saved, _ = CardText.objects.get_or_create(township=township)
    row = versions.claim(CardText, saved.pk, version)
    before = {name: getattr(row, name) for name in FIELDS}
    changed = [name for name in FIELDS if facts[name] != before[name]]
    for name in changed:
        setattr(row, name, facts[name])
    row.version += 1
    row.save()
    audit.record(
        by=by, action="修改服务卡文字", subject=row, township_id=township.pk,
        before=_told(before, changed), after=_told(facts, changed),
    )  # fmt: skip
    return row


def _told(facts, names):
    told = {CardText._meta.get_field(name).verbose_name: str(facts[name]) for name in names}
    # An office's own number; the trail keeps no numbers all the same.
    return {
        word: "(号码)" if word == "驻点办电话" and said else said for word, said in told.items()
    }


@transaction.atomic
def print_cards(*, by, villages, size, way) -> None:
    """A batch leaves the house: one audit line a township. Their numbers become public by it.

    Args:
        size: of SIZES. way: "PDF" or "网页", how it is printed.
    Raises:
        NotAllowed: not his to do, no village, or one that is not his.
    """
    villages = list(villages)
    if not by.has_perm(PRINT):
        raise NotAllowed("您的岗位不印便民服务卡，请联系驻点团队或镇驻点办。")
    if not villages:
        raise NotAllowed("请至少选择一个村。")
    own = Village.objects.visible_to(by, PRINT).filter(pk__in=[each.pk for each in villages])
    if own.count() < len(villages):
        raise NotAllowed("所选的村有的不在您的工作范围内，请重新选择。")
    by_township = defaultdict(list)
    for village in villages:
        by_township[village.township].append(village.name)
    lines = [
        {
            "action": "打印便民服务卡",
            "subject": township,
            "after": {"村": "、".join(names), "村数": len(names), "版式": SIZES[size], "方式": way},
            "township_id": township.pk,
        }
        for township, names in by_township.items()
    ]
    audit.record_many(by=by, lines=lines)
