/**
 * An nftables table whose content changes: a fixed skeleton, and named content.
 *
 * A user namespace may send the kernel about 400 KB at once, so large changes are split. Each transaction is consistent: references come after what they refer
 * to, and unused content is removed last.
 */

/** Elements by map and key; sets have empty values. */
export type Elements = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface Content {
  /** Maps and time-outs by name; they are never removed. */
  readonly objects: ReadonlyMap<string, readonly [kind: string, definition: string]>;
  /** Rules by chain. */
  readonly chains: ReadonlyMap<string, readonly string[]>;
  readonly elements: Elements;
}

export interface Table {
  /** Family and name. */
  readonly name: string;
  /** The part that never changes, as `nft` reads it within the table's braces. */
  readonly skeleton: string;
  /** Maps in the order in which elements may be added, without the numbers at their ends. Elements are removed in reverse order. */
  readonly order: readonly string[];
}

export const nothing: Content = { objects: new Map(), chains: new Map(), elements: new Map() };

/** Bytes of one transaction as the kernel receives it, estimated cautiously from the text: a rule takes about four times its text, an element one and a half times. */
const limit = 200_000;
const weights = { rule: 6, element: 2 } as const;

interface Command {
  readonly text: string;
  readonly weight: number;
}

/** Transactions that create the whole table. */
export function renderAll(table: Table, content: Content): string[] {
  const [first = "", ...rest] = renderChange(table, nothing, content);
  return [
    `table ${table.name}\ndelete table ${table.name}\ntable ${table.name} {\n${table.skeleton}}\n${first}`,
    ...rest,
  ];
}

/** Transactions that turn one content into another; none if they are equal. */
export function renderChange(table: Table, from: Content, to: Content): string[] {
  return [
    ...chunks([
      ...newObjects(table, from, to),
      ...newChains(table, from, to),
      ...changedChains(table, from, to),
      ...additions(table, from.elements, to.elements),
    ]),
    ...chunks([...removals(table, from.elements, to.elements), ...unusedChains(table, from, to)]),
  ];
}

const rule = (text: string): Command => ({ text, weight: text.length * weights.rule });
const element = (text: string): Command => ({ text, weight: text.length * weights.element });

function newObjects({ name }: Table, from: Content, to: Content): Command[] {
  return [...to.objects]
    .filter(([object]) => !from.objects.has(object))
    .map(([object, [kind, definition]]) => rule(`add ${kind} ${name} ${object} ${definition}\n`));
}

function newChains({ name }: Table, from: Content, to: Content): Command[] {
  return [...to.chains.keys()]
    .filter((chain) => !from.chains.has(chain))
    .map((chain) => rule(`add chain ${name} ${chain}\n`));
}

/**
 * Rules are appended to a chain that only grows. Other chains are rewritten, in one transaction if it is large enough. Otherwise the chain is incomplete for a
 * moment, in which permitted packets are lost and sent again.
 */
function changedChains({ name }: Table, from: Content, to: Content): Command[] {
  return [...to.chains].flatMap(([chain, rules]) => {
    const before = from.chains.get(chain) ?? [];
    const add = (texts: readonly string[]): Command[] =>
      texts.map((text) => rule(`add rule ${name} ${chain} ${text}\n`));
    if (before.every((text, index) => rules[index] === text)) return add(rules.slice(before.length));
    const commands = [rule(`flush chain ${name} ${chain}\n`), ...add(rules)];
    const whole = rule(commands.map(({ text }) => text).join(""));
    return whole.weight > limit ? commands : [whole];
  });
}

function unusedChains({ name }: Table, from: Content, to: Content): Command[] {
  const unused = [...from.chains.keys()].filter((chain) => !to.chains.has(chain));
  // Flushed first, so that no chain refers to another one.
  return [
    ...unused.map((chain) => rule(`flush chain ${name} ${chain}\n`)),
    ...unused.map((chain) => rule(`delete chain ${name} ${chain}\n`)),
  ];
}

function sorted({ order }: Table, elements: Elements): [string, ReadonlyMap<string, string>][] {
  const rank = (map: string): number => order.indexOf(map.replace(/_\d+$/, ""));
  return [...elements].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b));
}

function additions(table: Table, from: Elements, to: Elements): Command[] {
  return sorted(table, to).flatMap(([map, entries]) =>
    [...entries].flatMap(([key, value]) => {
      const before = from.get(map)?.get(key);
      if (before === value) return [];
      const add = `add element ${table.name} ${map} { ${key}${value === "" ? "" : ` : ${value}`} }\n`;
      return [element(before === undefined ? add : remove(table, map, key) + add)];
    }),
  );
}

function removals(table: Table, from: Elements, to: Elements): Command[] {
  return sorted(table, from)
    .reverse()
    .flatMap(([map, entries]) =>
      [...entries.keys()]
        .filter((key) => to.get(map)?.has(key) !== true)
        .map((key) => element(remove(table, map, key))),
    );
}

const remove = ({ name }: Table, map: string, key: string): string =>
  `delete element ${name} ${map} { ${key} }\n`;

function chunks(commands: readonly Command[]): string[] {
  const transactions: Command[][] = [];
  let weight = Number.POSITIVE_INFINITY;
  for (const command of commands) {
    weight += command.weight;
    if (weight > limit) {
      transactions.push([]);
      ({ weight } = command);
    }
    transactions.at(-1)?.push(command);
  }
  return transactions.map((transaction) => transaction.map(({ text }) => text).join(""));
}
