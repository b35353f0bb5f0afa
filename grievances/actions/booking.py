"""挂账: put on the book with a reason by whoever approves it, looked at on its day, taken off."""

from django.db import transaction

from grievances.models import Grievance, LookBack
from liaison.clock import local_date
from liaison.errors import NotAllowed

from ._move import Move, claimed, require_words
from .coming_back import check_ahead, lapse

PERMISSION = "grievances.book"
LONGEST = Grievance._meta.get_field("book_reason").max_length
Why = LookBack.Why


@transaction.atomic
def put_on_book(*, grievance, by, now, version, words, review_on) -> Grievance:
    """挂账: the office or a leader approves that a matter will take long, and says when it is looked at again.

    It stays open in every figure and its time limit runs on.

    Raises:
        Stale: somebody saved in between. NotAllowed: wrong hands, his own work, not open, no reason, no day ahead.
    """
    matter, on = _claimed(grievance, by, version), local_date(now)
    if not matter.is_open:
        raise NotAllowed(f"这件诉求现在是“{matter.get_status_display()}”，不用挂账。")
    if matter.is_on_book:
        raise NotAllowed("这件诉求已经挂账，请办理“挂账复查”。")
    if by.pk == matter.handler_id or matter.department_id in by.department_ids() - {None}:
        raise NotAllowed("承办的人和承办单位不批准自己办的事挂账，请由其他同志办理。")
    reason = _short(words, "请写明为什么要长期办理。")
    check_ahead(review_on, on)
    lapse(matter, on, Why.ON_BOOK)
    matter.book_on, matter.book_reason, matter.book_approved_by = on, reason, by
    _next_review(matter, review_on, now)
    return _written(matter, by, on, now, "book", "挂账", f"{reason}。{review_on}复查")


@transaction.atomic
def review_book(*, grievance, by, now, version, words, review_on) -> Grievance:
    """挂账复查: how it stands, and the next day; the history keeps every review."""
    matter, on = _claimed(grievance, by, version), local_date(now)
    _require_on_book(matter)
    seen = require_words(words, "请写明复查看到的进展。")
    check_ahead(review_on, on)
    for row in LookBack.objects.filter(grievance=matter, why=Why.ON_BOOK, done_on=None):
        row.found, row.words, row.done_on, row.by = LookBack.Found.UNFINISHED, seen, on, by
        row.entered_at, row.version = now, row.version + 1
        row.save()
    _next_review(matter, review_on, now)
    said = f"{seen}。{review_on}再复查"
    return _written(matter, by, on, now, "review_book", "挂账复查", said)


@transaction.atomic
def take_off_book(*, grievance, by, now, version, words) -> Grievance:
    """取消挂账: it is handled like any other again; settling a matter takes it off by itself."""
    matter, on = _claimed(grievance, by, version), local_date(now)
    _require_on_book(matter)
    reason = require_words(words, "请写明取消挂账的原因。")
    since = matter.book_on
    lapse(matter, on, Why.ON_BOOK)
    clear_book(matter)
    return _written(matter, by, on, now, "off_book", "取消挂账", f"{reason}。原挂账{since}")


def clear_book(matter) -> None:
    """Take (not save) what the book said away."""
    matter.book_on = matter.book_review_on = matter.book_approved_by = None
    matter.book_reason = ""


def _claimed(grievance, by, version):
    matter = claimed(grievance, by, version)
    if not by.has_perm(PERMISSION):
        raise NotAllowed("挂账由镇驻点办或镇领导批准，请联系他们。")
    return matter


def _require_on_book(matter):
    if not matter.is_on_book:
        raise NotAllowed("这件诉求没有挂账，请刷新页面查看最新情况。")


def _short(words, sentence):
    reason = require_words(words, sentence)
    if len(reason) > LONGEST:
        raise NotAllowed(f"挂账原因请控制在{LONGEST}字以内。")
    return reason


def _next_review(matter, review_on, now):
    matter.book_review_on = review_on
    LookBack.objects.create(grievance=matter, due_on=review_on, why=Why.ON_BOOK, entered_at=now)


def _written(matter, by, on, now, act, name, words):
    matter.version += 1
    matter.save()
    told = {"复查日": str(matter.book_review_on or "")}
    Move(act, matter, by, on, now, words, told).write(name, matter.status)
    return matter
