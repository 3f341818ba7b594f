"""What machines and people write beside that, whole, broken and hostile."""

from base64 import b64encode

from tests.inbox.corpus.pieces import LAN, OURS, answer, b64, letter, word

_DATED = "Date: Wed, 18 Mar 2026 02:15:00 +0000"
_HEAD = f"From: Nguyen Thi Lan <{LAN}>\nTo: lich-hop@vp.example\n{_DATED}"
_RAW_HEAD = b"To: lich-hop@vp.example\nDate: Wed, 18 Mar 2026 02:15:00 +0000\n"
_FROM = b"From: Lan <lan@so-mau.example>\n"

OTHERS: dict[str, bytes] = {
    "exchange_out_of_office": letter(f"""
{_HEAD}
Subject: {word("Trả lời tự động: Mời họp")}
Message-ID: <oof-1@EXCH01.so-mau.example>
In-Reply-To: {OURS}
X-Auto-Response-Suppress: All
auto-submitted: auto-generated
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64
MIME-Version: 1.0

{b64("Tôi nghỉ phép đến 25/3.")}
"""),
    "out_of_office_by_title": letter(f"""
{_HEAD}
Subject: Automatic reply: Moi hop
Message-ID: <oof-2@so-mau.example>
X-Auto-Response-Suppress: DR, OOF, AutoReply

Toi vang mat.
"""),
    "vacation_by_precedence": letter(f"{_HEAD}\nSubject: Re: Moi hop\nPrecedence: bulk\nMessage-ID: <vac-1@so>\n\nVang."),
    "autoreply_of_a_panel": letter(f"{_HEAD}\nSubject: Vang\nX-Autorespond: Moi\nMessage-ID: <vac-2@so>\n\nVang."),
    "mailing_list": letter(f"{_HEAD}\nSubject: [ds]\nList-Id: Can bo <cb.so-mau.example>\nMessage-ID: <l@so>\n\nTin."),
    "empty_return_path": letter(f"Return-Path: <>\n{_HEAD}\nSubject: Thong bao\nMessage-ID: <n@so>\n\nDa nhan."),
    "read_receipt": letter(f"""
{_HEAD}
Subject: Read: Moi hop
Message-ID: <mdn-1@so-mau.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary=m

--m
Content-Type: text/plain

Da doc.
--m
Content-Type: message/disposition-notification

Final-Recipient: rfc822; {LAN}
Original-Message-ID: {OURS}
Disposition: manual-action/MDN-sent-manually; displayed

--m--
"""),
    "outlook_in_words": letter(f"""
{_HEAD}
Subject: {word("RE: Mời họp")}
Message-ID: <plain-1@EXCH01.so-mau.example>
In-Reply-To: {OURS}
References: {OURS}
Content-Type: multipart/alternative; boundary="_p_"
MIME-Version: 1.0

--_p_
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

{b64("Tôi bận, xin cử đồng chí Minh dự thay." + chr(13) + chr(10))}
--_p_
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

{b64("<html><body>Tôi bận</body></html>")}
--_p_--
"""),
    "html_alone_with_script_and_picture": letter(f"""
{_HEAD}
Subject: Xin vang
Message-ID: <html-1@so-mau.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

<html><head><title>x</title><style>p {{color:red}}</style><script>alert(1)</script></head>
<body><p>Kính gửi Văn phòng,</p><p>Tôi <b>không dự</b> được.<img src="https://tracker.example/a.gif"></p>
<![if !vml]></body></html>
"""),
    "forwarded_answer_of_another_letter": letter(f"""
{_HEAD}
Subject: Fwd: Moi hop
Message-ID: <fwd-1@so-mau.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=f

--f
Content-Type: text/plain; charset=utf-8

Nho anh xem giup.
--f
Content-Type: message/rfc822

From: lich-hop@vp.example
To: {LAN}
Subject: Moi hop
Message-ID: {OURS}
MIME-Version: 1.0
Content-Type: text/calendar; method=REPLY; charset=utf-8

{answer(partstat="DECLINED", line_end=chr(10))}
--f--
"""),
    "somebody_invites_us": letter(f"""
{_HEAD}
Subject: Moi hop cua So
Message-ID: <req-1@so-mau.example>
MIME-Version: 1.0
Content-Type: text/calendar; method=REQUEST; charset=utf-8

{answer("REQUEST", "NEEDS-ACTION", line_end=chr(10))}
"""),
    "outlook_winmail": letter(f"""
{_HEAD}
Subject: Accepted: Moi hop
Message-ID: <tnef-1@so-mau.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=t

--t
Content-Type: text/plain; charset=us-ascii


--t
Content-Type: application/ms-tnef; name="winmail.dat"
Content-Disposition: attachment; filename="winmail.dat"
Content-Transfer-Encoding: base64

eJ8+IhYQAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA5AQAAAAAAADoAAEIgAcAGAAAAElQTS5NaWNy
--t--
"""),
    "bare_utf8_in_header": "From: Nguyễn Thị Lan <lan@so-mau.example>\nSubject: Xin vắng\n".encode()
    + _RAW_HEAD
    + "Message-ID: <raw-1@so-mau.example>\n\nTôi vắng.\n".encode(),
    "old_windows_everywhere": _FROM
    + b"Subject: Xin v\xe3ng\n"
    + b"To: x@y\nDate: rubbish\nMessage-ID: <raw-2@so-mau.example>\nContent-Type: text/plain; charset=windows-1258\n\n"
    + "Tôi đên sau".encode("cp1258"),
    "lying_charset": _FROM
    + b"Subject: =?us-ascii?Q?Xin_v=E1=BA=AFng?=\n"
    + _RAW_HEAD
    + b"Message-ID: <lie-1@so-mau.example>\nContent-Type: text/plain; charset=us-ascii\n\n"
    + "Tôi vắng.".encode(),
    "unknown_charset_and_encoding": _FROM
    + b"Subject: =?x-nonsense?B?!!!?= va\nDate: Wed, 99 Mar 2026 99:15:00 +0000\nMessage-ID: <lie-2@so-mau.example>\n"
    + b'Content-Type: text/plain; charset="x-nonsense"\nContent-Transfer-Encoding: x-nonsense\n\nToi vang.\n',
    "utf16": _FROM
    + b"Subject: a\n"
    + _RAW_HEAD
    + b"Message-ID: <u16@so>\nContent-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\n"
    + b64encode("Tôi vắng".encode("utf-16")),
    "mbox_quoted": b"From lan@so-mau.example Wed Mar 18 02:15:00 2026\n"
    + _FROM
    + b"Subject: Thu cu\n"
    + _RAW_HEAD
    + b"Message-ID: <mbox-1@so-mau.example>\n\n>From nay ve sau xin gui qua van thu.\n",
    "two_senders": letter(f"From: {LAN}, minh@so-mau.example\n{_DATED}\nSubject: Hai\nMessage-ID: <two@so>\n\nChung toi."),
    "from_twice": letter(f"From: {LAN}\nFrom: minh@so-mau.example\n{_DATED}\nSubject: Hai\nMessage-ID: <tw@so>\n\nx"),
    "encoded_comma_and_line_break": letter(
        f"From: =?utf-8?q?sep=40so-mau=2Eexample=2C?= <{LAN}>\n{_DATED}\n"
        "Subject: =?utf-8?q?Dong_mot=0D=0ABcc=3A_ai@x=2Eexample?=\nMessage-ID: <inj-1@so-mau.example>\n\nx"
    ),
    "no_header_at_all": b"\n\nchi co chu\n",
    "nothing": b"",
    "multipart_without_parts": letter(
        f"{_HEAD}\nSubject: Vo\nMessage-ID: <b@so>\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\nO"
    ),
    "nested_a_thousand_times": _FROM
    + b"Message-ID: <nest@so>\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1500)),
    "octets_of_every_kind": _FROM
    + b"Message-ID: <oct@so>\nContent-Type: text/plain; charset=utf-8\n\n"
    + bytes(range(256)) * 9,
}
