"""What keeps people from using a page, as axe-core finds it."""

from playwright.sync_api import Page

from tests.support.browser import MODULES

AXE = MODULES / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules, iframes: false });
  if (found.passes.length < 10) return ["nearly nothing was looked at"];
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.html.slice(0, 200)} ${node.any.map((why) => why.message).join("; ")}`));
}"""


def violations(page: Page) -> list[str]:
    """Each violation of the rules with the element and why."""
    page.evaluate(AXE.read_text("utf-8"))
    return list(page.evaluate(RUN, RULES))
