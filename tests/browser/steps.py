"""What people do in the browser, step by step, by the words they see."""

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from accounts.models import User
from zones.scoping import today

CHROMIUM = Path("/usr/bin/chromium")
PASSWORD = "correct horse battery staple"
MATCHED_WITHIN_MS = 30_000
DESKTOP, PHONE = 1440, 390


def give_password(*people: User) -> None:
    for person in people:
        person.set_password(PASSWORD)
        person.save()


def press(page: Page, name: str) -> None:
    """Press what sends a form, up to the page that answers: a form asks first whether its reader is still logged in, so
    that a click alone has ended before the form is on its way.
    """
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def log_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/office/login/", wait_until="networkidle")  # its script moves the focus once
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    expect(page.get_by_label("用户名")).to_have_value(username)
    expect(page.get_by_label("密码")).to_have_value(PASSWORD)
    press(page, "登录")
    expect(page.get_by_role("heading", name="待办")).to_be_visible()


def choose(page: Page, field: str, term: str, text: str) -> None:
    """Pick from an autocomplete, by keyboard."""
    page.locator(f"#id_{field} + .select2 .select2-selection").focus()
    page.keyboard.press("Enter")
    page.locator(".select2-search__field").last.fill(term)
    page.get_by_role("option", name=text).click()


def fill_need(page: Page) -> None:
    page.locator("#id_kind").select_option("testing_sharing")
    choose(page, "organization", "东方", "东方微电子有限公司")
    page.locator("#id_consent_recorded_on").fill(today().strftime("%Y/%m/%d"))
    page.locator("#id_title_zh").fill("氮化镓外延片缺陷检测")
    page.locator("#id_summary_zh").fill("需要对200毫米氮化镓外延片作无损缺陷检测。")
    page.locator("#id_deadline").fill((today() + timedelta(days=200)).strftime("%Y/%m/%d"))
    page.locator("#id_visibility").select_option("association")
    page.locator("#id_association").select_option(label="东西高新区联盟")
    choose(page, "review_zone", "西山", "西山高新区")
    page.locator("#id_metrics-0-name_zh").fill("支持晶圆直径")
    page.locator("#id_metrics-0-operator").select_option(">=")
    page.locator("#id_metrics-0-value").fill("200")
    page.locator("#id_metrics-0-unit").fill("mm")


def fits_the_screen(page: Page) -> bool:
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width <= 0


def log_out(page: Page) -> None:
    page.context.clear_cookies()


def grade(page: Page) -> None:
    """Bo finds on the first page what waits for him, and grades it."""
    page.get_by_role("link", name="待审核的需求").click()
    page.get_by_role("link", name="氮化镓外延片缺陷检测").first.click()
    for name in ("necessity", "clarity", "cooperation", "deidentification"):
        page.locator(f"#id_grade_{name}").select_option("4")
    assert fits_the_screen(page)
    press(page, "提交审核结论")
    expect(page.get_by_text("审核结论已登记")).to_be_visible()
