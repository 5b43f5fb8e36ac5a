/** HTML with every value escaped, so that no name in a cluster can become markup. */

/** Markup that is safe as it is: made by {@link html}, or by this project's own drawing. */
export class Markup {
  constructor(readonly text: string) {}
}

type Value = string | number | Markup | readonly Markup[];

/** A template whose values are escaped, for text and for attributes in double quotes. */
export function html(literals: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(literals.map((literal, index) => literal + textOf(values[index] ?? "")).join(""));
}

function textOf(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(({ text }) => text).join("\n");
  return escaped(String(value));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Text whose web addresses are links, such as a source. */
export function linked(text: string): Markup {
  // Every second part is an address.
  const parts = text.split(/(https?:\/\/[^\s,;]+[^\s,;.)])/);
  return new Markup(
    parts
      .map((part, index) => (index % 2 === 0 ? html`${part}` : html`<a href="${part}">${part}</a>`).text)
      .join(""),
  );
}

/** Text in which backticks mark what is typed. */
export function coded(text: string): Markup {
  const parts = text.split("`");
  return new Markup(
    parts.map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`).text).join(""),
  );
}
