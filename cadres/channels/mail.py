"""邮件, by Django's own backend."""

import smtplib
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core import mail
from django.core.mail.backends.smtp import EmailBackend

from .base import MAIL, Channel, NotSent, dedup_id, link_of

NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


class MailChannel(Channel):
    """Mail to the address of an account."""

    name = MAIL

    def reaches(self, addressee) -> bool:
        """A mail server is set up and the account has an address."""
        return bool(addressee.email) and settings.EMAIL_BACKEND != NOWHERE

    @contextmanager
    def opened(self):
        """The connection is made at the first mail and kept for the pass."""
        connection = mail.get_connection()
        try:
            yield lambda delivery, moment: self._send(delivery, connection)
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
            _hand_over(message, connection)
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


def _hand_over(message, connection):
    """Over the open connection; Django would make and end one for every mail."""
    is_new = isinstance(connection, EmailBackend) and connection.open()
    try:
        message.send()
    except smtplib.SMTPServerDisconnected:
        connection.close()
        if is_new:
            raise
        # The server had ended the old one: some take so many mails a connection and no more.
        message.send()


def message_id(delivery) -> str:
    """The same for every try of one delivery, so that mail servers and readers drop a repetition."""
    return f"<{dedup_id(delivery)}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"


def _body(notice):
    return "\n\n".join(
        part for part in (notice.text, link_of(notice), "请登录平台查看办理。") if part
    )
