/// <reference lib="dom" />
/**
 * The search of the site, as it runs in the browser.
 *
 * @module
 */

/** What a page, or a part of one, is: said of whatever is found. */
export type SearchKind =
  | "front page"
  | "experiment"
  | "shift"
  | "model"
  | "data"
  | "claim"
  | "figure"
  | "lineage"
  | "method"
  | "guide"
  | "answer"
  | "material"
  | "paper"
  | "runs";

/** Something that can be found: a page, a section of one, a figure, a claim. */
export interface SearchEntry {
  /** What it is called. */
  readonly title: string;
  /** A figure, a claim, or else what its page is. */
  readonly kind: SearchKind;
  /** The page that it is on; of the page of a figure that above it. */
  readonly page?: string | undefined;
  /** Its address from the root of the site. */
  readonly href: string;
  /** Its words. */
  readonly text: string;
}

/**
 * Makes the search form of a page work: the index is a script, loaded when it
 * is first needed, because a page from `file://` may not fetch. Uses nothing
 * of this module: its text is what the site serves.
 */
export function search(document: Document): void {
  const form = document.querySelector<HTMLFormElement>("form.search");
  const input = form?.querySelector("input");
  const status = form?.querySelector<HTMLElement>("[role=status]");
  const list = form?.querySelector("ol");
  if (!form || !input || !status || !list) return;
  const root = form.dataset["root"] ?? "./";
  const most = 12;
  const world = globalThis as { shiftlineIndex?: readonly SearchEntry[] };
  const compound = /[\p{L}\p{N}\p{M}]+(?:[-‐‑–’'.][\p{L}\p{N}\p{M}]+)*/gu;
  const folded = new Map<string, readonly string[]>();
  /** Every word of the site. */
  const known = new Set<string>();
  /** How many entries have a title. */
  const alike = new Map<string, number>();

  /** A word as it is compared: small, without accents, American, trained like training. */
  const fold = (word: string) =>
    word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/grey/g, "gray").replace(/([a-z]{3})our/g, "$1or")
      .replace(/([iy])s/g, "$1z").replace(/ll/g, "l")
      .replace(/([a-z]{4})(?:ing|ed)$/, "$1");

  /** A compound as one word, and its parts if it has several: resnet8, res, net, 8 for ResNet-8. */
  const formsOf = (text: string): readonly string[] => {
    let forms = folded.get(text);
    if (forms === undefined) {
      const parts = text.replace(/(\p{Ll})(?=\p{Lu})/gu, "$1-")
        .split(/[-‐‑–’'.]/).map(fold);
      forms = [...new Set([fold(parts.join("")), ...parts])];
      folded.set(text, forms);
    }
    return forms;
  };
  const wordsOf = (text: string): readonly string[] =>
    (text.match(compound) ?? []).flatMap(formsOf);

  let loading: Promise<readonly ReturnType<typeof read>[]> | undefined;
  const read = (entry: SearchEntry) => {
    const titles = wordsOf(entry.title);
    const texts = wordsOf(`${entry.page ?? ""} ${entry.text}`);
    for (const word of [...titles, ...texts]) known.add(word);
    alike.set(entry.title, (alike.get(entry.title) ?? 0) + 1);
    return { entry, titles, texts: new Set(texts) };
  };
  const load = () =>
    loading ??= new Promise<readonly SearchEntry[]>((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${root}search_index.js`;
      script.addEventListener(
        "load",
        () => resolve(world.shiftlineIndex ?? []),
      );
      script.addEventListener("error", () => {
        loading = undefined; // the next word tries again
        reject(new Error("no index"));
      });
      document.head.append(script);
    }).then((entries) => entries.map(read));

  /** Whether a word begins like another but for one letter: another, one more, one less, or two that changed places. */
  const isNear = (word: string, like: string) => {
    let i = 0;
    while (i < like.length && word[i] === like[i]) i++;
    return word.startsWith(like.slice(i + 1), i + 1) ||
      word.startsWith(like.slice(i + 1), i) ||
      word.startsWith(like.slice(i), i + 1) ||
      word[i] === like[i + 1] && word[i + 1] === like[i] &&
        word.startsWith(like.slice(i + 2), i + 2);
  };

  /** The words of the site that one of the query may mean: those that it begins, those near it, and those of which it is a longer form. */
  const meant = (word: string): ReadonlySet<string> => {
    const all = [...known];
    const long = word.length < 3 ? [] : all.filter((one) => one.length >= 4);
    const tries = [
      all.filter((one) => one.startsWith(word)),
      // Of three letters one is much: the first has to be right, and the word no longer than with one more.
      long.filter((one) =>
        isNear(one, word) &&
        (word.length > 3 || one[0] === word[0] && one.length === 4)
      ),
      word.length < 4 ? [] : long.filter((one) => word.startsWith(one)),
    ];
    return new Set(tries.find((found) => found.length > 0));
  };

  type Word = { readonly word: string; readonly near: ReadonlySet<string> };
  /** One word of the query: as one where the site has it, or as its parts; any will do. */
  type Term = readonly (readonly Word[])[];

  /** What is asked for, each word with those of the site that it may mean. */
  const asked = (query: string): readonly Term[] =>
    (query.match(compound) ?? []).map((one) => {
      const [whole, ...parts] = formsOf(one)
        .map((word): Word => ({ word, near: meant(word) }));
      if (whole === undefined || parts.length === 0) {
        return whole === undefined ? [] : [[whole]];
      }
      const isKnown = [...whole.near].some((found) =>
        found.length >= whole.word.length - 1
      );
      return isKnown ? [[whole], parts] : [parts];
    });

  /** How well an entry answers; 0 if a word is nowhere in it. */
  const score = (
    { entry, titles, texts }: ReturnType<typeof read>,
    terms: readonly Term[],
  ) => {
    // A claim is a sentence, which is about much.
    const isNamed = entry.kind !== "claim" || entry.page === undefined;
    const pointsOf = ({ word, near }: Word) =>
      isNamed && titles.includes(word)
        ? 8
        : isNamed && titles.some((one) => near.has(one))
        ? 5
        : titles.includes(word) || texts.has(word)
        ? 2
        : titles.some((one) => near.has(one))
        ? 1
        : [...near].some((one) => texts.has(one))
        ? 1
        : 0;
    let sum = 0;
    for (const term of terms) {
      let points = 0;
      for (const words of term) {
        const [least = 0] = words.map(pointsOf).sort((a, b) => a - b);
        // Parts may stand far from each other.
        points = Math.max(points, words.length > 1 ? 0.8 * least : least);
      }
      if (points === 0) return 0;
      sum += points;
    }
    // Of those that answer alike, pages come before figures and other parts, and short titles first;
    // names of stages and sections that many pages have after all else that is said in words.
    const isPart = entry.page !== undefined || entry.kind === "figure";
    const points = sum + (isPart ? 0 : 0.5) + 1 / titles.length;
    const isShared = isPart && (alike.get(entry.title) ?? 0) > 3;
    return entry.kind === "lineage"
      ? points / 10
      : isShared
      ? points / 5
      : points;
  };

  /** The surroundings of the first word that was found, with the words marked. */
  const excerpt = (text: string, terms: readonly Term[]) => {
    const near = terms.flat(2).map((word) => word.near);
    const hits = (one: string) =>
      formsOf(one).some((form) => near.some((words) => words.has(form)));
    const parts = text.split(new RegExp(`(${compound.source})`, "u"));
    const first = Math.max(0, parts.findIndex(hits) - 12);
    const line = document.createElement("span");
    if (first > 0) line.append("… ");
    for (const part of parts.slice(first, first + 44)) {
      if (!hits(part)) {
        line.append(part);
        continue;
      }
      const mark = document.createElement("mark");
      mark.textContent = part;
      line.append(mark);
    }
    if (first + 44 < parts.length) line.append(" …");
    return line;
  };

  const itemOf = (entry: SearchEntry, terms: readonly Term[]) => {
    const link = document.createElement("a");
    link.href = root + entry.href;
    const title = document.createElement("b");
    title.textContent = entry.title;
    link.append(title);
    const kind = document.createElement("i");
    kind.textContent = entry.kind;
    link.append(" ", kind);
    if (entry.page !== undefined) link.append(` ${entry.page}`);
    link.append(document.createElement("br"), excerpt(entry.text, terms));
    const item = document.createElement("li");
    item.append(link);
    return item;
  };

  /** Whether the focus has left the form. */
  let isAway = false;
  const show = async () => {
    const query = input.value;
    if (query.search(compound) < 0) return close();
    isAway = false;
    const index = await load().catch(() => undefined);
    // More was typed meanwhile, or the reader went on.
    if (query !== input.value || isAway) return;
    if (index === undefined) {
      status.textContent = "The index of the search could not be loaded.";
      form.classList.add("open");
      return;
    }
    const terms = asked(query);
    const found = index.map((one) => ({ ...one, points: score(one, terms) }))
      .filter(({ points }) => points > 0)
      .sort((a, b) => b.points - a.points);
    list.replaceChildren(
      ...found.slice(0, most).map(({ entry }) => itemOf(entry, terms)),
    );
    const isGuess = terms.some((term) =>
      term.every((words) =>
        words.some(({ word, near }) =>
          ![...near].some((one) => one.startsWith(word))
        )
      )
    );
    status.textContent = found.length === 0
      ? "Nothing found."
      : `${found.length} found${
        isGuess ? ` for words like “${query.trim()}”` : ""
      }${found.length > most ? `; the best ${most}:` : ""}`;
    form.classList.add("open");
  };

  const close = () => {
    form.classList.remove("open");
    list.replaceChildren();
    status.textContent = "";
  };

  /** Moves the focus among the field and what was found. */
  const move = (step: number) => {
    const stops: HTMLElement[] = [input, ...list.querySelectorAll("a")];
    const at = stops.findIndex((stop) => stop === document.activeElement);
    stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus();
  };

  form.hidden = false;
  input.addEventListener("focus", () => void load().catch(() => {}));
  input.addEventListener("input", () => void show());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // The index may still be on its way.
    await show();
    list.querySelector("a")?.click();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      input.focus();
      input.value = "";
      close();
    }
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (!form.contains(relatedTarget as Node | null)) {
      isAway = true;
      close();
    }
  });
  // Safari gives no link the focus that is pressed: it would go, and the list with it.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  // A link to a part of this very page leaves the focus in the list.
  list.addEventListener("click", () => setTimeout(close));
}
