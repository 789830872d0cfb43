"""The site's own settings for the web processes of the short form, whose static files need not be gathered."""

from helhedsplan.settings import *  # noqa: F403
from helhedsplan.settings import STORAGES

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
