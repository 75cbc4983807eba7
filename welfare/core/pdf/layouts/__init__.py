"""Papers that several domains fill: a template each, and what goes into it as plain values.

    pdf.render(visits.TEMPLATE, visits.VisitForm(office=…))

Nothing here knows a database. A field that is left empty prints as dots to be filled by hand, so
that the empty dataclass is the blank form.
"""
