"""QR squares for printed papers."""

import io

import segno


def qr_png(address: str) -> bytes:
    """A black QR square for this address, error correction M, without a quiet zone: the paper around it is white."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=10, border=0)
    return picture.getvalue()
