"""What the verbs of proposals and needs share: whose place, which day, whose words."""

from liaison import clock
from liaison.errors import NotAllowed
from villages.models import Village

WRITES = "visits.log"


def check_place(by, village, household=None, visit=None) -> None:
    """It is one of the villages where this person writes things down; household and visit are of it.

    Raises:
        NotAllowed: it is not, or they are not.
    """
    if not by.has_perm(WRITES):
        raise NotAllowed("您的岗位不登记走访，请联系驻点干部或镇驻点办。")
    if not Village.objects.visible_to(by, WRITES).filter(pk=village.pk).exists():
        raise NotAllowed(f"{village}不是您负责的村，请核对后再填。")
    if any(row and row.village_id != village.pk for row in (household, visit)):
        raise NotAllowed(f"所选的户或走访不在{village}，请重新选择。")


def check_who(household, visitor) -> None:
    """Somebody is named; 匿名 is a name too."""
    if not household and not visitor.strip():
        raise NotAllowed("请填写户或姓名；不愿留名的写“匿名”。")


def check_day(on, now, since=None) -> None:
    """A day that has come, and not before the row's own."""
    if on > clock.local_date(now):
        raise NotAllowed("日期在今天以后，请改成实际发生的日期。")
    if since and on < since:
        raise NotAllowed(f"日期早于登记的{since:%Y-%m-%d}，请核对。")


def check_words(model, field, words, what) -> str:
    """Some words, none too many for their place.

    Raises:
        NotAllowed: none, or more than the field holds.
    """
    words, longest = words.strip(), model._meta.get_field(field).max_length
    if not words:
        raise NotAllowed(f"请填写{what}。")
    if longest and len(words) > longest:
        raise NotAllowed(f"{what}请控制在{longest}字以内。")
    return words


def line_by(model, by, **facts):
    """A line of history under the name and post of now."""
    return model.objects.create(by=by, by_name=by.display_name, by_post=by.post_title(), **facts)
