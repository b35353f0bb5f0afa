"""What a script that sends a form is told: stored, with the proof; or why not, in words.

The contract. A save carries ``X-Draft: <form_key>`` and ``X-Draft-Owner: <tag>``. It is stored when, and only
when, the answer is 2xx and names the Submission: as ``{"id", "url"}``, or to htmx (``HX-Request``) in the
headers ``X-Draft-Id`` and ``X-Draft-Url``. Any other answer keeps what was typed; its reason is one of:

====================  =====  ========================================================================
signed_out            401    the log-in is over; never a redirect to its page
another               401    somebody else is signed in; nothing was looked at
first_password        403    the first password is to be changed before anything else
form_token            403    the page's token is old: once more with the cookie's
forbidden             403    the post does not do that
gone                  404    not (any more) of one's territory
different, changed    409    stored before with other words / changed by a colleague since
too_large             413    more than a form may hold
to_mend               422    a field refuses, or a rule
refused               400    nothing a form of ours sends
fault                 5xx    the server broke
====================  =====  ========================================================================

To htmx a 409 and a 422 stay the pages they are.
"""

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from liaison.forms import is_uuid
from liaison.lists import wants_fragment
from liaison.models import Submission

KEY, OWNER, ID, URL, WHY = "X-Draft", "X-Draft-Owner", "X-Draft-Id", "X-Draft-Url", "X-Draft-Why"
WORDS = {
    "signed_out": "登录已过期，请重新登录。",
    "another": "本机现在登录的是别人，请由填写人登录后再发。",
    "first_password": "请先修改初始密码。",
    "form_token": "页面已过期，请刷新后再发。",
    "forbidden": "您现在的岗位不能保存这一项，请联系镇驻点办。",
    "gone": "要保存到的记录已不在，或不在您的范围内，请联系镇驻点办。",
    "different": "这张表单先前已保存过，内容和这一次不一样，请对照后处理。",
    "changed": "别人刚改过这条记录，请打开核对后再保存。",
    "too_large": "内容太多，超过了一次能保存的大小，请分两次保存。",
    "to_mend": "有填写不符合要求的地方，请打开改正后再保存。",
    "refused": "内容里有系统不能接受的字符，请打开检查后再保存。",
    "fault": "系统出了故障，稍后会再试。",
}
BY_STATUS = {
    401: "signed_out", 403: "forbidden", 404: "gone", 409: "changed", 413: "too_large", 422: "to_mend",
}  # fmt: skip


def refusal(why: str, status: int) -> JsonResponse:
    """A reason of the table above."""
    headers = {WHY: why, "Cache-Control": "no-store"}
    return JsonResponse({"why": why, "words": WORDS[why]}, status=status, headers=headers)


def answer_to(request, response):
    """The view's response as the contract says it.

    Args:
        response: what the view answered to a POST with ``X-Draft``.
    """
    by_htmx = wants_fragment(request)
    if response.status_code >= 400:
        why = response.headers.get(WHY) or BY_STATUS.get(response.status_code)
        why = why or ("fault" if response.status_code >= 500 else "refused")
        if by_htmx and response.status_code in (409, 422):
            response.headers[WHY] = why
            return response
        return _with_cookies(refusal(why, response.status_code), response)
    url = response.headers.get("HX-Redirect") or response.headers.get("Location")
    submission = _stored(request) if url else None
    if submission is None:
        return response if by_htmx and not url else refusal("to_mend", 422)
    if not by_htmx:
        answer = {"id": submission.pk, "url": url}
        return _with_cookies(JsonResponse(answer, headers={"Cache-Control": "no-store"}), response)
    # A redirect is followed by the browser unseen, with its headers: htmx is told where to go instead.
    headers = {"HX-Redirect": url, ID: str(submission.pk), URL: url, "Cache-Control": "no-store"}
    answer = HttpResponse(headers=headers)
    answer.cookies.update(response.cookies)
    return answer


def _with_cookies(answer, response):
    """The session goes on; the sentence for the next page is not kept, or a thousand would heap up."""
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        if name in response.cookies:
            answer.cookies[name] = response.cookies[name]
    return answer


def _stored(request):
    """The note that this person's form was stored, in the same transaction as what it made."""
    key = request.headers[KEY]
    if not is_uuid(key):
        return None
    return Submission.objects.filter(uuid=key, user_id=request.user.pk).only("pk").first()
