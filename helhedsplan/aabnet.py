"""Which plans a person has opened in this browser: what is news until then is none afterwards.

A signed cookie, since a page that is read writes nothing in the database.
"""

COOKIE = "aabnede_planer"
#: As long as access is news, and no more plans than fit.
DAGE, FLEST = 14, 40


def aabnede(request) -> set[str]:
    """The keys of the plans; empty where the cookie is another person's, or nobody's."""
    ejer, *noegler = str(request.get_signed_cookie(COOKIE, default="", salt=COOKIE)).split(" ")
    return set(noegler) if ejer == str(request.user.pk) else set()


def husk(request, svar, noegle: str) -> None:
    """Note on the answer that the person has opened the plan."""
    kendte = aabnede(request)
    if noegle in kendte:
        return
    vaerdi = " ".join([str(request.user.pk), noegle, *sorted(kendte)[: FLEST - 1]])
    svar.set_signed_cookie(
        COOKIE,
        vaerdi,
        salt=COOKIE,
        max_age=DAGE * 24 * 60 * 60,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
