/** HTML whose values are escaped: no name in a cluster can become markup. */
import { escaped } from "../escaped.ts";

/** Markup that is safe: written by {@link html}, or drawn by this project. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
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

/** Text, such as a source, whose web addresses are links. */
export function linked(text: string): Markup {
  // Every second part is an address.
  const parts = text.split(/(https?:\/\/[^\s,;]+[^\s,;.)])/);
  return new Markup(
    parts
      .map((part, index) => (index % 2 === 0 ? html`${part}` : html`<a href="${part}">${part}</a>`).text)
      .join(""),
  );
}

/** Text in which backticks mark code. */
export function coded(text: string): Markup {
  const parts = text.split("`");
  return new Markup(
    parts.map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`).text).join(""),
  );
}
