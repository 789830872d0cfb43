import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helhedsplan.settings")

if not settings.EMAIL_URL:
    raise ImproperlyConfigured(
        "Miljøvariablen EMAIL_URL mangler. Sæt den til mailserveren, som smtp+tls://bruger:kode@host:587, "
        "eller til konsol: for at skrive mails i loggen, hvor enhver, der læser den, kan bruge deres links."
    )

application = get_wsgi_application()
