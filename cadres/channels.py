"""The ways a notice leaves the site. One so far: mail, by Django's own backend."""

import hashlib
import smtplib
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core import mail

MAIL = "mail"
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


class NotSent(Exception):
    """A delivery did not go out; ``str()`` is a Chinese phrase without the address.

    ``channel_down``: the next one would fail too. ``for_good``: trying again changes nothing.
    """

    def __init__(self, reason, *, channel_down=False, for_good=False):
        super().__init__(reason)
        self.channel_down, self.for_good = channel_down, for_good


class MailChannel:
    """Mail to the address of an account."""

    def reaches(self, user) -> bool:
        """Whether a mail could arrive: a mail server is set up and the account has an address."""
        return bool(user.email) and settings.EMAIL_BACKEND != NOWHERE

    @contextmanager
    def opened(self):
        """A function that sends one Delivery; the connection is made at the first and kept."""
        connection = mail.get_connection()
        try:
            yield lambda delivery: self._send(delivery, connection)
        finally:
            with suppress(OSError, smtplib.SMTPException):  # What was sent is sent
                connection.close()

    def _send(self, delivery, connection):
        notice = delivery.notice
        if not (notice.recipient.is_active and notice.recipient.email):
            raise NotSent("收件人已停用或没有登记电子邮箱", for_good=True)
        message = mail.EmailMessage(
            subject=notice.title,
            body=_body(notice),
            to=[notice.recipient.email],
            headers={"Message-ID": message_id(delivery)},
            connection=connection,
        )
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as refused:
            raise NotSent("收件地址被邮件服务器拒绝") from refused
        except smtplib.SMTPAuthenticationError as refused:
            raise NotSent("邮件服务器的账号或密码不对", channel_down=True) from refused
        except smtplib.SMTPResponseException as refused:
            raise NotSent(f"邮件服务器未接受(答复 {refused.smtp_code})") from refused
        except (OSError, smtplib.SMTPException) as fault:
            raise NotSent("连不上邮件服务器", channel_down=True) from fault
        except ValueError as fault:  # A head line that no mail may have
            raise NotSent("通知标题或地址不合邮件格式", for_good=True) from fault


def message_id(delivery) -> str:
    """The same for every try of one delivery, so that mail servers and readers drop a repetition."""
    notice = delivery.notice
    told = f"{notice.kind} {notice.subject} {notice.recipient_id} {notice.slot} {notice.created_at.isoformat()}"
    digest = hashlib.sha256(told.encode()).hexdigest()[:32]
    return f"<{digest}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"


def _body(notice):
    link = f"{settings.SITE_URL}{notice.url}" if settings.SITE_URL and notice.url else ""
    return "\n\n".join(part for part in (notice.text, link, "请登录平台查看办理。") if part)


CHANNELS = {MAIL: MailChannel()}
