"""The plan and its agreements: rule sets, parties, areas, the samarbejdsaftale and its delaftaler, and the plan file.

choices, rules     kinds, and the rules of a plan as pure functions
models             rule set, organisation, plan, sections, delaftale, activity, papers of the plan
queries            dokument (an agreement as data), huller (what is lacking), overblik, adgang, soegning
blokke, pdf        a paper as blocks, and as print
planfil/           a plan as a YAML file, in and out
actions            every write; forms, views: pages that are edited in place
"""
