"""What a visitor sees of a page, and what a link to each part of it is made of."""

from lxml import etree

from fihris.web.html_site.passages import PageText, read_page


def read(html: str) -> PageText:
    return read_page(etree.fromstring(html, etree.HTMLParser(encoding="utf-8")))


def texts(html: str) -> list[str]:
    return [passage.text for passage in read(html).passages]


def fragments(html: str) -> list[str]:
    return [passage.fragment for passage in read(html).passages]


def test_paragraphs_items_and_rows_are_passages() -> None:
    page = """<body><p>الفقرة  الأولى</p><ul><li>بند<li>وبند آخر</ul>
    <table><tr><th>الاسم<th>العنوان<tr><td>الحديقة<td>شارع النخيل</table><pre>سطر
    وسطر</pre>نصّ بلا عنصر"""
    assert texts(page) == [
        "الفقرة الأولى",
        "بند",
        "وبند آخر",
        "الاسم · العنوان",
        "الحديقة · شارع النخيل",
        "سطر وسطر",
        "نصّ بلا عنصر",
    ]


def test_two_line_breaks_part_paragraphs_and_one_does_not() -> None:
    assert texts("<p>سطر أول<br>وثانٍ<br><br>فقرة أخرى") == ["سطر أول وثانٍ", "فقرة أخرى"]


def test_what_surrounds_a_text_is_left_out() -> None:
    page = """<body><header>رأس الموقع</header><nav>القائمة</nav><aside>جانب</aside>
    <div role="search">بحث</div><p>النصّ<script>var x = 1</script><style>p {}</style></p>
    <p hidden>مخفي</p><p style="display: none">مخفي</p><p aria-hidden="true">مخفي</p>
    <dialog>نافذة</dialog><template>قالب</template><noscript>بلا برامج</noscript>
    <form><button>أرسل</button></form><footer>ذيل الموقع</footer>"""
    assert texts(page) == ["النصّ"]


def test_the_head_and_the_notes_of_an_article_belong_to_it() -> None:
    page = """<article><header><h2 id="a">العنوان</h2></header><p>النصّ</p>
    <aside>ملاحظة مهمة</aside><footer>عدّل هذه الصفحة</footer></article>"""
    assert texts(page) == ["العنوان", "النصّ", "ملاحظة مهمة"]


def test_the_main_part_of_a_page_is_all_of_it_when_there_is_one() -> None:
    assert texts("<div>إعلان</div><main><p>النصّ</main><div>إعلان</div>") == ["النصّ"]
    assert texts("<div>إعلان</div><div role=main>النصّ</div>") == ["النصّ"]
    assert texts("<main></main><p>النصّ") == ["النصّ"]


def test_an_author_says_what_is_found() -> None:
    page = "<main><p>خارج<div data-fihris-body><p>داخل<p data-fihris-ignore>متروك</div></main>"
    assert texts(page) == ["داخل"]
    assert read(page).is_marked
    assert not read("<p>نصّ").is_marked


def test_all_of_a_page_may_be_ignored() -> None:
    for page in (
        "<html data-fihris-ignore><p>نصّ",
        "<body data-fihris-ignore><p>نصّ",
        "<p>إعلان</p><main data-fihris-ignore><h1>عنوان</h1><p>نصّ</main>",
        "<div data-fihris-ignore><div data-fihris-body><p>نصّ</div></div>",
    ):
        text = read(page)
        assert (text.title, text.passages) == ("", ())


def test_the_marks_of_pagefind_are_understood_and_ours_come_first() -> None:
    pagefind = "<p>خارج<div data-pagefind-body>داخل <b data-pagefind-ignore>متروك</b></div>"
    assert texts(pagefind) == ["داخل"]
    assert texts(pagefind + "<p data-fihris-body>لنا") == ["لنا"]


def test_a_passage_with_an_id_is_reached_by_it() -> None:
    page = """<p id="a">أولى</p><div id="b"><p>ثانية</p></div><a name="c"></a><p>ثالثة</p>
    <p><span id="د 1"></span>رابعة</p>"""
    assert fragments(page) == ["a", "b", "c", "د%201"]


def test_a_passage_without_an_id_is_reached_by_the_nearest_before_it_and_its_first_words() -> None:
    page = '<section id="s"><h2>القسم</h2><p>في هذه الفقرة، كلامٌ كثير-جداً.</p></section>'
    assert fragments(page) == ["s", "s:~:text=في%20هذه%20الفقرة،%20كلامٌ%20كثير%2Dجداً."]


def test_short_passages_are_reached_by_what_stands_before_them() -> None:
    assert fragments('<h2 id="s">القسم</h2><p>نعم</p>') == ["s", "s"]
    assert fragments("<p>نعم</p>") == [""]


def test_of_elements_with_one_id_the_first_has_it_as_in_browsers() -> None:
    page = '<nav id="s">القائمة</nav><p id="s">كلام في أول الصفحة</p>'
    assert fragments(page) == [":~:text=كلام%20في%20أول%20الصفحة"]


def test_a_name_that_was_given_comes_before_one_that_was_counted() -> None:
    assert fragments('<span id="prices"></span><section id="id2"><h2>الأسعار</h2>') == ["prices"]
    assert fragments('<section id="id2"><h2>الأسعار</h2></section>') == ["id2"]
    assert fragments('<div id="page"><h2 id="أسعار">الأسعار</h2></div>') == ["أسعار"]


def test_an_id_inside_a_paragraph_does_not_stand_for_the_next_one() -> None:
    page = '<p>أولى <b id="x">مهمة</b></p><p>وفي الثانية كلام آخر</p>'
    assert fragments(page)[1] == ":~:text=وفي%20الثانية%20كلام%20آخر"


def test_an_id_cannot_pass_for_a_directive() -> None:
    assert fragments('<p id="a:~:text=x">نعم</p>') == [""]


def test_a_paragraph_stands_under_its_heading() -> None:
    page = '<h1>الصفحة</h1><p>مقدمة</p><h2 id="s">القسم</h2><p>نعم</p>'
    assert [passage.under for passage in read(page).passages] == [None, None, "s"]


def test_the_title_is_the_first_great_heading_and_is_told_once() -> None:
    page = "<head><title>الصفحة | الموقع</title></head><h1>الصفحة</h1><p>نصّ</p><h1>ثانية</h1>"
    assert read(page).title == "الصفحة"
    assert texts(page) == ["نصّ", "ثانية"]
    assert read("<head><title>الصفحة | الموقع</title></head><p>نصّ").title == "الصفحة | الموقع"


def test_signs_that_only_copy_an_address_are_no_text() -> None:
    page = '<h2 id="s">القسم<a class="headerlink" href="#s">¶</a></h2>'
    assert texts(page) == ["القسم"]


def test_a_line_that_only_leads_elsewhere_in_the_site_is_left_out() -> None:
    page = """<h2><a href="post.html">عنوان مقال</a></h2><ul><li><a href="#s">القسم</a>
    <li><a href="https://example.org/">مرجع خارجي</a><li>انظر <a href="a.html">الدليل</a></ul>
    <h3 id="s"><a href="#s">القسم</a></h3>"""
    assert texts(page) == ["مرجع خارجي", "انظر الدليل", "القسم"]


def test_a_language_is_the_declared_one_or_that_of_the_letters() -> None:
    assert read('<html lang="ar-EG"><p>نصّ').language == "ar-EG"
    assert read('<html lang="en"><main lang="ar"><p>نصّ').language == "ar"
    assert read("<p>نصّ بلا لغة معلنة").language == "ar"
    assert read("<p>nothing is declared").language == ""
    assert read('<html lang="not a language!"><p>نصّ').language == "ar"


def test_a_page_that_sends_its_visitors_on_is_known() -> None:
    page = '<head><meta http-equiv="Refresh" content="0; url=a.html"></head><p>انتقل'
    assert read(page).moves_on


def test_a_passage_of_any_length_is_cut_between_words_and_nothing_is_lost() -> None:
    words = " ".join(f"كلمة{number}" for number in range(3_000))
    parts = texts(f"<p>{words}</p>")
    assert len(parts) > 3
    assert max(map(len, parts)) <= 4_000
    assert " ".join(parts) == words


def test_a_word_without_an_end_is_cut_all_the_same() -> None:
    assert "".join(texts(f"<p>{'م' * 10_000}</p>")) == "م" * 10_000
