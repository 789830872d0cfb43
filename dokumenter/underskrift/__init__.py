"""Signatures in PDF files: bytes in, bytes out, and no models.

`skriv` signs, `valider` says what the signatures in a file are worth, `modtag` decides whether a file somebody hands in
can be taken, `certifikater` finds the keys that the installation is set up with. pyHanko and pikepdf are slow to
import and are imported inside the functions.
"""
