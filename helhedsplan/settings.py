"""Settings: everything that differs between installations comes from the environment.

With the embedded database and no public host name nothing need be set. Production (PostgreSQL or a public host
name) needs SECRET_KEY and ALLOWED_HOSTS; a missing one stops the start and says what to set.
"""

import os
import secrets
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

#: The name of the kommune's own login in addresses, and on the button when nothing else is set.
OIDC_NOEGLE, OIDC_NAVN = "kommune", os.environ.get("OIDC_NAVN", "").strip() or "kommunens login"
#: The kinds of mail servers, and the port of each when none is told.
PORTE = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
BASE_DIR = Path(__file__).resolve().parent.parent


def ja(navn: str, standard: str = "0") -> bool:
    return os.environ.get(navn, standard).strip().lower() in {"1", "true", "ja", "yes"}


def lokal_noegle(sti: Path) -> str:
    """The key of a local installation: made once, kept beside the embedded database."""
    try:
        return sti.read_text().strip()
    except FileNotFoundError:
        sti.parent.mkdir(parents=True, exist_ok=True)
        noegle = secrets.token_urlsafe(50)
        with open(os.open(sti, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as fil:
            fil.write(noegle)
        return noegle


def liste(navn: str) -> list[str]:
    return [del_.strip() for del_ in os.environ.get(navn, "").split(",") if del_.strip()]


def mailserver(url: str) -> tuple[str, int, str, str, bool, bool]:
    """(host, port, user, password, STARTTLS, TLS) of an EMAIL_URL."""
    hjaelp = "Skriv den som smtp+tls://bruger:kode@host:587, smtps://…, smtp://… eller konsol:"
    try:
        dele = urlsplit(url)
        vaert, port = dele.hostname or "", dele.port
    except ValueError as fejl:
        raise ImproperlyConfigured(f"EMAIL_URL kan ikke læses. {hjaelp}") from fejl
    if url in {"", "konsol:"}:
        return "localhost", 25, "", "", False, False
    if dele.scheme not in PORTE or not vaert:
        raise ImproperlyConfigured(f"EMAIL_URL kan ikke læses. {hjaelp}")
    bruger, kode = unquote(dele.username or ""), unquote(dele.password or "")
    return vaert, port or PORTE[dele.scheme], bruger, kode, dele.scheme == "smtp+tls", dele.scheme == "smtps"


def fillager(url: str) -> dict:
    """Where uploads and papers lie, as Django names it: MEDIA_ROOT, or the bucket of a FIL_LAGER."""
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    hjaelp = (
        "Skriv den som s3://noegle:hemmelighed@host/spand, eller med mappe og region som "
        "s3://noegle:hemmelighed@host/spand/mappe?region=eu-north-1 (s3+http:// uden TLS). "
        "Lad den være tom for at lægge filerne i MEDIA_ROOT."
    )
    try:
        dele = urlsplit(url)
        vaert, port = dele.hostname or "", dele.port
        ekstra = dict(parse_qsl(dele.query, strict_parsing=bool(dele.query)))
    except ValueError as fejl:
        raise ImproperlyConfigured(f"FIL_LAGER kan ikke læses. {hjaelp}") from fejl
    spand, _, mappe = dele.path.strip("/").partition("/")
    halv_noegle = bool(dele.username) != bool(dele.password)
    if dele.scheme not in {"s3", "s3+http"} or not vaert or not spand or halv_noegle or set(ekstra) - {"region"}:
        raise ImproperlyConfigured(f"FIL_LAGER kan ikke læses. {hjaelp}")
    vaert = f"[{vaert}]" if ":" in vaert else vaert
    return {
        "BACKEND": "helhedsplan.s3lager.S3Lager",
        "OPTIONS": {
            "endpoint_url": f"{'http' if dele.scheme == 's3+http' else 'https'}://{vaert}{f':{port}' if port else ''}",
            "bucket_name": unquote(spand),
            "location": unquote(mappe),
            "region_name": ekstra.get("region", "us-east-1"),
            # None of these: boto3 finds what the machine itself has been given.
            "access_key": unquote(dele.username or "") or None,
            "secret_key": unquote(dele.password or "") or None,
        },
    }


def passkey_domaene(adresse: str) -> str:
    """The host of the site's address; localhost for one of digits, which no passkey can belong to."""
    vaert = urlsplit(adresse).hostname or "localhost"
    try:
        ip_address(vaert)
    except ValueError:
        return vaert
    return "localhost"


def delte_caches(url: str, egne: dict[str, dict]) -> dict[str, dict]:
    """The caches that all processes share, on the server of a CACHE_URL, with their own in reserve; {} without one."""
    if not url:
        return {}
    hjaelp = "Skriv den som redis://:kode@host:6379/0, rediss://… (TLS) eller unix:///sti/til/redis.sock."
    try:
        dele = urlsplit(url)
        vaert, _ = dele.hostname, dele.port
    except ValueError as fejl:
        raise ImproperlyConfigured(f"CACHE_URL kan ikke læses. {hjaelp}") from fejl
    if dele.scheme not in {"redis", "rediss", "unix"} or not (dele.path if dele.scheme == "unix" else vaert):
        raise ImproperlyConfigured(f"CACHE_URL kan ikke læses. {hjaelp}")
    fundne = {}
    for navn in ("default", "loest", "arbejde"):
        fundne[f"{navn}_reserve"] = egne[navn]
        fundne[navn] = {
            "BACKEND": "helhedsplan.deltcache.Deltcache",
            "LOCATION": url,
            "KEY_PREFIX": f"helhedsplan:{navn}",
            "OPTIONS": {"reserve": f"{navn}_reserve"},
        } | ({"TIMEOUT": egne[navn]["TIMEOUT"]} if "TIMEOUT" in egne[navn] else {})
    return fundne


def kommunelogin(miljoe: Mapping[str, str]) -> dict:
    """The kommune's own login (OpenID Connect), as allauth names it; {} when none is set up."""
    navne = ("OIDC_UDSTEDER", "OIDC_KLIENT", "OIDC_HEMMELIGHED", "OIDC_ROLLER")
    sat = {navn: miljoe.get(navn, "").strip() for navn in navne}
    if not any(sat.values()):
        return {}
    if mangler := [navn for navn, vaerdi in sat.items() if not vaerdi]:
        raise ImproperlyConfigured(
            f"Miljøvariablen {mangler[0]} mangler. Kommunens login skal have {', '.join(navne)}. Se docs/drift.md."
        )
    udsteder = urlsplit(sat["OIDC_UDSTEDER"])
    if udsteder.scheme != "https" and udsteder.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured("OIDC_UDSTEDER skal begynde med https://. Skriv adressen på kommunens login.")
    app = {
        "provider_id": OIDC_NOEGLE, "name": OIDC_NAVN, "client_id": sat["OIDC_KLIENT"],
        "secret": sat["OIDC_HEMMELIGHED"], "settings": {"server_url": sat["OIDC_UDSTEDER"].rstrip("/")},
    }  # fmt: skip
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{BASE_DIR / 'data' / 'helhedsplan.sqlite3'}"
DEBUG = ja("DEBUG")
LOKALE_VAERTER = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = liste("ALLOWED_HOSTS")
SECRET_KEY = os.environ.get("SECRET_KEY", "").strip()

# Local: embedded database and no public host name. Everything else is production, and production names its own values.
LOKAL = DEBUG or (DATABASE_URL.startswith("sqlite") and not set(ALLOWED_HOSTS) - set(LOKALE_VAERTER))
if LOKAL:
    ALLOWED_HOSTS = ALLOWED_HOSTS or LOKALE_VAERTER
    SECRET_KEY = SECRET_KEY or lokal_noegle(BASE_DIR / "data" / "secret_key")
else:
    for navn, vaerdi, hjaelp in [
        ("SECRET_KEY", SECRET_KEY, "Sæt den til en lang tilfældig tekst, der holdes hemmelig."),
        ("ALLOWED_HOSTS", ALLOWED_HOSTS, "Sæt den til de værtsnavne, siden svarer på, adskilt af komma."),
    ]:
        if not vaerdi:
            raise ImproperlyConfigured(f"Miljøvariablen {navn} mangler. {hjaelp}")
CSRF_TRUSTED_ORIGINS = liste("CSRF_TRUSTED_ORIGINS")

# HTTPS=1 when served behind TLS: secure cookies and HSTS. The proxy sets X-Forwarded-Proto.
HTTPS = ja("HTTPS")
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
# Subdomains, and the browsers' own lists, are for who has the domain to decide on; `check --deploy` is clean else.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_NAME = "helhedsplan_session"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "helhedsplan",
    "aftaler",
    "budget",
    "indikatorer",
    "dokumenter",
    "status",
    "moeder",
    "kalender",
    "demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "django_tables2",
    "django_prose_editor",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "helhedsplan.middleware.uden_nultegn",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "helhedsplan.middleware.LoginPaakraevet",
    "django.contrib.messages.middleware.MessageMiddleware",
    "helhedsplan.middleware.ToTrin",
    "helhedsplan.middleware.Bekraeft",
    "helhedsplan.middleware.en_laesning",
    "helhedsplan.middleware.usendte_breve",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "helhedsplan.middleware.Papirfejl",
]

ROOT_URLCONF = "helhedsplan.urls"
WSGI_APPLICATION = "helhedsplan.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "helhedsplan.context_processors.side",
                "aftaler.context_processors.klokke",
            ],
            "builtins": ["helhedsplan.templatetags.formater"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "dkfds"
CRISPY_TEMPLATE_PACK = "dkfds"
DJANGO_TABLES2_TEMPLATE = "django_tables2/dkfds.html"

DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE and WAL: without them concurrent writers get "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-20000;"
        ),
    }
CACHES = {
    # How often somebody has tried (allauth's limits): in the database, so that all processes count together.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "delt_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # Remembered pages (helhedsplan.sidecache); each process keeps its own, and nothing is lost with it.
    "sider": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
    # Which figures must be hidden with others (indikatorer.queries.loest): shared by the processes of a machine, and
    # reckoned again when it is gone.
    "loest": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": os.environ.get("CACHE_ROOT", BASE_DIR / "data" / "loest"),
        "TIMEOUT": 180 * 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # How far work beside a page has come, and what came of it (helhedsplan.arbejde).
    "arbejde": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": Path(os.environ.get("CACHE_ROOT", BASE_DIR / "data")) / "arbejde",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}
# One cache for several machines: redis://[user:password@]host:port/number, rediss:// with TLS, unix:///path.
CACHE_URL = os.environ.get("CACHE_URL", "").strip()
CACHES |= delte_caches(CACHE_URL, CACHES)

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "helhedsplan.Bruger"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "helhedsplan.kodeord.LetAtGaette"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "forside"
# Then who may write in a plan, and administrators, come no further than to setting up a login in two steps.
KRAEV_TO_TRIN = ja("KRAEV_TO_TRIN")
# A code from an app, passkeys, and recovery codes; a passkey that asks itself who one is may stand for the password.
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "helhedsplan.konto.Totrinsadapter"
MFA_FORMS = {
    "add_webauthn": "helhedsplan.forms.PasskeyForm",
    "edit_webauthn": "helhedsplan.forms.PasskeynavnForm",
    "login_webauthn": "helhedsplan.forms.PasskeyloginForm",
    "authenticate_webauthn": "helhedsplan.forms.PasskeytrinForm",
    "reauthenticate_webauthn": "helhedsplan.forms.PasskeybekraeftForm",
}
# Seconds after a login, or after having said once more who one is, in which nobody is asked again (bekraeftelse.py).
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_ADAPTER = "helhedsplan.konto.Kontoadapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_CHANGE_EMAIL = True
# How many proxies in front add to X-Forwarded-For: the limits count by the address that the outermost of them saw. What
# a stranger writes there himself is not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("BETROEDE_PROXYER", "0"))
# Besides allauth's own: how many files one address may have looked through.
ACCOUNT_RATE_LIMITS = {"verificer": "20/m/ip", "svarlink": "10/m/ip,3/h/key"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Helhedsplan: "

# The kommune's own login (docs/drift.md): allauth does the protocol, aftaler.views.kommunelogin says who comes in.
OIDC_ROLLER = os.environ.get("OIDC_ROLLER", "").strip()
SOCIALACCOUNT_PROVIDERS = kommunelogin(
    {
        "OIDC_UDSTEDER": os.environ.get("OIDC_UDSTEDER", ""),
        "OIDC_KLIENT": os.environ.get("OIDC_KLIENT", ""),
        "OIDC_HEMMELIGHED": os.environ.get("OIDC_HEMMELIGHED", ""),
        "OIDC_ROLLER": OIDC_ROLLER,
    }
)
SOCIALACCOUNT_ADAPTER = "aftaler.views.kommunelogin.Kommuneadapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: the CSP lets no form lead out of the house
SOCIALACCOUNT_STORE_TOKENS = False

LANGUAGE_CODE = "da"
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / "data" / "filer"))
STORAGES = {
    "default": fillager(os.environ.get("FIL_LAGER", "").strip()),
    "staticfiles": {"BACKEND": "helhedsplan.statisk.Statisklager"},
}
# The source maps are large and only opened by hand: not worth ten seconds of compression.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# EMAIL_URL, as smtp://person:password@host:587: smtp+tls:// asks for STARTTLS, smtps:// is TLS from the first byte,
# konsol: prints letters where the server runs, as a local installation does. A site that is not local does not start
# without one (helhedsplan.wsgi), and its commands send nothing: the links in letters let people in.
EMAIL_URL = os.environ.get("EMAIL_URL", "").strip() or ("konsol:" if LOKAL else "")
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = mailserver(EMAIL_URL)
EMAIL_BACKEND = {
    "": "helhedsplan.breve.UdenPost",
    "konsol": "django.core.mail.backends.console.EmailBackend",
}.get(urlsplit(EMAIL_URL).scheme, "django.core.mail.backends.smtp.EmailBackend")
#: Seconds: a mail server that does not answer must not hold up the page.
EMAIL_TIMEOUT = 10
#: Notices go in a thread of their own, after the answer.
BREVE_VED_SIDEN_AF = True
#: Work that takes its time goes in a thread of its own (helhedsplan.arbejde).
ARBEJDE_VED_SIDEN_AF = True
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "helhedsplan@localhost")
# Where the site is, for letters that no request is behind (`manage.py daglig`).
SIDENS_ADRESSE = os.environ.get("SIDENS_ADRESSE") or (
    f"http://127.0.0.1:{os.environ.get('PORT', '8000')}" if LOKAL else f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
)

# The name that passkeys belong to: they work under it and nowhere else. None can belong to an address of digits, so a
# local installation is opened as http://localhost.
PASSKEY_DOMAENE = passkey_domaene(SIDENS_ADRESSE)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# What papers are signed with (docs/underskrift.md): a PKCS#12 file or a PKCS#11 token. A local installation that has
# neither signs with an authority of its own, made in DEMOMAPPE. TIDSSTEMPEL is the address of an RFC 3161 service;
# TJENESTER a YAML file of the signing services outside that may stamp a paper or add a page to it.
UNDERSKRIFT = {
    "PKCS12": os.environ.get("UNDERSKRIFT_PKCS12", ""),
    "PKCS12_KODE": os.environ.get("UNDERSKRIFT_PKCS12_KODE", ""),
    "PKCS11": os.environ.get("UNDERSKRIFT_PKCS11", ""),
    "PKCS11_TOKEN": os.environ.get("UNDERSKRIFT_PKCS11_TOKEN", ""),
    "PKCS11_CERTIFIKAT": os.environ.get("UNDERSKRIFT_PKCS11_CERTIFIKAT", ""),
    "PKCS11_KODE": os.environ.get("UNDERSKRIFT_PKCS11_KODE", ""),
    "ROEDDER": liste("UNDERSKRIFT_ROEDDER"),
    "TJENESTER": os.environ.get("UNDERSKRIFT_TJENESTER", ""),
    "TIDSSTEMPEL": os.environ.get("UNDERSKRIFT_TIDSSTEMPEL", ""),
    "DEMOMAPPE": BASE_DIR / "data" / "underskrift",
}
# So many days before a timestamp's certificate runs out, `manage.py forny_tidsstempler` puts a new one on.
TIDSSTEMPEL_FORNYES_DAGE = int(os.environ.get("TIDSSTEMPEL_FORNYES_DAGE", "180"))

# What has been deleted lies in the bin for so many days; `manage.py daglig` takes it away after that.
PAPIRKURV_DAGE = int(os.environ.get("PAPIRKURV_DAGE", "90"))
# So many days are kept: drafts of forms; where somebody was logged in; letters that were sent or given up; accounts
# that somebody was invited to and never came to.
OPBEVARING_KLADDER = int(os.environ.get("OPBEVARING_KLADDER", "180"))
OPBEVARING_LOGINS = int(os.environ.get("OPBEVARING_LOGINS", "180"))
OPBEVARING_BREVE = int(os.environ.get("OPBEVARING_BREVE", "30"))
OPBEVARING_INVITATIONER = int(os.environ.get("OPBEVARING_INVITATIONER", "90"))

# The organisation behind this installation, named in the accessibility statement.
WAS_ORGANISATION = os.environ.get("WAS_ORGANISATION", "")
WAS_KONTAKT = os.environ.get("WAS_KONTAKT", "")
WAS_DATO = "2026-11-21"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"fejlnummer": {"()": "helhedsplan.logning.Fejlnummer"}},
    "formatters": {
        "tekst": {
            "()": "helhedsplan.logning.Tekstlinje",
            "format": "%(asctime)s %(levelname)s %(name)s [%(fejlnummer)s] %(message)s",
        },
        "json": {"()": "helhedsplan.logning.Jsonlinje"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["fejlnummer"],
            "formatter": "json" if os.environ.get("LOG_FORMAT", "").strip().lower() == "json" else "tekst",
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
    # WeasyPrint and fontTools report every ignored CSS rule and every subset font; pyHanko writes megabytes about a
    # signature that does not hold.
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
    },
}

CSRF_FAILURE_VIEW = "helhedsplan.genindsend.csrf_fejl"
