"""The site's settings with the bare views beside it, for a server that is measured.

``BENCH_DOORS=stock`` puts Django's own middleware in the place of the house's.
"""

import os

from liaison.settings import *  # noqa: F403
from liaison.settings import STORAGES

ROOT_URLCONF = "benchmarks.saves_urls"
# Saves are measured, not the hashing of names that collectstatic does once.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
# Nor is it the log-in, of which fifty come first.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if os.environ.get("BENCH_DOORS") == "stock":
    MIDDLEWARE = [
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ]
