"""The board's meetings: who sits there, agendas, votes, decisions, minutes, and the evidence that it follows up.

choices, stemmeregler   kinds, and whose votes count
models                  sammensaetning (sides, members, rules of procedure), moede (items, votes, papers), bevis
queries                 moede, afstemning, sammensaetning; registers of decisions and changes; what a member may answer
indstilling, moedepapir the papers of a meeting, frozen when they are sent
bevis/                  the evidence: each goal, its meetings, their minutes and the figures that were known then
actions                 call, vote, decide, hold, send, upload; planfil: the board in the plan file
forms, views            pages of meetings and board, registers, and the answering link
"""
