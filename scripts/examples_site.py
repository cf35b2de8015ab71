"""The examples of docs/embedding.md and docs/widget.md as pages that work, beside a static site.

Each block of HTML in these documents becomes a page, as it stands there, so that what is shown and
what is documented cannot part. ``scripts/demo.py --site`` writes them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: The page that lists them; the texts of its examples are indexed as their document says.
INDEX = "examples.html"
FOLDER = "examples"

_SECTION = re.compile(r"^#+ (.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^```html\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHELL = """<!doctype html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
{content}
</main>
</body>
</html>
"""
# What the examples for pages of one's own find.
_TICKETS = _SHELL.format(
    title="التذاكر",
    content="<p>تُباع تذاكر الحدائق العامة عند البوابة الشمالية كل صباح.</p>",
)


@dataclass(frozen=True)
class Example:
    """A block of HTML: where it stands, and the name of its page below the site.

    ``has_own_index`` tells that it searches pages beside it, by ``fihris index-html``.
    """

    document: str
    section: str
    html: str
    name: str
    has_own_index: bool

    @property
    def page(self) -> str:
        """The page: the block alone where it is one, else the block inside the plainest page."""
        if self.html.startswith("<!doctype"):
            return self.html
        return _SHELL.format(title=escape(self.section), content=self.html)


def examples() -> list[Example]:
    """Return every example, in the order of the documents."""
    found = []
    for document in ("embedding", "widget"):
        text = (ROOT / "docs" / f"{document}.md").read_text("utf-8")
        for number, block in enumerate(_BLOCK.finditer(text), 1):
            section = _SECTION.findall(text[: block.start()])[-1].replace("`", "")
            own = 'src="fihris/' in block[1]
            name = f"example-{document}-{number}.html"
            if own:
                name = f"{FOLDER}/{document}-{number}/index.html"
            found.append(Example(document, section, block[1], name, own))
    return found


def write_examples(site: Path, index_html: Callable[[Path], None]) -> list[Example]:
    """Write the pages and a list of them into *site*, which has a search in ``search``.

    *index_html* runs ``fihris index-html`` on a folder.
    """
    found = examples()
    for example in found:
        path = site / example.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(example.page, "utf-8")
        if example.has_own_index:
            (path.parent / "tickets.html").write_text(_TICKETS, "utf-8")
            index_html(path.parent)
    entries = "\n".join(
        f'<li><a href="{one.name}">{escape(one.section)}</a> (docs/{one.document}.md)\n'
        f"<pre><code>{escape(one.html)}</code></pre></li>"
        for one in found
    )
    content = f'<ul lang="en" dir="ltr">\n{entries}\n</ul>\n<p><a href="index.html">فهرس</a></p>'
    page = _SHELL.format(title="أمثلة على صفحات فيها بحث", content=content)
    (site / INDEX).write_text(page, "utf-8")
    return found
