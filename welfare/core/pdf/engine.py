"""Papers: HTML made from a template and plain values, laid out as PDF.

    pdf = render("documents/receipt.html", receipt, lang="th")

One process keeps one set of fonts and one parsed style sheet, so that a warm one-page letter costs
little more than WeasyPrint itself. Call `warm()` when a worker starts. Drawing is behind a lock:
the text shaper's font map is not made for several threads at once.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from welfare.core.pdf import archival, letters, plain, templating, thai_text_layer
from welfare.core.pdf import limits as limits_module
from welfare.core.pdf.assets import AssetFetcher
from welfare.core.pdf.limits import Limits
from welfare.core.pdf.pictures import readable

LIMITS = Limits()
"""What a paper may ask for unless the caller says otherwise."""

_STYLE_SHEET = templating.TEMPLATES / "documents" / "base.css"
_drawing = threading.RLock()


@dataclass(frozen=True, slots=True)
class _Press:
    """What is made once a process: fonts and the parsed style sheet that names them."""

    fonts: FontConfiguration
    style: weasyprint.CSS


@lru_cache(maxsize=1)
def _press() -> _Press:
    thai_text_layer.install()
    limits_module.install()
    archival.install()
    fonts = FontConfiguration()
    style = weasyprint.CSS(
        string=_STYLE_SHEET.read_text(encoding="utf-8"),
        font_config=fonts,
        url_fetcher=AssetFetcher(),
        base_url="asset:",
    )
    return _Press(fonts, style)


def html_for(
    template_name: str,
    values: Mapping[str, object] | object,
    *,
    lang: str = "th",
    pictures: Mapping[str, bytes] | None = None,
    compounds: bool = True,
) -> str:
    """The HTML of a paper, before layout.

    `values` is a mapping or a dataclass of plain values (else `plain.NotPlain`); its fields are the
    template's names. `lang` is `th` or `en`. `pictures` are photographs by name; the template
    asks `picture_readable(name)` before it shows one. `compounds`: keep the office's compound words
    on one line, and Thai numerals throughout a Thai paper (not asked for where lines are broken
    beforehand).
    """
    given = dict(pictures or {})
    ok = {name for name, data in given.items() if readable(data)}
    template = templating.environment().get_template(template_name)
    names = plain.plain_names(values)
    html = template.render({**names, "lang": lang, "picture_readable": lambda name: name in ok})
    if not compounds:
        return html
    return templating.keep_compounds(templating.thai_numerals(html) if lang == "th" else html)


def render(
    template_name: str,
    values: Mapping[str, object] | object,
    *,
    lang: str = "th",
    pictures: Mapping[str, bytes] | None = None,
    drawings: Mapping[str, bytes] | None = None,
    limits: Limits = LIMITS,
    by_columns: bool = False,
) -> bytes:
    """The paper as PDF.

    `pictures` (photographs) and `drawings` (SVG or PNG of our own making) are shown where the
    template says `picture:<name>` or `drawing:<name>`. `by_columns`: every table has its heads
    above its columns (makes long lists smaller). Raises `PaperTooLarge` or `PaperTooSlow` beyond
    `limits`.
    """
    html = html_for(template_name, values, lang=lang, pictures=pictures, compounds=not by_columns)
    return draw(html, pictures=pictures, drawings=drawings, limits=limits, by_columns=by_columns)


def draw(
    html: str,
    *,
    pictures: Mapping[str, bytes] | None = None,
    drawings: Mapping[str, bytes] | None = None,
    limits: Limits = LIMITS,
    by_columns: bool = False,
) -> bytes:
    """HTML of ours laid out as PDF/A and PDF/UA; the second half of `render`."""
    limits.check_html(html)
    html = letters.printable(html)
    with _drawing, limits_module.watch(limits):
        variant = archival.BY_COLUMNS if by_columns else archival.VARIANT
        return _write(html, AssetFetcher(pictures, drawings), variant=variant)


def bare(html: str, *, drawings: Mapping[str, bytes] | None = None) -> bytes:
    """The same HTML by WeasyPrint alone, with the same fonts and style: what we measure against."""
    with _drawing, thai_text_layer.suspended():
        return _write(html, AssetFetcher(None, drawings), variant=None)


def warm() -> None:
    """Load fonts, style sheet, dictionaries and libraries now, so that the first paper is quick."""
    draw("<html lang=th><title>อุ่นเครื่อง</title><body>น้ำ ตำบลอุโมงค์ <b>๑๒๓ abc</b></body></html>")


def _write(html: str, fetcher: AssetFetcher, *, variant: str | None) -> bytes:
    press = _press()
    document = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url="asset:")
    return bytes(
        document.write_pdf(font_config=press.fonts, stylesheets=[press.style], pdf_variant=variant)
    )
