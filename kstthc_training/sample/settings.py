"""The letterhead of the Office and the plan it reports on, from the first day that the sample has papers of."""

from datetime import date, datetime

from kstthc_training.people.actors import Actor
from kstthc_training.settings.service import set_value

OFFICE = {
    "name": "Văn phòng Ủy ban nhân dân tỉnh Kiên Giang",
    "short_name": "Văn phòng UBND tỉnh",
    "division": "Phòng Kiểm soát thủ tục hành chính",
    "parent_agency": "UBND TỈNH KIÊN GIANG",
    "agency": "VĂN PHÒNG",
    "place": "Kiên Giang",
    "province": "Kiên Giang",
    "symbol_unit": "VP",
    "addressee": "Ủy ban nhân dân tỉnh Kiên Giang",
    "signer_post": "KT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG",
    "signer_name": "Phạm Mẫu Hòa",
    "archive_unit": "KSTTHC",
}
_SINCE = date(2019, 1, 1)
_PLAN = (
    "Kế hoạch số 21/KH-UBND ngày 26 tháng 01 năm {year} của Ủy ban nhân dân tỉnh về thông tin, truyền thông về kiểm soát "
    "thủ tục hành chính, thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính trên địa bàn "
    "tỉnh Kiên Giang năm {year}"
)


def set_office(*, actor: Actor, years: tuple[int, ...], now: datetime) -> None:
    """What papers are headed and signed with, and in each year which plan they carry out."""
    for name, value in OFFICE.items():
        set_value(actor=actor, name=name, value=value, valid_from=_SINCE, now=now)
    for year in years:
        reference = _PLAN.format(year=year)
        set_value(actor=actor, name="plan_reference", value=reference, valid_from=date(year, 1, 1), now=now)
