"""Whole messages: bounces, and what else lands in their mailbox."""

import gzip

from playwright.sync_api import expect

from reader import BOUNCES, LOOKS, files, test
from samples import COMPLAINT, LOG

ONE = BOUNCES / "google-address-not-found.eml"
TWO = BOUNCES / "exim-old-text-two-recipients.eml"


@test(LOOKS)
def dropped_bounce_is_explained(reader):
    reader.open()
    reader.drop(ONE)
    reader.sees("Unknown recipient", ONE.name, badge="Hard bounce")
    expect(reader.answer.locator("mark.first")).to_be_visible()
    expect(reader.answer).to_be_focused()
    expect(reader.box).to_have_value("")
    assert reader.address() == ""
    assert not reader.page.locator("body.dropping").count()
    expect(reader.answer.locator(".original")).to_contain_text("Subject")
    reader.keeps("bounce")


@test(LOOKS)
def bounce_of_several_recipients_has_a_card_for_each(reader):
    reader.open()
    reader.open_files(TWO)
    reader.sees("Not delivered: 2 recipients", TWO.name)
    cards = reader.answer.locator(".cards > li")
    expect(cards).to_have_count(2)
    expect(cards.first.locator(".badge").first).to_be_visible()
    expect(cards.first.locator(".remedy")).not_to_be_empty()
    cards.first.locator("summary").click()
    expect(cards.first.locator(".evidence li").first).to_be_visible()
    reader.keeps("recipients")


@test(LOOKS)
def complaint_is_no_bounce(reader):
    reader.open()
    with files(("complaint.eml", COMPLAINT)) as paths:
        reader.open_files(*paths)
        reader.sees("Marked as spam", "Stop mailing this reader", badge="Complaint")
    expect(reader.fact("Recipient")).to_contain_text("bob@b.example")
    expect(reader.fact("Subject")).to_have_text("Spring sale")
    expect(reader.fact("Message-ID")).to_contain_text("sale-1@a.example")
    reader.keeps("complaint")


@test()
def bounces_chosen_as_files_are_listed_by_their_names(reader):
    reader.open()
    reader.open_files(ONE, TWO)
    reader.sees("2 messages")
    items = reader.answer.locator(".messages > details")
    expect(items.first).to_contain_text(ONE.name)
    expect(items.first.locator(".badge")).to_contain_text("Hard bounce")
    items.nth(1).locator("summary").first.click()
    expect(items.nth(1).locator(".cards > li")).to_have_count(2)
    reader.open_files(ONE)
    reader.sees("Unknown recipient")


@test()
def pasted_bounce_and_dropped_log_are_told_apart(reader):
    reader.open()
    reader.paste(ONE.read_text())
    reader.sees("Unknown recipient")
    with files(("mail.log", LOG), ("bounce.eml.gz", gzip.compress(ONE.read_bytes()))) as (log, packed):
        reader.drop(log)
        reader.sees("8 replies")
        reader.drop(packed)
        reader.sees("Unknown recipient", "bounce.eml.gz")
        reader.drop(log, packed)
        expect(reader.answer).to_contain_text("8 replies")
        expect(reader.answer).to_contain_text("Unknown recipient")


@test()
def mbox_is_read_message_by_message(reader):
    mbox = b"\n".join(b"From MAILER-DAEMON Tue Nov 24 10:00:00 2026\n" + it.read_bytes() for it in (ONE, TWO, ONE))
    reader.open()
    with files(("bounces.mbox", mbox)) as paths:
        reader.open_files(*paths)
        reader.sees("3 messages", "bounces.mbox, 3")
    expect(reader.answer.locator(".messages > details").nth(1).locator(".badge")).to_contain_text("2")


@test()
def letter_is_said_to_be_no_bounce(reader):
    reader.open()
    with files(("letter.eml", "From: bob@b.example\nSubject: Lunch\n\nAt noon?\n")) as paths:
        reader.drop(*paths)
        reader.sees("No bounce", "The message reports no delivery, failed or not.")
