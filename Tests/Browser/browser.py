"""Uses the lookup page as readers do, in Debian's Chromium.

    browser.py path/to/smtp-codes [part of a test's name]

Every function marked as a test gets a page of its own. It fails on an error in the console, and on a request to
another origin or to a path that is not of the public API. The states of the page (functions marked with LOOKS) are
looked at on a desktop and on a phone, in light and in dark; axe has to find nothing wrong with any of them, and
.build/screenshots keeps how they looked. Tests/Browser/page.png, for the README, is one of those in 128 colours.
"""

import base64
import hashlib
import http.client
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, expect, sync_playwright

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "Sources/CEmbedded/page.html"
BOUNCES = ROOT / "Tests/Corpus/bounces"
SCREENSHOTS = ROOT / ".build/screenshots"
API = re.compile(r"/|/codes|/codes/\d+|/enhanced|/enhanced/[\dx.]+|/providers(/[\w-]+)?|/categories|/explain")
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}

DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOOKS = {
    f"{device}-{scheme}": options | {"color_scheme": scheme}
    for device, options in {"desktop": DESKTOP, "phone": PHONE}.items()
    for scheme in ("light", "dark")
}
PLAIN = {"desktop-light": LOOKS["desktop-light"]}

# Nobody else writes this word, so that it can be looked for where nothing of a reply may be.
SECRET = "zebrafish"
UNKNOWN = f"550 5.1.1 <{SECRET}@b.example>: No such user"
BLOCKED = (
    "Nov 24 10:01:04 mx postfix/smtp[311]: 4F2C: to=<bob@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn=5.7.1, "
    "status=bounced (host mx.b.example[192.0.2.1] said: 554 5.7.1 Service unavailable; Client host [192.0.2.7] "
    "blocked using zen.spamhaus.org (in reply to RCPT TO command))"
)
MULTILINE = (
    "550-5.7.26 This mail has been blocked because the sender is unauthenticated.\n"
    "550-5.7.26 Gmail requires all senders to authenticate with either SPF or\n"
    "550 5.7.26 DKIM. https://support.google.com/mail/answer/81126 - gsmtp"
)
LOG = f"""\
Nov 24 10:01:02 mx postfix/smtp[311]: 4F2C1: to=<bob@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn=5.1.1, \
status=bounced (host mx.b.example[192.0.2.1] said: 550 5.1.1 <bob@b.example>: Recipient address rejected: User \
unknown in virtual mailbox table (in reply to RCPT TO command))
Nov 24 10:01:03 mx postfix/smtp[311]: 4F2C2: to=<carol@c.example>, relay=mx.c.example[192.0.2.2]:25, dsn=4.2.2, \
status=deferred (host mx.c.example[192.0.2.2] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command))
Nov 24 10:01:04 mx postfix/smtp[311]: 4F2C3: to=<dave@d.example>, relay=none, dsn=4.4.1, status=deferred (connect to \
mx.d.example[192.0.2.3]:25: Connection timed out)
{MULTILINE}
250 2.0.0 Ok: queued as 4F2C
554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org
{UNKNOWN}
421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints
"""
HOSTILE = "550 5.1.1 <script>hit = 1</script><img src=/hit onerror='hit = 1'>: No such user"

tests = []


def test(looks=PLAIN):
    return lambda function: tests.extend((function, look) for look in looks.items())


class Service:
    """The binary, on a port of its own choice, its log kept."""

    def __init__(self, *flags):
        self.flags = flags

    def __enter__(self):
        self.log = tempfile.NamedTemporaryFile("w+")
        command = [sys.argv[1], "--port", "0", "--log-level", "trace", "--drain-timeout", "1", *self.flags]
        self.process = subprocess.Popen(command, stderr=self.log)
        until = time.monotonic() + 10
        while not (port := re.search(r"http://127\.0\.0\.1:(\d+)", self.logged())):
            if self.process.poll() is not None or time.monotonic() > until:
                sys.exit(f"{sys.argv[1]} did not start: {self.logged().strip()}")
            time.sleep(0.02)
        self.port = int(port[1])
        self.origin = f"http://127.0.0.1:{self.port}"
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=10)

    def logged(self):
        return Path(self.log.name).read_text()


class Reader:
    """Somebody who reads the page, with all that a test needs."""

    def __init__(self, browser, service, look):
        self.service = service
        self.look, options = look
        self.context = browser.new_context(**options, permissions=["clipboard-read", "clipboard-write"])
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.requests, self.errors, self.expected_errors = [], [], []
        self.context.on("request", lambda it: self.requests.append(it))
        self.page.on("console", lambda it: it.type in ("error", "warning") and self.errors.append(it.text))
        self.page.on("pageerror", lambda it: self.errors.append(str(it)))
        self.box = self.page.locator("#box")
        self.title = self.page.locator("#answer h2")
        self.answer = self.page.locator("#answer")
        self.replies = self.page.locator("#replies tbody tr")

    def open(self, fragment="", service=None):
        self.page.goto((service or self.service).origin + "/" + (fragment and "#" + fragment))

    def paste(self, text):
        """As from the clipboard, into the box."""
        self.box.focus()
        self.page.keyboard.press("Control+A")
        self.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+V")

    def sees(self, title, text=None):
        """Waits for the answer that has this title, and this text in it."""
        expect(self.title).to_have_text(title)
        if text:
            expect(self.answer).to_contain_text(text)

    def fact(self, term):
        return self.answer.locator("dt", has_text=term).locator("+ dd")

    def hears(self, text):
        expect(self.page.get_by_role("status").first).to_contain_text(text)

    def address(self):
        return self.page.evaluate("decodeURIComponent(location.hash)")

    def keeps(self, state, catalog=False):
        """What has to be so in every state, and a screenshot of it, with the catalog or down to it."""
        expect(self.answer).not_to_have_attribute("aria-busy", "true")
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_function("!document.getAnimations().length")
        end = "document.documentElement.scrollHeight" if catalog else "document.querySelector('#catalog').offsetTop"
        clip = {"x": 0, "y": 0, "width": self.page.viewport_size["width"], "height": self.page.evaluate(end)}
        self.page.screenshot(path=SCREENSHOTS / f"{state}-{self.look}.png", full_page=True, clip=clip)
        found = Axe().run(self.page, options=AXE)
        assert not found.violations_count, found.generate_report()
        assert self.overflow() <= 0, f"{self.overflow()} pixels are beside the screen"

    def overflow(self):
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def finish(self):
        """What has to be so after every test."""
        self.context.close()
        errors = [it for it in self.errors if not any(part in it for part in self.expected_errors)]
        assert not errors, f"the console says {errors}"
        for url in (request.url for request in self.requests):
            parts = urlsplit(url)
            assert parts.scheme == "data" or parts.hostname == "127.0.0.1", f"there was a request to {url}"
            assert parts.scheme == "data" or API.fullmatch(parts.path), f"{parts.path} is not of the public API"
            assert SECRET not in url.split("#")[0], f"what was put in is in the target {url}"


@contextmanager
def files(*names_and_texts):
    with tempfile.TemporaryDirectory() as directory:
        paths = []
        for name, text in names_and_texts:
            paths.append(Path(directory) / name)
            paths[-1].write_text(text)
        yield paths


def drop(reader, *paths):
    """Drags files over the page and lets them go."""
    contents = [[path.name, base64.b64encode(path.read_bytes()).decode()] for path in paths]
    transfer = reader.page.evaluate_handle(
        """(files) => files.reduce((transfer, [name, content]) => {
            transfer.items.add(new File([Uint8Array.from(atob(content), (it) => it.charCodeAt())], name));
            return transfer;
        }, new DataTransfer())""",
        contents,
    )
    for event in ("dragover", "drop"):
        reader.page.dispatch_event("body", event, {"dataTransfer": transfer})


# What is served


def served(service):
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=10)
    connection.request("GET", "/", headers={"Accept": "text/html"})
    response = connection.getresponse()
    return response, response.read()


def digest(tag):
    content = re.search(rf"<{tag}[^>]*>(.*?)</{tag}>", PAGE.read_text(), re.DOTALL)[1]
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


@test()
def policy_allows_exactly_the_script_and_the_style_of_the_page(reader):
    response, body = served(reader.service)
    assert body == PAGE.read_bytes(), "the binary has another page.html: build it again"
    policy = dict(part.split(maxsplit=1) for part in response.headers["Content-Security-Policy"].split("; "))
    for directive, tag in (("script-src", "script"), ("style-src", "style")):
        assert policy[directive] == digest(tag), f"in IndexRoute.swift, {directive} has to be {digest(tag)}"
    assert policy["default-src"] == "'none'" and policy["connect-src"] == "'self'", policy
    assert "unsafe" not in str(policy), policy


@test()
def page_is_one_file_without_inline_handlers_or_styles(reader):
    class Tags(HTMLParser):
        def handle_starttag(self, tag, attributes):
            for name, value in attributes:
                assert not name.startswith("on") and name not in ("style", "src"), f"<{tag} {name}>"
                assert name != "href" or re.match("#|data:|/openapi.yaml$", value), f"<{tag} href={value}>"

    Tags().feed(PAGE.read_text())


# One reply


@test(LOOKS)
def welcomes(reader):
    reader.open()
    reader.sees("What it reads")
    page, _, scheme = reader.look.partition("-")
    luminance = reader.page.evaluate("getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0]")
    assert (int(luminance) < 60) == (scheme == "dark"), f"the paper of {page} {scheme} is {luminance}"
    reader.keeps("welcome", catalog=True)


@test()
def explains_each_kind_of_code_and_words(reader):
    reader.open()
    for text, title in {
        "550": "550 Requested action not taken: mailbox unavailable",
        "5.1.1": "5.1.1 Bad destination mailbox address",
        "x.7.26": "x.7.26 Multiple authentication checks failed",
        "5.7.606": "5.7.606 The sending IP address is on Microsoft’s list of blocked senders.",
        "TSS04": "Rate limited",
        "mailbox full": "Mailbox full",
        "451 4.7.1 Greylisted, try again in 5400 seconds": "Greylisted",
    }.items():
        reader.box.fill(text)
        expect(reader.title).to_have_text(re.compile(f"^{re.escape(title)}".replace("’", "['’]")))
    expect(reader.fact("Retry?")).to_contain_text("wait 1 hour 30 minutes")


@test()
def explains_while_one_types(reader):
    reader.open()
    expect(reader.box).to_be_focused()
    reader.page.keyboard.type("550 5.", delay=20)
    expect(reader.answer).to_contain_text("550")
    reader.page.keyboard.type("7.1 Relaying denied", delay=20)
    reader.sees("Relay denied")
    expect(reader.box).to_be_focused()


@test(LOOKS)
def code_alone_has_its_entry_in_the_catalog(reader):
    reader.open()
    reader.box.fill("5.7.1")
    reader.sees(re.compile("^5.7.1 "), "What receivers mean by it")
    expect(reader.answer.get_by_role("link", name="RFC 3463").first).to_be_visible()
    reader.keeps("code")


@test(LOOKS)
def pasted_reply_is_explained_with_its_evidence_warnings_and_links(reader):
    reader.open()
    reader.paste(BLOCKED)
    reader.sees("Sender blocked", "refused for good")
    for term, text in {
        "What happened": "The reply is final.",
        "Whose problem": "The sender’s",
        "Retry?": "Not before the cause is mended.",
        "What to do": "Ask to be taken off the list.",
        "Said by": "mx.b.example to RCPT about bob@b.example",
    }.items():
        expect(reader.fact(term)).to_contain_text(text)
    marks = reader.answer.locator("pre mark").all_text_contents()
    evidence = reader.answer.locator(".notes code").all_text_contents()
    assert marks and set(marks) <= set(evidence) and "zen.spamhaus.org" in marks, (marks, evidence)
    assert reader.answer.locator("mark.first").text_content() == evidence[0]
    expect(reader.answer.locator("pre")).to_have_text(BLOCKED)
    expect(reader.answer.locator(".warnings")).to_contain_text("5.7.1 is not registered with the reply code 554")
    for link in ("https://check.spamhaus.org/", "https://www.rfc-editor.org/rfc/rfc3463"):
        expect(reader.answer.locator(f".sources a[href^='{link}']").first).to_be_visible()
    reader.hears("Sender blocked.")
    reader.keeps("reply")


@test()
def reply_of_a_provider_links_to_the_pages_of_the_provider(reader):
    reader.open()
    reader.paste(MULTILINE)
    reader.sees("Sender not authenticated")
    expect(reader.answer.locator(".sources a[href*='google.com']").first).to_be_visible()
    expect(reader.answer.locator("pre")).to_have_text(MULTILINE)


@test()
def markup_in_a_reply_is_shown_as_text(reader):
    reader.open()
    for text in (HOSTILE, HOSTILE + "\n" + UNKNOWN):
        reader.paste(text)
        expect(reader.page.locator("#lookup")).to_contain_text("<script>hit = 1</script><img src=/hit")
        reader.page.wait_for_load_state("networkidle")
        assert not reader.page.locator("#lookup script, #lookup img").count()
    reader.page.locator("#replies button").first.click()
    expect(reader.page.locator("#replies pre")).to_have_text(HOSTILE)
    reader.open(quote(HOSTILE))
    expect(reader.answer.locator("pre")).to_have_text(HOSTILE)
    assert reader.page.evaluate("typeof hit") == "undefined"


# Many


@test(LOOKS)
def pasted_lines_of_a_log_become_a_table_with_counts(reader):
    reader.open()
    reader.paste(LOG)
    reader.sees("8 replies", "4 refused for good · 3 refused for now · 1 accepted")
    expect(reader.replies).to_have_count(8)
    expect(reader.answer.locator(".counts tr").first).to_have_text("Unknown recipient2")
    assert reader.replies.nth(3).locator("code").text_content().startswith("550-5.7.26"), "a reply of three lines"
    reader.hears("8 replies, in a table. Most: Unknown recipient.")
    reader.keeps("many")
    reader.replies.nth(5).get_by_role("button").click()
    expect(reader.page.locator("#replies article h2")).to_have_text("Sender blocked")
    reader.answer.get_by_role("button", name="Unknown recipient").click()
    expect(reader.replies).to_have_count(2)
    reader.replies.nth(0).get_by_role("button").click()
    reader.keeps("many-open")
    reader.replies.nth(0).get_by_role("button").click()
    reader.answer.get_by_role("button", name="Unknown recipient").click()
    expect(reader.replies).to_have_count(8)


@test()
def paste_of_1200_lines_is_asked_for_as_ndjson_and_becomes_a_table(reader):
    reader.open()
    replies = [UNKNOWN, "452 4.2.2 Mailbox full", "250 2.0.0 Ok: queued as 4F2C"]
    reader.paste("\n".join(replies[i % 3] for i in range(1200)))
    reader.sees("1,200 replies")
    assert reader.answer.locator(".counts .count").all_text_contents() == ["400"] * 3
    asked = [request for request in reader.requests if request.url.endswith("/explain")]
    assert {request.headers["content-type"] for request in asked} == {"application/x-ndjson"}
    assert sum(len(request.post_data.splitlines()) for request in asked) == 1200
    reader.page.get_by_role("button", name="Show more").click()
    expect(reader.replies).to_have_count(400)
    assert reader.address() == "" and "too long for a link" in reader.page.locator("#link-hint").text_content()
    assert "too long" in reader.page.locator("#link-hint").text_content()


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
    expect(reader.replies).to_have_count(4)


# A bounce


@test(LOOKS)
def dropped_bounce_is_explained(reader):
    reader.open()
    drop(reader, BOUNCES / "google-address-not-found.eml")
    reader.sees("Unknown recipient", "refused for good")
    expect(reader.answer.locator("mark.first")).to_be_visible()
    expect(reader.answer).to_be_focused()
    expect(reader.box).to_have_value("")
    assert reader.address() == ""
    assert not reader.page.locator("body.dropping").count()
    reader.keeps("bounce")


@test()
def bounces_chosen_as_files_are_listed_by_recipient(reader):
    reader.open()
    bounces = [BOUNCES / "google-address-not-found.eml", BOUNCES / "exim-old-text-two-recipients.eml"]
    reader.page.locator("#file").set_input_files(bounces)
    reader.sees("3 recipients")
    expect(reader.replies).to_have_count(3)
    reader.page.locator("#file").set_input_files(bounces[:1])
    reader.sees("Unknown recipient")


@test()
def pasted_bounce_and_dropped_log_are_told_apart(reader):
    reader.open()
    reader.paste((BOUNCES / "google-address-not-found.eml").read_text())
    reader.sees("Unknown recipient")
    with files(("mail.log", LOG)) as paths:
        drop(reader, *paths)
        reader.sees("8 replies")


@test()
def file_that_is_no_bounce_is_said_to_be_none(reader):
    reader.open()
    with files(("letter.eml", "From: bob@b.example\nSubject: Lunch\n\nAt noon?\n")) as paths:
        drop(reader, *paths)
        reader.sees("No answer", "This message is no bounce")


# A link


@test(LOOKS)
def link_with_a_fragment_opens_explained(reader):
    reader.open("550 5.1.1 No such user")
    reader.sees("Unknown recipient")
    expect(reader.box).to_have_value("550 5.1.1 No such user")
    reader.keeps("link")


@test()
def fragment_follows_what_is_typed_and_opens_the_same(reader):
    reader.open()
    text = f"550 5.1.1 100% “{SECRET}” #5.1.1 a%20b ü &?=+<>\n  and so on"
    reader.box.fill(text)
    reader.sees("Unknown recipient")
    expect(reader.page.locator("#link-hint")).to_contain_text("send the address of this page")
    link = reader.page.url
    other = reader.context.new_page()
    other.goto(link)
    expect(other.locator("#box")).to_have_value(text)
    expect(other.locator("#answer h2")).to_have_text("Unknown recipient")
    reader.box.fill("")
    reader.sees("What it reads")
    assert "#" not in reader.page.url


@test()
def back_and_forward_follow_the_links(reader):
    reader.open("5.1.1")
    reader.sees(re.compile("^5.1.1 "))
    reader.answer.get_by_role("link", name="550", exact=True).click()
    reader.sees(re.compile("^550 "))
    expect(reader.answer).to_be_focused()
    reader.page.go_back()
    reader.sees(re.compile("^5.1.1 "))
    expect(reader.box).to_have_value("5.1.1")
    reader.page.go_forward()
    reader.sees(re.compile("^550 "))
    expect(reader.box).to_have_value("550")


@test()
def nothing_of_a_reply_reaches_the_log(reader):
    reader.open(quote(UNKNOWN))
    reader.sees("Unknown recipient")
    reader.paste(UNKNOWN + "\n" + UNKNOWN)
    reader.sees("2 replies")
    log = reader.service.logged()
    assert log and SECRET not in log, log


# Trouble


@test()
def problem_is_shown_politely(reader):
    reader.expected_errors = ["status of 413", "ERR_CONNECTION_REFUSED"]
    with Service("--max-body", "1000") as service:
        reader.open(service=service)
        reader.box.fill("550 " + "unknown " * 200)
        reader.sees("No answer", "1000 bytes")
        reader.hears("1000 bytes")
        reader.keeps("problem")
        reader.box.fill("550")
        reader.sees(re.compile("^550 "))
    reader.box.fill("551")
    reader.sees("No answer", "The service does not answer.")


# The catalog


@test(LOOKS)
def codes_are_browsed_by_class_group_subject_and_provider(reader):
    reader.open()
    page = reader.page
    page.locator("#catalog").scroll_into_view_if_needed()
    for part, group, entry in (
        ("#codes", "Permanent Negative Completion", "Requested action not taken: mailbox unavailable"),
        ("#enhanced", "Mailbox Status", "Mailbox full"),
        ("#providers", "Yahoo", "TSS04"),
    ):
        page.locator(part).locator("summary", has_text=group).click()
        expect(page.locator(part).locator("details[open]")).to_contain_text(entry)
    expect(page.locator("#codes details[open] h5").first).to_have_text("Syntax")
    reader.keeps("browse", catalog=True)
    page.get_by_label("4, for now").check()
    expect(page.locator("#enhanced details[open]")).to_have_count(1)
    expect(page.locator("#enhanced .entries a").first).to_have_text(re.compile(r"^[4x]\."))
    page.locator("#providers").get_by_role("link", name="TSS04").first.click()
    reader.sees("Rate limited")
    expect(reader.box).to_have_value("TSS04")


@test(LOOKS)
def codes_are_searched(reader):
    reader.open()
    reader.page.get_by_label("Search the codes").fill("mailbox full")
    found = re.compile(r"^\d+ reply codes, [1-9]\d* enhanced codes?, [1-9]\d* codes? of receivers$")
    expect(reader.page.locator("#found")).to_have_text(found)
    expect(reader.page.locator("#enhanced").get_by_role("link", name="x.2.2")).to_be_visible()
    expect(reader.page.locator("#providers details[open]").first).to_be_visible()
    reader.keeps("search", catalog=True)
    reader.page.get_by_label("Search the codes").fill("no code says this")
    expect(reader.page.locator("#found")).to_contain_text("0 reply codes")


# By keyboard, at other sizes


def focused(page):
    """The element with the focus: its text, whether one sees that it has it, and whether one sees it."""
    return page.evaluate(
        """() => {
            const it = document.activeElement;
            const { top, bottom } = it.getBoundingClientRect();
            const { outlineStyle, outlineWidth } = getComputedStyle(it);
            const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 || it.type === "radio";
            return [it === document.body ? "" : it.textContent.trim() || it.id, seen, bottom > 0 && top < innerHeight];
        }"""
    )


def tab_to(page, text, limit=60):
    for _ in range(limit):
        page.keyboard.press("Tab")
        name, marked, in_sight = focused(page)
        assert not name or marked and in_sight, f"one does not see that {name!r} has the focus"
        if text in name:
            return
    raise AssertionError(f"the key Tab does not lead to {text!r}")


@test()
def all_is_reached_by_keyboard_alone(reader):
    page, keys = reader.page, reader.page.keyboard
    page.on("filechooser", lambda _: None)  # Playwright has to intercept the dialog before the key is pressed
    reader.open()
    keys.type(UNKNOWN)
    expect(reader.answer.locator("pre")).to_have_text(UNKNOWN)  # no answer to a part of it any more
    tab_to(page, "open it as a file")
    with page.expect_file_chooser():
        keys.press("Enter")
    tab_to(page, "550")  # the reply, which can be scrolled
    tab_to(page, "5.1.1")
    reader.keeps("keyboard")
    keys.press("Enter")
    reader.sees(re.compile("^5.1.1 "))
    tab_to(page, "search")
    keys.type("greylist")
    expect(page.locator("#found")).to_contain_text("code")
    keys.press("Control+A")
    keys.press("Delete")
    expect(page.locator("#found")).to_have_text("")
    tab_to(page, "Permanent Negative Completion")
    keys.press("Enter")
    expect(page.locator("#codes details[open]")).to_be_visible()
    tab_to(page, "550")
    keys.press("Enter")
    reader.sees(re.compile("^550 "))
    page.get_by_label("any", exact=True).focus()
    keys.press("ArrowRight")
    expect(page.locator("#enhanced .entries a").first).to_have_text(re.compile(r"^2\."))


@test()
def table_is_used_by_keyboard_alone(reader):
    reader.open()
    reader.paste(LOG)
    reader.sees("8 replies")
    tab_to(reader.page, "Unknown recipient")
    reader.page.keyboard.press("Space")
    expect(reader.replies).to_have_count(2)
    tab_to(reader.page, "Rate limited")
    tab_to(reader.page, "Unknown recipient")
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("#replies article")).to_be_visible()
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("#replies article")).to_have_count(0)


@test({f"{width}-pixels": PHONE | {"viewport": {"width": width, "height": 700}} for width in (320, 768, 1024)})
def nothing_is_beside_a_screen_of_any_width(reader):
    reader.open()
    for text in ("", BLOCKED, "5.7.1", "550 " + "x" * 300, LOG):
        reader.paste(text) if text else None
        reader.page.wait_for_load_state("networkidle")
        assert reader.overflow() <= 0, f"{reader.overflow()} pixels of {text[:20]!r}"


def run(function, look, browser, service):
    """What is wrong; empty where nothing is."""
    reader = Reader(browser, service, look)
    try:
        function(reader)
        reader.finish()
    except (AssertionError, Error) as error:
        reader.context.close()
        return str(error) or type(error).__name__
    return ""


def main():
    shutil.rmtree(SCREENSHOTS, ignore_errors=True)
    SCREENSHOTS.mkdir(parents=True)
    chosen = [it for it in tests if all(name in it[0].__name__ for name in sys.argv[2:])]
    failed = 0
    expect.set_options(timeout=10_000)
    with sync_playwright() as playwright, Service() as service:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for function, look in chosen:
            problem = run(function, look, browser, service)
            failed += bool(problem)
            if problem:
                print(f"{function.__name__} ({look[0]}): {problem}")
        browser.close()
    print(f"{len(chosen) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
