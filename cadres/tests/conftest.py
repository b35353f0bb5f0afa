"""A web server and a mail server for the channels that speak to them."""

from tests.mail_server import mailbox
from tests.web_server import far_end

__all__ = ["far_end", "mailbox"]
