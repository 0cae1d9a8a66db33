/**
 * The tokens of a WGSL program.
 *
 * @module
 */

/** A piece of a program; `text` may be edited, and the program is all texts in a row. */
export interface Token {
  readonly kind: "name" | "number" | "mark" | "space";
  text: string;
}

// https://www.w3.org/TR/WGSL/#textual-structure; marks are single characters, so that `>>` closes two templates.
const PATTERN =
  /(?<space>\s+)|(?<comment>\/\/[^\n]*|\/\*)|(?<name>[\p{XID_Start}_]\p{XID_Continue}*)|(?<number>0[xX][\da-fA-F.]+(?:[pP][+-]?\d+)?[iufh]?|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[iufh]?)|(?<mark>.)/suy;

/** Cuts a program into tokens; a comment becomes a space. */
export function tokensOf(code: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < code.length) {
    PATTERN.lastIndex = at;
    const match = PATTERN.exec(code) as RegExpExecArray; // `mark` matches anything
    const text = match[0];
    const groups = match.groups ?? {};
    at += text.length;
    if (groups["comment"] !== undefined) {
      if (text === "/*") at = endOfComment(code, at);
      tokens.push({ kind: "space", text: " " });
    } else {
      const kind = (["space", "name", "number"] as const)
        .find((kind) => groups[kind] !== undefined) ?? "mark";
      tokens.push({ kind, text });
    }
  }
  return tokens;
}

/** Where a block comment ends whose inside begins at `at`; they nest. */
function endOfComment(code: string, at: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = at;
  for (let depth = 1; depth > 0;) {
    const match = edge.exec(code);
    if (match === null) return code.length;
    depth += match[0] === "/*" ? 1 : -1;
  }
  return edge.lastIndex;
}

/** The tokens that mean something. */
export function meaningful(tokens: readonly Token[]): Token[] {
  return tokens.filter(({ kind }) => kind !== "space");
}

const CLOSING: Readonly<Record<string, string>> = {
  "(": ")",
  "[": "]",
  "{": "}",
  "<": ">",
};

/**
 * The place of the token that closes the bracket at `open`; -1 if none does.
 * Other kinds of brackets inside are not looked at: they close in the order in
 * which they open, but `<` may also be a comparison.
 */
export function closingOf(tokens: readonly Token[], open: number): number {
  const opening = tokens[open]?.text ?? "";
  const closing = CLOSING[opening];
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const { text } = tokens[i] as Token;
    if (text === opening) depth++;
    else if (text === closing && --depth === 0) return i;
  }
  return -1;
}

/** Tokens between commas that stand in no bracket; none if there are no tokens. */
export function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if ("([{<".includes(token.text)) depth++;
    else if (")]}>".includes(token.text)) depth--;
    if (token.text === "," && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** The text of tokens without what separates them. */
export function compactText(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join("");
}
