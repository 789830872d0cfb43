"""Files under their own SHA-256: the same bytes once, and never other bytes than the name says."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from dokumenter import lager


@pytest.fixture(autouse=True)
def _eget_lager(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_the_same_bytes_are_kept_once(tmp_path):
    foerste, anden = lager.gem(b"en fil", "udgaver", ".pdf"), lager.gem(b"en fil", "udgaver", ".pdf")
    assert foerste == anden
    assert lager.hent(*foerste) == b"en fil"
    assert len([sti for sti in tmp_path.rglob("*") if sti.is_file()]) == 1


@pytest.mark.parametrize("andet", [b"", b"en f", b"en helt anden fil"])
def test_what_lies_under_the_name_and_is_something_else_gives_way(andet, caplog):
    navn, maerke = lager.gem(b"en fil", "udgaver", ".pdf")
    default_storage.delete(navn)
    assert default_storage.save(navn, ContentFile(andet)) == navn
    with pytest.raises(lager.Lagerfejl, match="ikke den, der blev gemt"):
        lager.hent(navn, maerke)
    assert lager.gem(b"en fil", "udgaver", ".pdf") == (navn, maerke)
    assert lager.hent(navn, maerke) == b"en fil"
    assert [post.levelname for post in caplog.records] == ["ERROR"]


def test_a_file_that_is_gone_is_not_whole():
    navn, _ = lager.gem(b"en fil", "udgaver", ".pdf")
    assert lager.er_hel(navn)
    default_storage.delete(navn)
    assert not lager.er_hel(navn)
