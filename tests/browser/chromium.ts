/** A real browser, where there is one. */
import { existsSync } from "node:fs";
import fs from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];
const FOLDERS = ["/usr/bin", "/usr/local/bin", "/snap/bin"];
const ON_MACOS = ["Google Chrome", "Chromium"].map((name) =>
  `/Applications/${name}.app/Contents/MacOS/${name}`
);

/** Path of Chromium or Chrome. */
export const CHROMIUM: string | undefined = [
  ...FOLDERS.flatMap((folder) => NAMES.map((name) => join(folder, name))),
  ...ON_MACOS,
].find((path) => existsSync(path));

/** For `Deno.test`: skips a test where there is no browser. */
export const needsChromium: { readonly ignore: boolean } = {
  ignore: CHROMIUM === undefined,
};

/** For the name of such a test. */
export const IF_CHROMIUM = CHROMIUM === undefined
  ? " (skipped: no Chromium here)"
  : "";

/** Switches for WebGPU by SwiftShader, the browser's own software driver. */
const WEBGPU = [
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--enable-features=Vulkan,WebGPU",
];

/** Starts the browser without a window, on request with WebGPU. It asks nothing of any network. */
export async function openBrowser(
  { webGpu = false }: { readonly webGpu?: boolean } = {},
): Promise<Browser> {
  // playwright-core looks for a file in /proc, which Deno lets nobody do
  // without all permissions. That file says that one is on Windows.
  const { existsSync } = fs;
  fs.existsSync = (path) =>
    !String(path).startsWith("/proc/") && existsSync(path);
  const { chromium } = await import("playwright-core");
  return await chromium.launch({
    executablePath: CHROMIUM ?? "",
    args: [
      ...Deno.uid() === 0 ? ["--no-sandbox"] : [],
      ...webGpu ? WEBGPU : ["--disable-gpu"],
      ...["--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update"],
      "--disable-sync",
    ],
  });
}
