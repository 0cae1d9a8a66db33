/// <reference lib="dom" />
/**
 * The search of the site, as it runs in the browser.
 *
 * @module
 */

/** Something that can be found: a page, a section of one, a figure, a claim. */
export interface SearchEntry {
  /** What it is called. */
  readonly title: string;
  /** The page that it is on, if it is not a page itself. */
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
  let loading: Promise<readonly SearchEntry[]> | undefined;

  const load = () =>
    loading ??= new Promise<readonly SearchEntry[]>((resolve) => {
      const script = document.createElement("script");
      script.src = `${root}search_index.js`;
      script.addEventListener(
        "load",
        () => resolve(world.shiftlineIndex ?? []),
      );
      script.addEventListener("error", () => resolve([]));
      document.head.append(script);
    });

  /** Small letters without accents. */
  const fold = (text: string) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const wordsOf = (text: string): readonly string[] =>
    fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  /** How well an entry answers; 0 if a word is nowhere in it. */
  const score = (entry: SearchEntry, words: readonly string[]) => {
    const titles = wordsOf(entry.title);
    const texts = wordsOf(`${entry.page ?? ""} ${entry.text}`);
    let sum = 0;
    for (const word of words) {
      const points = titles.includes(word)
        ? 8
        : titles.some((one) => one.startsWith(word))
        ? 5
        : texts.includes(word)
        ? 2
        : texts.some((one) => one.startsWith(word))
        ? 1
        : 0;
      if (points === 0) return 0;
      sum += points;
    }
    // Of two that answer alike, the page comes before its parts.
    return sum + (entry.page === undefined ? 0.5 : 0);
  };

  /** The surroundings of the first word that was found, with the words marked. */
  const excerpt = (text: string, words: readonly string[]) => {
    const starts = (one: string) =>
      words.some((word) => fold(one).startsWith(word));
    const parts = text.split(/([\p{L}\p{N}]+)/u);
    const first = Math.max(0, parts.findIndex(starts) - 12);
    const line = document.createElement("span");
    if (first > 0) line.append("… ");
    for (const part of parts.slice(first, first + 44)) {
      if (!starts(part)) {
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

  const itemOf = (entry: SearchEntry, words: readonly string[]) => {
    const link = document.createElement("a");
    link.href = root + entry.href;
    const title = document.createElement("b");
    title.textContent = entry.title;
    link.append(title);
    if (entry.page !== undefined) link.append(` · ${entry.page}`);
    link.append(document.createElement("br"), excerpt(entry.text, words));
    const item = document.createElement("li");
    item.append(link);
    return item;
  };

  const show = async () => {
    const query = input.value;
    const words = wordsOf(query);
    if (words.length === 0) return close();
    const index = await load();
    if (query !== input.value) return; // more was typed meanwhile
    const found = index.map((entry) => ({ entry, points: score(entry, words) }))
      .filter(({ points }) => points > 0)
      .sort((a, b) => b.points - a.points);
    list.replaceChildren(
      ...found.slice(0, most).map(({ entry }) => itemOf(entry, words)),
    );
    const count = found.length;
    status.textContent = count === 0
      ? "Nothing found."
      : count > most
      ? `${count} found; the best ${most}:`
      : `${count} found`;
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
  input.addEventListener("focus", () => void load());
  input.addEventListener("input", () => void show());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
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
    if (!(relatedTarget instanceof Node && form.contains(relatedTarget))) {
      close();
    }
  });
  // A link to a part of this very page leaves the focus in the list.
  list.addEventListener("click", () => setTimeout(close));
}
