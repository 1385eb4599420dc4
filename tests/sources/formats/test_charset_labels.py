import pytest

from sources.formats import charset_labels

LATE = b"<!-- " + b"x" * 6_000 + b" -->"


@pytest.mark.parametrize(
    ("page", "content_type", "named"),
    [
        (b"<p>", "text/html; charset=ISO-8859-1", ["windows-1252"]),
        (b"<meta charset=koi8-r>", "text/html; charset=utf-8", ["utf-8", "koi8-r"]),
        (
            b"<?xml version='1.0' encoding='windows-1256'?><rss/>",
            "text/xml; charset=latin1",
            ["windows-1252", "windows-1256"],
        ),
        (b"\xef\xbb\xbf<?xml version='1.0' encoding=\"gb2312\"?>", "", ["gbk"]),
        (b"<meta charset=utf-16>", "", ["utf-8"]),
        (b"<meta charset=klingon>", "text/html; charset=none", []),
        (LATE + b"<meta charset=big5>", "", ["big5"]),
        (b"<!-- <meta charset=big5>", "", []),
        (b"<p title='<meta charset=big5>'>", "", []),
        (b"<meta name=x content='text/html; charset=big5'>", "", []),
        (b"<meta http-equiv=content-type content='text/html; charset=big5'>", "", ["big5"]),
    ],
)
def test_the_labels_of_a_page_are_found_where_browsers_find_them(page, content_type, named):
    assert charset_labels.declared(page, content_type) == named


@pytest.mark.parametrize(
    ("page", "usual"),
    [
        (b"<html lang=uk>", "windows-1251"),
        (b"<html dir=ltr lang='uk-UA'>", "windows-1251"),
        (b"<html xml:lang='sah'>", "windows-1251"),
        (b"<html lang=zh-Hant-TW>", "big5"),
        (b"<html lang=zh_CN>", "gbk"),
        (b"<html lang=he>", "windows-1255"),
        (b"<html lang=en>", "windows-1252"),
        (b"<rss><channel><language>el-GR</language>", "iso-8859-7"),
        (b"<rss><channel><dc:language><![CDATA[ fa ]]></dc:language>", "windows-1256"),
        (b"<p>", ""),
    ],
)
def test_the_table_of_the_standard_tells_what_a_language_is_usually_in(page, usual):
    assert charset_labels.usual(page) == usual
