"""Indicators and their measurements: imports, charts, comparison, targets, and what must stay hidden.

choices, rules     kinds; suppression (diskretion, kryds), follow-up, plausibility as pure functions
models             indicator, place, measurement, target, file imported, the state's lists, figures bound in prose
queries            oversigt, udvikling, baseline, opfoelgning, graense
imports/           reading strangers' tables, with a preview; indikatorark: the sheet as a paper
actions            every write; forms, views: the list, one indicator, import
"""
