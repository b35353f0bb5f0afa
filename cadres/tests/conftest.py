"""A web server for the channels that speak to one."""

from tests.web_server import far_end

__all__ = ["far_end"]
