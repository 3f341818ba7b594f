"""The foot of a document: who receives it, who signs it (Annex I, part II, sections 7 and 9)."""

from dataclasses import dataclass
from typing import Any

from kstthc_training.paper.layout_grid import add_grid
from kstthc_training.paper.paragraphs import Place, write
from kstthc_training.paper.pictures import draw_picture
from kstthc_training.paper.qr import qr_png
from kstthc_training.paper.styles import POST, RECIPIENT, RECIPIENTS, SIGNER
from kstthc_training.paper.wording import ended

_LEFT_MM, _RIGHT_MM = 80.0, 85.0
_SQUARE_MM = 25.0


@dataclass(frozen=True)
class Signature:
    """The lines of the post, as `KT. CHÁNH VĂN PHÒNG` and `PHÓ CHÁNH VĂN PHÒNG`, and the name without any title."""

    posts: tuple[str, ...]
    signer: str


@dataclass(frozen=True)
class Recipients:
    """Those who get the document, and the archives that keep it: `VT` first, then the unit that drew it up."""

    names: tuple[str, ...]
    archives: tuple[str, ...] = ("VT", "KSTTHC")

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as printed: semicolons, and a full stop after the archives."""
        names = tuple(f"- {ended(name, ';')}" for name in self.names)
        return (*names, f"- Lưu: {', '.join(self.archives)}.")


@dataclass(frozen=True)
class Verification:
    """Where a reader checks the document: a code, and the address that the square under the recipients leads to."""

    code: str
    address: str


def draw_signature(
    part: Any, body: Any, signature: Signature, recipients: Recipients, verification: Verification | None = None
) -> None:
    """The two columns at the end, kept on one page with the last paragraph before them."""
    ((left, right),) = add_grid(body, (_LEFT_MM, _RIGHT_MM), rows=1)
    write(left, RECIPIENTS, "Nơi nhận:")
    for line in recipients.lines:
        write(left, RECIPIENT, line)
    if verification:
        _draw_verification(part, left, verification)
    for place, post in enumerate(signature.posts):
        write(right, POST, post.upper(), place=Place(before=0 if place else 6))
    write(right, SIGNER, signature.signer)


def _draw_verification(part: Any, cell: Any, verification: Verification) -> None:
    holder = write(cell, RECIPIENT, place=Place(before=12))
    alt = f"Mã QR dẫn đến {verification.address}"
    draw_picture(part, holder, qr_png(verification.address), width_mm=_SQUARE_MM, height_mm=_SQUARE_MM, alt=alt)
    write(cell, RECIPIENT, f"Mã kiểm tra: {verification.code}", place=Place(before=4))
    write(cell, RECIPIENT, verification.address)
