"""The phone's own Back button within filing."""

from playwright.sync_api import Browser, Page


def _continue(page: Page) -> None:
    page.locator("form[enctype] .actions .btn").first.click()


def test_back_shows_the_step_before_with_what_was_typed(
    browser: Browser, live_server: str, stage: None
) -> None:
    """Plainly, since a page that is watched request by request keeps no answers at all."""
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{live_server}/requests/new")
        page.check('input[name="kind"][value="concern"]', force=True)
        page.check('input[name="category"][value="housing"]', force=True)
        _continue(page)
        page.fill("#description", "หลังคารั่ว")
        _continue(page)
        page.wait_for_selector("#house_no")
        page.go_back()
        assert page.input_value("#description") == "หลังคารั่ว"
