/** The ELBv2 and EC2 APIs as a source of facts. */
import { factsIn } from "../../../model/sourceResult.ts";
import { given } from "../../../sources/asking.ts";
import type { Ask } from "../../../sources/asking.ts";
import { byText } from "../../../sources/order.ts";
import type { Cloud } from "../../cloud.ts";
import type { CloudReader, CloudReading } from "../../reader.ts";
import type { NlbFacts } from "../model.ts";
import { askOrphans } from "../orphans/ask.ts";
import { chooseLoadBalancer } from "./choice.ts";
import { readControllerGroups } from "./controllerGroups.ts";
import { awsClients } from "./clients.ts";
import type { AwsClients } from "./clients.ts";
import { readFirewall, readIngressRules } from "./firewall.ts";
import { countRules } from "./inboundRules.ts";
import { readInventory } from "./inventory.ts";
import { readLoadBalancer } from "./loadBalancer.ts";
import { readNodeNetwork } from "./nodeNetwork.ts";
import { awsReason } from "./reasons.ts";
import { readSubnets } from "./subnets.ts";

/** @param environment variables that configure the AWS SDKs */
export function awsReader(cloud: Cloud, environment: Readonly<Record<string, string>> = {}): CloudReader {
  const endpoint = environment.AWS_ENDPOINT_URL ?? process.env.AWS_ENDPOINT_URL;
  return { ...readerOf(cloud, awsClients(environment)), namesArePublic: endpoint === undefined };
}

export function readerOf(cloud: Cloud, clients: AwsClients): CloudReader {
  return {
    cloud,
    namesArePublic: true,
    // AWS answers a call within a second, but throttles an account with hundreds of target groups:
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/throttling.html
    sources: {
      "ELB API": {
        noun: "the ELB API of Classic Load Balancers",
        timeoutSeconds: 60,
        reasonOf: (error) => awsReason(error, "ELB API"),
      },
      "ELBv2 API": {
        noun: "the ELBv2 API",
        timeoutSeconds: 60,
        reasonOf: (error) => awsReason(error, "ELBv2 API"),
      },
      "EC2 API": {
        noun: "the EC2 API",
        timeoutSeconds: 30,
        reasonOf: (error) => awsReason(error, "EC2 API"),
      },
    },
    read: (nodes, ask) => reading(clients, nodes, ask),
    orphans: (cluster, ask) => askOrphans(clients, cluster, ask),
  };
}

function reading(clients: AwsClients, nodes: Parameters<CloudReader["read"]>[0], ask: Ask): CloudReading {
  const { elbv2, ec2 } = clients;
  const inventory = ask("ELBv2 API", (signal) => readInventory(elbv2, signal));
  const network = given({ "the nodes": nodes }, (facts) =>
    ask("EC2 API", (signal) => readNodeNetwork(ec2, facts["the nodes"], signal)),
  );
  const nodeRules = given({ "the nodes' instances": network }, (facts) =>
    ask("EC2 API", (signal) =>
      readIngressRules(ec2, facts["the nodes' instances"].allSecurityGroups, signal),
    ),
  );
  return {
    cluster: () =>
      given({ "the nodes": nodes, "the nodes' instances": network }, (facts) =>
        ask("EC2 API", async (signal) => {
          const { clusterName, vpc, groupsByInstance, securityGroupsOfNodes } = facts["the nodes' instances"];
          const rules = factsIn(await nodeRules);
          const [subnets, controllerGroups] = await Promise.all([
            readSubnets(ec2, facts["the nodes' instances"], signal),
            readControllerGroups(ec2, facts["the nodes' instances"], signal),
          ]);
          return {
            name: clusterName,
            vpc,
            nodes: facts["the nodes"],
            nodeSecurityGroups: byText([...new Set(Object.values(groupsByInstance).flat())]),
            securityGroupsOfNodes,
            groupsByInstance,
            ...(rules === undefined ? {} : { inboundRules: countRules(rules) }),
            controllerGroups,
            subnets,
          };
        }),
      ),
    loadBalancer: (service, wanted, endpoints) =>
      given({ "the Service": service }, async (facts) => {
        const all = await inventory;
        if (all.kind !== "known") return all;
        const answered = await endpoints;
        const pods = answered === undefined ? undefined : factsIn(answered);
        const choice = chooseLoadBalancer(facts["the Service"], await nodes, all.facts, { wanted, pods });
        if (choice.kind === "none") return { kind: "unreachable", reason: choice.reason };
        return ask("ELBv2 API", (signal) =>
          readLoadBalancer(clients, choice.loadBalancer, all.facts.groups, signal),
        );
      }),
    firewall: (service, loadBalancer) =>
      given(
        { "the Service": service, "the load balancer": loadBalancer, "the nodes' instances": network },
        async (facts) => {
          const [rules, all] = await Promise.all([nodeRules, inventory]);
          if (rules.kind !== "known") return rules;
          // The same reading returned it.
          const own = facts["the load balancer"] as NlbFacts;
          const groups = (factsIn(all)?.loadBalancers ?? []).flatMap(
            ({ SecurityGroups = [] }) => SecurityGroups,
          );
          const othersGroups = new Set(groups.filter((group) => !own.securityGroups.includes(group)));
          return ask("EC2 API", (signal) =>
            readFirewall(ec2, rules.facts, facts["the Service"], own, othersGroups, signal),
          );
        },
      ),
  };
}
