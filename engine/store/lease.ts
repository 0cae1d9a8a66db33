/**
 * A lease on a store: a file that says who works on it, renewed while they do.
 * It is for stores that several machines share, where no kernel knows of the
 * others' locks; see docs/decisions/008-locks-between-machines.md.
 *
 * @module
 */
import { join } from "node:path";
import { isNumber, isString, shapeOf } from "../define/shape.ts";

/** Who holds a lease. */
export interface LeaseHolder {
  /** Id of this one hold, drawn by chance. */
  readonly id: string;
  /** The machine of the holder, as {@linkcode thisMachine} gives it. */
  readonly machine: string;
  /** Id of the process on that machine. */
  readonly pid: number;
  /** When the hold began: ISO 8601, UTC, by the clock of that machine; for people. */
  readonly since: string;
}

/** A lease as it lies in the store. */
export interface Lease extends LeaseHolder {
  /** How often the lease was renewed. */
  readonly beat: number;
  /** Seconds since it was renewed, by the clock of the file system alone; 0 on the machine that holds it. */
  readonly age: number;
}

/** The times of a lease, in milliseconds. */
export interface LeaseTiming {
  /** Time between two renewals. */
  readonly beat: number;
  /** Time after which the holder of a lease that was not renewed counts as dead. */
  readonly stale: number;
  /** Time between taking over and being sure that nobody else did at the same time. */
  readonly settle: number;
}

/** The times of every lease: a machine that sleeps, or a network that hangs, for less than `stale` is not dead. */
export const LEASE_TIMING: LeaseTiming = {
  beat: 5_000,
  stale: 30_000,
  settle: 2_000,
};

const isWritten = shapeOf<Omit<Lease, "age">>({
  id: isString,
  machine: isString,
  pid: isNumber,
  since: isString,
  beat: isNumber,
});

const pathIn = (folder: string) => join(folder, "lease.json");

/** The lease in a store; `undefined` if there is none, or none that can be read. */
export function readLease(folder: string): Lease | undefined {
  try {
    const written = readWritten(folder);
    if (written === undefined) return undefined;
    const { lease, time } = written;
    if (isThisMachine(lease.machine)) return { ...lease, age: 0 };
    const candidate = writeCandidate(folder, "");
    const now = Deno.statSync(candidate).mtime?.getTime() ?? 0;
    removeCandidate(candidate);
    return { ...lease, age: (now - time) / 1000 };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * What stands in the file of the lease, and when it was written; `undefined` if
 * that is no lease. The open file is asked for its size: that makes the client
 * of a network file system ask its server, where reading by name may give the
 * file that this machine put there and another has replaced (seen with sshfs).
 *
 * @throws {Deno.errors.NotFound} if there is none
 */
function readWritten(
  folder: string,
): { readonly lease: Omit<Lease, "age">; readonly time: number } | undefined {
  using file = Deno.openSync(pathIn(folder));
  const { mtime, size } = file.statSync();
  const bytes = new Uint8Array(size);
  file.readSync(bytes);
  const lease = parsed(new TextDecoder().decode(bytes));
  return isWritten(lease) ? { lease, time: mtime?.getTime() ?? 0 } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes a lease, or renews it: whoever reads it sees the old one or the new. */
export function writeLease(
  folder: string,
  { id, machine, pid, since }: LeaseHolder,
  beat: number,
): void {
  const text = textOf({ id, machine, pid, since }, beat);
  const candidate = writeCandidate(folder, text);
  try {
    Deno.renameSync(candidate, pathIn(folder));
  } catch (error) {
    removeCandidate(candidate);
    throw error;
  }
}

/**
 * Writes the first lease of a store in which there is none. Of several machines
 * that do so at once one succeeds, wherever the file system has hard links: to
 * make one is the server's to decide.
 *
 * @returns false if a file is there already
 */
export function createLease(folder: string, holder: LeaseHolder): boolean {
  const candidate = writeCandidate(folder, textOf(holder, 0));
  try {
    Deno.linkSync(candidate, pathIn(folder));
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
  } finally {
    removeCandidate(candidate);
  }
  writeLease(folder, holder, 0);
  return true;
}

function textOf(
  { id, machine, pid, since }: LeaseHolder,
  beat: number,
): string {
  return JSON.stringify({ id, machine, pid, since, beat });
}

/** Removes a lease, if it is still that of this holder. */
export function removeLease(folder: string, { id }: LeaseHolder): void {
  try {
    if (isOf(folder, id)) Deno.removeSync(pathIn(folder));
  } catch {
    // It goes stale by itself.
  }
}

/** Whether the lease is that of this holder; if it cannot be read now, that it is. */
export function isOf(folder: string, id: string): boolean {
  try {
    const written = readWritten(folder);
    return written === undefined || written.lease.id === id;
  } catch (error) {
    return !(error instanceof Deno.errors.NotFound);
  }
}

function removeCandidate(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // Whoever holds the store has swept it away.
  }
}

/** A file in `tmp/`, whose time is the file system's now. */
function writeCandidate(folder: string, text: string): string {
  const path = join(folder, "tmp", crypto.randomUUID());
  try {
    Deno.writeTextFileSync(path, text, { createNew: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    Deno.mkdirSync(join(folder, "tmp"), { recursive: true });
    Deno.writeTextFileSync(path, text, { createNew: true });
  }
  return path;
}

/** `process 12 on host-b, since …`; without the machine if it is this one. */
export function holderText({ pid, machine, since, age }: Lease): string {
  if (isThisMachine(machine)) return `process ${pid}, since ${since}`;
  const [name] = machine.split("/");
  return `process ${pid} on ${
    name || "another machine"
  }, since ${since}, last sign of life ${Math.max(0, Math.round(age))} s ago`;
}

let machine: string | undefined;

/** This machine: `NAME/ID`, each as far as it may be known. */
export function thisMachine(): string {
  machine ??= `${attempt(Deno.hostname)}/${
    attempt(() => Deno.readTextFileSync("/etc/machine-id").trim())
  }`;
  return machine;
}

/**
 * Whether a lease is of this machine. Of two processes on it one may know less
 * of it than the other: only what both know can tell machines apart.
 */
export function isThisMachine(other: string): boolean {
  const theirs = other.split("/");
  return thisMachine().split("/").every((part, i) =>
    part === "" || !theirs[i] || part === theirs[i]
  );
}

/** What `read` gives, or nothing where Deno's permissions or the system withhold it. */
function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
