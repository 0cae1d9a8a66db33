import type { Page } from "playwright-core";

/** Presses Tab from the start of the page to its end; what was reached, and what should be. */
export async function walk(page: Page): Promise<{
  readonly reached: ReadonlySet<string>;
  readonly expected: readonly string[];
  /** What had the focus and did not look it. */
  readonly unseen: readonly string[];
}> {
  const name = (element: Element) =>
    `${element.tagName} ${
      element.getAttribute("href") ?? element.getAttribute("aria-label") ??
        element.textContent?.slice(0, 40)
    }`;
  const expected = await page.evaluate((source) => {
    const nameOf = new Function(`return ${source}`)() as typeof name;
    return [
      ...globalThis.document.querySelectorAll<Element>(
        "a[href], summary, input, [tabindex='0']",
      ),
    ].filter((element) => element.checkVisibility?.() !== false).map((
      element,
    ) => nameOf(element));
  }, name.toString());
  const reached = new Set<string>();
  const unseen: string[] = [];
  for (let i = 0; i < expected.length + 5; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate((source) => {
      const nameOf = new Function(`return ${source}`)() as typeof name;
      const { activeElement } = globalThis.document;
      if (activeElement === null || activeElement.tagName === "BODY") {
        return null;
      }
      const { outlineStyle, boxShadow } = getComputedStyle(activeElement);
      return {
        name: nameOf(activeElement),
        seen: outlineStyle !== "none" || boxShadow !== "none" ||
          activeElement.classList.contains("on"),
      };
    }, name.toString());
    if (at === null) break;
    reached.add(at.name);
    if (!at.seen) unseen.push(at.name);
  }
  return { reached, expected, unseen };
}
