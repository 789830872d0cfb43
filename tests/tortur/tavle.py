"""Figures as rows of a table in plain text."""

from collections.abc import Sequence


def tavle(overskrift: str, hoved: Sequence[str], linjer: Sequence[Sequence[object]]) -> str:
    alle = [list(map(str, hoved)), *[list(map(str, linje)) for linje in linjer]]
    bredder = [max(len(linje[k]) for linje in alle) for k in range(len(hoved))]
    ud = [overskrift]
    for linje in alle:
        foerste, *resten = (celle.ljust(b) if k == 0 else celle.rjust(b)
                            for k, (celle, b) in enumerate(zip(linje, bredder, strict=True)))  # fmt: skip
        ud.append("  ".join([foerste, *resten]))
    return "\n".join(ud)


def drabstavle(hvor: str, fundet) -> str:
    hoved = ("kill -9 i", "drab", "ved en skrivning", "bekræftet", "tabt", "halvt eller galt", "løse filer", "sekunder")
    linjer = [
        (r.navn, r.drab, r.ved_skrivning, r.bekraeftet, len(r.tabt), len(r.andet), r.rester, f"{r.sekunder:.0f}")
        for r in fundet
    ]
    return tavle(hvor, hoved, linjer)
