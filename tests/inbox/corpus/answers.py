"""Answers as calendar programs send them."""

from tests.inbox.corpus.pieces import LAN, OURS, UID, answer, b64, letter, qp, word

_EXCHANGE = "Microsoft Exchange Server 2010"
_OUTLOOK = b64(answer(organizer="", program=_EXCHANGE, more=("X-MICROSOFT-CDO-APPT-SEQUENCE:0",)))
_OUTLOOK_COM = b64(
    answer(
        partstat="DECLINED", organizer="", program=_EXCHANGE,
        more=("COMMENT;LANGUAGE=vi-VN:Bận họp giao ban\\, xin vắng",),
    )
)  # fmt: skip
_COUNTER = b64(answer("COUNTER", "TENTATIVE", starts="20260325T140000", ends="20260325T170000"))

ANSWERS: dict[str, bytes] = {
    "outlook_accepted": letter(f"""
Received: from EXCH01.so-mau.example (10.1.1.5) by EXCH02.so-mau.example (10.1.1.6) with Microsoft SMTP Server
 id 15.1.2507.39; Wed, 18 Mar 2026 09:15:03 +0700
From: {word("Nguyễn Thị Lan")} <{LAN}>
To: {word("Văn phòng UBND tỉnh")} <lich-hop@vp.example>
Subject: {word("Chấp nhận: Tập huấn mẫu")}
Thread-Topic: {word("Tập huấn mẫu")}
Thread-Index: AdyLu2f0nq8N4fQvS1y3n2k1r4V6nA==
Date: Wed, 18 Mar 2026 02:15:00 +0000
Message-ID: <a1b2c3d4e5f64ab1@EXCH01.so-mau.example>
In-Reply-To: {OURS}
Accept-Language: vi-VN, en-US
Content-Language: vi-VN
X-MS-Has-Attach:
X-MS-TNEF-Correlator:
Content-Type: multipart/alternative;
	boundary="_000_a1b2c3d4e5f64ab1EXCH01somau_"
MIME-Version: 1.0

--_000_a1b2c3d4e5f64ab1EXCH01somau_
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

{b64("Tôi sẽ đến.")}
--_000_a1b2c3d4e5f64ab1EXCH01somau_
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

{qp("<html><head><style>p{margin:0}</style></head><body><p>Tôi sẽ đến.</p></body></html>")}

--_000_a1b2c3d4e5f64ab1EXCH01somau_
Content-Type: text/calendar; charset="utf-8"; method=REPLY
Content-Transfer-Encoding: base64

{_OUTLOOK}
--_000_a1b2c3d4e5f64ab1EXCH01somau_--
"""),
    "outlook_com_declined_without_organizer": letter(f"""
From: "Lan, Nguyen Thi" <{LAN}>
To: "lich-hop@vp.example" <lich-hop@vp.example>
Subject: Declined: =?utf-8?Q?T=E1=BA=ADp_hu=E1=BA=A5n_m=E1=BA=ABu?=
Date: Wed, 18 Mar 2026 02:15:00 +0000
Message-ID: <SEYPR06MB5123@SEYPR06MB5123.apcprd06.prod.outlook.com>
Content-Type: multipart/alternative; boundary="_000_SEYPR06MB5123_"
MIME-Version: 1.0

--_000_SEYPR06MB5123_
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable


--_000_SEYPR06MB5123_
Content-Type: text/calendar; charset="utf-8"; method=REPLY
Content-Transfer-Encoding: base64

{_OUTLOOK_COM}
--_000_SEYPR06MB5123_--
"""),
    "gmail_declined": letter(f"""
MIME-Version: 1.0
Reply-To: {LAN}
Sender: Google Calendar <calendar-notification@google.com>
Auto-Submitted: auto-generated
Message-ID: <calendar-0b1ff1a4-9e3f-4ad8@google.com>
Date: Wed, 18 Mar 2026 02:15:00 +0000
Subject: {word("Đã từ chối: Tập huấn mẫu @ Th 4 25 thg 3 2026")}
From: {word("Lan Nguyễn")} <{LAN}>
To: lich-hop@vp.example
Content-Type: multipart/mixed; boundary="000000000000f1c2d3"

--000000000000f1c2d3
Content-Type: multipart/alternative; boundary="000000000000f1c2d1"

--000000000000f1c2d1
Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes
Content-Transfer-Encoding: base64

{b64('Lan Nguyễn đã từ chối lời mời này với ghi chú này: "Bận họp"')}
--000000000000f1c2d1
Content-Type: text/html; charset="UTF-8"
Content-Transfer-Encoding: quoted-printable

{qp("<html><body><span>Lan Nguyễn đã từ chối lời mời này</span></body></html>")}
--000000000000f1c2d1
Content-Type: text/calendar; charset="UTF-8"; method=REPLY
Content-Transfer-Encoding: 7bit

BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20260325T020000Z
DTEND:20260325T050000Z
DTSTAMP:20260318T021500Z
ORGANIZER;CN=lich-hop@vp.example:mailto:lich-hop@vp.example
UID:{UID}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED;CN=Lan Ng
 uyen;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="Ban hop":mailto:{LAN}
X-GOOGLE-CONFERENCE:
CREATED:20260317T020000Z
LAST-MODIFIED:20260318T021500Z
LOCATION:
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:Tap huan mau
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR

--000000000000f1c2d1--
--000000000000f1c2d3
Content-Type: application/ics; name="invite.ics"
Content-Disposition: attachment; filename="invite.ics"
Content-Transfer-Encoding: base64

{b64(answer(partstat="DECLINED"))}
--000000000000f1c2d3--
"""),
    "apple_accepted": letter(f"""
From: Lan Nguyen <{LAN}>
Content-Type: multipart/alternative; boundary="Apple-Mail=_1F2E"
Mime-Version: 1.0 (Mac OS X Mail 16.0)
Subject: =?utf-8?Q?=C4=90=C3=A3_ch=E1=BA=A5p_nh=E1=BA=ADn=3A_T=E1=BA=ADp_hu?=
 =?utf-8?Q?=E1=BA=A5n_m=E1=BA=ABu?=
Message-Id: <0D5E3B2C-1A2B-4C3D-9E8F-001122334455@so-mau.example>
Date: Wed, 18 Mar 2026 09:15:00 +0700
To: lich-hop@vp.example

--Apple-Mail=_1F2E
Content-Transfer-Encoding: quoted-printable
Content-Type: text/plain; charset=utf-8

{qp("Lan đã chấp nhận lời mời.")}
--Apple-Mail=_1F2E
Content-Transfer-Encoding: quoted-printable
Content-Type: text/calendar; method=REPLY; charset=utf-8; name="iCal-20260318.ics"

{qp(answer(program="-//Apple Inc.//macOS 14.4//EN"))}
--Apple-Mail=_1F2E--
"""),
    "thunderbird_tentative": letter(f"""
Content-Type: multipart/mixed; boundary="------------J2m1"
Message-ID: <f0a1b2c3-4455-6677-8899-aabbccddeeff@so-mau.example>
Date: Wed, 18 Mar 2026 09:15:00 +0700
MIME-Version: 1.0
User-Agent: Mozilla Thunderbird
From: =?UTF-8?Q?Nguy=E1=BB=85n_Th=E1=BB=8B_Lan?= <{LAN}>
To: lich-hop@vp.example
Subject: Event Invitation Reply (Tentative): Tap huan mau

--------------J2m1
Content-Type: multipart/alternative; boundary="------------J2m2"

--------------J2m2
Content-Type: text/plain; charset=UTF-8; format=flowed
Content-Transfer-Encoding: 8bit

Nguyễn Thị Lan có thể dự.
--------------J2m2
Content-Type: text/calendar; method=REPLY; charset=UTF-8
Content-Transfer-Encoding: 8bit

{answer(partstat="TENTATIVE", program="-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN", line_end=chr(10))}
--------------J2m2--

--------------J2m1
Content-Type: application/ics; name="invite.ics"
Content-Disposition: attachment; filename="invite.ics"
Content-Transfer-Encoding: 8bit

{answer(partstat="TENTATIVE", line_end=chr(10))}
--------------J2m1--
"""),
    "zimbra_as_the_only_part": letter(f"""
Date: Wed, 18 Mar 2026 09:15:00 +0700 (ICT)
From: Nguyen Thi Lan <{LAN}>
To: lich-hop@vp.example
Message-ID: <1234567.89.1710728100000@so-mau.example>
Subject: Accept: Tap huan mau
MIME-Version: 1.0
Content-Type: text/calendar; charset=utf-8; method=REPLY; name=meeting.ics
Content-Transfer-Encoding: base64

{b64(answer(program="Zimbra-Calendar-Provider"))}
"""),
    "outlook_counter": letter(f"""
From: Nguyen Thi Lan <{LAN}>
To: lich-hop@vp.example
Subject: New Time Proposed: Tap huan mau
Date: Wed, 18 Mar 2026 02:15:00 +0000
Message-ID: <counter-1@EXCH01.so-mau.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="_c_"

--_c_
Content-Type: text/plain; charset="us-ascii"

Xin doi sang buoi chieu.
--_c_
Content-Type: text/calendar; charset="utf-8"; method=COUNTER
Content-Transfer-Encoding: base64

{_COUNTER}
--_c_--
"""),
    "refresh": letter(f"""
From: {LAN}
To: lich-hop@vp.example
Subject: Refresh
Date: Wed, 18 Mar 2026 02:15:00 +0000
Message-ID: <refresh-1@so-mau.example>
MIME-Version: 1.0
Content-Type: text/calendar; method="REFRESH"; charset="utf-8"

{answer("REFRESH", "", line_end=chr(10))}
"""),
    "as_a_file_alone_without_method_or_message_id": letter(f"""
From: {LAN}
To: lich-hop@vp.example
Subject: Tra loi
Date: Wed, 18 Mar 2026 02:15:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

Xem tep.
--x
Content-Type: application/octet-stream; name="reply.ics"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="reply.ics"

{b64(answer())}
--x--
"""),
}
