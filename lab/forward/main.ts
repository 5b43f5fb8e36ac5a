/**
 * The two load balancers' doors: runs in the client's network namespace, so that a browser on the host comes to them from outside the VPC.
 *
 * Usage, in the run directory: node --import tsx lab/forward/main.ts
 */
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Socket } from "node:net";
import { awsEndpointFromOutside, region } from "../layout.ts";
import { chooseLoadBalancer } from "./choose.ts";
import type { Candidate } from "./choose.ts";
import { openSocketDoor } from "./socketDoor.ts";
import type { Address } from "./socketDoor.ts";

/** How long a choice is kept, in milliseconds: a page's many requests ask the API once. */
const choiceLasts = 1_000;

const elbv2 = new ElasticLoadBalancingV2Client({
  region,
  endpoint: awsEndpointFromOutside,
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});

async function candidates(): Promise<Candidate[]> {
  const { LoadBalancers = [] } = await elbv2.send(new DescribeLoadBalancersCommand({}));
  return Promise.all(LoadBalancers.map(describe));
}

async function describe({
  LoadBalancerArn = "",
  DNSName = "",
  CreatedTime,
}: LoadBalancer): Promise<Candidate> {
  const [{ TagDescriptions = [] }, { Listeners = [] }] = await Promise.all([
    elbv2.send(new DescribeTagsCommand({ ResourceArns: [LoadBalancerArn] })),
    elbv2.send(new DescribeListenersCommand({ LoadBalancerArn })),
  ]);
  return {
    dnsName: DNSName,
    createdTime: CreatedTime ?? new Date(0),
    tagKeys: TagDescriptions.flatMap(({ Tags = [] }) => Tags.map(({ Key = "" }) => Key)),
    ports: Listeners.flatMap(({ Protocol, Port }) =>
      Protocol === "TCP" && Port !== undefined ? [Port] : [],
    ),
  };
}

/** Finds a door's load balancer, at most once in `choiceLasts`. */
function finder(door: "nodePort" | "loadBalancer"): () => Promise<Address> {
  let choice: { readonly until: number; readonly address: Promise<Address> } | undefined;
  const find = async (): Promise<Address> => {
    const chosen = chooseLoadBalancer(door, await candidates());
    if (chosen === undefined)
      throw new Error("no load balancer of this kind is deployed; deploy both with: npm run up");
    return { host: chosen.dnsName, port: chosen.port };
  };
  return () => {
    if (choice === undefined || choice.until < performance.now())
      choice = { until: performance.now() + choiceLasts, address: find() };
    return choice.address;
  };
}

/** A browser gets a sentence rather than a reset. */
function refuse(outer: Socket, error: unknown): void {
  const text = `${error instanceof Error ? error.message : String(error)}\n`;
  const length = Buffer.byteLength(text).toString();
  outer.end(
    `HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${text}`,
  );
}

await Promise.all(
  (["nodePort", "loadBalancer"] as const).map((door) => openSocketDoor(door, finder(door), refuse)),
);
console.log("doors to both load balancers are open");
