/**
 * Numbers as words of a sentence, sizes and moments.
 *
 * @module
 */
import { formatCount, formatQuantity } from "./quantity.ts";

/** A confidence level with the decimals that it needs: `95%`, `99.5%`. */
export function levelText(level: number): string {
  const percent = String(Number((100 * level).toFixed(8)));
  const [, decimals = ""] = percent.split(".");
  const digits = decimals.length;
  return formatQuantity({ value: level, unit: "percent", digits });
}

/** A text as a sentence begins: `Filled marks`. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A number of things: `3 stages`, `1 stage`. */
export function counted(n: number, thing: string): string {
  return `${formatCount(n)} ${thing}${n === 1 ? "" : "s"}`;
}

/** A number of bytes in words: `812 B`, `3.2 kB`, `170 MB`. */
export function byteSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let [value, unit] = [bytes, 0];
  // 999.5 would round to 1000.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** A moment to the minute: `2026-01-02 03:04 UTC`. */
export function whenText(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** The day of a run, or its first and last: `2026-11-28 to 2026-11-29`. */
export function daysText(
  { started, finished = started }: {
    readonly started: string;
    readonly finished?: string | undefined;
  },
): string {
  const days = [started, finished].map((iso) => iso.slice(0, 10));
  return [...new Set(days)].join(" to ");
}
