const { os, arch } = Deno.build;

/**
 * What V8 is told: docs/decisions/016-wide-kernels.md. Deno does not start with
 * a flag that its V8 lacks. The tasks of deno.json take the same from
 * `cli/v8_flags/`, all but `er`, so that none finds what V8 has compiled under
 * other flags and compiles it anew.
 */
export const V8_FLAGS = `--v8-flags=--no-wasm-bounds-checks${
  os === "linux" && arch === "x86_64" ? ",--experimental-wasm-revectorize" : ""
}`;
