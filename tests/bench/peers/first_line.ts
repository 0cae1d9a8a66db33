/** The first line that a command prints, or `undefined` if there is no such command. */
export async function firstLine(
  command: string,
  ...args: readonly string[]
): Promise<string | undefined> {
  // It throws, not rejects, where there is none.
  const run = async () =>
    await new Deno.Command(command, { args: [...args] }).output();
  const output = await run().catch(() => undefined);
  return output?.success
    ? new TextDecoder().decode(output.stdout).trim().split("\n")[0]
    : undefined;
}
