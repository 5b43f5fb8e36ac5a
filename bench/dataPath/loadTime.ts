/**
 * The processor time of a load: that of the load generator and of the pods and proxies that answer. It includes the kernel's work on packets in the router and
 * on the node: between namespaces of one machine, that work is done in the sender's context and counted as the sender's time. Unlike requests per second, it
 * hardly depends on other work on the machine.
 */

/** A command that prints the ids, inside the lab, of the processes that answer. @param proxies paths of the proxies' executables */
export function findServers(proxies: readonly string[]): string[] {
  const tests = ["*/agnhost", ...proxies].map((path) => `-lname '${path}'`).join(" -o ");
  // Of a kernel's thread, or a process that has just ended, there is nothing to say.
  return ["sh", "-c", `find /proc/[0-9]*/exe -maxdepth 0 \\( ${tests} \\) 2>/dev/null | cut -d / -f 3`];
}

/** The first number of schedstat is the time on a processor in nanoseconds. https://docs.kernel.org/scheduler/sched-stats.html */
const script = `servers=$1
shift
busy() {
  for process in $servers; do cat "/proc/$process/task/"*/schedstat; done | awk '{ sum += $1 } END { printf "%.0f", sum }'
}
before=$(busy)
( "$@" && times ) || exit 1
echo "servers: $(($(busy) - before)) ns"`;

/** A command that runs a load and prints its processor time after its output. */
export const timed = (servers: readonly string[], argv: readonly string[]): string[] => [
  "sh",
  "-c",
  script,
  "sh",
  servers.join(" "),
  ...argv,
];

/** Seconds of the load generator and the servers together. @throws if the output is not from {@link timed} */
export function loadSeconds(output: string): number {
  const [, servers] = /^servers: (\d+) ns$/m.exec(output) ?? [];
  // Two lines of user and system time: the shell's, and its children's.
  const [, ofLoad] = [...output.matchAll(/^(\d+)m([\d.]+)s (\d+)m([\d.]+)s$/gm)];
  if (servers === undefined || ofLoad === undefined)
    throw new Error(`the load's output has no processor time:\n${output}`);
  const [userMinutes = 0, user = 0, systemMinutes = 0, system = 0] = ofLoad.slice(1).map(Number);
  return (userMinutes + systemMinutes) * 60 + user + system + Number(servers) / 1e9;
}
