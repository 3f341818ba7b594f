"""The addresses of a period's pages and papers, of the periods by name and of days chosen freely alike."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from kstthc_training.reports.lists import Figure
from kstthc_training.reports.periods import Period, PeriodKind


@dataclass(frozen=True)
class Places:
    """Where a period is shown."""

    period: Period

    @property
    def _own(self) -> dict[str, Any]:
        period = self.period
        if period.kind is PeriodKind.FREE:
            return {"tu": f"{period.first:%d/%m/%Y}", "den": f"{period.last:%d/%m/%Y}"}
        return {"year": period.year, "slug": period.slug}

    def page(self) -> str:
        """The page of figures."""
        endpoint = "reports.free" if self.period.kind is PeriodKind.FREE else "reports.period"
        return url_for(endpoint, **self._own)

    def rows(self, figure: Figure | str, **narrowing: Any) -> str:
        """The rows behind a figure: `loai`, `chu_de`, `nhom` narrow them, `trang` is the page."""
        return url_for("reports.rows", **self._own, figure=str(figure), **narrowing)

    def document(self) -> str:
        """The report as DOCX."""
        return url_for("reports.document", **self._own)

    def workbook(self) -> str:
        """The figures as XLSX."""
        return url_for("reports.workbook", **self._own)

    def compliance(self, **asked: Any) -> str:
        """The page of organisations that were invited: `xep` sorts it, `q` searches it, `loc` narrows it."""
        return url_for("reports.compliance", **self._own, **asked)

    def compliance_rows(self, figure: str, **narrowing: Any) -> str:
        """The invitations behind one of its figures, `dv` those of one organisation."""
        return url_for("reports.compliance_rows", **self._own, figure=figure, **narrowing)

    def compliance_workbook(self, **asked: Any) -> str:
        """The same as XLSX."""
        return url_for("reports.compliance_workbook", **self._own, **asked)
