"""Steps that are taken with several of a plan's papers at once: freeze, decide, send to signature."""

from urllib.parse import urlencode

from django.contrib import messages
from django.urls import reverse
from django.utils.functional import cached_property

from aftaler.queries.adgang import personer_med
from aftaler.views.rediger import PlanRediger
from dokumenter.actions import flere as actions
from dokumenter.actions import udgave as udgaveactions
from dokumenter.forms.flere import AfgoerFlereForm, Flerform, FrysFlereForm, TilUnderskriftForm
from dokumenter.kontrol import for_brede
from dokumenter.queries import flere as queries
from dokumenter.queries.dokumenter import Dokumentlinje, dokumenter
from dokumenter.queries.udgave import niveauer
from dokumenter.queries.underskrift import huskede
from helhedsplan.formats import antal
from helhedsplan.pdf import PdfFejl
from helhedsplan.rettigheder import Rettighed


class Flerpapirer(PlanRediger):
    """A step with the documents of `?valgt=`, or with all that it can be taken with. Subclasses say which can, what
    there is to say of each, and what is done."""

    form_class: type[Flerform]
    template_name = "dokumenter/flere.html"
    indledning = ""
    ingen = ""

    def hvorfor_ikke(self, linje: Dokumentlinje) -> str:
        raise NotImplementedError

    def papir(self, linje: Dokumentlinje) -> dict:
        """noegle, navn and om (lines of text) at least. Raises PdfFejl where it cannot be taken along after all."""
        v = queries.den_det_gaelder(linje)
        return {
            "noegle": linje.noegle,
            "navn": linje.navn,
            "linje": linje,
            "udgave": v.udgave if v else None,
            "om": [f"Udgave {v.udgave.nummer}: {v.naeste or v.tilstand.label}."] if v else [],
        }

    @cached_property
    def delt(self) -> tuple[list[dict], list[tuple[str, str]]]:
        """(papers, [(name, why not)])."""
        linjer, uden = queries.delt(dokumenter(self.plan), self.request.GET.getlist("valgt"), self.hvorfor_ikke)
        papirer = []
        for linje in linjer:
            try:
                papirer.append(self.papir(linje))
            except PdfFejl as fejl:
                uden.append((linje.navn, str(fejl)))
        return papirer, uden

    @cached_property
    def noegle(self) -> str:
        """A draft is of these papers and no others."""
        valgte = ".".join(p["noegle"] for p in self.delt[0])
        return f"{self.form_class.__name__.lower()}:{self.plan.noegle}:{valgte}"[:200].lower()

    def formargumenter(self) -> dict:
        return {"papirer": self.delt[0]}

    def i_vejen(self) -> str:
        return "" if self.delt[0] else self.ingen

    def krummer(self):
        return [("Dokumenter", self.liste_url), self.titel_tekst()]

    @property
    def liste_url(self) -> str:
        return reverse("dokument-liste", args=[self.plan.noegle])

    def efter_url(self) -> str:
        """The list with the same papers chosen, for the next step."""
        form = getattr(self, "gemt_form", None)
        if form is None:
            return self.liste_url
        return f"{self.liste_url}?{urlencode([('valgt', p['noegle']) for p in form.valgte])}"

    def gem(self, form, version):
        gemt = self.udfoer(form)
        self.gemt_form = form
        return gemt

    def udfoer(self, form):
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"indledning": self.indledning, "uden": self.delt[1]}


def udgaverne(form: Flerform) -> list:
    """The editions of the papers that are taken along."""
    return [p["udgave"] for p in form.valgte]


class FrysFlere(Flerpapirer):
    form_class = FrysFlereForm
    titel = "Frys flere dokumenter"
    gem_tekst = "Frys udgaverne"
    indledning = (
        "Hver kladde bliver til en udgave, som den står nu. En udgave kan ikke rettes bagefter; en rettelse er en ny "
        "udgave. Enten fryses alle, eller også fryses ingen."
    )
    ingen = "Ingen af dokumenterne kan fryses."
    uaendrede = (
        "Ingen af kladderne er ændret siden den nyeste udgave. Sæt hak ved dem i listen, hvis de skal fryses alligevel."
    )

    def hvorfor_ikke(self, linje):
        return queries.ikke_fryse(linje)

    def i_vejen(self):
        return super().i_vejen() or ("" if any(p["med"] for p in self.delt[0]) else self.uaendrede)

    def papir(self, linje):
        f = udgaveactions.forslag(self.plan, linje.art, linje.emne)
        nummer = linje.udgaver[0].udgave.nummer + 1 if linje.udgaver else 1
        om = [f"Bliver udgave {nummer}."]
        if f.uaendret:
            om.append("Kladden er den samme som den nyeste udgave, så der er intet nyt at godkende.")
        grunde = [
            f"{hvad}: {niveau.label}. {kilde}{'' if verificeret else ' (ikke verificeret)'}"
            for hvad, niveau, kilde, verificeret in f.niveau.grunde
        ]
        return super().papir(linje) | {
            "om": om,
            "grunde": grunde,
            "med": not f.uaendret or bool(self.request.GET.getlist("valgt")),
            "foldet": f"Godkendes af: {f.niveau.niveau.label}. Vælg et andet niveau",
            "nummer": nummer,
            "niveauer": niveauer(self.plan),
            "foreslaaet": f.niveau.niveau,
            "mangler": f.mangler,
            "for_brede": for_brede(self.plan, f.papir),
        }

    def udfoer(self, form):
        bestillinger = [
            udgaveactions.Bestilling(
                self.plan,
                p["linje"].art,
                p["linje"].emne,
                form.ved(p, "niveau"),
                form.ved(p, "begrundelse"),
                uskrevet=form.ved(p, "hvorfor") or "",
                nummer=form.ved(p, "nummer"),
            )
            for p in form.valgte
        ]
        nye = udgaveactions.frys_flere(bruger=self.request.user, plan=self.plan, bestillinger=bestillinger)
        messages.success(self.request, f"{antal(len(nye), 'udgave', 'udgaver')} frosset.")
        return nye


class AfgoerFlere(Flerpapirer):
    rettighed = Rettighed.STYR
    form_class = AfgoerFlereForm
    titel = "Registrér én afgørelse om flere udgaver"
    gem_tekst = "Registrér afgørelsen"
    indledning = "Afgørelsen gælder netop de filer, der står her, og kan ikke ændres bagefter."
    ingen = "Ingen af dokumenterne venter på en afgørelse."

    def formargumenter(self):
        return super().formargumenter() | {"niveauer": niveauer(self.plan)}

    def hvorfor_ikke(self, linje):
        return queries.ikke_afgoere(linje)

    def papir(self, linje):
        papir = super().papir(linje)
        return papir | {"sha256": papir["udgave"].pdf_sha256}

    def udfoer(self, form):
        nye = actions.godkend_flere(
            bruger=self.request.user, plan=self.plan, udgaver=udgaverne(form), **form.afgoerelse | form.bilag
        )
        messages.success(self.request, f"Afgørelsen er registreret om {antal(len(nye), 'udgave', 'udgaver')}.")
        return nye


class TilUnderskrift(Flerpapirer):
    form_class = TilUnderskriftForm
    titel = "Send flere dokumenter til underskrift"
    gem_tekst = "Send til underskrift"
    indledning = "Den, der sidst skrev under for en part, er foreslået."
    ingen = "Ingen af dokumenterne venter på underskrift."

    def hvorfor_ikke(self, linje):
        return queries.ikke_underskrive(linje)

    def formargumenter(self):
        alle = [u for p in self.delt[0] for u in p["udgave"].underskrivere.all() if u.underskrevet is None]
        husket = huskede(self.plan)
        navne = sorted({u.part_navn for u in alle})
        parter = [
            {
                "nr": nr,
                "navn": navn,
                "naevnte": sorted({u.navn for u in alle if u.part_navn == navn and u.navn}),
                "husket": husket.get(navn),
                "kendt": any(u.er_naevnt for u in alle if u.part_navn == navn),
            }
            for nr, navn in enumerate(navne, 1)
        ]
        brugere = personer_med(self.plan, Rettighed.DELTAG)
        return super().formargumenter() | {"parter": parter, "brugere": brugere, "plan": self.plan}

    def udfoer(self, form):
        absolut = self.request.build_absolute_uri if form.cleaned_data["send"] else None
        skrevet_til = actions.send_til_underskrift(
            bruger=self.request.user, plan=self.plan, udgaver=udgaverne(form), valg=form.valg, absolut=absolut
        )
        personer = len({u.bruger_id for u in skrevet_til})
        if personer:
            messages.success(self.request, f"Besked er sendt til {antal(personer, 'person', 'personer')}.")
        elif absolut:
            messages.info(
                self.request,
                "Ingen fik brev. De, der kan skrive under nu, har ingen konto her eller har fået brev i dag.",
            )
        return skrevet_til
