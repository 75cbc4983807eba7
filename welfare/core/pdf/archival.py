"""What every paper is at once: PDF/A-2a, to be kept, and PDF/UA-1, to be read aloud.

WeasyPrint makes either the one or the other (Kozea/WeasyPrint #2783). The two ask for nothing that
contradicts, only the metadata must name both, and PDF/A wants the name of PDF/UA explained in it
(ISO 19005-2, 6.6.2.3.3). So a variant of our own is put beside WeasyPrint's; it leans on the inside
of the version that `thai_text_layer` pins.

Part 2 and not 3: nothing is ever attached. Level A: tags, language and a text layer are there.
"""

from functools import lru_cache
from importlib.resources import files
from typing import Any

import pydyf
from weasyprint.pdf import VARIANTS

VARIANT = "pdf/a-2a+ua-1"
"""Name of the variant, as `write_pdf(pdf_variant=…)` knows it once `install` was called."""

BY_COLUMNS = "pdf/a-2a+ua-1 by columns"
"""The same, where each head stands above its column: said once a head instead of once a cell."""

_PART, _LEVEL = 2, "A"

_ACCESSIBLE = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_CLOSING = b"</rdf:RDF>"


def install() -> None:
    """Make the variant known to WeasyPrint; safe to call again."""
    asked = {"pdf_version": "1.7", "pdf_identifier": True, "pdf_tags": True}
    VARIANTS[VARIANT] = (_claim, asked)
    VARIANTS[BY_COLUMNS] = (_claim_by_columns, asked)


def _claim(pdf: Any, document: Any, _streams: Any, _attachments: Any, _compress: bool) -> None:
    """Say what colours mean, and write the metadata: never compressed, as PDF/A wants it."""
    _intend_srgb(pdf)
    metadata = document.metadata
    written = metadata.generate_rdf_metadata

    def both(*named: Any) -> bytes:
        alone: bytes = written(*named)
        return alone.removesuffix(_CLOSING) + _ACCESSIBLE + _CLOSING

    metadata.generate_rdf_metadata = both
    metadata.include_in_pdf(pdf, "a", _PART, _LEVEL, compress=False)


def _claim_by_columns(pdf: Any, *others: Any) -> None:
    """As `_claim`. Heads without names of their own can also be joined with other papers' heads."""
    for element in pdf.objects:
        kind = element.get("S") if isinstance(element, dict) else None
        if kind == "/TH":
            element.pop("ID", None)
            element["A"]["Scope"] = "/Column"
        elif kind == "/TD":
            element["A"].pop("Headers", None)
    _claim(pdf, *others)


def _intend_srgb(pdf: Any) -> None:
    """The output intent. WeasyPrint's own way leaves the profile's file open each time."""
    profile = pydyf.Stream([_srgb()], pydyf.Dictionary({"N": 3}), compress=True)
    pdf.add_object(profile)
    intent = pydyf.Dictionary({"Type": "/OutputIntent", "S": "/GTS_PDFA1"})
    intent["OutputConditionIdentifier"] = intent["Info"] = pydyf.String("sRGB2014")
    intent["DestOutputProfile"] = profile.reference
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
