/** The first line that a command prints, or `undefined` if there is no such command. */
export async function firstLine(
  command: string,
  ...args: readonly string[]
): Promise<string | undefined> {
  const output = await new Deno.Command(command, { args: [...args] }).output()
    .catch(() => undefined);
  return output?.success
    ? new TextDecoder().decode(output.stdout).trim().split("\n")[0]
    : undefined;
}
