/** A pod as the client: agnhost netexec calls any address that it is asked to call. https://github.com/kubernetes/kubernetes/tree/v1.35.4/test/images/agnhost#netexec */
import type { Testbed, Target } from "../testbed/testbed.ts";

/** The app's own port, where it can be asked. */
const orderPort = 8080;
/** netexec gives up after 5 s. The rest is for the API server on the way. */
const orderTimeoutSeconds = 20;

/** @returns whether there was an answer */
export async function dial(
  { cluster }: Pick<Testbed, "cluster">,
  { namespace }: Pick<Target, "namespace">,
  pod: string,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<boolean> {
  const query = new URLSearchParams({
    host,
    port: String(port),
    protocol: "http",
    request: "hostname",
    tries: "1",
  });
  const said = await cluster.askPod(
    namespace,
    pod,
    orderPort,
    `/dial?${query.toString()}`,
    orderTimeoutSeconds,
  );
  const { responses = [] } = JSON.parse(said) as { readonly responses?: readonly string[] };
  return responses.length > 0;
}
