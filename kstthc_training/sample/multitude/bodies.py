"""Divisions of the districts, beside the organisations of 2019."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from kstthc_training.db import db
from kstthc_training.organisations.models import Organisation, OrganisationKind, OrganisationLevel
from kstthc_training.people.actors import Actor
from kstthc_training.sample.organisations import Body, name_and_note

_DIVISIONS = {
    "VP": "Văn phòng HĐND và UBND", "TP": "Phòng Tư pháp", "NV": "Phòng Nội vụ", "TCKH": "Phòng Tài chính - Kế hoạch",
    "TNMT": "Phòng Tài nguyên và Môi trường", "LD": "Phòng Lao động - Thương binh và Xã hội",
    "GD": "Phòng Giáo dục và Đào tạo",
    "YT": "Phòng Y tế", "VHTT": "Phòng Văn hóa và Thông tin", "KT": "Phòng Kinh tế và Hạ tầng", "TTR": "Thanh tra",
}  # fmt: skip


def add_divisions(*, actor: Actor, bodies: Sequence[Body], now: datetime) -> list[Body]:
    """Eleven divisions of each district."""
    kind_id = db.session.scalars(select(OrganisationKind.id).where(OrganisationKind.code == "department")).one()
    level_id = db.session.scalars(select(OrganisationLevel.id).where(OrganisationLevel.code == "district")).one()
    rows = [
        Organisation(
            code=f"{district.code}-{code}", name=f"{name} {district.name.removeprefix('Ủy ban nhân dân ')}",
            short_name=name, kind_id=kind_id, level_id=level_id, parent_id=district.id,
        )
        for district in bodies if district.kind == "district"
        for code, name in _DIVISIONS.items()
    ]  # fmt: skip
    db.session.add_all(rows)
    db.session.flush()
    name_and_note(rows, actor, now)
    return [Body(row.id, row.code or "", row.name, "department") for row in rows]
