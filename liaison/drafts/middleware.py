"""Saves sent by a script are answered as the contract says (answers.py); other requests pass untouched."""

from django.conf import settings
from django.utils.crypto import constant_time_compare

from liaison import access

from .answers import KEY, OWNER, answer_to, refusal
from .keys import tag_of


class DraftAnswersMiddleware:
    """Outside every door that may refuse: its answer is what the script is told."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if KEY not in request.headers or request.method != "POST":
            return self.get_response(request)
        if _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and not _has_files(request):
            return refusal("too_large", 413)
        return answer_to(request, self.get_response(request))

    def process_view(self, request, view, args, kwargs):
        """Before anything is read: is the writer signed in, and is it he?"""
        if KEY not in request.headers or access.declared_access(view) == access.OPEN:
            return None
        if not request.user.is_authenticated:
            return refusal("signed_out", 401)
        if not constant_time_compare(request.headers.get(OWNER, ""), tag_of(request.user)):
            return refusal("another", 401)
        if request.user.must_change_password:
            return refusal("first_password", 403)
        return None


def _length(request) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0


def _has_files(request) -> bool:
    """Files do not count to what a form may hold."""
    return request.content_type == "multipart/form-data"
