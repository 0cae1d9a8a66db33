/**
 * `404.html`: what a static host shows for an address that leads nowhere.
 *
 * @module
 */
import { html } from "../text/html.ts";

/**
 * The page. A host shows it at any depth, so it takes nothing from beside it;
 * where the address of the site is not known, its script looks for the nearest
 * folder above that has a manifest.
 */
export function notFound(baseUrl: string | undefined): string {
  const home = baseUrl === undefined ? "/" : new URL(baseUrl).pathname;
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>Not found · shiftline</title>
        <link rel="icon" href="data:,">
        <style>:root { color-scheme: light dark; } html { background: light-dark(#fff, #16181b); color: light-dark(#1b1d20, #e8e9eb); } body { max-width: 40rem; margin: 4rem auto; padding: 0 1rem; font: 1.0625rem/1.6 system-ui, sans-serif; } a { color: light-dark(#0b5cad, #79b8f5); }</style>
      </head>
      <body>
    <main>
    <h1>There is no such page</h1>
    <p>Pages of earlier runs keep their addresses, so this one never existed or is mistyped.</p>
    <p><a id="home" href="${home}">Go to the start of the site</a></p>
    </main>
    ${baseUrl === undefined
      ? { html: `<script>"use strict";(${findHome.toString()})();</script>\n` }
      : null}</body>
    </html>
  `.html;
}

/** Points the link to the start at the nearest folder above that has a manifest; runs in the browser. */
function findHome(): void {
  const page = globalThis as unknown as {
    readonly location: { readonly protocol: string; readonly pathname: string };
    readonly document: {
      getElementById(id: string): { setAttribute(n: string, v: string): void };
    };
  };
  if (!page.location.protocol.startsWith("http")) return;
  const parts = page.location.pathname.split("/").slice(0, -1);
  const look = async (depth: number): Promise<void> => {
    if (depth === 0) return;
    const folder = `${parts.slice(0, depth).join("/")}/`;
    const { ok } = await fetch(`${folder}manifest.json`, { method: "HEAD" });
    if (!ok) return look(depth - 1);
    page.document.getElementById("home").setAttribute("href", folder);
  };
  look(parts.length).catch(() => {});
}
