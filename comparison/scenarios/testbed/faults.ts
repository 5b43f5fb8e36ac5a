/** Faults that a testbed can cause and repair if it controls the machines. */

/** Parts of the control plane, by what they do. */
export type Part = "API server" | "cloud controller" | "cloud API";

export interface Faults {
  /** Ends a part of the control plane. It stays down until `release`. */
  hold(part: Part): Promise<void>;
  release(part: Part): Promise<void>;
  /** Cuts a node off: no packet passes, and nobody is told. */
  cut(node: string): Promise<void>;
  mend(node: string): Promise<void>;
  /** Adds a node as the machines' group does, and resolves when it is Ready in the cluster. */
  addNode(): Promise<{ readonly name: string }>;
  removeNode(name: string): Promise<void>;
  /** Kills the first process of a pod's container, as the kernel does when memory is short. */
  killContainer(pod: { readonly name: string; readonly node: string }): Promise<void>;
}
