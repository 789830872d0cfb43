"""Editions: freeze, compare, approve, sign, verify, Word, and the package for Landsbyggefonden.

choices, rules     kinds and states; what an edition may become
models             Udgave with files, approvals, signers; package; Word template
oejebliksbillede   the snapshot that an edition is, one codec for all papers
sammenlign/        two papers held up against each other; word/: a paper as a Word file
underskrift/       sealing, signatures, what a signed file may differ in
actions            freeze, approve, put in force, sign, withdraw, pack; forms, views: the pages of it
"""
