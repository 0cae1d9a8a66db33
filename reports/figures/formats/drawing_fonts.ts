/**
 * The fonts of drawings that bring theirs along: PNG and PDF files.
 *
 * @module
 */
import { readFileSync } from "node:fs";

/** The family of the fonts of drawings. */
export const FONT_FAMILY = "Source Sans 3";

const FILES = {
  regular: "400Regular/SourceSans3_400Regular.ttf",
  semibold: "600SemiBold/SourceSans3_600SemiBold.ttf",
} as const;

const loaded = new Map<string, Uint8Array<ArrayBuffer>>();

/**
 * The font file for a weight: regular, or from 600 semibold.
 *
 * @throws {Error} if it cannot be read
 */
export function drawingFont(weight: number): Uint8Array<ArrayBuffer> {
  const name = FILES[weight >= 600 ? "semibold" : "regular"];
  let file = loaded.get(name);
  if (file === undefined) {
    const url = import.meta.resolve(`@expo-google-fonts/source-sans-3/${name}`);
    try {
      file = readFileSync(new URL(url));
    } catch (cause) {
      const state = cause instanceof Deno.errors.NotCapable
        ? "the permissions do not cover it, because node_modules is a link out of the project"
        : "it is missing or cannot be read";
      throw new Error(
        `Cannot read the font "${name}": ${state}; put the packages into the project with \`deno install\``,
      );
    }
    loaded.set(name, file);
  }
  return file;
}
