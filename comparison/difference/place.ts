/** A place among the facts of an exposure. Each is made once: comparisons meet the same places again and again, and to join and hash a path takes long. */
import { Field } from "./field.ts";
import { step } from "./shape.ts";
import type { Shape } from "./shape.ts";

const roots = new WeakMap<Shape, Place>();

export class Place {
  readonly path: string;
  readonly field: Field;
  readonly #fields = new Map<string, Place>();
  readonly #items = new Map<string, Place>();

  private constructor(path: string, field: Field) {
    this.path = path;
    this.field = field;
  }

  /** What holds all parts of an exposure. */
  static root(shape: Shape): Place {
    const root = roots.get(shape) ?? new Place("", Field.root(shape));
    roots.set(shape, root);
    return root;
  }

  /** @param name of a field in the model */
  named(name: string): Place {
    const known = this.#fields.get(name);
    if (known !== undefined) return known;
    const field = this.field.field(name);
    const place = new Place(this.path === "" ? field.word : this.path + step + field.word, field);
    this.#fields.set(name, place);
    return place;
  }

  /** @param key of an item in a list */
  item(key: string): Place {
    const known = this.#items.get(key);
    if (known !== undefined) return known;
    const place = new Place(this.path + step + key, this.field.field("*"));
    this.#items.set(key, place);
    return place;
  }
}
