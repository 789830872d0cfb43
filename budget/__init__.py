"""The budget: financiers, contributions, costs, revisions, what was spent, and the rules of co-financing.

choices, rules     kinds; shares, balance, rounding and scenarios as pure functions
models             budget, financier, contribution, cost, revision, spending, pools and rates
queries            version (which figures count), finansieringstabel, plangrundlag, opfoelgning, scenarie
blokke, pdf, xlsx  the budget as blocks, print and workbook
planfil/, imports  in and out; sumtjek reads strangers' tables
actions            every write; forms, views: overview, grid, revisions, pool
"""
