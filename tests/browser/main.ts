/**
 * Tests of whole sites in a real browser: `deno task test:browser`, and with
 * `--site DIR` of a site that was made before, too. Not named as a test file,
 * because it needs more permissions than those have. Long, since each of its
 * tests is what one reader does on the same open site.
 */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { axeProblems } from "./axe_problems.ts";
import { IF_CHROMIUM, needsChromium, openBrowser } from "./chromium.ts";
import { fixtureSite } from "./fixture.ts";
import { htmlProblems } from "./html_problems.ts";
import { filesOf, type Place, placesOf, written } from "./places.ts";
import { takeShots } from "./shots.ts";
import { walk } from "./walk.ts";
import { watchPage } from "./watch_page.ts";
import "./wgsl_main.ts";

const { site } = parseArgs({
  args: Deno.args,
  options: { site: { type: "string" } },
}).values;

const LIGHT = ["light"] as const;
const SCHEMES = ["light", "dark"] as const;

let browser: Browser | undefined;
Deno.test.afterAll(async () => {
  await browser?.close();
});

/** A site in a folder: the fixture, or the one of `--site`. */
type Opened = AsyncDisposable & { readonly folder: string };

let files: ReadonlyMap<string, string | Uint8Array> | undefined;

/** The fixture, made once, in a folder of its own. */
const example = () => written(files ??= fixtureSite());

/** The fixture has pages of every kind, so that it is opened everywhere and in both schemes; of a site that was made each page is opened once. */
const SITES: Readonly<
  Record<string, { open: () => Promise<Opened>; isMade: boolean }>
> = {
  "the example site": { open: example, isMade: false },
  ...site === undefined ? {} : {
    [`the site in ${site}`]: {
      open: () =>
        Promise.resolve({
          folder: resolve(site),
          [Symbol.asyncDispose]: () => Promise.resolve(),
        }),
      isMade: true,
    },
  },
};

for (const [name, { open, isMade }] of Object.entries(SITES)) {
  inBrowser(
    `site() gives ${name} pages without an error, ${
      isMade ? "below a path" : "from file://, a server's root and a path"
    }`,
    async () => {
      await using opened = await open();
      const pages = filesOf(opened.folder, ".html");
      const places = placesOf(opened.folder);
      for (const place of isMade ? places.slice(-1) : places) {
        await using at = place;
        await eachPage(pages, at, { width: 360 }, async (page, path) => {
          const overflow = await page.evaluate(() => {
            const { scrollWidth, clientWidth } = globalThis.document
              .documentElement;
            return scrollWidth - clientWidth;
          });
          assert.ok(
            overflow <= 0,
            `${path} is ${overflow} pixels wider than a window of 360`,
          );
        });
      }
    },
  );

  inBrowser(
    `site() gives ${name} pages in which axe finds nothing serious, ${
      isMade ? "light" : "light and dark"
    }`,
    async () => {
      await using opened = await open();
      const pages = filesOf(opened.folder, ".html");
      await using at = placesOf(opened.folder)[0] as Place;
      const found: string[] = [];
      // Of the example each page is looked at for its colours whole.
      const styles = isMade ? new Set<number>() : undefined;
      await eachPage(pages, at, { width: 1000 }, async (page, path) => {
        for (const scheme of isMade ? LIGHT : SCHEMES) {
          await page.emulateMedia({ colorScheme: scheme });
          const problems = await axeProblems(page, scheme, styles);
          found.push(...problems.map((one) => `${path} (${scheme}): ${one}`));
        }
      });
      assert.deepEqual(found, []);
    },
  );

  inBrowser(
    `site() begins the experiments of ${name} within two screens, on a phone as well, and shows the shifts above their list`,
    async () => {
      await using opened = await open();
      await using at = placesOf(opened.folder)[0] as Place;
      const page = await newPage({ width: 1280 });
      await page.goto(`${at.root}index.html`);
      const begins = async (selector: string) =>
        (await page.locator(selector).first().boundingBox())?.y ?? Infinity;
      const experiments = await begins("#experiments");
      assert.ok(experiments < 2 * 900, `they begin at ${experiments}`);
      if (await page.locator("ul.pictures").count() > 0) {
        const pictures = await begins("ul.pictures");
        const list = await begins("#experiments ~ div table");
        assert.ok(experiments < pictures && pictures < list);
      }
      // Panels stand in strips there.
      await page.setViewportSize({ width: 390, height: 844 });
      const onPhone = await begins("#experiments");
      assert.ok(onPhone < 2 * 844, `on a phone they begin at ${onPhone}`);
      await page.context().close();
    },
  );

  inBrowser(
    `site() gives ${name} files of XML that are well-formed`,
    async () => {
      await using opened = await open();
      const page = await newPage({ width: 800 });
      const files = [
        ...filesOf(opened.folder, ".xml"),
        ...filesOf(opened.folder, ".svg"),
      ];
      for (const path of files) {
        const text = await Deno.readTextFile(join(opened.folder, path));
        const error = await page.evaluate((text) => {
          const parser = new (globalThis as unknown as {
            DOMParser: new () => {
              parseFromString(text: string, type: string): {
                querySelector(name: string): { textContent: string } | null;
              };
            };
          }).DOMParser();
          const parsed = parser.parseFromString(text, "application/xml");
          return parsed.querySelector("parsererror")?.textContent ?? null;
        }, text);
        assert.equal(error, null, path);
      }
      await page.context().close();
    },
  );

  Deno.test(`site() gives ${name} pages that are valid HTML`, async () => {
    await using opened = await open();
    const found: string[] = [];
    for (const path of filesOf(opened.folder, ".html")) {
      const text = await Deno.readTextFile(join(opened.folder, path));
      const problems = await htmlProblems(text);
      found.push(...problems.map((one) => `${path}: ${one}`));
    }
    assert.deepEqual(found, []);
  });

  Deno.test(`site() keeps ${name} within its budget: page 150 kB, script and style 15 kB each`, async () => {
    await using opened = await open();
    const found: string[] = [];
    const check = async (ending: string, most: number) => {
      for (const path of filesOf(opened.folder, ending)) {
        if (path.endsWith("search_index.js")) continue;
        const { size } = await Deno.stat(join(opened.folder, path));
        if (size > most) found.push(`${path}: ${size} bytes, ${most} allowed`);
      }
    };
    await check(".html", 150_000);
    await check(".js", 15_000);
    await check(".css", 15_000);
    assert.deepEqual(found, []);
  });
}

inBrowser(
  "search() finds pages and figures by the keyboard, wherever the site is",
  async () => {
    await using opened = await example();
    for (const place of placesOf(opened.folder)) {
      await using at = place;
      const page = await newPage({ width: 1000 });
      const { problems } = watchPage(page, at.root);
      await page.goto(`${at.root}awkward-text/index.html`);
      const field = page.getByRole("searchbox");
      await field.focus();
      await field.pressSequentially("calibrtion");
      const status = page.locator("form.search [role=status]");
      await status.filter({ hasText: "found" }).waitFor();
      const found = page.locator("form.search ol a");
      assert.match(
        await found.first().innerText(),
        /Calibration of a classifier.*figure/,
      );
      await page.keyboard.press("ArrowDown");
      assert.equal(
        await found.first().evaluate((link) =>
          link === link.ownerDocument.activeElement
        ),
        true,
      );
      await page.keyboard.press("Enter");
      await page.waitForURL(/every-kind\/.*index\.html/);
      assert.deepEqual(problems(), [], at.name);
      await page.context().close();
    }
  },
);

inBrowser(
  "search() says that nothing is found, shows text as text, and closes at Escape",
  async () => {
    await using opened = await example();
    await using at = placesOf(opened.folder)[0] as Place;
    const page = await newPage({ width: 1000 });
    const { problems } = watchPage(page, at.root);
    await page.goto(`${at.root}index.html`);
    const field = page.getByRole("searchbox");
    const status = page.locator("form.search [role=status]");
    const links = page.locator("form.search ol a");
    await field.fill("zzzz");
    await status.filter({ hasText: "Nothing found." }).waitFor();
    await field.fill("alert");
    await status.filter({ hasText: "found" }).waitFor();
    assert.match(await links.first().innerText(), /<script>alert\("1"\)/);
    await page.keyboard.press("Escape");
    assert.deepEqual([await field.inputValue(), await links.count()], ["", 0]);
    assert.deepEqual(problems(), []);
    await page.context().close();
  },
);

inBrowser(
  "hover() tells of the point under the pointer and of the one that has the focus",
  async () => {
    await using opened = await example();
    await using at = placesOf(opened.folder)[0] as Place;
    const page = await newPage({ width: 1000 });
    const { problems } = watchPage(page, at.root);
    await page.goto(`${at.root}spurious-tint/index.html`);
    const tip = page.locator(".drawing .tip").first();
    const point = page.locator(".drawing [tabindex='-1'][role=img]").last();
    await point.hover();
    await tip.waitFor({ state: "visible" });
    const words = (text: string | null) => text?.replaceAll(/\s+/g, "");
    const label = words(await point.getAttribute("aria-label")) ?? "";
    assert.ok(label !== "" && words(await tip.innerText())?.startsWith(label));
    await page.mouse.move(0, 0);
    await tip.waitFor({ state: "hidden" });
    await page.locator(".drawing [tabindex='0']").first().focus();
    await tip.filter({ hasText: /1 of \d+/ }).waitFor({ state: "visible" });
    const first = await tip.innerText();
    await page.keyboard.press("ArrowRight");
    await tip.filter({ hasText: /2 of \d+/ }).waitFor({ state: "visible" });
    assert.notEqual(await tip.innerText(), first);
    await page.keyboard.press("Escape");
    await tip.waitFor({ state: "hidden" });
    assert.deepEqual(problems(), []);
    await page.context().close();
  },
);

inBrowser(
  "hover() shows its words beside every drawing, light and dark, wide and narrow: they cover no mark and leave the window nowhere",
  async () => {
    await using opened = await example();
    await using at = placesOf(opened.folder)[0] as Place;
    for (const [width, scheme] of [[1280, "light"], [390, "dark"]] as const) {
      const page = await newPage({ width, scheme });
      const { problems } = watchPage(page, at.root);
      for (const path of ["spurious-tint", "every-kind"]) {
        await page.goto(`${at.root}${path}/index.html`);
        const lists = page.locator(".drawing > select.marks");
        assert.ok(await lists.count() > 0, path);
        for (const list of await lists.all()) {
          const name = await list.getAttribute("aria-label");
          await list.scrollIntoViewIfNeeded();
          await list.selectOption({ index: 1 });
          const drawing = list.locator("xpath=..");
          const [tip, svg] = await Promise.all(
            [".tip", "svg.plot >> nth=0"].map((part) =>
              drawing.locator(part).first().boundingBox()
            ),
          );
          assert.ok(tip && svg, `${name} at ${width}`);
          assert.ok(
            tip.x >= 0 && tip.x + tip.width <= width,
            `${name} at ${width}: the words leave the window`,
          );
          // A drawing that is higher than the window has them at its end.
          const beside = tip.x >= svg.x + svg.width ||
            tip.y >= svg.y + svg.height || tip.y + tip.height <= svg.y;
          assert.ok(
            beside || svg.height > 600,
            `${name} at ${width}: the words cover the drawing`,
          );
        }
      }
      assert.deepEqual(problems(), []);
      await page.context().close();
    }
  },
);

inBrowser(
  "site() shows marks as large as on a phone where its figures are wide",
  async () => {
    await using opened = await example();
    await using at = placesOf(opened.folder)[0] as Place;
    const page = await newPage({ width: 392 });
    await page.goto(`${at.root}spurious-tint/index.html`);
    const drawing = page.locator(".drawing > svg.plot").first();
    const sizes = async () => {
      const boxes = [drawing, drawing.locator("use").first()].map((part) =>
        part.boundingBox()
      );
      return (await Promise.all(boxes)).map((box) => box?.width ?? 0);
    };
    const [narrow = 0, small = 0] = await sizes();
    await page.setViewportSize({ width: 1280, height: 800 });
    const [wide = 0, large = 0] = await sizes();
    assert.ok(wide > 1.5 * narrow, `${narrow} and ${wide}`);
    assert.ok(large > 0.9 * small && large < 1.2 * small, `${small}, ${large}`);
    await page.context().close();
  },
);

inBrowser(
  "pageHtml() can be read with the keyboard alone: the skip link comes first, everything that acts can be reached and is seen and is no whole drawing",
  async () => {
    await using opened = await example();
    await using at = placesOf(opened.folder)[0] as Place;
    const page = await newPage({ width: 1000 });
    await page.goto(`${at.root}spurious-tint/index.html`);
    await page.keyboard.press("Tab");
    const skip = page.locator(":focus");
    assert.equal(await skip.innerText(), "Skip to the content");
    const box = await skip.boundingBox();
    assert.ok(box !== null && box.x >= 0 && box.y >= 0 && box.width > 50);
    await page.keyboard.press("Enter");
    await page.waitForURL(/#content$/);
    await page.goto(`${at.root}spurious-tint/index.html`);
    const { reached, expected, unseen } = await walk(page);
    assert.deepEqual(unseen, []);
    assert.deepEqual([...reached].filter((one) => /^svg /i.test(one)), []);
    assert.deepEqual(
      [...new Set(expected)].filter((one) => !reached.has(one)),
      [],
    );
    await page.context().close();
  },
);

inBrowser(
  "pageHtml() shows everything without scripts, and no search that would not work",
  async () => {
    await using opened = await example();
    await using at = placesOf(opened.folder)[0] as Place;
    const page = await newPage({ width: 1000, scripts: false });
    const { problems } = watchPage(page, at.root);
    await page.goto(`${at.root}spurious-tint/index.html`);
    assert.equal(await page.locator("form.search").isVisible(), false);
    assert.equal(await page.locator("svg.plot").first().isVisible(), true);
    await page.locator("details summary").first().click();
    assert.equal(
      await page.locator("details table").first().isVisible(),
      true,
    );
    assert.deepEqual(problems(), []);
    await page.context().close();
  },
);

inBrowser(
  "notFound() leads home from any depth, at a root and below a path",
  async () => {
    await using opened = await example();
    for (const place of placesOf(opened.folder).slice(1)) {
      await using at = place;
      const page = await newPage({ width: 1000 });
      for (const lost of ["nothing.html", "deep/er/nothing.html", "data/"]) {
        const answer = await page.goto(at.root + lost);
        assert.equal(answer?.status(), 404);
        const home = page.getByRole("link", { name: "Go to the start" });
        await page.waitForFunction(
          (root) =>
            globalThis.document.querySelector<{ href: string } & Element>(
              "#home",
            )?.href === root,
          at.root,
        );
        await home.click();
        assert.equal(await page.locator("h1").first().innerText(), "shiftline");
      }
      await page.context().close();
    }
  },
);

inBrowser(
  "site() looks as it is meant to, light, dark, narrow and printed",
  async () => {
    await using opened = await example();
    await using at = placesOf(opened.folder)[0] as Place;
    const paths = (filesOf(opened.folder, "index.html"))
      .filter((path) =>
        path.split("/").length <= 2 || path.includes("/parts/")
      );
    const page = await newPage({ width: 1200 });
    const grounds = await takeShots(page, { root: at.root, paths });
    await page.context().close();
    for (const { path, light, dark, printed } of grounds) {
      assert.ok(light > 0.9, `${path} is bright in light mode: ${light}`);
      assert.ok(dark < 0.2, `${path} is dark in dark mode: ${dark}`);
      assert.ok(printed > 0.9, `${path} is printed on white: ${printed}`);
    }
  },
);

/** A test that needs the browser. */
function inBrowser(name: string, fn: () => Promise<void>): void {
  Deno.test({
    name: name + IF_CHROMIUM,
    ...needsChromium,
    // The browser is one for all tests.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      browser ??= await openBrowser();
      await fn();
    },
  });
}

interface View {
  readonly width: number;
  readonly scheme?: "light" | "dark";
  readonly scripts?: boolean;
}

async function newPage(
  { width, scheme = "light", scripts = true }: View,
): Promise<Page> {
  assert.ok(browser);
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme: scheme,
    javaScriptEnabled: scripts,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(5000);
  return await context.newPage();
}

/** Opens every page of a place, one after the other in one tab, and looks at it. */
async function eachPage(
  paths: readonly string[],
  at: Place,
  view: View,
  look: (page: Page, path: string) => Promise<void>,
): Promise<void> {
  const page = await newPage(view);
  const { problems } = watchPage(page, at.root);
  for (const path of paths) {
    await page.goto(at.root + path);
    await look(page, path);
    assert.deepEqual(problems(), [], `${path} from ${at.name}`);
  }
  await page.context().close();
}
