/**
 * What a stage is made of, by the module and the name that it is exported under.
 *
 * @module
 */
import type { AnyTask } from "../../define/any_task.ts";
import { type Definition, isDefinition } from "../../define/definition.ts";
import { anyTaskOf } from "../../define/task.ts";
import type { ExportName } from "./worker_protocol.ts";

/**
 * Imports a task.
 *
 * @throws {ReferenceError} if the module exports nothing under its name
 * @throws {TypeError} if it is no task
 */
export async function importTask(name: ExportName): Promise<AnyTask> {
  return anyTaskOf(await importExport(name));
}

/**
 * Imports a shift, a model or a codec.
 *
 * @throws {ReferenceError} if the module exports no definition under its name: what
 * is made of one where it is used depends on more than the module
 */
export async function importDefinition<T extends Definition>(
  { module, name }: ExportName,
): Promise<T> {
  const found = await importExport({ module, name });
  if (isDefinition(found)) return found as T;
  throw new ReferenceError(
    `Cannot use "${name}" in ${module}: it is not a definition; export what define() returns under its name`,
  );
}

async function importExport({ module, name }: ExportName): Promise<unknown> {
  const exports: Record<string, unknown> = await import(module);
  if (!(name in exports)) {
    throw new ReferenceError(
      `Cannot find "${name}" in ${module}: a task, definition or codec must be exported under its name`,
    );
  }
  return exports[name];
}
