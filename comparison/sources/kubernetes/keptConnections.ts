/** Connections to the API server that serve one request after the other. */
import { Agent } from "node:https";
import type { AgentOptions, RequestOptions } from "node:https";
import { KubeConfig } from "@kubernetes/client-node";
import type { RequestContext } from "@kubernetes/client-node";

/** The API server keeps an idle connection for longer. A program ends while it has some. */
const idleMilliseconds = 20_000;

const agents = new Map<string, Agent>();

/**
 * The library opens a connection for each request, which parses the cluster's certificates and the client's key again: several milliseconds of both sides' processors.
 * A proxy's connections are the library's.
 */
export class KubeConfigKeepingConnections extends KubeConfig {
  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    await super.applySecurityAuthentication(context);
    const agent = context.getAgent();
    if (agent?.constructor === Agent) context.setAgent(keeping(agent));
  }

  override async applyToHTTPSOptions(options: RequestOptions): Promise<void> {
    await super.applyToHTTPSOptions(options);
    const { agent } = options;
    if (agent instanceof Agent && agent.constructor === Agent) options.agent = keeping(agent);
  }
}

/** One for the same credentials: an agent knows servers apart. */
function keeping({ options }: Agent): Agent {
  const key = JSON.stringify(options);
  const known = agents.get(key);
  if (known !== undefined) return known;
  const kept: AgentOptions = { ...options, keepAlive: true, timeout: idleMilliseconds };
  const agent = new Agent(kept);
  agents.set(key, agent);
  return agent;
}
