"""The pages of Kế hoạch and Báo cáo, one module per page, all on one blueprint."""

from kstthc_training.reports.routes import compliance, pages, papers, plan, rows
from kstthc_training.reports.routes.blueprint import bp

__all__ = ["bp", "compliance", "pages", "papers", "plan", "rows"]
