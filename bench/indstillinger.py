"""The site's own settings, and beside it what it is measured against: a bare view and Django's admin."""

from helhedsplan.settings import *  # noqa: F403
from helhedsplan.settings import BASE_DIR, INSTALLED_APPS, TEMPLATES

ALLOWED_HOSTS = ["localhost"]
INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "templates")
ROOT_URLCONF = "bench.urls"
SILENCED_SYSTEM_CHECKS = ["admin.E403"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
