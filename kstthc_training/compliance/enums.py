from enum import StrEnum


class ComplianceFigure(StrEnum):
    """What is counted of organisations that are invited; the word is that of its address."""

    INVITED = "duoc-moi"
    IN_TIME = "dung-han"
    LATE = "tra-loi-muon"
    NEVER = "khong-tra-loi"
    DECLINED = "tu-choi"
    NAMED = "da-cu"
    PRESENT = "co-mat"
    NO_SHOW = "vang"
