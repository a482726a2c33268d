"""Links, copies, and that Back goes back."""

import json
import re
import shlex
import subprocess
from urllib.parse import quote

from playwright.sync_api import expect

from reader import LOOKS, SECRET, files, test
from samples import ACCEPTED, BLOCKED, LOG, UNKNOWN


@test(LOOKS)
def link_with_a_fragment_opens_explained(reader):
    reader.open("550 5.1.1 No such user")
    reader.sees("Unknown recipient")
    expect(reader.box).to_have_value("550 5.1.1 No such user")
    reader.keeps("link")


@test()
def fragment_follows_what_is_typed_and_opens_the_same(reader):
    reader.open()
    text = "550 5.1.1 100% “No such user” #5.1.1 a%20b ü &?=+<>\n  and so on"
    reader.box.fill(text)
    reader.sees("Unknown recipient")
    other = reader.context.new_page()
    other.goto(reader.page.url)
    expect(other.locator("#box")).to_have_value(text)
    expect(other.locator("#answer h2").first).to_have_text("Unknown recipient")
    reader.page.get_by_role("button", name="Clear").click()
    expect(reader.title).to_have_text("What it reads")
    assert "#" not in reader.page.url


@test()
def copies_leave_the_address_out_unless_asked(reader):
    reader.open()
    reader.paste(f"550 5.1.1 <{SECRET}@b.example>: {SECRET} is not known here")
    reader.sees("Unknown recipient")
    expect(reader.answer.locator("pre")).to_contain_text(f"{SECRET}@b.example")
    assert SECRET not in reader.address() and "@b.example" in reader.address(), reader.address()
    copy = reader.answer.get_by_role("button", name="as a link")
    copy.click()
    reader.hears("Copied as a link.")
    assert SECRET not in reader.copied() and reader.copied().startswith(reader.service.origin), reader.copied()
    for name in ("for a ticket", "as JSON", "as curl"):
        reader.answer.get_by_role("button", name=name).click()
        reader.hears(f"Copied {name}.")
        assert SECRET not in reader.copied() and "@b.example" in reader.copied(), reader.copied()
    reader.answer.get_by_label("with addresses").check()
    copy.click()
    reader.page.wait_for_function(f"navigator.clipboard.readText().then((it) => it.includes('{SECRET}'))")
    reader.open(quote("550 5.1.1 No such user"))
    expect(reader.answer.get_by_label("with addresses")).to_have_count(0)


@test()
def answer_is_copied_for_a_ticket_as_json_and_as_curl(reader):
    reader.open()
    text = BLOCKED + "\n it's $HOME"
    reader.paste(text)
    reader.sees("Sender blocked")
    reader.answer.get_by_label("with addresses").check()
    for name in ("for a ticket", "as JSON", "as curl"):
        reader.answer.get_by_role("button", name=name).click()
        reader.hears(f"Copied {name}.")
        if name == "for a ticket":
            ticket = reader.copied()
        elif name == "as JSON":
            answer = json.loads(reader.copied())
        else:
            command = shlex.split(reader.copied())
    assert ticket.startswith("Block: Sender blocked (high confidence)\n") and ticket.endswith(text), ticket
    assert "What to do: Ask to be taken off the list." in ticket and "undefined" not in ticket, ticket
    assert answer["category"] == "sender-blocked" and answer["input"] == text
    ran = subprocess.run([*command, "--silent"], capture_output=True, check=True)
    assert json.loads(ran.stdout) == answer


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
def back_goes_to_what_was_put_in_before(reader):
    reader.open()
    reader.page.keyboard.type("550 5.1.1 No such user")  # one entry of the history, not one for each key
    reader.sees("Unknown recipient")
    reader.paste(UNKNOWN)
    expect(reader.answer.locator("pre")).to_have_text(UNKNOWN)
    with files(("mail.log", LOG)) as paths:
        reader.open_files(*paths)
        reader.sees("8 replies")
    reader.paste(ACCEPTED)
    reader.sees("Accepted")
    reader.page.go_back()
    reader.sees("8 replies", "mail.log")
    expect(reader.rows.first).to_be_visible()
    assert reader.saved("dead address")[0] == "mail-dead.txt"
    reader.page.go_back()
    reader.sees("Unknown recipient")
    expect(reader.box).to_have_value(UNKNOWN)  # the address too, though the link leaves it out
    expect(reader.rows).to_have_count(0)
    reader.page.go_back()
    expect(reader.box).to_have_value("550 5.1.1 No such user")
    reader.page.go_back()
    expect(reader.title).to_have_text("What it reads")
    reader.page.go_forward()
    reader.sees("Unknown recipient")


@test()
def nothing_of_a_reply_reaches_the_log(reader):
    reader.open(quote(UNKNOWN))
    reader.sees("Unknown recipient")
    reader.paste(UNKNOWN + "\n" + UNKNOWN)
    reader.sees("2 replies")
    log = reader.service.log()
    assert log and SECRET not in log, log
