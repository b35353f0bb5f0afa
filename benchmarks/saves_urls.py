"""The site's addresses and the floor of a save: the statements that store it, and nothing else.

A plain function view: what was posted is taken as it is. Nothing is looked up, validated, compared, hashed or
permitted; in one transaction it inserts the submission, the visits and a line of the trail each, and moves the
chain of the trail on. What it cannot be without are the doors: session, account, CSRF.
"""

from django.db import transaction
from django.db.models import F
from django.http import HttpResponseRedirect
from django.urls import include, path
from django.utils import timezone

from liaison.access import SIGNED_IN, allow
from liaison.models import AuditChain, AuditEntry, Submission
from visits.models import Visit

HASH = "0" * 64


@allow(SIGNED_IN)
def bare(request, rows):
    """Store so many visits as the site would, by the same statements."""
    told, user = request.POST, request.user
    now = timezone.now()
    with transaction.atomic():
        Submission.objects.create(
            uuid=told["form_key"], user_id=user.pk, purpose="visits", digest=HASH,
            content=told["said"], result="/visits/saved/", at=now,
        )  # fmt: skip
        for line in range(1, rows + 1):
            visit = Visit.objects.create(
                township_id=told["township"], village_id=told["village"],
                household_id=told["household"], mode="evening", said=told["said"],
                nothing_asked=True, occurred_on=told["on"], entered_at=now, entered_by=user, line=line,
            )  # fmt: skip
            AuditChain.objects.filter(key=str(user.pk)).update(
                length=F("length") + 1, last_hash=told["form_key"]
            )
            AuditEntry.objects.create(
                chain=told["form_key"], position=line, at=now, actor_id=user.pk,
                actor_name=user.display_name, actor_post="驻点干部", action="登记走访",
                object_type="visits.Visit", object_id=str(visit.pk), object_label="石桥村 入户走访",
                before={}, after=AFTER, township_id=told["township"], previous_hash=HASH, hash=HASH,
            )  # fmt: skip
    return HttpResponseRedirect("/visits/saved/")


AFTER = {
    "方式": "晚间走访", "户编号": "001", "来访人": "", "人数": 1, "反映情况": "(20字)", "无诉求": "是",
    "发生日期": "2026-11-20",
}  # fmt: skip

urlpatterns = [
    path("bench/bare/<int:rows>/", bare),
    path("", include("liaison.urls")),
]
