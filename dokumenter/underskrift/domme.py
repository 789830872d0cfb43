"""What can be wrong with a file or a signature, each with its own words for the person who holds it."""

from enum import Enum

from helhedsplan import fremmedpdf, underproces
from helhedsplan.formats import tal

#: So many faults of one file are named; the rest are counted.
NAEVNES = 5


class Dom(Enum):
    """A code that stays, and what is said. The text may name what is known of the file in {braces}."""

    TOM = "Filen er tom."
    IKKE_PDF = "Filen er ikke en PDF."
    FOR_STOR = "Filen fylder {fylder}. Den må højst fylde {graense}."
    KRYPTERET = "PDF-filen er låst med en adgangskode eller krypteret. Gem den uden lås, og prøv igen."
    SCRIPT = "PDF-filen indeholder et program (JavaScript eller lignende). Sådan en fil kan ikke modtages."
    TVETYDIG = (
        "PDF-filen siger to forskellige ting om det samme, så to læsere kan vise hver sit. Sådan en fil kan ikke "
        "modtages. Bed den, der har lavet filen, om at gemme den på ny."
    )
    ANDETSTEDS = "En del af PDF-filen ligger i en anden fil eller på nettet. Sådan en fil kan ikke modtages."
    ULAESELIG = "PDF-filen er beskadiget og kan ikke læses."
    FOR_TUNG = (
        "PDF-filen er så tung at læse, at vi gav op. Den er ikke undersøgt til ende, så vi ved ikke, om den er ægte. "
        "Prøv igen om lidt."
    )
    OPBRUGT = (
        "PDF-filen er så tung at læse, at vi gav op. Den er ikke undersøgt til ende, så vi ved ikke, om den er ægte. "
        "Det samme sker, hvis den prøves igen. Bed den, der har lavet filen, om at gemme den på ny i en enklere udgave."
    )
    FOR_LANG = f"PDF-filen har over {tal(fremmedpdf.SIDER)} sider. Scan kun det papir, der er skrevet under på."
    ANDEN_UDGAVE = "Filen er ikke denne udgave. På den står dokument-id {fundet}; udgaven her har {ventet}."
    UDEN_ID = (
        "Filen er ikke denne udgave: Der kan ikke læses noget dokument-id på den. Udgaven her har {ventet}. Hent "
        "udgaven her, få den underskrevet hos tjenesten, og upload den fil, som tjenesten sender tilbage."
    )
    ER_SCANNING = (
        "Filen er et scannet papir. Her uploades en fil, der er underskrevet hos en underskriftstjeneste. Er papiret "
        "underskrevet med blæk, så brug »Upload papir med blæk«."
    )
    AENDRET_FOER = (
        "Filen er ikke den udstedte. {forskelle} Den kan ikke modtages. Hent udgaven her, og få den underskrevet, uden "
        "at der lægges noget til. Skal en tjeneste stemple papiret, skal den først sættes op af den, der driver "
        "programmet."
    )
    AENDRET_EFTER = (
        "Der er ændret andet end underskrifter, siden den nyeste fil her. {forskelle} Filen kan ikke modtages. Hent "
        "den nyeste fil, og få den underskrevet, uden at der lægges noget til."
    )
    LAAST = (
        "En underskrift i filen låser den: den er lavet som en certificering, der ikke tillader ændringer, så ingen "
        "kan skrive under efter den. Der mangler stadig underskrift fra {mangler}. Bed tjenesten om en almindelig "
        "underskrift uden lås, eller lad den med lås komme sidst."
    )
    SCAN_ANDEN_UDGAVE = "Papiret er ikke denne udgave. I scanningen står dokument-id {fundet}; her er det {ventet}."
    SCAN_HALVT_ID = (
        "På {sider} i scanningen står et dokument-id, som ikke kan læses helt: »{fundet}«. Udgaven her har {ventet}. "
        "Se efter nederst på papirets sider. Er det denne udgave, så scan papiret igen, skarpere eller uden "
        "tekstgenkendelse (OCR)."
    )
    IKKE_SCANNET = (
        "Filen er ikke en scanning: {sider} er ikke et billede af papir. Scan hele det papir, der er skrevet under på. "
        "Er der skrevet under digitalt, skal filen uploades som en fil fra en underskriftstjeneste."
    )
    BLANK_SIDE = (
        "Der står ikke noget på {sider} i filen. Scan papiret igen uden blanke sider; bagsider, der ikke er trykt på, "
        "skal ikke med."
    )
    FOR_FAA_SIDER = (
        "Papiret har {ventet}, og filen har {fundet}. Scan hele det papir, der er skrevet under på, med alle sider i "
        "én fil."
    )
    SAMME_SIDE = (
        "Side {en} og {anden} i filen er den samme side, scannet to gange, og så mangler en anden. Scan hele det "
        "papir, der er skrevet under på, med hver side én gang."
    )
    IKKE_KUN_BILLEDER = (
        "Et scannet papir er billeder og ikke andet. Filen har {fundet}. Scan det papir igen, der er skrevet under på, "
        "og upload filen, som den kommer fra scanneren."
    )
    OPSAETNING = "Opsætningen af underskriftstjenester kan ikke læses. Bed den, der driver programmet, om at se på den."
    FORAELDET = (
        "Filen bygger på en ældre fil end den nyeste her. Andre har skrevet under i mellemtiden. "
        "Hent den nyeste fil, og få den underskrevet."
    )
    UDEN_UNDERSKRIFT = (
        "Der er ingen ny underskrift i filen. Send den til underskrift hos tjenesten, og upload den fil, som tjenesten "
        "sender tilbage, når der er skrevet under."
    )
    FOR_FAA_UNDERSKRIFTER = "Der er {fundet} i filen, men du har valgt {ventet}."
    BRUDT = "Underskriften fra {hvem} er brudt: filen er ændret, efter at der blev skrevet under."
    AENDRET = "Der er lagt noget andet end underskrifter i filen efter underskriften fra {hvem}."
    UKENDT_CERTIFIKAT = (
        "Underskriften fra {hvem} er lavet med et certifikat, som ikke er udstedt af nogen, vi kender ({udsteder})."
    )
    UKENDT_UR = (
        "Et tidsstempel i filen er lavet af et ur, som vi ikke kender ({udsteder}). Bed tjenesten om en fil uden det, "
        "eller bed den, der driver programmet, om at sætte urets udsteder op."
    )
    UGYLDIGT_CERTIFIKAT = "Certifikatet bag underskriften fra {hvem} gjaldt ikke, da der blev skrevet under."
    TILBAGEKALDT = "Certifikatet bag underskriften fra {hvem} er kaldt tilbage."


class Afvist(Exception):
    """The file is not taken; `dom` says why to a program, the text to a person."""

    def __init__(self, dom: Dom, **om):
        self.dom = dom
        self.om = om
        super().__init__(dom.value.format(**om))


def for_tung(fejl: underproces.ForTung) -> Afvist:
    """To try again is said only where it can help."""
    return Afvist(Dom.OPBRUGT if isinstance(fejl, underproces.Opbrugt) else Dom.FOR_TUNG)


class KanIkkeUnderskrive(Exception):
    """The installation cannot sign just now; the text says why and whom to ask."""
