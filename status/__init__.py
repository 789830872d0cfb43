"""The quarterly status: written in one table, frozen when published, read by the board and, in short, by residents.

choices, rules     lights, quarters, what is hidden among counts
models             Kvartalsstatus with lines, points and counts; who has read it, questions, reading links
queries            statusindhold (what it says), forskel (since the last), mangler, beboerversion, oversigt
oejebliksbillede   the snapshot that is kept when it is published; pdf: the paper
actions            write, publish, withdraw; read, ask, answer, send links
forms, views       the table, the published page, the reading link
"""
