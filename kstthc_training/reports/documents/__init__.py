"""The periodic report in the layout of Decree 30/2020/NĐ-CP; its words are those of a paper, not of the interface."""

from kstthc_training.reports.documents.report import periodic_report

__all__ = ["periodic_report"]
