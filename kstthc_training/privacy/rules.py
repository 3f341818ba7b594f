"""What the law asks of whoever keeps personal data, in days (Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP, Điều 5)."""

from datetime import date, datetime, timedelta

from kstthc_training.clock import local_date

ACKNOWLEDGED_WITHIN = 2  # working days
SEEN_WITHIN = 10  # days, to see or correct
ERASED_WITHIN = 20  # days


def due_day(asked_at: datetime) -> date:
    """The last day on which a request of that instant may be answered."""
    return local_date(asked_at) + timedelta(days=ERASED_WITHIN)
