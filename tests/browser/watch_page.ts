/** Hears everything that goes wrong on a page. */
import type { Page } from "playwright-core";

/** What went wrong since the last look; must stay empty. */
export interface Watch {
  readonly problems: () => readonly string[];
}

/** Watches a page from now on; anything outside `root` counts as a problem. */
export function watchPage(page: Page, root: string): Watch {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      problems.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on("requestfailed", (request) => {
    // The icon may still be on its way when the next page is opened.
    if (request.failure()?.errorText === "net::ERR_ABORTED") return;
    problems.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) {
      problems.push(`${response.status()}: ${response.url()}`);
    }
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(root) && !url.startsWith("data:")) {
      problems.push(`outside: ${url}`);
    }
  });
  return { problems: () => problems.splice(0) };
}
