"""Somebody who reads the page: the service, the browser, and what has to be so in every test."""

import base64
import re
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "Tests/Service"))
from service import Service  # noqa: E402

BOUNCES = ROOT / "Tests/Corpus/bounces"
SCREENSHOTS = ROOT / ".build/screenshots"
API = re.compile(
    r"/|/page/[\w-]+\.(css|js)|/codes|/codes/\d+|/enhanced|/enhanced/[\dx.]+|/providers(/[\w-]+)?|/categories|/search"
    r"|/explain"
)
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}

DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOOKS = {
    f"{device}-{scheme}": options | {"color_scheme": scheme}
    for device, options in {"desktop": DESKTOP, "phone": PHONE}.items()
    for scheme in ("light", "dark")
}
PLAIN = {"desktop-light": LOOKS["desktop-light"]}
ON_A_PHONE = {"phone-light": LOOKS["phone-light"]}

# Nobody else writes this word, so that it can be looked for where nothing of a reply may be.
SECRET = "zebrafish"

tests = []


def test(looks=PLAIN):
    """Marks a test; it runs once for each look."""
    return lambda function: tests.extend((function, look) for look in looks.items()) or function


def start(*flags):
    """The service, with all in its log that it can say."""
    return Service(sys.argv[1], "--log-level", "trace", *flags)


class Reader:
    """A page of its own, with all that a test needs."""

    def __init__(self, browser, service, look):
        self.service = service
        self.look, options = look
        self.context = browser.new_context(**options, permissions=["clipboard-read", "clipboard-write"])
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.requests, self.errors, self.expected_errors = [], [], []
        self.context.on("request", lambda it: self.requests.append(it))
        self.page.on("console", lambda it: it.type in ("error", "warning") and self.errors.append(it.text))
        self.page.on("pageerror", lambda it: self.errors.append(str(it)))
        self.box = self.page.locator("#box")
        self.answer = self.page.locator("#answer")
        self.title = self.answer.locator("h2").first
        self.badge = self.answer.locator(".verdict .badge").first
        self.rows = self.page.locator("#table tbody tr:not(.open)")

    def open(self, fragment="", service=None):
        self.page.goto((service or self.service).origin + "/" + (fragment and "#" + fragment))

    def paste(self, text):
        """As from the clipboard, into the box."""
        self.box.focus()
        self.page.keyboard.press("Control+A")
        self.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+V")

    def open_files(self, *paths):
        self.page.locator("#file").set_input_files(paths)

    def drop(self, *paths):
        """Drags files over the page and lets them go."""
        contents = [[path.name, base64.b64encode(path.read_bytes()).decode()] for path in paths]
        transfer = self.page.evaluate_handle(
            """(files) => files.reduce((transfer, [name, content]) => {
                transfer.items.add(new File([Uint8Array.from(atob(content), (it) => it.charCodeAt())], name));
                return transfer;
            }, new DataTransfer())""",
            contents,
        )
        for event in ("dragover", "drop"):
            self.page.dispatch_event("body", event, {"dataTransfer": transfer})

    def sees(self, title, text=None, badge=None):
        """Waits for the answer that has this title, and this text and this badge in it."""
        expect(self.title).to_have_text(title)
        expect(self.answer).to_have_attribute("aria-busy", "false")
        if text:
            expect(self.answer).to_contain_text(text)
        if badge:
            expect(self.badge).to_contain_text(badge)

    def fact(self, term):
        return self.answer.locator("dt", has_text=term).locator("+ dd").first

    def hears(self, text):
        expect(self.page.locator("#said")).to_contain_text(text)

    def address(self):
        return self.page.evaluate("decodeURIComponent(location.hash)")

    def copied(self):
        return self.page.evaluate("navigator.clipboard.readText()")

    def saved(self, name):
        """What the button of this name saves: the file's name and its text."""
        with self.page.expect_download() as download:
            self.answer.get_by_role("button", name=name).click()
        return download.value.suggested_filename, Path(download.value.path()).read_bytes().decode()

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
            if parts.scheme in ("data", "blob"):
                continue
            assert parts.hostname == "127.0.0.1", f"there was a request to {url}"
            assert API.fullmatch(parts.path), f"{parts.path} is not of the public API"
            assert SECRET not in url.split("#")[0], f"what was put in is in the target {url}"


@contextmanager
def files(*names_and_contents):
    """Files of these names, with these texts or bytes."""
    with tempfile.TemporaryDirectory() as directory:
        paths = []
        for name, content in names_and_contents:
            paths.append(Path(directory) / name)
            paths[-1].write_bytes(content if isinstance(content, bytes) else content.encode())
        yield paths


def prepare_screenshots():
    shutil.rmtree(SCREENSHOTS, ignore_errors=True)
    SCREENSHOTS.mkdir(parents=True)
