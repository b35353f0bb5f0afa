"""Which matters stand on a list, and what is proposed to be said of each."""

from grievances.models import Grievance, Publication, PublicationRow
from grievances.models.publication import COURSE, WORDS

from .wording import for_a_wall, names_of

MOST = 100  # 件 of one list: more is no list anybody reads on a wall
Kind = Publication.Kind


def matters_for(publication, user):
    """Matters of a list in administrative order; confidential ones are never among them.

    问题清单: said in the period and still open. 办结清单: settled in the period. 台账公示: said in it, 不予受理 apart.
    """
    rows = Grievance.objects.visible_to(user).public().filter(township=publication.township_id)
    if publication.village_id:
        rows = rows.filter(village=publication.village_id)
    span = publication.starts_on, publication.ends_on
    if publication.kind == Kind.PROBLEMS:
        rows = rows.open().registered_within(*span)
    elif publication.kind == Kind.SETTLED:
        rows = rows.settled_within(*span)
    else:
        rows = rows.counted().registered_within(*span)
    rows = rows.exclude(village=None).select_related("household", "department", "method")
    return rows.defer("phone").order_by("village__code", "registered_on", "pk")


def lines_of(publication, matters) -> list[PublicationRow]:
    """A line for each matter with the words proposed for it; not saved."""
    names = names_of(publication.township_id, publication.village_id)
    return [
        PublicationRow(
            publication=publication,
            grievance=matter,
            place=place,
            words=for_a_wall(matter.summary, matter, names, WORDS) or matter.category.name,
            course=for_a_wall(_course(publication.kind, matter), matter, names, COURSE),
        )
        for place, matter in enumerate(matters, start=1)
    ]


def _course(kind, matter) -> str:
    """落实举措 of an open matter, 办理结果 of a settled one."""
    if kind == Kind.LEDGER:
        return ""
    if kind == Kind.SETTLED:
        return matter.result or matter.get_settlement_display() or "已办结"
    if matter.department:
        return f"已交{matter.department}办理"
    return "已受理，正在研究办理" if matter.accepted_on else "已登记，正在受理"
