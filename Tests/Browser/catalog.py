"""The catalog below the answer: searched and browsed."""

import re

from playwright.sync_api import expect

from reader import LOOKS, test


@test(LOOKS)
def codes_are_browsed_by_class_group_subject_and_provider(reader):
    reader.open()
    page = reader.page
    page.locator("#catalog").scroll_into_view_if_needed()
    for part, group, entry in (
        ("#codes", "Permanent Negative Completion", "Requested action not taken: mailbox unavailable"),
        ("#enhanced", "Mailbox Status", "Mailbox full"),
        ("#providers", re.compile("^Yahoo\\d"), "TSS04"),
        ("#categories", "Categories", "The recipient's mailbox has no room left."),
    ):
        page.locator(part).locator("summary", has_text=group).click()
        expect(page.locator(part).locator("details[open]")).to_contain_text(entry)
    expect(page.locator("#codes details[open] h5").first).to_have_text("Syntax")
    names = page.locator("#providers h4").all_text_contents()
    assert names == sorted(names, key=str.casefold), names
    reader.keeps("browse", catalog=True)
    page.locator("#providers").get_by_role("link", name="TSS04").first.click()
    reader.sees("Rate limited")
    expect(reader.box).to_have_value("TSS04")
    page.locator("#categories").get_by_role("link", name="Mailbox full").click()
    reader.sees("Mailbox full", "When refused for now")


@test(LOOKS)
def all_is_searched_as_one_types(reader):
    reader.open()
    field = reader.page.get_by_label("Search codes")
    field.press_sequentially("mailbox full", delay=20)
    expect(reader.page.locator("#found")).to_have_text(re.compile(r"^\d+ results$"))
    results = reader.page.locator("#results")
    expect(results.get_by_role("link", name=re.compile(r"^[x45]\.2\.2$")).first).to_be_visible()
    assert results.locator("h3").count() > 1, "results stand in groups"
    reader.keeps("search", catalog=True)
    for words, link in {"5.1.1": r"^[x5]\.1\.1$", "550": "^550$", "TSS04": "TSS04", "greylist": "Greylisted"}.items():
        field.fill(words)
        expect(results.get_by_role("link", name=re.compile(link)).first).to_be_visible()
    results.get_by_role("link", name="Greylisted").first.click()
    reader.sees("Greylisted")


@test(LOOKS)
def search_that_finds_nothing_says_what_to_try(reader):
    reader.open()
    reader.page.get_by_label("Search codes").fill("qwertyuiop")
    expect(reader.page.locator("#found")).to_have_text("No results")
    expect(reader.page.locator("#results")).to_contain_text("Nothing here has “qwertyuiop”.")
    expect(reader.page.locator("#results")).to_contain_text("Try a single word")
    reader.keeps("nothing", catalog=True)
    reader.page.get_by_label("Search codes").fill("")
    expect(reader.page.locator("#codes")).to_be_visible()


@test()
def each_result_leads_to_an_answer_about_itself(reader):
    reader.open()
    field = reader.page.get_by_label("Search codes")
    for words in ("quota", "yahoo", "spf"):
        field.fill(words)
        expect(reader.page.locator("#found")).to_have_text(re.compile(r"^\d+ results?$"))
        reader.page.wait_for_load_state("networkidle")
        for index in range(min(4, reader.page.locator("#results .entries a").count())):
            link = reader.page.locator("#results .entries a").nth(index)
            name = link.text_content()
            link.click()
            expect(reader.answer).to_have_attribute("aria-busy", "false")
            expect(reader.title).not_to_have_text(re.compile("^(What it reads|No answer)$"))
            assert name, "a link has a text"
