/** A GET request to the API server, for cases without a method in its client: a path with a query, an answer of megabytes. */
import { get } from "node:https";
import type { RequestOptions } from "node:https";
import type { KubeConfig } from "@kubernetes/client-node";

/** @throws Error with the status code and the answer, unless the code is 200 */
export async function getRaw(config: KubeConfig, path: string, timeoutSeconds: number): Promise<string> {
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new Error("the kubeconfig's current context names no cluster");
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  return new Promise((resolve, reject) => {
    const request = get(new URL(path, server), { ...options, signal }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200) resolve(text);
        else
          reject(
            new Error(
              `${path} of the API server answered ${response.statusCode ?? "nothing"}: ${text.slice(0, 200)}`,
            ),
          );
      });
    });
    request.on("error", reject);
  });
}
