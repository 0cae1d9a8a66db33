import { pathToFileURL } from "node:url";

/** Runs `use` with a resolver into a folder where the package holds `files`. */
export async function withPackage(
  files: Readonly<Record<string, Uint8Array>>,
  use: (resolve: (specifier: string) => string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/some-images`);
    for (const [name, bytes] of Object.entries(files)) {
      await Deno.writeFile(`${folder}/some-images/${name}`, bytes);
    }
    await use((specifier) => pathToFileURL(`${folder}/${specifier}`).href);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
