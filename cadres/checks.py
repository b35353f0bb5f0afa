"""What ``manage.py check --deploy`` says about notices."""

from django.conf import settings
from django.core import checks

from cadres.channels import NOWHERE
from cadres.channels.sms import fill


@checks.register(checks.Tags.security, deploy=True)
def mail_server_is_set(app_configs, **kwargs):
    """Without a mail server reminders stay in the site; the operator should know."""
    if settings.EMAIL_BACKEND != NOWHERE:
        return []
    hint = "在 .env 写明 EMAIL_URL=smtp://服务器:端口，不用邮件可不理会。"
    return [checks.Warning("没有设置邮件服务器，提醒只在站内显示。", hint=hint, id="cadres.W001")]


@checks.register(checks.Tags.security)
def sms_gateway_is_whole(app_configs, **kwargs):
    """A gateway whose address or template cannot work would fail at the first reminder; said at the start."""
    if not settings.SMS_URL:
        return []
    faults = []
    if not settings.SMS_URL.startswith(("http://", "https://")):
        faults.append(checks.Error("SMS_URL 须以 http:// 或 https:// 开头。", id="cadres.E001"))
    shown = str(fill(settings.SMS_BODY, {"phone": "<phone>", "text": "<text>", "id": ""}))
    if not isinstance(settings.SMS_BODY, dict) or not ("<phone>" in shown and "<text>" in shown):
        faults.append(
            checks.Error("SMS_BODY 须是含 {phone} 和 {text} 的 JSON 对象。", id="cadres.E002")
        )
    if "=" not in settings.SMS_OK:
        faults.append(checks.Error("SMS_OK 请写成 字段=值，如 code=0。", id="cadres.E003"))
    return faults
