"""Writes a mail log of Postfix as a busy sending host has it, the same for the same seed.

    maillog.py LINES [SEED] > mail.log

Of the deliveries 80 % are sent, 12 % deferred and 8 % bounced, a few receivers take most of them, and what they reply
is taken from the corpus of the tests, with ids, addresses and numbers that vary.
"""

import json
import random
import re
import sys
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "Tests" / "Corpus"
START = 1_771_000_000  # in February 2026
BIG = ["gmail.example", "outlook.example", "yahoo.example", "icloud.example", "gmx.example", "orange.example"]


def replies(digit):
    """One-line replies of this class, the commonest first."""
    found = []
    for name in ("replies.jsonl", "replies-more.jsonl"):
        for line in (CORPUS / name).read_text().splitlines():
            text = json.loads(line)["input"]
            if re.match(rf"{digit}\d\d[ -]", text) and "\n" not in text:
                found.append(text)
    return found


class Log:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.seconds = START
        self.letters = "abcdefghijklmnopqrstuvwxyz"
        self.domains = BIG + [f"{self.word(4, 10)}.example" for _ in range(3000)]
        self.senders = [f"{self.word(3, 8)}@{self.word(4, 8)}.sender.example" for _ in range(200)]
        self.replies = {"deferred": replies(4), "bounced": replies(5)}
        self.weights = {
            name: [1 / (rank + 5) for rank in range(len(found))] for name, found in self.replies.items()}

    def word(self, least, most):
        return "".join(self.random.choices(self.letters, k=self.random.randint(least, most)))

    def id(self):
        return f"{self.random.getrandbits(44):011X}"

    def line(self, program, text):
        self.seconds += self.random.random() / 10
        return f"{stamp(self.seconds)} mx1 postfix/{program}[{self.random.randint(300, 9999)}]: {text}\n"

    def lines(self, count):
        while count > 0:
            for line in self.message():
                if count > 0:
                    yield line
                count -= 1

    def message(self):
        """The lines of one message, from its arrival to its removal."""
        queue, client = self.id(), f"app{self.random.randint(1, 9)}.sender.example[192.0.2.{self.random.randint(1, 9)}]"
        yield self.line("smtpd", f"connect from {client}")
        yield self.line("smtpd", f"{queue}: client={client}")
        yield self.line("cleanup", f"{queue}: message-id=<{self.id()}.{self.id()}@sender.example>")
        recipients = self.random.choices((1, 2, 3), (90, 7, 3))[0]
        sender, size = self.random.choice(self.senders), self.random.randint(900, 90_000)
        yield self.line("qmgr", f"{queue}: from=<{sender}>, size={size}, nrcpt={recipients} (queue active)")
        yield self.line("smtpd", f"disconnect from {client} ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5")
        for _ in range(recipients):
            yield self.line("smtp", self.delivery(queue))
        yield self.line("qmgr", f"{queue}: removed")

    def delivery(self, queue):
        pick = self.random
        domain = pick.choice(BIG) if pick.random() < 0.6 else pick.choice(self.domains)
        host = f"mx{pick.randint(1, 30)}.{domain}[198.51.100.{pick.randint(1, 254)}]"
        status = pick.choices(("sent", "deferred", "bounced"), (80, 12, 8))[0]
        if status == "sent":
            id = f"{self.word(8, 12)}{pick.getrandbits(20):x}.{pick.randint(1, 999)}"
            said, dsn = f"250 2.0.0 OK {pick.getrandbits(30)} {id} - gsmtp", "2.0.0"
        else:
            reply = self.vary(pick.choices(self.replies[status], self.weights[status])[0])
            found = re.match(r"\d\d\d[ -]#?(\d\.\d\d?\d?\.\d\d?\d?)\b", reply)
            dsn = found[1] if found else f"{reply[0]}.0.0"
            command = pick.choice(("RCPT TO", "end of DATA", "MAIL FROM"))
            said = f"host {host} said: {reply} (in reply to {command} command)"
        delay = pick.random() * 30
        return (
            f"{queue}: to=<{self.word(3, 12)}{pick.randint(1, 999)}@{domain}>, relay={host}:25, delay={delay:.2g}, "
            f"delays={delay / 9:.2g}/0/{delay / 3:.2g}/{delay / 2:.2g}, dsn={dsn}, status={status} ({said})")

    def vary(self, reply):
        """Other addresses, and other digits in long numbers and ids."""
        reply = re.sub(r"[\w.+-]+@([\w-]+\.)+\w+", lambda _: f"{self.word(3, 9)}@{self.word(4, 9)}.example", reply)
        return re.sub(r"\d{5,}", lambda it: str(self.random.randrange(10 ** (len(it[0]) - 1), 10 ** len(it[0]))), reply)


def stamp(seconds):
    """As syslog has it, of a February that never ends a day early."""
    days, rest = divmod(int(seconds) - START, 86400)
    return f"Feb {1 + days % 28:2d} {rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"


def main():
    sys.stdout.writelines(Log(int(sys.argv[2]) if len(sys.argv) > 2 else 1).lines(int(sys.argv[1])))


if __name__ == "__main__":
    main()
