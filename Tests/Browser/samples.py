"""What is put in: replies, a log, and messages of our own making."""

import random

from reader import SECRET

UNKNOWN = f"550 5.1.1 <{SECRET}@b.example>: No such user"
BLOCKED = (
    "Nov 24 10:01:04 mx postfix/smtp[311]: 4F2C: to=<bob@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn=5.7.1, "
    "status=bounced (host mx.b.example[192.0.2.1] said: 554 5.7.1 Service unavailable; Client host [192.0.2.7] "
    "blocked using zen.spamhaus.org (in reply to RCPT TO command))"
)
GMAIL = (
    "550-5.7.26 This mail has been blocked because the sender is unauthenticated.\n"
    "550-5.7.26 Gmail requires all senders to authenticate with either SPF or\n"
    "550 5.7.26 DKIM. https://support.google.com/mail/answer/81126 - gsmtp"
)
GREYLISTED = "451 4.7.1 <bob@b.example>: Recipient address rejected: Greylisted, try again in 300 seconds"
ACCEPTED = "250 2.0.0 Ok: queued as 4F2C1"
HOSTILE = "550 5.1.1 <script>hit = 1</script><img src=/hit onerror='hit = 1'>: No such user"

LOG = f"""\
Nov 24 10:01:02 mx postfix/smtp[311]: 4F2C1: to=<bob@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn=5.1.1, \
status=bounced (host mx.b.example[192.0.2.1] said: 550 5.1.1 <bob@b.example>: Recipient address rejected: User \
unknown in virtual mailbox table (in reply to RCPT TO command))
Nov 24 11:01:02 mx postfix/smtp[312]: 4F2C9: to=<ann@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn=5.1.1, \
status=bounced (host mx.b.example[192.0.2.1] said: 550 5.1.1 <ann@b.example>: Recipient address rejected: User \
unknown in virtual mailbox table (in reply to RCPT TO command))
Nov 24 11:01:03 mx postfix/smtp[311]: 4F2C2: to=<carol@c.example>, relay=mx.c.example[192.0.2.2]:25, dsn=4.2.2, \
status=deferred (host mx.c.example[192.0.2.2] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command))
Nov 25 10:01:04 mx postfix/smtp[311]: 4F2C3: to=<dave@d.example>, relay=none, dsn=4.4.1, status=deferred (connect to \
mx.d.example[192.0.2.3]:25: Connection timed out)
{GMAIL}
{ACCEPTED}
554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org
421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints
"""

COMPLAINT = """\
From: <complaints@b.example>
To: <abuse@a.example>
Subject: Complaint about a message from 192.0.2.7
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="edge"

--edge
Content-Type: text/plain

A user of ours marked this message as junk.

--edge
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: ExampleLoop/2
Version: 1
Source-IP: 192.0.2.7
Original-Rcpt-To: <bob@b.example>
Reported-Domain: a.example

--edge
Content-Type: message/rfc822

From: Shop <news@a.example>
To: <bob@b.example>
Subject: Spring sale
Message-ID: <sale-1@a.example>
Date: Tue, 24 Nov 2026 09:00:00 +0000
X-Campaign: spring

Hello.

--edge--
"""

# What a phone has to show the whole verdict of: of many receivers, long and short.
REPLIES = [
    GMAIL,
    BLOCKED,
    GREYLISTED,
    ACCEPTED,
    UNKNOWN,
    "452 4.2.2 Mailbox full",
    "421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints",
    "550 5.7.1 Message rejected due to DMARC policy of a.example",
    "550-5.1.1 The email account that you tried to reach does not exist. Please try\n"
    "550-5.1.1 double-checking the recipient's email address for typos or\n"
    "550 5.1.1 unnecessary spaces. https://support.google.com/mail/?p=NoSuchUser - gsmtp",
    "550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent. Please contact your Internet service provider "
    "since part of their network is on our block list (S3140).",
    "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)",
    "552 5.3.4 Message size exceeds fixed limit",
    "554 5.7.1 <bob@b.example>: Relay access denied",
    "535 5.7.8 Authentication credentials invalid",
    "530 5.7.0 Must issue a STARTTLS command first",
    "550 5.7.25 The IP address sending this message does not have a PTR record",
    "451 4.3.0 Temporary lookup failure",
    "550 5.2.1 The email account that you tried to reach is disabled",
    "554 5.7.1 Spam message rejected",
    "500 5.5.2 Syntax error, command unrecognized",
]


def large_log(lines, seed=1):
    """A Postfix log: some 300 bytes a line, three large receivers and thousands of small ones, a fifth refused."""
    dice = random.Random(seed)

    def mixed(length, letters="0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"):
        return "".join(dice.choices(letters, k=length))

    refused = "host {mx}[{ip}] said: {reply} (in reply to RCPT TO command)"
    kinds = [
        (70, "2.0.0", "sent", "250 2.0.0 OK  {now} {id} - gsmtp"),
        (9, "2.0.0", "sent", "250 2.0.0 Ok: queued as {queue}"),
        (6, "5.1.1", "bounced", "550 5.1.1 <{to}>: Recipient address rejected: User unknown in relay recipient table"),
        (2, "5.1.1", "bounced", "550-5.1.1 The account that you tried to reach does not exist {id} - gsmtp"),
        (4, "4.2.2", "deferred", "452 4.2.2 <{to}> Mailbox full"),
        (4, "4.7.1", "deferred", "450 4.7.1 <{to}>: Recipient address rejected: Greylisted, see https://{domain}/grey"),
        (3, "5.7.1", "bounced", "554 5.7.1 Client host [192.0.2.7] blocked using zen.spamhaus.org"),
        (2, "4.7.0", "deferred", "421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred, 4.16.55.1"),
    ]
    for line in range(lines):
        second = line * 2_400_000 // lines
        day, hour, minute = 1 + second // 86400, second % 86400 // 3600, second % 3600 // 60
        domain, mx = dice.choice([("g.example", "in.g.example"), ("o.example", "mail.o.example"), (None, None)])
        if not domain:
            domain = f"small{min(int(dice.paretovariate(0.6)), 3000)}.example"
            mx = f"mx{dice.randint(1, 2)}.{domain}"
        words = {"mx": mx, "ip": f"192.0.2.{dice.randint(1, 250)}", "domain": domain, "now": 1_700_000_000 + second}
        words |= {"to": f"{mixed(9).lower()}.{dice.randint(1, 999)}@{domain}", "queue": mixed(11)}
        words["id"] = f"{mixed(13).lower()}-{mixed(20).lower()}si{dice.randint(10**6, 10**7)}.{dice.randint(1, 999)}"
        _, status, state, reply = dice.choices(kinds, [kind[0] for kind in kinds])[0]
        words["reply"] = reply.format(**words)
        said = words["reply"] if state == "sent" else refused.format(**words)
        yield (
            f"Nov {day:2} {hour:02}:{minute:02}:{second % 60:02} out-{dice.randint(1, 4)}.mail-relay.a.example postfix/smtp"
            f"[{dice.randint(300, 99999)}]: {mixed(11)}: to=<{words['to']}>, relay={mx}[{words['ip']}]:25, "
            f"delay={dice.random() * 9:.2g}, delays={dice.random():.2f}/{dice.random() / 10:.2f}/{dice.random():.1f}/"
            f"{dice.random() * 5:.1f}, dsn={status}, status={state} ({said})\n"
        )
