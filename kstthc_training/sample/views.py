"""Ways to look at the list of those registered that the organizer keeps: one of his own, one for all who run events."""

from datetime import timedelta

from kstthc_training.registrations.service import save_view
from kstthc_training.sample.province import Province

_VIEWS = (
    ("Chờ duyệt, ai trước xem trước", {"tt": "cho-duyet", "xep": "luc", "cot": "don-vi.chuc-vu.luc"}, False),
    ("Gọi điện theo đơn vị", {"tt": "co-cho", "xep": "don-vi", "cot": "don-vi.chuc-vu.dien-thoai.thay-cho"}, True),
)


def keep_views(province: Province) -> None:
    """Kept some days ago."""
    at = province.midnight - timedelta(days=3, hours=8)
    for name, asked, is_shared in _VIEWS:
        save_view(actor=province.accounts.organizer, name=name, asked=asked, is_shared=is_shared, now=at)
