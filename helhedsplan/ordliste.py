"""Words of the trade and of the program, explained once: on tap where they stand, and on a page of their own."""

#: Key (the anchor on the page) -> the word as a heading, and what it means.
ORDLISTE = {
    "andel": (
        "Lokal medfinansiering",
        "Den del af budgettet, som boligorganisationer, kommune og andre lokale betaler, i procent af det hele. "
        "Resten kommer fra Landsbyggefonden.",
    ),
    "baseline": (
        "Baseline",
        "Hvordan tallene stod, før indsatsen begyndte. Det er dem, senere tal holdes op mod.",
    ),
    "bevilget": (
        "Bevilget og revideret",
        "Bevilget er budgettet, som det blev givet. Revideret er det samme med de ændringer, der er godkendt siden og "
        "gælder på den dag, der står ved tallet.",
    ),
    "bind-til-tal": (
        "Bind til tal",
        "Et tal i en tekst bliver knyttet til en måling. Kommer der et nyere tal, siger programmet til, men teksten "
        "ændrer sig først, når nogen siger ja.",
    ),
    "diskretioneret": (
        "Diskretioneret",
        "Tallet findes, men vises ikke, fordi det handler om så få, at nogen kunne kendes. Andre tal kan være skjult, "
        "fordi det lille tal ellers kunne regnes ud.",
    ),
    "dokument-id": (
        "Dokument-id",
        "Det nummer, der står nederst på hver side af en udgave. Med det kan enhver finde udgaven og se, om filen er "
        "ægte.",
    ),
    "forgaenger": (
        "Forgænger",
        "Den helhedsplan, der gik forud for denne i de samme områder. Med den kan man se, hvad der er nyt, og tage "
        "tekster med videre.",
    ),
    "frys": (
        "Frys",
        "Dokumentet gemmes, som det står nu, som en udgave med nummer og dato. Udgaven ændrer sig aldrig; kladden kan "
        "skrives videre.",
    ),
    "koblingstabel": (
        "Koblingstabel",
        "En tabel i samarbejdsaftalen, der viser, hvad der hører sammen: puljens mål ved siden af planens egne eller "
        "kommunens politikker ved siden af indsatserne.",
    ),
    "ombudgettering": (
        "Ombudgettering",
        "Penge flyttes fra en post eller en kilde til en anden. Summen er den samme.",
    ),
    "rebudgettering": (
        "Rebudgettering",
        "Penge, der ikke blev brugt, flyttes til et senere år. Bevillingen er den samme.",
    ),
    "sha-256": (
        "SHA-256",
        "Filens fingeraftryk: 64 tegn, der regnes ud af filens indhold. Er bare ét bogstav i filen ændret, bliver "
        "tegnene nogle andre. Derfor kan man se, at to filer er ens.",
    ),
    "side": (
        "Side i bestyrelsen",
        "En part med pladser i bestyrelsen, for eksempel kommunen eller boligorganisationerne. Siderne kan have et "
        "bestemt antal pladser, og nogle sidder med uden at stemme.",
    ),
    "sted": (
        "Sted",
        "Det, et tal handler om: et område, flere områder lagt sammen, kommunen, landet eller noget andet, planen "
        "måles op mod.",
    ),
    "udgave": (
        "Udgave",
        "Et dokument, som det stod på en bestemt dag, med nummer. Det er udgaver, der godkendes, skrives under og "
        "sendes; de ændrer sig ikke bagefter.",
    ),
}
