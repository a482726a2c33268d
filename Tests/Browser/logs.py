"""Logs of any size."""

import gzip
import json
import re
import time
from pathlib import Path

from playwright.sync_api import expect

from reader import LOOKS, ROOT, files, start, test
from samples import LOG, UNKNOWN, large_log


def asked_of(reader):
    """The lines that the worker has asked for."""
    bodies = [request.post_data for request in reader.requests if request.url.endswith("/explain?each=line")]
    return [line for body in bodies for line in body.splitlines() if line]


@test(LOOKS)
def log_is_counted_and_its_replies_folded(reader):
    reader.open()
    reader.paste(LOG)
    reader.sees("8 replies")
    shares = reader.answer.locator(".shares li").all_text_contents()
    assert [re.sub(r"^\W+", "", it) for it in shares] == [
        "No bounce 13 % (1)", "Soft bounce 38 % (3)", "Block 25 % (2)", "Hard bounce 25 % (2)",
    ], shares
    expect(reader.rows).to_have_count(6)  # what was accepted is left out at first, and two lines say the same
    first = reader.rows.first
    expect(first.locator(".count")).to_have_text("2")
    expect(first.locator("code")).to_have_text(re.compile("^550 5.1.1 .*User unknown in virtual mailbox table$"))
    expect(first.locator("mark").first).to_have_text(re.compile("unknown", re.IGNORECASE))
    expect(first.locator(".action")).to_have_text("Stop mailing this address")
    reader.hears("8 replies. No bounce 13 %, Soft bounce 38 %")
    reader.keeps("log")
    reader.answer.get_by_label("with accepted mail").check()
    expect(reader.rows).to_have_count(7)
    reader.rows.nth(0).get_by_role("button").click()
    detail = reader.page.locator("#table .open")
    expect(detail.locator(".badge").first).to_contain_text("Hard bounce")
    expect(detail).to_contain_text("First on line 1. For bob@b.example, ann@b.example.")
    expect(detail.locator("pre")).to_contain_text("postfix/smtp[311]")
    reader.keeps("log-open")
    reader.rows.nth(0).get_by_role("button").click()
    expect(detail).to_have_count(0)


@test()
def log_is_counted_by_one_thing_or_another(reader):
    reader.open()
    reader.paste(LOG)
    reader.sees("8 replies")
    for pivot, counts in {
        "bounce": {"Soft bounce": 3, "Hard bounce": 2, "Block": 2},
        "what to do": {"Stop mailing this address": 2, "Let the queue retry": 2},
        "receiver": {"Yahoo": 1},
        "domain": {"b.example": 2, "c.example": 1, "d.example": 1},
        "day": {"Nov 24": 3, "Nov 25": 1},
        "hour": {"Nov 24 10:00": 1, "Nov 24 11:00": 2, "Nov 25 10:00": 1},
        "what happened": {"Unknown recipient": 2, "Mailbox full": 1},
    }.items():
        reader.answer.get_by_label(pivot, exact=True).check()
        bars = reader.answer.locator(".counts tr")
        shown = dict(zip(bars.locator("button").all_text_contents(), map(int, bars.locator(".count").all_text_contents())))
        assert counts.items() <= shown.items(), f"{pivot}: {shown}"
        if pivot == "hour":
            assert list(shown) == list(counts), f"hours are in their order: {shown}"
    reader.answer.get_by_role("button", name="Unknown recipient").click()
    expect(reader.rows).to_have_count(1)
    expect(reader.answer.get_by_role("button", name="Unknown recipient")).to_have_attribute("aria-pressed", "true")
    reader.answer.get_by_role("button", name="Unknown recipient").click()
    expect(reader.rows).to_have_count(6)


@test()
def senders_are_joined_by_the_id_of_the_message(reader):
    """They stand where the message came in, or in the line itself."""
    postfix = "Nov 24 10:01:02 mx postfix/{}: {}\n"
    failed = postfix.format("smtp[311]", "{}: to=<bob@b.example>, relay=none, dsn=4.4.1, status=deferred (Connection timed out)")
    log = postfix.format("qmgr[7]", "4F2C1: from=<News@a.example>, size=1200, nrcpt=2 (queue active)")
    log += failed.format("4F2C1") * 2
    log += postfix.format("qmgr[7]", "4F2C2: from=<>, size=1200, nrcpt=1 (queue active)") + failed.format("4F2C2")
    log += failed.format("4F2C3")  # it came in before the log began
    log += postfix.format("smtpd[8]", "NOQUEUE: reject: RCPT from x.example[192.0.2.9]: 554 5.7.1 <bob@b.example>: Relay access "
        "denied; from=<eve@x.example> to=<bob@b.example> proto=ESMTP helo=<x.example>")
    log += "2026-11-24 10:01:02 1rAbCd-000AbC-Xy <= ann@a.example H=client [192.0.2.7] P=esmtps S=900\n"
    log += "2026-11-24 10:01:03 1rAbCd-000AbC-Xy ** bob@b.example R=dnslookup T=smtp: 550 5.1.1 No such user\n"
    reader.open()
    reader.paste(log)
    reader.sees("6 replies", "3 without a reply")
    reader.answer.get_by_label("sender", exact=True).check()
    bars = reader.answer.locator(".counts tr")
    shown = dict(zip(bars.locator("button").all_text_contents(), map(int, bars.locator(".count").all_text_contents())))
    assert shown == {"news@a.example": 2, "<> (a bounce)": 1, "eve@x.example": 1, "ann@a.example": 1}, shown
    reader.answer.get_by_role("button", name="ann@a.example").click()
    expect(reader.rows).to_have_count(1)
    expect(reader.rows).to_contain_text("Unknown recipient")
    senders = [line.split(",")[2] for line in reader.saved("CSV")[1].splitlines()[1:]]
    assert senders == ["news@a.example"] * 2 + ["<>", "", "eve@x.example", "ann@a.example"], senders
    reader.paste(LOG)
    reader.sees("8 replies")
    reader.answer.get_by_label("sender", exact=True).check()
    expect(reader.answer.locator(".bars")).to_have_text("The log does not say.")


@test()
def log_is_saved_as_csv_and_json_and_its_dead_addresses_as_a_list(reader):
    reader.open()
    with files(("mail.log", LOG + '550 5.1.1 <=cmd|x@b.example>: No such user, "really"\n')) as paths:
        reader.open_files(*paths)
        reader.sees("9 replies", "mail.log")
        name, text = reader.saved("CSV")
        assert name == "mail.csv"
        lines = text.split("\r\n")
        assert lines[0].startswith("line,hour,sender,recipient,bounce,suppress,category,action,"), lines[0]
        assert len(lines) == 11 and lines[1].startswith("1,Nov 24 10:00,,bob@b.example,hard,true,unknown-recipient,suppress,")
        assert lines[9].startswith("10,,") or lines[9].startswith("11,,"), "the last reply stands behind a reply of three lines"
        assert '""really""' in lines[9] and ",=" not in text, lines[9]
        name, text = reader.saved("JSON")
        rows = [json.loads(line) for line in text.splitlines()]
        assert name == "mail.ndjson" and [row["category"] for row in rows[:3]] == ["unknown-recipient"] * 2 + ["mailbox-full"]
        name, text = reader.saved("dead address")
        assert name == "mail-dead.txt" and text.splitlines()[:2] == ["ann@b.example", "bob@b.example"], text


@test()
def lines_that_differ_only_in_names_and_numbers_are_asked_for_once(reader):
    reader.open()
    lines = [LOG.splitlines()[0].replace("bob@", f"user{i}@").replace("4F2C1", f"4F2{i:05X}") for i in range(1200)]
    reader.paste("\n".join(lines))
    reader.sees("1,200 replies")
    assert len(asked_of(reader)) == 1, asked_of(reader)
    assert len(reader.saved("dead addresses")[1].splitlines()) == 1200


@test()
def codes_hosts_and_domains_are_never_folded(reader):
    """What were folded too much would give a line the answer of another one."""
    line = "Nov 24 10:01:02 mx postfix/smtp[311]: 4F2C1: to=<bob@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn={}, " \
        "status=bounced (host mx.b.example[192.0.2.1] said: {} (in reply to RCPT TO command))"
    said = [("5.1.1", "550 5.1.1 No such user"), ("5.2.2", "552 5.2.2 Mailbox full"), ("5.7.606", "550 5.7.606 Access denied"),
        ("4.7.0", "421 4.7.0 [TSS04] deferred"), ("4.7.0", "421 4.7.0 [TSS09] deferred"), ("5.4.1", "550 5.4.1 AS(201806281)")]
    lines = [line.format(*it) for it in said] + [line.format(*said[0]).replace("b.example", "c.example")]
    reader.open()
    reader.paste("\n".join(lines))
    reader.sees("7 replies")
    assert len(asked_of(reader)) == 7, asked_of(reader)


@test()
def lines_without_a_reply_are_left_out_and_counted(reader):
    reader.open()
    other = "Nov 24 10:01:04 mx postfix/qmgr[7]: 4F2C1: removed\n"
    with files(("mail.log", LOG + other * 3)) as paths:
        reader.open_files(*paths)
        reader.sees("8 replies", "3 without a reply")
    with files(("other.log", other * 5000)) as paths:
        reader.open_files(*paths)
        reader.sees("No answer", "No line of “other.log” carries a reply.")


@test()
def line_with_a_reply_for_each_recipient_counts_for_each(reader):
    error = """2026-11-24 10:00:00 ERROR {'ann@b.example': (550, b'5.1.1 No such user'), 'bob@c.example': (452, b'4.2.2 Full')}"""
    reader.open()
    reader.paste(LOG + error)
    reader.sees("10 replies")
    assert "ann@b.example" in reader.saved("CSV")[1]


@test()
def packed_and_encoded_logs_are_read(reader):
    reader.open()
    for name, content in {
        "mail.log.gz": gzip.compress(LOG.encode()),
        "mail.utf16.log": LOG.encode("utf-16"),
        "mail.latin1.log": LOG.replace("No such", "Niño").encode("latin-1"),
        "mail.crlf.log": LOG.replace("\n", "\r\n").encode(),
    }.items():
        with files((name, content)) as paths:
            reader.open_files(*paths)
            reader.sees("8 replies", name)
    with files(("one.log", LOG), ("two.log.gz", gzip.compress(LOG.encode()))) as paths:
        reader.open_files(*paths)
        reader.sees("16 replies", "one.log, two.log.gz")


@test(LOOKS)
def bytes_that_are_no_text_are_said_to_be_so(reader):
    reader.open()
    reader.open_files(ROOT / "Tests/Browser/page.png")
    reader.sees("No answer", "“page.png” is not text.")
    reader.keeps("error")
    with files(("broken.log.gz", gzip.compress(LOG.encode() * 99)[:200]), ("empty.log", "")) as (broken, empty):
        reader.open_files(broken)
        reader.sees("No answer", "“broken.log.gz” cannot be read to its end.")
        reader.open_files(empty)
        reader.sees("No answer", "“empty.log” is empty.")


@test()
def days_without_a_year_go_on_behind_new_year(reader):
    lines = [LOG.splitlines()[0].replace("Nov 24", day) for day in ["Dec 30", "Dec 31", "Jan  1", "Jan  2"]]
    assert len(set(lines)) == 4
    reader.open()
    reader.paste("\n".join(lines))
    reader.sees("4 replies")
    reader.answer.get_by_label("day", exact=True).check()
    assert reader.answer.locator(".counts button").all_text_contents() == ["Dec 30", "Dec 31", "Jan  1", "Jan  2"]


@test()
def odd_lines_are_rows_like_others(reader):
    reader.open()
    reader.page.evaluate(
        r"""() => {
            const box = document.querySelector("#box");
            const lines = ["No such user \ud83d", "5.1.1 " + "unknown ".repeat(20000), "5.1.1 \0\t\x7f \u202e", '"}{'];
            box.value = lines.map((line) => "550 " + line).join("\n");
            box.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste" }));
        }"""
    )
    reader.sees("4 replies")


@test()
def large_paste_is_kept_out_of_the_box(reader):
    reader.open()
    reader.paste("".join(large_log(1000)))
    reader.sees("1,000 replies", "what you pasted")
    expect(reader.box).to_have_value("")
    assert reader.address() == ""


@test()
def trouble_in_the_middle_shows_what_was_read(reader):
    reader.expected_errors = ["status of 413"]
    with start("--max-body", "300000") as service, files(
        ("mail.log", "".join(large_log(20_000)) + "\n".join(UNKNOWN.replace("No", "界" * 60_000 + str(i)) for i in range(4)))
    ) as paths:
        reader.open(service=service)
        reader.open_files(*paths)
        expect(reader.answer).to_contain_text(re.compile(r"Read to .* only\. .*300000 bytes"))
        expect(reader.title).to_have_text(re.compile("replies$"))


def memory(process):
    """What a process has for itself and its share of what it has with others, in bytes."""
    return 1024 * int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)[1])


@test()
def log_of_200000_lines_is_read_within_bounded_memory(reader):
    reader.open()
    session = reader.context.browser.new_browser_cdp_session()
    renderers = [it["id"] for it in session.send("SystemInfo.getProcessInfo")["processInfo"] if it["type"] == "renderer"]
    with files(("large.log", "".join(large_log(200_000)))) as paths:
        size = paths[0].stat().st_size
        before = {it: memory(it) for it in renderers}
        began = time.monotonic()
        reader.open_files(*paths)
        expect(reader.answer.locator(".progress")).to_have_text(re.compile(r"large\.log.*\d %.*lines"))
        peak = 0
        while reader.title.text_content() != "200,000 replies":
            peak = max(peak, sum(memory(it) - before[it] for it in renderers))
            assert time.monotonic() - began < 120, f"after two minutes: {reader.answer.text_content()}"
            time.sleep(0.1)
        seconds = time.monotonic() - began
        assert size >= 60e6, f"{size / 1e6:.1f} MB"
        print(f"{size / 1e6:.0f} MB of 200,000 lines: {seconds:.1f} s, {peak / 1e6:.0f} MB more memory at most")
        assert peak < 300e6, f"{peak / 1e6:.0f} MB"
        reader.hears("200,000 replies.")
        saved = reader.saved("CSV")[1]
        assert saved.count("\r\n") == 200_001


@test()
def long_reading_can_be_stopped(reader):
    reader.open()
    with files(("large.log", "".join(large_log(200_000)))) as paths:
        reader.open_files(*paths)
        reader.answer.get_by_role("button", name="Stop").click()
        expect(reader.answer).to_contain_text(re.compile(r"Read to .* only\. You stopped it\."))
