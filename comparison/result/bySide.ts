/** One of something for each side of a comparison. */
export interface BySide<T> {
  readonly left: T;
  readonly right: T;
}

export type Side = keyof BySide<unknown>;

export const opposite = (side: Side): Side => (side === "left" ? "right" : "left");

export const sides = ["left", "right"] as const satisfies readonly Side[];
