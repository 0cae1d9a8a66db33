/**
 * What a Markdown page links to, and what can be linked to in it.
 *
 * @module
 */
import { headingId } from "./markdown.ts";

/** Addresses of links and pictures, in order. */
export function markdownLinks(markdown: string): readonly string[] {
  return [...withoutCode(markdown).matchAll(/(?<!\\)\]\(([^\s()]*)\)/g)]
    .map(([, address = ""]) => address);
}

/** Ids that code hosts know: those of anchors, and those that they give headings. */
export function markdownIds(markdown: string): readonly string[] {
  const text = withoutCode(markdown);
  return [
    ...[...text.matchAll(/<a id="([^"]*)">/g)].map(([, id = ""]) => id),
    ...[...text.matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = ""]) =>
      headingId(heading.replaceAll(/\\(.)/g, "$1"))
    ),
  ];
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```$/gm, "")
    .replaceAll(/(`+)[^`]*\1/g, "");
}
