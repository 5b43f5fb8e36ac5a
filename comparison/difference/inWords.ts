/** Facts in a few words. */
import { compareText } from "./roles.ts";

export const absent = "-";

/** `1 pod`, `2 pods` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `key=value`, a line each. */
export function pairs(record: Readonly<Record<string, string>>): string {
  const all = Object.entries(record).map(([key, value]) => `${key}=${value}`);
  return all.length === 0 ? "none" : all.sort(compareText).join("\n");
}

export function present(value: string | undefined): string[] {
  return value === undefined ? [] : [value];
}
