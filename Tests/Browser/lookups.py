"""One reply, or a code: the verdict first, and what it rests on."""

import re
from urllib.parse import quote

from playwright.sync_api import expect

from reader import LOOKS, ON_A_PHONE, start, test
from samples import ACCEPTED, BLOCKED, GMAIL, GREYLISTED, HOSTILE, REPLIES, UNKNOWN


@test(LOOKS)
def welcomes(reader):
    reader.open()
    expect(reader.title).to_have_text("What it reads")
    luminance = reader.page.evaluate("getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0]")
    assert (int(luminance) < 60) == reader.look.endswith("dark"), f"the paper of {reader.look} is {luminance}"
    reader.keeps("welcome", catalog=True)


@test()
def explains_each_kind_of_code_and_words(reader):
    reader.open()
    for text, title in {
        "550": "550 Requested action not taken: mailbox unavailable",
        "5.1.1": "5.1.1 Bad destination mailbox address",
        "x.7.26": "x.7.26 Multiple authentication checks failed",
        "5.7.606": "5.7.606 The sending IP address is on Microsoft’s list of blocked senders.",
        "mailbox-full": "Mailbox full",
        "TSS04": "Rate limited",
        "mailbox full": "Mailbox full",
        "451 4.7.1 Greylisted, try again in 5400 seconds": "Greylisted",
    }.items():
        reader.box.fill(text)
        expect(reader.title).to_have_text(re.compile(f"^{re.escape(title)}".replace("’", "['’]")))


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


VERDICTS = {
    "gmail": (GMAIL, "Block", "Sender not authenticated"),
    "accepted": (ACCEPTED, "No bounce", "Accepted"),
    "soft": (GREYLISTED, "Soft bounce", "Greylisted"),
    "hard": (UNKNOWN, "Hard bounce", "Unknown recipient"),
}


@test(LOOKS)
def each_verdict_has_its_word_and_its_colour(reader):
    reader.open()
    colours = set()
    for state, (text, badge, title) in VERDICTS.items():
        reader.paste(text)
        reader.sees(title, badge=badge)
        colours.add(reader.badge.evaluate("(it) => getComputedStyle(it).backgroundColor"))
        expect(reader.answer.locator(".verdict .remedy strong")).not_to_be_empty()
        reader.keeps(state)
    assert len(colours) == 4, colours


@test(LOOKS)
def pasted_reply_has_its_verdict_its_evidence_and_links(reader):
    reader.open()
    reader.paste(BLOCKED)
    reader.sees("Sender blocked", badge="Block")
    expect(reader.answer.locator(".remedy")).to_contain_text("Ask to be taken off the list.")
    removal = reader.answer.locator(".verdict .links a").first
    expect(removal).to_contain_text("Spamhaus")
    assert removal.get_attribute("href").startswith("https://"), removal
    expect(reader.fact("Said by")).to_have_text("mx.b.example to RCPT about bob@b.example")
    expect(reader.fact("Whose problem")).to_contain_text("The sender’s")
    marks = reader.answer.locator("pre mark").all_text_contents()
    evidence = reader.answer.locator(".evidence code").all_text_contents()
    assert marks and set(marks) <= set(evidence) and "zen.spamhaus.org" in marks, (marks, evidence)
    assert reader.answer.locator("mark.first").text_content() == evidence[0]
    expect(reader.answer.locator("pre")).to_have_text(BLOCKED)
    reader.hears("Block. Sender blocked. Ask to be taken off the list.")
    order = reader.answer.evaluate("(it) => [...it.querySelectorAll('.verdict, pre, .evidence')].map((it) => it.className)")
    assert order == ["verdict", "said", "evidence"], order
    reader.keeps("reply")


@test()
def retry_is_a_time_of_day(reader):
    reader.page.clock.set_fixed_time("2026-11-24T16:10:00")
    reader.open(quote(GREYLISTED))
    reader.sees("Greylisted")
    when = reader.answer.locator(".when")
    expect(when).to_have_text(re.compile(r"^Try again after 16:15: the reply asks to wait 5 minutes\. Give up if it still"))
    reader.box.fill("451 4.7.1 Greylisted, try again in 14 hours")
    expect(when).to_contain_text("after tomorrow at 06:10: the reply asks to wait 14 hours")
    reader.paste(UNKNOWN)
    reader.sees("Unknown recipient")
    expect(when).to_have_count(0)


@test(LOOKS)
def confidence_and_bounce_are_explained_on_hover_on_focus_and_on_tap(reader):
    reader.open(quote(UNKNOWN))
    reader.sees("Unknown recipient")
    for name, text in {"high confidence": "98 of 100", "Hard bounce": "the address is the reason"}.items():
        toggle = reader.answer.get_by_role("button", name=name)
        note = reader.answer.get_by_role("tooltip", name=re.compile("")).filter(has_text=text)
        expect(note).to_be_hidden()
        if reader.look.startswith("phone"):
            toggle.tap()
        else:
            toggle.focus()
            reader.page.keyboard.press("Enter")
        expect(note).to_be_visible()
        reader.keeps("tip") if name == "high confidence" else None
        reader.page.keyboard.press("Escape")
        reader.page.mouse.move(5, 5)
        expect(note).to_be_hidden()
    if reader.look.startswith("desktop"):
        toggle.hover()
        expect(note).to_be_visible()


@test()
def nothing_is_said_twice(reader):
    """The action and the advice often begin with the same words."""
    reader.open()
    for text in [*REPLIES, "550 5.1.1 unknown", "354 Go ahead", "550 5.4.6 Routing loop detected", "zyzzyva zyzzyva"]:
        reader.paste(text)
        expect(reader.answer.locator("pre")).to_have_text(text)
        expect(reader.answer).to_have_attribute("aria-busy", "false")
        words = reader.answer.locator(".remedy").text_content()
        sentences = [re.sub(r"\W+", " ", it).strip().lower() for it in re.split(r"[.:,;]\s", words) if it.strip()]
        assert not any(a == b or b.startswith(a + " ") for a, b in zip(sentences, sentences[1:])), words


@test(ON_A_PHONE)
def phone_shows_verdict_action_and_link_without_scrolling(reader):
    with_link = 0
    for text in REPLIES:
        reader.open()
        reader.paste(text)
        expect(reader.answer.locator("pre")).to_have_text(text)
        expect(reader.answer).to_have_attribute("aria-busy", "false")
        assert reader.page.evaluate("scrollY") == 0
        parts = [reader.title, reader.badge, reader.answer.locator(".remedy")]
        if reader.answer.locator(".verdict .links a").count():
            parts.append(reader.answer.locator(".verdict .links a").first)
            with_link += 1
        for part in parts:
            place = part.bounding_box()
            assert place and place["y"] + place["height"] <= 844, f"{text[:40]!r}: {part} ends at {place}"
    assert len(REPLIES) >= 20 and with_link >= 4, f"{with_link} of {len(REPLIES)} replies have a link"
    print(f"{with_link} of {len(REPLIES)} replies have a link")


@test()
def provider_has_links_to_its_pages(reader):
    reader.open()
    reader.paste(GMAIL)
    reader.sees("Sender not authenticated")
    expect(reader.answer.locator("a[href*='google.com']").first).to_be_visible()
    expect(reader.answer.locator("pre")).to_have_text(GMAIL)


@test()
def markup_in_a_reply_is_shown_as_text(reader):
    reader.open()
    for text in (HOSTILE, HOSTILE + "\n" + UNKNOWN):
        reader.paste(text)
        expect(reader.page.locator("#lookup")).to_contain_text("<script>hit = 1</script>")
        reader.page.wait_for_load_state("networkidle")
        assert not reader.page.locator("#lookup script, #lookup img").count()
    reader.open(quote(HOSTILE))
    expect(reader.answer.locator("pre")).to_have_text(HOSTILE)
    assert reader.page.evaluate("typeof hit") == "undefined"


@test()
def old_answer_is_never_shown_as_the_new_one(reader):
    reader.open()
    reader.paste(UNKNOWN)
    reader.sees("Unknown recipient")
    held = []
    reader.page.route("**/explain", lambda route: held.append(route))
    reader.paste(ACCEPTED)
    expect(reader.answer).to_have_attribute("aria-busy", "true")
    assert reader.answer.evaluate("(it) => it.inert"), "the old answer can still be copied"
    expect(reader.answer).to_have_text("Reading …")
    held[0].continue_()
    reader.sees("Accepted")


@test(LOOKS)
def problem_is_shown_politely(reader):
    reader.expected_errors = ["status of 413", "ERR_CONNECTION_REFUSED"]
    with start("--max-body", "1000") as service:
        reader.open(service=service)
        reader.box.fill("550 " + "unknown " * 200)
        reader.sees("No answer", "1000 bytes")
        reader.hears("1000 bytes")
        reader.keeps("problem")
        reader.box.fill("550")
        reader.sees(re.compile("^550 "))
    reader.box.fill("551 gone")
    reader.sees("No answer", "The service does not answer.")
