"""The settings in force on a day."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from kstthc_training.db import db
from kstthc_training.settings.models import Setting


@dataclass(frozen=True, kw_only=True)
class Office:
    """The office that runs this installation, as its papers name it on a day."""

    product: str = "Lịch họp"
    name: str = "Văn phòng Ủy ban nhân dân tỉnh"
    short_name: str = "Văn phòng UBND tỉnh"
    division: str = ""
    parent_agency: str = "UBND TỈNH"
    agency: str = "VĂN PHÒNG"
    place: str = ""
    province: str = ""
    symbol_unit: str = "VP"
    addressee: str = "Ủy ban nhân dân tỉnh"
    signer_post: str = "CHÁNH VĂN PHÒNG"
    signer_name: str = ""
    archive_unit: str = ""
    plan_reference: str = ""
    data_contact: str = ""
    data_email: str = ""
    data_phone: str = ""
    data_basis: str = "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định số 356/2025/NĐ-CP"
    data_kept: str = "theo thời hạn lưu trữ hồ sơ công việc của cơ quan"


# Built once: every page asks this, and building a statement takes longer than asking it.
_VALUES = select(Setting.name, Setting.value).where(Setting.valid_from <= bindparam("day")).order_by(Setting.valid_from)


def values_on(day: date) -> dict[str, Any]:
    """Every setting by name, as it stands on `day`: one statement."""
    return {name: value for name, value in db.session.execute(_VALUES, {"day": day})}


def state_of(names: Collection[str]) -> str:
    """A word that changes with every value of these settings, for whatever day: forms hold it against stale edits."""
    statement = select(Setting.name, Setting.valid_from, Setting.value).where(Setting.name.in_(names))
    rows = sorted((name, day.isoformat(), value) for name, day, value in db.session.execute(statement))
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]


def office_on(day: date) -> Office:
    """The office's names and signers on `day`; what is not set has a neutral wording."""
    known = Office.__dataclass_fields__
    return Office(**{name: str(value) for name, value in values_on(day).items() if name in known})
