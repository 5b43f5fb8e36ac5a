/** The beginning of a long list. */

/** Nobody reads more on a terminal. */
export const mostReasons = 10;

/** At most so many texts. If there are more, a line says how many, and where they are. */
export function firstOf(texts: readonly string[], most: number): string[] {
  const left = texts.length - most;
  return [...texts.slice(0, most), ...(left > 0 ? [`and ${left} more, listed in the longer reports`] : [])];
}
