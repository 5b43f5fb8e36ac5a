/** JSON objects one after the other, as programs print them, in YAML's terms. */

/**
 * kubectl reads them as documents if the text begins with one:
 * https://github.com/kubernetes/apimachinery/blob/v0.35.4/pkg/util/yaml/decoder.go (YAMLOrJSONDecoder)
 * @returns the text with a mark of a document before each further object, on the lines that it has in the file; other texts as they are
 */
export function asDocuments(text: string): string {
  if (!/^\s*\{/.test(text)) return text;
  let depth = 0;
  let isText = false;
  let ended = 0;
  let separated = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isText) {
      if (character === "\\") at += 1;
      else if (character === '"') isText = false;
    } else if (character === '"') isText = true;
    else if (character === "{" || character === "[") {
      if (depth === 0 && character === "{" && separated !== "") {
        const between = text.slice(ended, at);
        // Only blanks: anything else is no stream.
        if (between.trim() !== "") return text;
        separated += `${between.includes("\n") ? between : "\n"}--- `;
        ended = at;
      }
      depth += 1;
    } else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) {
        separated += text.slice(ended, at + 1);
        ended = at + 1;
      }
    }
  }
  return separated + text.slice(ended);
}
