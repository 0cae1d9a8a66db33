/** What of a text is elements of HTML, and not text. */
import { parseHTML } from "linkedom";
import markdownIt from "markdown-it";

/** Elements in their order, each with the names of its attributes; without those of drawings. */
export function elements(html: string): readonly string[] {
  interface Found {
    readonly localName: string;
    readonly attributes: Iterable<{ readonly name: string }>;
  }
  const { document } = parseHTML(html) as unknown as {
    readonly document: { querySelectorAll(all: "*"): Iterable<Found> };
  };
  return [...document.querySelectorAll("*")].map(({ localName, attributes }) =>
    [localName, ...[...attributes].map(({ name }) => name)].join(" ")
  ).filter((element) =>
    !/^(g|text|tspan|defs|path|use|circle|br)\b/.test(element)
  );
}

/** How readers render Markdown that may hold HTML. */
export const markdown = markdownIt({ html: true });

/** Elements of a text of Markdown, as such readers see it. */
export function elementsOfMarkdown(text: string): readonly string[] {
  return elements(`<!doctype html><body>${markdown.render(text)}</body>`);
}
