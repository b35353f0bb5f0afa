"""What ``manage.py check --deploy`` says about notices."""

from django.conf import settings
from django.core import checks

from cadres.channels import NOWHERE


@checks.register(checks.Tags.security, deploy=True)
def mail_server_is_set(app_configs, **kwargs):
    """Without a mail server reminders stay in the site; the operator should know."""
    if settings.EMAIL_BACKEND != NOWHERE:
        return []
    hint = "在 .env 写明 EMAIL_URL=smtp://服务器:端口，不用邮件可不理会。"
    return [checks.Warning("没有设置邮件服务器，提醒只在站内显示。", hint=hint, id="cadres.W001")]
