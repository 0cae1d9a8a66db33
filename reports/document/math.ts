/**
 * Formulas in Markdown, as MathML made at build time.
 *
 * @module
 */
import type { MarkdownIt, StateInline } from "markdown-it";
import temml from "temml";

/**
 * Formulas between dollar signs, as on code hosts: `$…$` in a line, `$$…$$` on
 * a line of its own. The opening sign has no space after it, the closing one
 * none before it and no digit after it, so that prices stay prices.
 */
const FORMULA =
  /^(?:\$\$([^$]+)\$\$|\$(?!\s)((?:\\.|[^$\\\n])+?)(?<!\s)\$(?!\d))/;

/** Makes a Markdown renderer read formulas. */
export function math(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("escape", "math", read);
  markdown.renderer.rules["math"] = (tokens, i) => {
    const token = tokens[i];
    return token === undefined ? "" : mathml(token.content, {
      display: token.markup === "$$",
    });
  };
}

/**
 * A formula as MathML.
 *
 * @throws {Error} if it is not TeX that can be read; the message has the formula
 */
export function mathml(
  tex: string,
  { display }: { readonly display: boolean },
): string {
  try {
    return temml.renderToString(tex, {
      displayMode: display,
      throwOnError: true,
    });
  } catch (cause) {
    throw new Error(
      `Cannot typeset "${tex}": ${
        cause instanceof Error ? cause.message.trim() : cause
      }`,
      { cause },
    );
  }
}

/**
 * Markdown whose formulas a code host reads as they are: a displayed one in a
 * block of its own; one in a line, where a backslash or a star could be taken
 * for markup, between backticks.
 */
export function hostedMath(markdown: string): string {
  return markdown.replaceAll(
    new RegExp(`(?<![\\\\$])${FORMULA.source.slice(1)}`, "g"),
    (_, displayed?: string, inLine?: string) =>
      displayed !== undefined
        ? `\`\`\`math\n${displayed.trim()}\n\`\`\``
        : /\\[^a-z]|[*<|]/i.test(inLine ?? "")
        ? `$\`${inLine}\`$`
        : `$${inLine}$`,
  );
}

function read(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "$") return false;
  const found = FORMULA.exec(state.src.slice(state.pos, state.posMax));
  if (found === null) return false;
  if (!silent) {
    const token = state.push("math", "math", 0);
    token.content = (found[1] ?? found[2] ?? "").trim();
    token.markup = found[1] === undefined ? "$" : "$$";
  }
  state.pos += found[0].length;
  return true;
}
