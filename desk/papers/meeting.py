"""会议签到表 of a standing meeting: those it is announced to, in the order of their posts, with room to sign."""

from cadres.meeting_reminding import ATTENDING
from cadres.models import Holding
from liaison.documents.layout import TITLE, Paper
from visits.posters import in_full

from . import kinds, words
from .day import numbered

SPARE = 6  # blank lines for whoever else comes


def expected(meeting, on) -> list[dict]:
    """Leaders and the office on that day, each once with the first of his posts."""
    holdings = Holding.objects.current(on).filter(
        post__township=meeting.township_id, post__role__in=ATTENDING, user__is_active=True
    )
    people = {}
    for holding in holdings.select_related("user", "post").order_by("post__order", "post_id", "pk"):
        people.setdefault(holding.user_id, holding)
    return [
        {"姓名": held.user.display_name, "职务": held.post.title, "签到": "", "备注": ""}
        for held in people.values()
    ]


def sign_in_sheet(meeting, on, user, now) -> Paper:
    """The sheet of one date."""
    people = expected(meeting, on)
    blank = [dict.fromkeys(("姓名", "职务", "签到", "备注"), "")] * SPARE
    context = {
        TITLE: f"{meeting.full_name}签到表",
        "乡镇": str(meeting.township),
        "会议名称": meeting.name,
        "日期": in_full(on),
        "时间": f"{meeting.starts_at:%H:%M}–{meeting.ends_at:%H:%M}",
        "地点": meeting.place,
        "应到人数": str(len(people)),
        "名单": numbered(people + blank),
    }
    return Paper(
        kind=kinds.SIGN_IN,
        context=context | words.made(user, now),
        place=(str(meeting.township), meeting.name),
        when=f"{on:%Y%m%d}",
    )
