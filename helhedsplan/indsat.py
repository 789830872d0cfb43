"""What text that is pasted from elsewhere carries along without showing it: deleted words, comments, hidden text.

Word, Word on the web, Google Docs and LibreOffice put it on the clipboard as HTML beside what is seen. None of it may
come into an agreement. (What was struck out is what no longer holds, whether tracked or not.)
"""

import re

#: Only text with one of these is taken apart.
_TEGN_PAA = re.compile(
    r"<(?:del|s|strike)\b|mso|display|visibility|line-through|font-size\s*:\s*0|opacity\s*:\s*0|\bhidden\b|#_?cmnt"
    r"|trackchange|trackedchange",
    re.IGNORECASE,
)
_SKJULT_STIL = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:(?:all|screen)|font-size:0(?:\.0*)?(?:pt|px|r?em|%|cm|mm)?(?:;|!|$)"
    r"|opacity:0(?:\.0*)?(?:;|!|$)|text-decoration[a-z-]*:[^;]*line-through|mso-element:comment",
    re.IGNORECASE,
)
_SKJULT_KLASSE = re.compile(
    r"msocom|msocomment|trackchange\w*del|trackchangehiddentext|\bwacimagehidden", re.IGNORECASE
)
_ERKLAERING = re.compile(r"<\?[^<>]*>")
_SKJULTE_MAERKER = {"del", "s", "strike"}
_KOMMENTAR = re.compile(r"#(?:_msocom|cmnt)", re.IGNORECASE)


def uden_det_skjulte(html: str) -> str:
    """The HTML without what is not seen of it."""
    if "<" not in html or not _TEGN_PAA.search(html):
        return html
    from lxml import etree
    from lxml import html as lxml_html

    try:
        rod = lxml_html.fragment_fromstring(_ERKLAERING.sub("", html), create_parent="div")
    except etree.ParserError:
        return ""
    for element in list(rod.iter(etree.Element)):
        if element is not rod and element.getparent() is not None and _er_skjult(element):
            element.drop_tree()
    indre = lxml_html.tostring(rod, encoding="unicode")
    return indre.removeprefix("<div>").removesuffix("</div>")


def _er_skjult(element) -> bool:
    attributter = {navn.lower(): vaerdi for navn, vaerdi in element.attrib.items()}
    stil = re.sub(r"\s", "", f"{attributter.get('style', '')};{attributter.get('data-style', '')}")
    if str(element.tag).lower() in _SKJULTE_MAERKER or "hidden" in attributter:
        return True
    if _SKJULT_STIL.search(stil) or _SKJULT_KLASSE.search(attributter.get("class", "")):
        return True
    return element.tag == "a" and bool(_KOMMENTAR.match(attributter.get("href", "")))
