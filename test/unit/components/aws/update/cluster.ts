/** The node ports that Kubernetes gives the ports of a Service at an update by server-side apply. */

export interface DeclaredPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
  /** Set by the program. */
  readonly nodePort?: number;
}

export type AllocatedPort = Required<DeclaredPort>;

/**
 * A port keeps its node port by its number and protocol, which are the list's keys, and otherwise by its name.
 * Source: kubernetes v1.35.4, pkg/registry/core/service/storage/storage.go (patchAllocatedValues)
 *
 * @param before the live ports and what the program declared then
 * @param free gives an unused node port
 */
export function allocate(
  declared: readonly DeclaredPort[],
  before: { readonly live: readonly AllocatedPort[]; readonly declared: readonly DeclaredPort[] },
  free: () => number,
): AllocatedPort[] {
  const applied = declared.map((port) => {
    const same = (other: DeclaredPort) => other.port === port.port && other.protocol === port.protocol;
    // A value that the program set and sets no more is removed first.
    const wasSet = before.declared.find(same)?.nodePort !== undefined;
    const live = wasSet ? undefined : before.live.find(same)?.nodePort;
    return { ...port, nodePort: port.nodePort ?? live };
  });
  const used = new Set(applied.map(({ nodePort }) => nodePort));
  return applied.map((port) => {
    if (port.nodePort !== undefined) return { ...port, nodePort: port.nodePort };
    const byName = before.live.find(({ name }) => name === port.name)?.nodePort;
    const nodePort = byName !== undefined && !used.has(byName) ? byName : free();
    used.add(nodePort);
    return { ...port, nodePort };
  });
}
