from django.apps import AppConfig

from helhedsplan import register, soegning


class IndikatorerConfig(AppConfig):
    name = "indikatorer"
    verbose_name = "indikatorer"

    def ready(self):
        # Models are not loaded before ready().
        from aftaler.queries import dokument
        from indikatorer.actions.bundnetal import foelg, klargoer
        from indikatorer.indikatorark import bestil as bestil_ark
        from indikatorer.planfil import SEKTION
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

        register.PARAMETRE |= {GRAENSE, OPFOELGNING}
        register.PARAMETERHJAELP[GRAENSE] = GRAENSEHJAELP
        register.MAALTAL.append(baseline)
        dokument.PAPIRTYPER += ["indikatorer.indikator", "indikatorer.maaling", "indikatorer.sted"]
        dokument.PAPIRTYPER += ["indikatorer.importfil"]  # an import tells of all its measurements in one entry
        register.HULLER.append((frozenset({"samarbejdsaftale"}), baselinehuller))
        register.PLANREGLER += [indikatorfund, tal_i_tekst_fund, opfoelgningsfund, statusfund, stedtvillinger]
        register.PAPIRER["indikatorer"] = bestil_ark
        register.TALOPSLAG.append(talopslag)
        register.AFSNITSFOELGERE.append(register.Afsnitsfoelger(klargoer, foelg, vaerktoej))
        register.PLANFILSEKTIONER.append(SEKTION)
        register.OVERBLIKSDELE.append(register.Overbliksdel(50, "indikatorer/_overblik.html", maalbilleder))
        register.MENUPUNKTER.append(register.Menupunkt(50, "Indikatorer", "indikator-liste"))
        register.SKRIVEVAGTER.append(vist_foer)
        soegning.KILDER += KILDER
