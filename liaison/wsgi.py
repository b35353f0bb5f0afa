"""What the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

from .whole_body import whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings")

application = whole_bodies(get_wsgi_application())
