/** What goes with a message. */
export interface UsageErrorOptions extends ErrorOptions {
  /** What stands below it, a line each where there is room: names that were perhaps meant. */
  readonly list?: readonly string[];
}

/** The command line asks for something that does not exist or makes no sense. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** What stands below the message, a line each where there is room. */
  readonly list: readonly string[];

  constructor(
    message: string,
    { list = [], ...options }: UsageErrorOptions = {},
  ) {
    super(message, options);
    this.list = list;
  }
}
