"""What the pages, PDF, XLSX and JSON of the budget are fed from. Pure reads, each in a constant number of queries.

Amounts are Decimal kroner with two decimals; shares are unrounded percent. Keys of things as people see them: a
financier's, account's or rate's `noegle`; a purpose is 'faelles', '<indsatsområde>' or '<indsatsområde>/<aktivitet>';
planaar is 1..n, None for what is not split on years.

ramme.ramme(plan) -> Ramme
    planaar, kilder, formaal, konti, satser and lookups by noegle; hand it on as over=
terning.terning(budget, revideret=, dato=, gitter={'faelles', ...}, over=) -> Terning
    kolonner, raekker (id, kilde, art, formaal, celler, i_alt), pr_kilde, pr_art, pr_formaal, total, and kryds: kinds by
    financiers, as agreements print it
terning.celle_id(kilde, art, formaal, planaar), udgifter.udgift_id(konto, formaal, planaar)
    ids of cells on the page: findings and faults point at them
udgifter.udgiftstabel(budget, ...) -> Udgifter; udgifter.balance(budget, ...) -> Balance
    arguments as for terning; finansiering, udgifter and forskel by column, .stemmer
sammenligning.side_om_side(plan, dato=) -> SideOmSide
    ansøgt, bevilget and revideret by financier and kind
sammenligning.gaeldende(plan) -> Budget | None
    the budget that counts: the granted one, else the one applied for
revisioner.revisioner(budget) -> [Vistrevision]
    with lines, sums, and what a draft is not approved for
kontrol.medfinansiering_for(budget) -> Medfinansiering
    andel_pct, andel_i_ord, gulv, margin, mangler, mangler_oveni, lokal_krav, lokal_kontant_pct, kommune_pct, kan_lukke,
    andel_mindst_pct ... (rules.medfinansiering); afgoeres_af_afrunding: the floor may hold or not
kontrol.fund_for(budget), kontrol.budgetfund(plan) -> [Fund]
    findings on one budget, and on the one that counts
kontrol.fund_i(version, over) -> [Fund]
    the same on a version that is read already, with what the actuals say: the status' reservations
kontrol.proev(budget, celler=[Celle], udgifter=[Udgiftscelle], skala=) -> Proeve
    fejl, terning, balance, medfinansiering and fund of cells that are typed and not saved
indtastning.Celle, indtastning.Udgiftscelle
    one typed cell, for proev and actions.budget.gem_celler
opfoelgning.opfoelgning(plan, arter={'kontant'}, dato=, over=) -> Opfoelgning
    actuals by quarter, forecast, variance, what is left three quarters ahead; who has not reported is missing, not 0
opfoelgning.forslag_til_rebudgettering(plan, planaar) -> [Overfoersel]
aar.aarsvisning(plan, kalender=True | False, budget=) -> Aarsvisning
    plan years or calendar years, these with the dates of the reguleringskonto
scenarie.skaleret(over, celler, nye_totaler)
    a what-if without saving; actions.budget.opret_scenarie saves one; costs in kind follow what is given in kind
pulje.puljer(bruger), pulje.puljestatusser(puljer, bruger=) -> [Puljestatus]
rules.celler.som_tekst(beloeb, skala), rules.celler.laes_beloeb(tekst, skala)
    a cell's text for editing, and back

URL names that findings lead to: budget-vis (plan, budget) with the anchors #medfinansiering and #udgifter,
budget-gitter (plan, budget) with #<id of cell>, finansieringskilde-ret (plan, kilde), forbrug (plan).
"""
