/** Plain data as TypeScript. A symbol stands for a variable with the property's name. */
export function sourceText(value: unknown, indent = ""): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => sourceText(item, `${indent}  `));
    const line = `[${items.join(", ")}]`;
    return fits(line, indent) ? line : block("[", items, "]", indent);
  }
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([name, field]) => {
      if (typeof field === "symbol") return name;
      return `${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}: ${sourceText(field, `${indent}  `)}`;
    });
    if (fields.length === 0) return "{}";
    const line = `{ ${fields.join(", ")} }`;
    return indent !== "" && fits(line, indent) ? line : block("{", fields, "}", indent);
  }
  return JSON.stringify(value);
}

const widest = 72;

function fits(line: string, indent: string): boolean {
  return !line.includes("\n") && line.length + indent.length <= widest;
}

function block(open: string, items: readonly string[], close: string, indent: string): string {
  return [open, ...items.map((item) => `${indent}  ${item},`), `${indent}${close}`].join("\n");
}
