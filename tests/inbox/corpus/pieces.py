"""What the letters of the corpus are made of."""

import base64
import quopri

OURS = "<2b0f5a52-7f44-4f6e-9a55-0c1f6a0f9d11@lich-hop>"
UID = "6b1c2f0e-2f64-4d0e-9a6c-0d8f4f0a1b2c"
LAN = "lan@so-mau.example"
OFFICE = "lich-hop@vp.example"


def b64(text: str) -> str:
    """Text in base64, in lines."""
    return base64.encodebytes(text.encode()).decode()


def qp(text: str) -> str:
    """Text in quoted-printable."""
    return quopri.encodestring(text.encode()).decode()


def word(text: str) -> str:
    """An encoded word (RFC 2047)."""
    return f"=?utf-8?B?{base64.b64encode(text.encode()).decode()}?="


def answer(
    method: str = "REPLY",
    partstat: str = "ACCEPTED",
    *,
    attendee: str = LAN,
    uid: str = UID,
    sequence: int = 0,
    stamp: str = "20260318T021500Z",
    organizer: str = OFFICE,
    program: str = "x",
    starts: str = "20260325T090000",
    ends: str = "20260325T120000",
    more: tuple[str, ...] = (),
    line_end: str = "\r\n",
) -> str:
    """What a calendar program answers (RFC 5546, 3.2.3)."""
    standing = f";PARTSTAT={partstat}" if partstat else ""
    lines = [
        "BEGIN:VCALENDAR",
        f"PRODID:{program}",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        *([f"ORGANIZER;CN=Văn phòng UBND tỉnh:mailto:{organizer}"] if organizer else []),
        f"UID:{uid}",
        f"ATTENDEE{standing};CN=Nguyễn Thị Lan:mailto:{attendee}",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;TZID=Asia/Ho_Chi_Minh:{starts}",
        f"DTEND;TZID=Asia/Ho_Chi_Minh:{ends}",
        "SUMMARY:Tập huấn mẫu",
        *more,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return line_end.join(lines)


def letter(text: str) -> bytes:
    """A letter as it lies in a folder."""
    return text.lstrip("\n").encode()
