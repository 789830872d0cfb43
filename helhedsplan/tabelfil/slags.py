"""What kind of file somebody has chosen where a table is wanted: said in words that tell what to do about it."""

import codecs
import io
import zipfile

TOM = "Filen er tom. Vælg den fil, der er noget i."
KODE = "Regnearket er låst med en adgangskode. Fjern koden i Excel, gem det, og vælg filen igen."
GAMMEL = (
    "Filen er et regneark i det gamle format (.xls). Åbn den, vælg »Gem som« og typen Excel (.xlsx), og vælg den nye "
    "fil."
)
ODS = (
    "Filen er et regneark fra LibreOffice eller OpenOffice (.ods). Åbn den, vælg »Gem som« og typen Excel (.xlsx), og "
    "vælg den nye fil."
)
BINAER = "Filen er et binært regneark (.xlsb). Åbn den, vælg »Gem som« og typen Excel (.xlsx), og vælg den nye fil."
IKKE_TABEL = "Filen er {slags} og ikke et regneark. Kopiér tabellen til et regneark, gem det som .xlsx, og vælg det."
UKENDT = "Filen er hverken tekst eller et regneark. Brug CSV eller XLSX."
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
#: The name of the stream that holds an encrypted workbook, in the old container it is put in.
KRYPTERET = "EncryptedPackage".encode("utf-16-le")
BEGYNDER = {
    b"%PDF-": "en PDF", b"\x89PNG": "et billede", b"\xff\xd8\xff": "et billede", b"{\\rtf": "et tekstdokument",
    b"GIF8": "et billede",
}  # fmt: skip
#: Of a ZIP: a part that only that kind has.
DELE = {"word/document.xml": "et Word-dokument", "ppt/presentation.xml": "en præsentation", "Index.zip": "fra Numbers"}


def afvist(data: bytes) -> str:
    """Why a file holds no table that can be read, as its first bytes say; '' when it may be one."""
    if not data.strip():
        return TOM
    if data.startswith(OLE):
        return KODE if KRYPTERET in data else GAMMEL
    slags = next((ord_ for tegn, ord_ in BEGYNDER.items() if data.startswith(tegn)), "")
    if slags:
        return IKKE_TABEL.format(slags=slags)
    return _pakket(data) if data.startswith(ZIP) else ""


def _pakket(data: bytes) -> str:
    """Only names are looked at, and the few bytes that say which kind of document it is; what is broken is said by
    whoever reads it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pakke:
            navne = set(pakke.namelist())
            slags = b""
            if "mimetype" in navne:
                with pakke.open("mimetype") as fil:
                    slags = fil.read(100)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return ""
    if b"opendocument.spreadsheet" in slags:
        return ODS
    if b"opendocument" in slags:
        return IKKE_TABEL.format(slags="et tekstdokument")
    if "xl/workbook.bin" in navne:
        return BINAER
    andet = next((ord_ for navn, ord_ in DELE.items() if navn in navne), "")
    return IKKE_TABEL.format(slags=andet) if andet else ""


def afkod(data: bytes) -> str:
    """The text of a file, '' when it is none. As UTF-16 only with the mark that Excel puts first; else UTF-8, for
    Windows-1252 reads UTF-8 without complaint, and the other way round it seldom goes well."""
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for kodning in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        try:
            tekst = data.decode(kodning)
        except UnicodeDecodeError:
            continue
        if "\0" not in tekst:
            return tekst
    return ""
