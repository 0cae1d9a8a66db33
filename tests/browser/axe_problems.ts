/** What axe-core, a checker of accessibility, finds on a page. */
import axe from "axe-core";
import type { Page } from "playwright-core";

interface Found {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

const COLOURS = "color-contrast";

/**
 * Serious and critical violations, one line each. Light comes first on a page;
 * in dark mode only colours can differ from it.
 *
 * @param styles of text on pages before, which are not looked at again for
 * their colours, half of the time: those of this page are added; where left
 * out, all text is looked at
 */
export async function axeProblems(
  page: Page,
  scheme: "light" | "dark",
  styles?: Set<number>,
): Promise<readonly string[]> {
  if (scheme === "light") await page.evaluate(axe.source);
  if (scheme === "dark") return await problems(page, { runOnly: [COLOURS] });
  if (styles === undefined) return await problems(page, {});
  const found = await problems(page, {
    rules: { [COLOURS]: { enabled: false } },
  });
  const unseen = await markText(page, styles);
  if (unseen.length === 0) return found;
  for (const style of unseen) styles.add(style);
  const ofColours = await problems(page, { runOnly: [COLOURS] }, `[${MARK}]`);
  return [...found, ...ofColours];
}

const MARK = "data-unseen";

/** Marks elements with text of their own whose style is new: names, classes and colours of one and of all that it lies in. */
async function markText(
  page: Page,
  seen: ReadonlySet<number>,
): Promise<readonly number[]> {
  return await page.evaluate(({ seen, mark }) => {
    const known = new Set(seen);
    const styles = new Map<Element | null, number>([[null, 0]]);
    const styleOf = (element: Element | null): number => {
      let style = styles.get(element);
      if (style === undefined && element !== null) {
        const { tagName, parentElement } = element;
        const own = ["class", "style", "fill", "open", "aria-current"]
          .map((name) => element.getAttribute(name));
        style = styleOf(parentElement);
        for (const char of [tagName, ...own].join()) {
          style = Math.imul(style ^ (char.codePointAt(0) ?? 0), 16777619);
        }
        styles.set(element, style);
      }
      return style ?? 0;
    };
    const elements = [
      ...globalThis.document.querySelectorAll<Element>("body *"),
    ].filter((element) =>
      [...element.childNodes].some((node) =>
        node.nodeType === 3 && node.textContent?.trim() !== ""
      ) && !known.has(styleOf(element))
    );
    for (const element of elements) element.setAttribute(mark, "");
    return [...new Set(elements.map(styleOf))];
  }, { seen: [...seen], mark: MARK });
}

/** What is found with these options of axe, in all of the page or where a selector says. */
async function problems(
  page: Page,
  options: Readonly<Record<string, unknown>>,
  where?: string,
): Promise<readonly string[]> {
  const violations = await page.evaluate(async ({ options, where }) => {
    const { axe } = globalThis as unknown as {
      readonly axe: {
        run(
          context: unknown,
          options: unknown,
        ): Promise<{ violations: readonly Found[] }>;
      };
    };
    const { violations } = await axe.run(where ?? globalThis.document, {
      ...options,
      preload: false,
      resultTypes: ["violations"],
    });
    return violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      nodes: nodes.slice(0, 3).map(({ html }) => ({ html })),
    }));
  }, { options, where });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) =>
      `${id}, ${help}: ${
        nodes.map(({ html }) => html.slice(0, 160)).join(" ; ")
      }`
    );
}
