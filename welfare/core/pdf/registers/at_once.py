"""A register of a page or two, drawn while somebody waits, without another process."""

import time
from collections.abc import Iterable, Iterator

from welfare.core import pdf
from welfare.core.pdf.errors import PaperError
from welfare.core.pdf.presses import Drawn, Job, Presses


class AtOnce(Presses):
    """Draws in this process, one after the other."""

    def draw_all(self, jobs: Iterable[Job]) -> Iterator[Drawn]:
        """Each job's paper, in the order given."""
        for place, job in enumerate(jobs):
            started = time.process_time()
            try:
                made = pdf.render(
                    job.template, job.values, lang=job.lang, pictures=job.pictures,
                    drawings=job.drawings, limits=job.limits, by_columns=job.by_columns,
                )  # fmt: skip
            except PaperError as error:
                yield Drawn(place, error=error)
            else:
                yield Drawn(place, made, worked=time.process_time() - started)
