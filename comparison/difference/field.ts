/** What a shape says of the fields of the facts. Each is looked up once: to build patterns value by value would take most of a comparison's time. */
import { step } from "./shape.ts";
import type { Shape } from "./shape.ts";

const annotations = ["service", "annotations", ""].join(step);
const roots = new WeakMap<Shape, Field>();

export class Field {
  readonly pattern: string;
  readonly isLeftOut: boolean;
  readonly isItemByItem: boolean;
  readonly isNodePort: boolean;
  readonly isOrdered: boolean;
  readonly isOfNetworks: boolean;
  /** The field's name in paths. */
  readonly word: string;

  readonly #shape: Shape;
  readonly #fields = new Map<string, Field>();

  private constructor(shape: Shape, pattern: string, word: string) {
    this.#shape = shape;
    this.pattern = pattern;
    this.word = word;
    const isInstruction =
      pattern.startsWith(annotations) && shape.instructions.has(pattern.slice(annotations.length));
    this.isLeftOut = isInstruction || shape.partsOfKeys.has(pattern) || shape.ownNames.has(pattern);
    this.isItemByItem = shape.itemByItem.has(pattern);
    this.isNodePort = shape.nodePorts.has(pattern);
    this.isOfNetworks = shape.networks.has(pattern);
    this.isOrdered = shape.ordered?.has(pattern) === true;
  }

  /** What holds all parts of an exposure. */
  static root(shape: Shape): Field {
    const root = roots.get(shape) ?? new Field(shape, "", "");
    roots.set(shape, root);
    return root;
  }

  /** @param name in the model, or `*` for the items of a list */
  field(name: string): Field {
    const known = this.#fields.get(name);
    if (known !== undefined) return known;
    const { words } = this.#shape;
    const before = this.pattern === "" ? "" : this.pattern + step;
    const word = words[before + name] ?? name;
    const field = new Field(this.#shape, before + word, word);
    this.#fields.set(name, field);
    return field;
  }
}
