from django.apps import AppConfig

from helhedsplan import soegning, tilslutninger


class IndikatorerConfig(AppConfig):
    name = "indikatorer"
    verbose_name = "indikatorer"

    def ready(self):
        # Models are not loaded before ready().
        from aftaler.queries import dokument
        from indikatorer.actions.bundnetal import foelg, klargoer
        from indikatorer.actions.gamle_tekster import RETTERE
        from indikatorer.actions.regelsaet import FOELGER
        from indikatorer.indikatorark import bestil as bestil_ark
        from indikatorer.queries.baseline import baseline
        from indikatorer.queries.bundnetal import tal_i_tekst_fund, talopslag, vaerktoej
        from indikatorer.queries.graense import HJAELP as GRAENSEHJAELP
        from indikatorer.queries.graense import PARAMETER as GRAENSE
        from indikatorer.queries.kontrol import baselinehuller, indikatorfund
        from indikatorer.queries.opfoelgning import PARAMETER as OPFOELGNING
        from indikatorer.queries.opfoelgning import opfoelgningsfund
        from indikatorer.queries.oversigt import maalbilleder
        from indikatorer.queries.soegning import KILDER
        from indikatorer.queries.status import statusfund
        from indikatorer.queries.tvillinger import stedtvillinger
        from indikatorer.queries.vist import vist_foer

        tilslutninger.TEKSTRETTERE |= RETTERE
        tilslutninger.PARAMETRE |= {GRAENSE, OPFOELGNING}
        tilslutninger.PARAMETERHJAELP[GRAENSE] = GRAENSEHJAELP
        tilslutninger.MAALTAL.append(baseline)
        dokument.PAPIRTYPER += ["indikatorer.indikator", "indikatorer.maaling", "indikatorer.sted"]
        dokument.PAPIRTYPER += ["indikatorer.importfil"]  # an import tells of all its measurements in one entry
        tilslutninger.HULLER.append((frozenset({"samarbejdsaftale"}), baselinehuller))
        tilslutninger.PLANREGLER += [indikatorfund, tal_i_tekst_fund, opfoelgningsfund, statusfund, stedtvillinger]
        tilslutninger.PAPIRER["indikatorer"] = bestil_ark
        tilslutninger.TALOPSLAG.append(talopslag)
        tilslutninger.AFSNITSFOELGERE.append(tilslutninger.Afsnitsfoelger(klargoer, foelg, vaerktoej))
        tilslutninger.PLANFILSEKTIONER.append("indikatorer.planfil.SEKTION")
        tilslutninger.OVERBLIKSDELE.append(tilslutninger.Overbliksdel(50, "indikatorer/_overblik.html", maalbilleder))
        tilslutninger.MENUPUNKTER.append(tilslutninger.Menupunkt(50, "Indikatorer", "indikator-liste"))
        tilslutninger.SKRIVEVAGTER.append(vist_foer)
        tilslutninger.REGELSAETFOELGERE.append(FOELGER)
        soegning.KILDER += KILDER
