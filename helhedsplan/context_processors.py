from django.conf import settings


def side(request):
    """What every page's frame needs; pages override by their own context."""
    kommunelogin = settings.OIDC_NAVN if settings.OIDC_ROLLER else ""
    return {
        "broedkrumme": [],
        "sidemenu": [],
        "kommunelogin": kommunelogin,
        "passkey_domaene": settings.PASSKEY_DOMAENE,
    }
