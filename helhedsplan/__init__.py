"""Ground floor and roof: what every room stands on, and where their addresses and commands are bound together.

felter, formats, tallaeser, tekst, prosa   how dates, figures and words are read and written
rettigheder, actions, revisionsspor        who may do what; one way of writing, with its log
tilslutninger                              what the rooms hang up for the whole house
blokke/, pdf, bredde, skrift               a paper as blocks, and the one gateway to print
formularer, redigering, fletning           base of every form and edit page; drafts and merging
underproces, fremmedpdf, officefil         strangers' files, read in a process of their own
arbejde                                    work beside a page that takes longer than a page may
tabelfil/                                  strangers' tables, from bytes to cells that know where they stand
sikkerhedskopi/                            the whole installation in one file, and out of it again
settings, urls, management                 the roof
"""
