/** Whether a cluster is the lab's. */

/** Names of this machine, at which the lab's API server listens. */
const thisMachine: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/** @param server the API server's address in a kubeconfig */
export function isOnThisMachine(server: string | undefined): server is string {
  return server !== undefined && URL.canParse(server) && thisMachine.includes(new URL(server).hostname);
}

/** @param port at which the lab's API server listens */
export function isLabServer(server: string | undefined, port: number): boolean {
  if (!isOnThisMachine(server)) return false;
  const url = new URL(server);
  return url.protocol === "https:" && (url.port === "" ? 443 : Number(url.port)) === port;
}
