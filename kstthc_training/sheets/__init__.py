"""Tables in and out: CSV and XLSX written, CSV, XLSX, XLS and ODS read; pure, without database or HTTP."""

from kstthc_training.sheets.checking import Checked, RowCheck, RowCode, RowError, check_rows
from kstthc_training.sheets.columns import Cell, CellKind, Column, Share, Sheet
from kstthc_training.sheets.csv_export import write_csv
from kstthc_training.sheets.headings import ColumnMap, ColumnMatch, Fields, choose_columns, map_columns
from kstthc_training.sheets.limits import LIMITS, Limits
from kstthc_training.sheets.refusals import SheetRefused
from kstthc_training.sheets.table import CellDoubt, Doubt, Row, Table
from kstthc_training.sheets.table_import import read_table
from kstthc_training.sheets.values import date_of, integer_of
from kstthc_training.sheets.xlsx_export import write_xlsx

__all__ = [
    "LIMITS",
    "Cell",
    "CellDoubt",
    "CellKind",
    "Checked",
    "Column",
    "ColumnMap",
    "ColumnMatch",
    "Doubt",
    "Fields",
    "Limits",
    "Row",
    "RowCheck",
    "RowCode",
    "RowError",
    "Share",
    "Sheet",
    "SheetRefused",
    "Table",
    "check_rows",
    "choose_columns",
    "date_of",
    "integer_of",
    "map_columns",
    "read_table",
    "write_csv",
    "write_xlsx",
]
