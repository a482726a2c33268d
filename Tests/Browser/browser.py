"""Uses the lookup page as readers do, in Debian's Chromium.

    browser.py path/to/smtp-codes [part of a test's name]

Every function marked as a test gets a page of its own. It fails on an error in the console, and on a request to
another origin or to a path that is not of the public API. The states of the page (functions marked with LOOKS) are
looked at on a desktop and on a phone, in light and in dark; axe has to find nothing wrong with any of them, and
.build/screenshots keeps how they looked. Tests/Browser/page.png, for the README, is one of those in 128 colours.
"""

import shutil
import sys

from playwright.sync_api import Error, expect, sync_playwright

import access, catalog, logs, lookups, messages, sharing  # noqa: E401, F401: each adds its tests
from reader import Reader, prepare_screenshots, start, tests


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
    prepare_screenshots()
    chosen = [it for it in tests if all(name in it[0].__name__ for name in sys.argv[2:])]
    failed = 0
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright, start() as service:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for function, look in chosen:
            problem = run(function, look, browser, service)
            failed += bool(problem)
            if problem:
                print(f"{function.__name__} ({look[0]}): {problem}")
        browser.close()
    print(f"{len(chosen) - failed} passed, {failed} failed")
    sys.exit(failed > 0 or not chosen)


main()
