/** Screenshots, to be looked at: `tests/browser/shots/`, which git ignores. */
import { decode } from "fast-png";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { Page } from "playwright-core";

const FOLDER = fileURLToPath(new URL("shots/", import.meta.url));

/** How bright the ground of a page is, 0 to 1, in each way of showing it. */
export interface Ground {
  readonly path: string;
  readonly light: number;
  readonly dark: number;
  readonly printed: number;
}

/** Takes pictures of every page; the brightness of their upper left corners. */
export async function takeShots(
  page: Page,
  { root, paths }: { readonly root: string; readonly paths: readonly string[] },
): Promise<readonly Ground[]> {
  await Deno.mkdir(FOLDER, { recursive: true });
  const grounds: Ground[] = [];
  for (const path of paths) {
    const name = path.replace(/\/?index\.html$/, "").replaceAll("/", "-") ||
      "front";
    const shot = async (way: string) => {
      const png = await page.screenshot({
        path: join(FOLDER, `${name}-${way}.png`),
        fullPage: true,
      });
      return brightness(png);
    };
    await page.setViewportSize({ width: 1200, height: 800 });
    await page.emulateMedia({ media: "screen", colorScheme: "light" });
    await page.goto(root + path);
    const light = await shot("light");
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await shot("dark");
    await page.emulateMedia({ media: "print" });
    const printed = await shot("print");
    await page.emulateMedia({ media: "screen", colorScheme: "light" });
    await page.setViewportSize({ width: 360, height: 800 });
    await shot("narrow");
    grounds.push({ path, light, dark, printed });
  }
  return grounds;
}

function brightness(png: Uint8Array): number {
  const { data } = decode(png);
  return ((data[0] ?? 0) + (data[1] ?? 0) + (data[2] ?? 0)) / (3 * 255);
}
