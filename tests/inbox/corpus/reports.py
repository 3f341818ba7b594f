"""Reports about letters of ours, as mail servers write them."""

from tests.inbox.corpus.pieces import LAN, OURS, b64, letter, word

_HEAD = """Return-Path: <>
From: MAILER-DAEMON@mx.vp.example (Mail Delivery System)
To: lich-hop@vp.example
Auto-Submitted: auto-replied
Date: Wed, 18 Mar 2026 09:20:00 +0700 (ICT)
MIME-Version: 1.0
"""
_OURS = f"""Message-ID: {OURS}
Date: Wed, 18 Mar 2026 09:00:00 +0700
From: =?utf-8?q?V=C4=83n_ph=C3=B2ng?= <lich-hop@vp.example>
To: =?utf-8?q?Lan?= <{LAN}>
Subject: =?utf-8?q?M=E1=BB=9Di_h=E1=BB=8Dp?=
Auto-Submitted: auto-generated
"""
_WHOLE = f"Content-Type: message/rfc822\nContent-Transfer-Encoding: 8bit\n\n{_OURS}\nKính gửi chị Lan\n"
_HEADERS = f"Content-Description: Undelivered Message Headers\nContent-Type: text/rfc822-headers\n\n{_OURS}"
_ENCODED = b64(
    "Reporting-MTA: dns; mx.vp.example\n\n"
    f"Final-Recipient: rfc822; {LAN}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n"
)


def _postfix(action: str, status: str, said: str, title: str, returned: str = _HEADERS) -> bytes:
    return letter(f"""
{_HEAD}Subject: {title}
Message-Id: <20260318022000.{action}.{status}@mx.vp.example>
Content-Type: multipart/report; report-type=delivery-status;
	boundary="B1A2C3D4.1710728400/mx.vp.example"

This is a MIME-encapsulated message.

--B1A2C3D4.1710728400/mx.vp.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.vp.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

                   The mail system

<{LAN}>: host mx.so-mau.example[203.0.113.7] said: {said} (in reply to RCPT TO command)

--B1A2C3D4.1710728400/mx.vp.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.vp.example
X-Postfix-Queue-ID: B1A2C3D4
X-Postfix-Sender: rfc822; lich-hop@vp.example
Arrival-Date: Wed, 18 Mar 2026 09:00:01 +0700 (ICT)

Final-Recipient: rfc822; {LAN}
Original-Recipient: rfc822;{LAN}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.so-mau.example
Diagnostic-Code: smtp; {said}

--B1A2C3D4.1710728400/mx.vp.example
{returned}
--B1A2C3D4.1710728400/mx.vp.example--
""")


REPORTS: dict[str, bytes] = {
    "postfix_failed": _postfix(
        "failed",
        "5.1.1",
        "550 5.1.1 <lan@so-mau.example>: Recipient address\n    rejected: User unknown",
        "Undelivered Mail Returned to Sender",
        _WHOLE,
    ),
    "postfix_failed_headers_only": _postfix("failed", "5.2.2", "552 5.2.2 Mailbox full", "Undelivered Mail"),
    "postfix_delayed": _postfix("delayed", "4.4.1", "connect to mx.so-mau.example: Connection timed out", "Delayed Mail"),
    "postfix_delivered": _postfix("delivered", "2.1.5", "250 2.1.5 Ok", "Successful Mail Delivery Report"),
    "exchange_failed": letter(f"""
From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@so-mau.example>
To: <lich-hop@vp.example>
Date: Wed, 18 Mar 2026 09:20:00 +0700
Content-Type: multipart/report; report-type=delivery-status; boundary="91a2_EXCH"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: vi-VN
Message-ID: <ndr-77@EXCH01.so-mau.example>
In-Reply-To: {OURS}
References: {OURS}
Subject: {word("Không gửi được: Mời họp")}
Auto-Submitted: auto-replied
MIME-Version: 1.0

--91a2_EXCH
Content-Type: multipart/alternative; differences=Content-Type; boundary="91a2_ALT"

--91a2_ALT
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

{b64("Không thể chuyển thư tới người nhận sau: lan@so-mau.example")}
--91a2_ALT
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

{b64("<html><body><b>Không thể chuyển thư</b></body></html>")}
--91a2_ALT--

--91a2_EXCH
Content-Type: message/delivery-status

Reporting-MTA: dns;EXCH01.so-mau.example
Received-From-MTA: dns;mx.vp.example
Arrival-Date: Wed, 18 Mar 2026 02:00:01 +0000

Final-Recipient: rfc822;{LAN}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient lan@so-mau.example not found by SMTP address
X-Display-Name: {LAN}

--91a2_EXCH
Content-Type: message/rfc822

{_OURS}
Noi dung
--91a2_EXCH--
"""),
    "exim_failed": letter(f"""
Return-path: <>
Received: from mailnull by mx.vp.example with local (Exim 4.96) id 1rXyZ1-0001
X-Failed-Recipients: {LAN}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.vp.example>
To: lich-hop@vp.example
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1rXyZ1-0001@mx.vp.example>
Date: Wed, 18 Mar 2026 09:20:00 +0700

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {LAN}
    host mx.so-mau.example [203.0.113.7]
    SMTP error from remote mail server after RCPT TO:<{LAN}>:
    550 5.1.1 No such user here

------ This is a copy of the message, including all the headers. ------

{_OURS}
Kinh gui chi Lan
"""),
    "gmail_failed": letter(f"""
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: lich-hop@vp.example
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: {OURS}
In-Reply-To: {OURS}
X-Failed-Recipients: {LAN}
Message-ID: <65f7a1b2.050a0220.abc.GMR@mx.google.com>
Date: Wed, 18 Mar 2026 02:20:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; boundary="0000000000009f"; report-type=delivery-status

--0000000000009f
Content-Type: multipart/related; boundary="0000000000009e"

--0000000000009e
Content-Type: multipart/alternative; boundary="0000000000009d"

--0000000000009d
Content-Type: text/plain; charset="UTF-8"

** Address not found **

Your message wasn't delivered to {LAN} because the address couldn't be found.
--0000000000009d--
--0000000000009e--
--0000000000009f
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Arrival-Date: Tue, 17 Mar 2026 19:20:00 -0700 (PDT)
X-Original-Message-ID: {OURS}

Final-Recipient: rfc822; {LAN}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
 550 5.1.1 https://support.google.com/mail/?p=NoSuchUser
Last-Attempt-Date: Tue, 17 Mar 2026 19:20:01 -0700 (PDT)

--0000000000009f
Content-Type: message/rfc822

{_OURS}
x
--0000000000009f--
"""),
    "qmail_failed": letter(f"""
Return-Path: <>
Date: 18 Mar 2026 02:20:00 -0000
From: MAILER-DAEMON@mail.so-mau.example
To: lich-hop@vp.example
Subject: failure notice

Hi. This is the qmail-send program at mail.so-mau.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{LAN}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <lich-hop@vp.example>
Received: (qmail 1234 invoked by uid 0); 18 Mar 2026 02:19:59 -0000
{_OURS}
Noi dung
"""),
    "postmaster_in_words": letter(f"""
From: postmaster@mail.so-mau.example
To: lich-hop@vp.example
Date: Wed, 18 Mar 2026 09:20:00 +0700
Subject: Mail could not be delivered
Message-ID: <words-1@mail.so-mau.example>

Your message to <{LAN}> was rejected:
554 5.7.1 Message rejected as spam by content filtering.

> From: lich-hop@vp.example
> Message-ID: {OURS}
"""),
    "status_in_base64": letter(f"""
{_HEAD}Subject: Undeliverable
Message-Id: <enc-1@mx.vp.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="q"

--q
Content-Type: text/plain

x
--q
Content-Type: message/delivery-status
Content-Transfer-Encoding: base64

{_ENCODED}
--q
{_HEADERS}
--q--
"""),
    "names_no_letter": letter(f"""
{_HEAD}Subject: Undeliverable
Message-Id: <none-1@mx.vp.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="q"

--q
Content-Type: text/plain

x
--q
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.vp.example

Final-Recipient: rfc822; {LAN}
Action: failed
Status: 5.1.1

--q--
"""),
}
