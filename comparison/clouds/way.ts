/** A way to expose the app that the program has on a cloud. */
export interface Way {
  /** In the configuration and in the outputs of the program. */
  readonly name: string;
  /** In texts. */
  readonly title: string;
  /** The type of its Service. */
  readonly type: "NodePort" | "LoadBalancer";
  /** What makes its load balancer, if that is neither the program nor the cloud's default: a controller that has to be installed. */
  readonly controller?: string;
}

/**
 * Why clients cannot be led from one way to the other; undefined if they can.
 * Differences are known between what a program makes and what a controller makes, and not between two controllers.
 */
export function notComparable(one: Way, other: Way): string | undefined {
  if (one.type !== "LoadBalancer" || other.type !== "LoadBalancer") return undefined;
  return `${one.title} and ${other.title} are made by two controllers, and only what a program makes is compared with what a controller makes`;
}
