/**
 * A WebDataset: an archive in which files with the same name before their
 * first point are one example, `0001.jpg` with `0001.cls`, `.txt` or `.json`.
 *
 * @module
 */
import { basename } from "node:path";
import { createGunzip } from "node:zlib";
import { createTarDecoder, type TarHeader } from "modern-tar";
import { messageOf } from "../../../engine/define/message_of.ts";
import { belowCommon, folderClass, setsAmong } from "./folder_classes.ts";
import { isHidden } from "./hidden_files.ts";
import {
  checkLabels,
  type ListedImage,
  type Listing,
  type Refused,
  refused,
  sizeState,
  stampOf,
  stateOf,
  stateOfFile,
} from "./listing.ts";
import { parseExactly, textOf } from "./manifest_rows.ts";

const IMAGE = /^(?:gif|jpe?g|png|webp)$/i;

/** An image that belongs to another, such as a mask: `0001.mask.png`. */
const OTHER_IMAGE = /\.(?:gif|jpe?g|png|webp)$/i;

/** What a link may stand for: an image, a label, or a folder of them. */
const LINKED = /^(?:|gif|jpe?g|png|webp|cls|txt|json)$/i;

/** So many bytes are enough for a label and what is said beside it. */
const MOST_LABEL = 1_000_000;

/** The files that tell of an example. */
interface Example {
  image?: string;
  /** The text of a file by its kind: `cls`, `txt`, `json`. */
  readonly texts: Map<string, string>;
  /** Whether a link may stand for its image. */
  isLinked?: boolean;
}

/**
 * Lists the images of an archive, gzipped or not, in its order. The class is
 * that of `.cls`, of "label" or "cls" in `.json`, or `.txt`; the group is that
 * of "group" in `.json`. Where no image has a label and all lie in folders
 * below one, these are the classes. Hidden files are passed over, as in folders.
 */
export async function listImageTar(path: string): Promise<Listing | Refused> {
  const examples = new Map<string, Example>();
  const problems: string[] = [];
  const others: { readonly name: string; readonly key: string }[] = [];
  const links: string[] = [];
  try {
    for await (const { header, read } of membersOf(path)) {
      if (isHidden(header.name)) continue;
      const { key, kind } = keyOf(header.name);
      const example: Example = examples.get(key) ?? { texts: new Map() };
      if (/link$/.test(header.type ?? "") && LINKED.test(kind)) {
        links.push(header.name);
        example.isLinked = true;
      } else if (IMAGE.test(kind)) {
        if (example.image !== undefined) {
          problems.push(
            `Cannot read images: ${path} has two images of one example, ${example.image} and ${header.name}; keep one`,
          );
        }
        example.image ??= header.name;
      } else if (OTHER_IMAGE.test(kind)) {
        others.push({ name: header.name, key });
      } else if (
        ["cls", "txt", "json"].includes(kind) && header.size <= MOST_LABEL
      ) {
        example.texts.set(kind, new TextDecoder().decode(await read()));
      }
      examples.set(key, example);
    }
  } catch (cause) {
    return refused([`Cannot read images: ${path} ${tarState(path, cause)}`]);
  }
  if (links.length > 0) {
    const what = links.length === 1
      ? `a link, ${links[0]}, and not its file`
      : `${links.length} links, such as ${links[0]}, and not their files`;
    problems.push(
      `Cannot read images: ${path} has ${what}; write it again with tar -h --hard-dereference`,
    );
  }
  const lost = others.filter(({ key }) => {
    const { image, isLinked = false } = examples.get(key) ?? {};
    return image === undefined && !isLinked;
  });
  if (lost[0] !== undefined) {
    const { name, key } = lost[0];
    problems.push(
      `Cannot read images: ${path} has ${name}${
        lost.length === 1 ? "" : ` and ${lost.length - 1} more`
      }, and what stands before the first point, "${key}", is what names an example; put no other point into the names of images`,
    );
  }
  const images: ListedImage[] = [];
  for (const { image, texts } of examples.values()) {
    if (image === undefined) continue;
    const where = `the .json file of ${image} in ${path}`;
    try {
      images.push({ name: image, ...wordsOf(texts, where) });
    } catch (cause) {
      problems.push(
        cause instanceof SyntaxError
          ? `Cannot read images: ${where} is no JSON`
          : messageOf(cause),
      );
    }
  }
  const paths = belowCommon(images.map(({ name }) => name));
  const areClasses = images.every(({ label }) => label === null) &&
    paths.every((path) => path.includes("/"));
  const sets = areClasses ? setsAmong(paths) : [];
  if (sets.length > 0) {
    problems.push(
      `Cannot read images: ${path} has ${
        sets.map((name) => `"${name}"`).join(" and ")
      }, which look like sets with folders of classes; write an archive of each`,
    );
  }
  const listing: Listing = {
    kind: "listed",
    images: areClasses
      ? images.map((image, i) => ({
        ...image,
        label: folderClass(paths[i] ?? ""),
      }))
      : images,
    stamp: stampOf([stateOfFile(path, await Deno.stat(path))]),
    remarks: areClasses
      ? [
        `no image in ${
          basename(path)
        } has a label beside it: the folders there are the classes.`,
      ]
      : [],
    read: (positions) => readMembers(path, { images, positions }),
  };
  // Of images that are left after others were lost, labels tell nothing.
  const all = problems.length > 0 ? problems : checkLabels(path, images);
  if (all.length === 0) return listing;
  return refused(all, images.length > 0 ? listing : undefined);
}

async function* readMembers(
  path: string,
  { images, positions }: {
    readonly images: readonly ListedImage[];
    readonly positions: readonly number[];
  },
): ReturnType<Listing["read"]> {
  const wanted = new Map(
    positions.map((position) => [images[position]?.name, position]),
  );
  try {
    for await (const { header, read } of membersOf(path)) {
      const position = wanted.get(header.name);
      if (position === undefined) continue;
      wanted.delete(header.name);
      const bytes = sizeState(header.size) ?? await read();
      yield { position, bytes };
    }
  } catch (cause) {
    throw new Error(
      `Cannot read images: ${path} ${tarState(path, cause)}; write it again`,
      { cause },
    );
  }
}

/** A file of an archive, or a link to one. */
interface Member {
  readonly header: TarHeader;
  /** Its bytes; a body that is not read is passed over. */
  read(): Promise<Uint8Array>;
}

/**
 * The files of an archive, and links. Of one that is cut off, the decoder may
 * wait for bytes for ever: once all have been given to it, it has a while to go
 * on.
 *
 * @throws {Error} if the archive is damaged
 */
async function* membersOf(path: string): AsyncGenerator<Member> {
  using file = await Deno.open(path);
  const start = new Uint8Array(2);
  await file.read(start);
  await file.seek(0, Deno.SeekMode.Start);
  const isZipped = start[0] === 0x1f && start[1] === 0x8b;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  let fault: unknown;
  const end = (cause: unknown) => {
    fault = cause;
    resolve();
  };
  const inTime = waiter(ended);
  const bytes = ReadableStream.from(told(
    isZipped ? unzipped(file.readable) : file.readable,
    end,
  ));
  const entries = bytes.pipeThrough(createTarDecoder({ strict: true }))
    [Symbol.asyncIterator]();
  while (true) {
    // What is wrong with the bytes says more than that an archive ends with them.
    const { value, done } = await inTime(entries.next()).catch((cause) => {
      throw fault ?? cause;
    });
    if (done === true) {
      await ended;
      if (fault !== undefined) throw fault;
      return;
    }
    const { header, body } = value;
    if (["file", "link", "symlink"].includes(header.type ?? "file")) {
      yield {
        header,
        read: () => inTime(new Response(body).bytes()),
      };
    }
    // A body that is cancelled takes the next one along, which the decoder has begun already.
    if (!body.locked) await inTime(body.pipeTo(new WritableStream()));
  }
}

/** Bytes of all parts of a gzipped file, which may be several one after the other; their sums are checked. */
function unzipped(
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncIterable<Uint8Array<ArrayBuffer>> {
  const unzip = createGunzip();
  const read = async () => {
    for await (const chunk of bytes) {
      if (unzip.destroyed) return;
      if (!unzip.write(chunk)) {
        await new Promise<void>((resolve) => {
          const go = () => {
            unzip.off("drain", go).off("close", go);
            resolve();
          };
          unzip.on("drain", go).on("close", go);
        });
      }
    }
    unzip.end();
  };
  read().catch((cause) => unzip.destroy(cause));
  return unzip;
}

/** Bytes as they come, and a word when there are no more: why, where they cannot be unzipped. */
async function* told(
  bytes: AsyncIterable<Uint8Array<ArrayBuffer>>,
  end: (fault: unknown) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let fault: unknown;
  try {
    yield* bytes;
  } catch (cause) {
    fault = cause;
  } finally {
    end(fault);
  }
}

/** Milliseconds that the decoder has once it was given all bytes. */
const PATIENCE = 10_000;

/**
 * What gives what some work comes to, one after the other; it throws where that
 * waits for more bytes than there are. The end is waited for once, not with
 * each work: an archive has a hundred thousand.
 */
function waiter(
  ended: Promise<void>,
): <T>(work: Promise<T>) => Promise<T> {
  let isEnded = false;
  let reject: ((error: Error) => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = () => {
    if (!isEnded || reject === undefined) return;
    const late = reject;
    timer = setTimeout(() => late(new Error("it ends too early")), PATIENCE);
  };
  ended.then(() => {
    isEnded = true;
    begin();
  });
  return async (work) => {
    const late = Promise.withResolvers<never>();
    reject = late.reject;
    begin();
    try {
      return await Promise.race([work, late.promise]);
    } finally {
      reject = undefined;
      clearTimeout(timer);
    }
  };
}

function tarState(path: string, cause: unknown): string {
  if (cause instanceof Deno.errors.NotFound) {
    return stateOf(path, cause);
  }
  return `is not a complete tar archive (${messageOf(cause)})`;
}

/** The name of an example, and the kind of one of its files. */
function keyOf(name: string): { readonly key: string; readonly kind: string } {
  const point = name.indexOf(".", name.lastIndexOf("/") + 1);
  return point < 0
    ? { key: name, kind: "" }
    : { key: name.slice(0, point), kind: name.slice(point + 1).toLowerCase() };
}

/**
 * @throws {SyntaxError} if JSON is none
 * @throws {Error} if it has a record or a list in the place of a word
 */
function wordsOf(
  texts: Example["texts"],
  where: string,
): Pick<ListedImage, "label" | "group"> {
  const about = parseExactly(texts.get("json") ?? "{}");
  const label = (value: unknown) => textOf(value, { column: "label", where });
  return {
    label: label(texts.get("cls")) ?? label(about?.label) ??
      label(about?.cls) ?? label(texts.get("txt")),
    group: textOf(about?.group, { column: "group", where }),
  };
}
