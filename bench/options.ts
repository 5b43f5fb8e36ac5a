/** Checks the values of the benchmarks' options. */
import { UsageError } from "../cli/command.ts";

/** The values as given, by option. */
export type Given = Readonly<Record<string, string | undefined>>;

/** @throws {UsageError} if it is not a whole number in the range, naming option, value and range */
export function wholeNumber(given: Given, name: string, byDefault: number, max: number): number {
  const text = given[name];
  if (text === undefined) return byDefault;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= max && text.trim() !== "") return number;
  throw new UsageError(`--${name} is "${text}"; allowed are whole numbers from 1 to ${max}`);
}

/** Several whole numbers, separated by commas. @returns each once, in ascending order @throws {UsageError} as for one number */
export function wholeNumbers(
  given: Given,
  name: string,
  byDefault: readonly number[],
  max: number,
): number[] {
  const texts = given[name]?.split(",");
  const numbers = texts?.map((text) => wholeNumber({ [name]: text }, name, 0, max)) ?? byDefault;
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** @throws {UsageError} if it is neither yes nor no */
export function yesOrNo(given: Given, name: string, byDefault: boolean): boolean {
  const [word] = given[name] === undefined ? [] : someOf(given, name, ["yes", "no"]);
  return word === undefined ? byDefault : word === "yes";
}

/** Some of the allowed values, separated by commas; "" is none. @throws {UsageError} for any other value */
export function someOf<T extends string>(given: Given, name: string, allowed: readonly T[]): T[] {
  const words = given[name]?.split(",").filter((word) => word !== "") ?? allowed;
  return words.map((word) => {
    const found = allowed.find((value) => value === word);
    if (found === undefined)
      throw new UsageError(`--${name} is "${word}"; allowed are ${allowed.join(", ")}, separated by commas`);
    return found;
  });
}
