"""`make torture`: the house is killed, overrun and fed with rubbish, and says with figures what came of it.

`make torture ARGS="drab --gange 5"` does one part. The exit code is 1 when any bound was broken.
"""

import argparse
import random
import signal
import subprocess
import sys
import time

from tests.tortur.steder import miljoe

DELE = ("drab", "pres", "input")
DATABASER = ("sqlite", "postgresql")


def laes(ord_: list[str]) -> argparse.Namespace:
    p = argparse.ArgumentParser(prog="make torture", description=__doc__)
    p.add_argument("dele", nargs="*", metavar="del", help=f"{', '.join(DELE)}; alle, når ingen er nævnt")
    p.add_argument("--database", choices=DATABASER, help="kun den ene")
    p.add_argument("--fro", type=int, default=None, help="frø for det tilfældige; et nyt, når det ikke siges")
    p.add_argument("--gange", type=int, default=50, help="drab: så mange gange hver")
    p.add_argument("--kun", default="", help="drab: kun handlinger, hvis navn begynder sådan, adskilt af komma")
    p.add_argument("--sekunder", type=int, default=60, help="pres: så længe")
    p.add_argument("--skrivere", type=int, default=50)
    p.add_argument("--laesere", type=int, default=200)
    p.add_argument("--pause", type=float, default=30, help="pres: sekunder mellem to sider hos en person, i snit")
    p.add_argument("--antal", type=int, default=10_000, help="input: så mange forkerte input")
    p.add_argument("--inde", action="store_true", help=argparse.SUPPRESS)
    valg = p.parse_args(ord_)
    if ukendte := set(valg.dele) - set(DELE):
        p.error(f"ukendt del: {', '.join(sorted(ukendte))}. Der er {', '.join(DELE)}.")
    return valg


def stands(*_) -> None:
    """Told to stop, it tidies up as when it is done."""
    raise SystemExit(143)


def main(ord_: list[str]) -> int:
    """Each part on each database in a process of its own; a part that fails is told of, and the rest go on."""
    valg = laes(ord_)
    if valg.inde:
        from tests.tortur.inde import koer

        signal.signal(signal.SIGTERM, stands)
        return koer(valg)
    signal.signal(signal.SIGTERM, stands)
    fro = random.randrange(10**6) if valg.fro is None else valg.fro
    print(f"Frø: {fro} (samme frø, samme drab og input: --fro {fro})", flush=True)
    fejlede = []
    for del_ in valg.dele or DELE:
        for slags in [valg.database] if valg.database else DATABASER if del_ != "input" else DATABASER[:1]:
            begyndt = time.monotonic()
            with miljoe(slags) as egne:
                kald = [sys.executable, "-m", "tests.tortur", *ord_, "--inde", "--fro", str(fro), "--database", slags]
                kald = [o for o in kald if o not in DELE] + [del_]
                with subprocess.Popen(kald, env=egne) as proces:
                    try:
                        kode = proces.wait()
                    except BaseException:
                        proces.terminate()  # it has processes of its own to stop
                        raise
                if kode:
                    fejlede.append(f"{del_} på {slags}")
            print(f"({del_} på {slags}: {time.monotonic() - begyndt:.0f} s)\n", flush=True)
    if fejlede:
        print(f"Ikke bestået: {', '.join(fejlede)}. Frø {fro}.", file=sys.stderr)
    return bool(fejlede)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
