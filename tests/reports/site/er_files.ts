import type { ErFiles } from "../../../reports/site/er_page.ts";

/** Every file of a page as one text, by path. */
export function textsOf({ page, data }: ErFiles): ReadonlyMap<string, string> {
  return new Map([
    ...page,
    ...[...data].map(([path, blocks]) => [path, [...blocks].join("")] as const),
  ]);
}
