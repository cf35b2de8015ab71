"""A web page that was saved as a mail is read as the page."""

import quopri
from base64 import b64encode

import pytest

from fihris.index.errors import SourceMalformed
from fihris.index.sources import Form
from fihris.index.sources.mhtml import read_mhtml

PAGE = '<html><head><meta charset="utf-8"></head><body><p>تقرر الجمعية</p></body></html>'
MAIL = """From: <Saved by a browser>
MIME-Version: 1.0
Content-Type: multipart/related; boundary="limit"; type="text/html"

--limit
Content-Type: text/html; charset="{charset}"
Content-Transfer-Encoding: {way}

{page}
--limit
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--limit--
"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
@pytest.mark.parametrize(
    ("way", "write"),
    [
        ("quoted-printable", lambda page: quopri.encodestring(page).decode()),
        ("base64", lambda page: b64encode(page).decode()),
    ],
)
def test_the_page_is_read_in_the_encoding_that_the_mail_names(raw_document, charset, way, write):
    page = write(PAGE.encode(charset))
    mail = MAIL.format(charset=charset, way=way, page=page)
    (block,) = read_mhtml(raw_document(mail, Form.MHTML)).blocks
    assert block.text == "تقرر الجمعية"


def test_a_mail_without_a_page_is_refused(raw_document):
    with pytest.raises(SourceMalformed, match="without a page"):
        read_mhtml(raw_document("MIME-Version: 1.0\n\nنص", Form.MHTML))
