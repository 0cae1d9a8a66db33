/**
 * Durations, sizes and rates as people read them.
 *
 * @module
 */

/** A time in words: `0.4 s`, `12 s`, `3 m 05 s`, `2 h 07 m`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} m ${two(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} m`;
}

/** As {@linkcode duration}, in whole seconds: for what is said while time passes. */
export function ticking(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return whole < 10 ? `${whole} s` : duration(whole);
}

/** A time that is no more than an estimate: `about 40 s`, `about 12 min`, `about 2 h 10 min`. */
export function roughly(seconds: number): string {
  if (seconds < 57.5) return `about ${5 * Math.ceil(seconds / 5)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${minutes} min`;
  const tens = 10 * Math.round(minutes / 10);
  return `about ${Math.floor(tens / 60)} h ${two(tens % 60)} min`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** A number of things in words: `3 stages`, `1 stage`. */
export function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? "" : "s"}`;
}
