"""Official documents as DOCX in the layout of Decree 30/2020/NĐ-CP: pure, told everything, knowing no feature.

The words here are those of the documents themselves, whose language is Vietnamese by law; they are not interface text.
"""

from kstthc_training.paper.annexes import Annex
from kstthc_training.paper.chart_svg import SCREEN_LETTERING, chart_svg
from kstthc_training.paper.charts import BarChart, Series
from kstthc_training.paper.document import OfficialDocument
from kstthc_training.paper.letterhead import DocumentHead, Letterhead
from kstthc_training.paper.paragraphs import Run
from kstthc_training.paper.signature import Recipients, Signature, Verification
from kstthc_training.paper.signing_sheet import SheetSigner, SigningSheet
from kstthc_training.paper.tables import Align, Cells, Column, DataTable, Group, GroupRow, Row, TotalRow, grouped, numbered

__all__ = [
    "SCREEN_LETTERING",
    "Align",
    "Annex",
    "BarChart",
    "Cells",
    "Column",
    "DataTable",
    "DocumentHead",
    "Group",
    "GroupRow",
    "Letterhead",
    "OfficialDocument",
    "Recipients",
    "Row",
    "Run",
    "Series",
    "SheetSigner",
    "Signature",
    "SigningSheet",
    "TotalRow",
    "Verification",
    "chart_svg",
    "grouped",
    "numbered",
]
