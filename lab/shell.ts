/** Shell scripts are made of text: this keeps any path one word. */
export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
