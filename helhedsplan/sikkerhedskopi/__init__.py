"""An installation in one file, and out of it again (docs/drift.md).

oejeblik    the database as it is at one moment, by its own tool, while others go on writing
raekker     the rows as JSON lines, the same whichever database they came from
kopifil     the one file: writing it, and reading every byte of it against its manifest
gendan      an empty installation filled from the file, and held against it
tjek        rows without files, files without rows, files and chains that are not what they were
"""
