/** Quotes a text for the shell, so that it stays one word. */
export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
