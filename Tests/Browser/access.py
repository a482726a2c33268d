"""By keyboard alone, at other sizes, without motion."""

import re

from playwright.sync_api import expect

from reader import DESKTOP, LOOKS, PHONE, test
from samples import BLOCKED, LOG, UNKNOWN


def focused(page):
    """The element with the focus: its text, whether one sees that it has it, and whether one sees it."""
    return page.evaluate(
        """() => {
            const it = document.activeElement;
            const { top, bottom } = it.getBoundingClientRect();
            const { outlineStyle, outlineWidth } = getComputedStyle(it);
            const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 || /radio|checkbox/.test(it.type);
            return [it === document.body ? "" : it.textContent.trim() || it.id, seen, bottom > 0 && top < innerHeight];
        }"""
    )


def tab_to(page, text, limit=80):
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
    expect(reader.answer).to_have_attribute("aria-busy", "false")
    tab_to(page, "Open files")
    with page.expect_file_chooser():
        keys.press("Enter")
    tab_to(page, "Hard bounce")
    keys.press("Enter")
    expect(reader.answer.get_by_role("tooltip").first).to_be_visible()
    keys.press("Escape")
    expect(reader.answer.get_by_role("tooltip").first).to_be_hidden()
    tab_to(page, "550")  # the reply, which can be scrolled
    tab_to(page, "as JSON")
    keys.press("Enter")
    reader.hears("Copied as JSON.")
    tab_to(page, "5.1.1")
    reader.keeps("keyboard")
    keys.press("Enter")
    reader.sees(re.compile("^5.1.1 "))
    tab_to(page, "search")
    keys.type("greylist")
    expect(page.locator("#found")).to_contain_text("result")
    keys.press("Control+A")
    keys.press("Delete")
    expect(page.locator("#found")).to_have_text("")
    tab_to(page, "Permanent Negative Completion")
    keys.press("Enter")
    expect(page.locator("#codes details[open]")).to_be_visible()
    tab_to(page, "550")
    keys.press("Enter")
    reader.sees(re.compile("^550 "))


@test()
def log_is_used_by_keyboard_alone(reader):
    reader.open()
    reader.paste(LOG)
    reader.sees("8 replies")
    tab_to(reader.page, "Unknown recipient")
    reader.page.keyboard.press("Space")
    expect(reader.rows).to_have_count(1)
    tab_to(reader.page, "Rate limited")
    tab_to(reader.page, "Unknown recipient")
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("#table article")).to_be_visible()
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("#table article")).to_have_count(0)
    reader.answer.get_by_label("what happened").focus()
    reader.page.keyboard.press("ArrowRight")
    expect(reader.answer.get_by_label("bounce", exact=True)).to_be_checked()
    expect(reader.answer.locator(".counts tr").first).to_contain_text("Soft bounce")


@test({f"{width}-pixels": PHONE | {"viewport": {"width": width, "height": 700}} for width in (320, 768, 1024)})
def nothing_is_beside_a_screen_of_any_width(reader):
    reader.open()
    for text in ("", BLOCKED, "5.7.1", "550 " + "x" * 300, LOG):
        reader.paste(text) if text else None
        reader.page.wait_for_load_state("networkidle")
        expect(reader.answer).not_to_have_attribute("aria-busy", "true")
        assert reader.overflow() <= 0, f"{reader.overflow()} pixels of {text[:20]!r}"


HALF = {"width": DESKTOP["viewport"]["width"] // 2, "height": DESKTOP["viewport"]["height"] // 2}


@test({"200-percent": {"viewport": HALF, "device_scale_factor": 2}})
def page_is_whole_at_200_percent(reader):
    """A browser that zooms in tells the page of a smaller window."""
    reader.open()
    for state, text, title in (("zoom-reply", BLOCKED, "Sender blocked"), ("zoom-log", LOG, "8 replies")):
        reader.paste(text)
        reader.sees(title)
        reader.keeps(state)
    reader.rows.first.get_by_role("button").click()
    expect(reader.page.locator("#table .open pre")).to_be_visible()
    reader.keeps("zoom-log-open")


@test({"less-motion": LOOKS["desktop-light"] | {"reduced_motion": "reduce"}})
def nothing_moves_for_those_who_want_less_motion(reader):
    reader.open()
    for text in (BLOCKED, LOG):
        reader.paste(text)
        expect(reader.answer).not_to_have_attribute("aria-busy", "true")
        moving = reader.page.evaluate(
            """[...document.querySelectorAll("*")].filter((it) => {
                const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(it);
                return transitionDuration !== "0s" || animationName !== "none" || scrollBehavior === "smooth";
            }).map((it) => it.tagName)"""
        )
        assert not moving, moving
