/** What html-validate, a checker of HTML, finds in a page. */
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const checker = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ["html-validate:standard"],
    rules: {
      // Matters of taste, not of validity.
      "long-title": "off",
      "no-inline-style": "off",
      "no-trailing-whitespace": "off",
      "require-sri": "off",
      "doctype-style": "off",
    },
  }),
);

/** Errors, one line each. */
export async function htmlProblems(
  text: string,
): Promise<readonly string[]> {
  const { results } = await checker.validateString(text);
  return results.flatMap(({ messages }) =>
    messages.filter(({ severity }) => severity === 2).map((
      { ruleId, message, line },
    ) => `line ${line}, ${ruleId}: ${message}`)
  );
}
