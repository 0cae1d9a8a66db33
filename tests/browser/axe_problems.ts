/** What axe-core, a checker of accessibility, finds on a page. */
import axe from "axe-core";
import type { Page } from "playwright-core";

interface Found {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

/**
 * Serious and critical violations, one line each. Light comes first on a page;
 * in dark mode only colours can differ from it.
 */
export async function axeProblems(
  page: Page,
  scheme: "light" | "dark",
): Promise<readonly string[]> {
  if (scheme === "light") await page.evaluate(axe.source);
  const options = scheme === "dark"
    ? { runOnly: { type: "rule", values: ["color-contrast"] } }
    : {};
  const violations = await page.evaluate(async (options) => {
    const { axe } = globalThis as unknown as {
      readonly axe: {
        run(options: unknown): Promise<{ violations: readonly Found[] }>;
      };
    };
    const { violations } = await axe.run({
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
  }, options);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) =>
      `${id}, ${help}: ${
        nodes.map(({ html }) => html.slice(0, 160)).join(" ; ")
      }`
    );
}
