/** A strict reader of XML 1.0 without document types: what a drawing must be. */

const NAME = "[A-Za-z_:][\\w:.-]*";
const REFERENCE = "&(?:amp|lt|gt|quot|apos|#\\d+|#x[\\da-fA-F]+);";
const ATTRIBUTE = `\\s+(${NAME})="(?:[^<&"]|${REFERENCE})*"`;
const TOKEN = new RegExp(
  `(?<text>(?:[^<&]|${REFERENCE})+)|<(?<open>${NAME})(?<attributes>(?:${ATTRIBUTE})*)\\s*(?<empty>/?)>|</(?<close>${NAME})\\s*>`,
  "uy",
);

/** What keeps a text from being well-formed XML; `undefined` if nothing does. */
export function malformed(xml: string): string | undefined {
  const odd = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u
    .exec(xml);
  if (odd !== null) return `character ${odd[0].codePointAt(0)} at ${odd.index}`;
  const open: string[] = [];
  let roots = 0;
  const token = new RegExp(TOKEN);
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const found = token.exec(xml)?.groups;
    if (found === undefined) return `"${xml.slice(at, at + 40)}" at ${at}`;
    if (found["close"] !== undefined) {
      if (open.pop() !== found["close"]) return `</${found["close"]}> at ${at}`;
    } else if (found["open"] !== undefined) {
      if (open.length === 0) roots++;
      const names = [
        ...found["attributes"]?.matchAll(new RegExp(ATTRIBUTE, "g")) ?? [],
      ].map(([, name]) => name);
      if (new Set(names).size < names.length) return `attributes at ${at}`;
      if (found["empty"] === "") open.push(found["open"]);
    } else if (open.length === 0 && found["text"]?.trim() !== "") {
      return `text outside at ${at}`;
    }
  }
  return open.length > 0 || roots !== 1 ? "it does not end" : undefined;
}
