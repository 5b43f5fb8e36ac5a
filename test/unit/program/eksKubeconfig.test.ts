import assert from "node:assert/strict";
import { kubeconfigOf } from "../../../program/clouds/aws/eksKubeconfig.ts";
import type { EksCluster } from "../../../program/clouds/aws/eksKubeconfig.ts";
import { declare, inputsOf, namesOf } from "../components/core/declaring.ts";
import type { Calls } from "../components/core/declaring.ts";
import { devConfig } from "./stackFiles.ts";

const arn = "arn:aws:eks:eu-central-1:111122223333:cluster/shop";
const shop: EksCluster = {
  arn,
  name: "shop",
  endpoint: "https://0A1B.gr7.eu-central-1.eks.amazonaws.com",
  certificateAuthorities: [{ data: "Y2VydGlmaWNhdGU=" }],
  status: "ACTIVE",
};

interface ExecUser {
  readonly user: { readonly exec: Readonly<Record<string, unknown>> };
}

const userIn = (kubeconfig: string) =>
  (JSON.parse(kubeconfig) as { users: readonly ExecUser[] }).users[0]?.user.exec ?? {};

describe("a kubeconfig of an EKS cluster", () => {
  it("has the cluster's address and certificate, and a user whose token the AWS CLI gets", () => {
    assert.deepEqual(JSON.parse(kubeconfigOf(shop)), {
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name: arn,
          cluster: { server: shop.endpoint, "certificate-authority-data": "Y2VydGlmaWNhdGU=" },
        },
      ],
      users: [
        {
          name: arn,
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "aws",
              args: [
                "--region",
                "eu-central-1",
                "eks",
                "get-token",
                "--cluster-name",
                "shop",
                "--output",
                "json",
              ],
              interactiveMode: "IfAvailable",
            },
          },
        },
      ],
      contexts: [{ name: arn, context: { cluster: arn, user: arn } }],
      "current-context": arn,
    });
  });

  it("gets the token with the profile that the program uses", () => {
    assert.deepEqual(userIn(kubeconfigOf(shop, "work")).env, [{ name: "AWS_PROFILE", value: "work" }]);
  });

  it("is refused while EKS still makes the cluster", () => {
    const creating = { ...shop, endpoint: "", certificateAuthorities: [], status: "CREATING" };
    assert.throws(() => kubeconfigOf(creating), /EKS cluster shop is CREATING and has no address yet; wait/);
    assert.throws(() => kubeconfigOf({ ...shop, certificateAuthorities: [] }), /no address yet/);
  });
});

describe("the program with kubeconfigFrom: eks", () => {
  const network: Calls = {
    "aws:ec2/getSecurityGroups:getSecurityGroups": () => ({ ids: ["sg-nodes"], vpcIds: ["vpc-shop"] }),
    "aws:ec2/getInstances:getInstances": ({ filters }) => ({
      ids: JSON.stringify(filters).includes("tag-key") ? [] : ["i-a"],
    }),
    "aws:ec2/getSubnets:getSubnets": () => ({ ids: ["subnet-a"] }),
    "aws:ec2/getSubnet:getSubnet": ({ id }) => ({
      id,
      availabilityZone: "eu-central-1a",
      cidrBlock: "10.0.0.0/20",
      tags: { "kubernetes.io/role/elb": "1", "kubernetes.io/cluster/shop": "owned" },
    }),
  };
  let runs = 0;

  /** Runs index.ts, and notes the provider of each Kubernetes resource. */
  async function run(
    kubeconfigFrom: string,
    getCluster: Calls[string],
    changes: Readonly<Record<string, string>> = {},
  ) {
    const providers: Record<string, string> = {};
    const { resources } = await declare(
      () => import(`../../../index.ts?kubeconfig=${runs++}`) as Promise<unknown>,
      {
        preview: false,
        calls: { ...network, "aws:eks/getCluster:getCluster": getCluster },
        config: {
          ...devConfig({ clusterName: "shop", kubeconfigFrom, ...changes }),
          "aws:profile": "work",
        },
        registered: ({ type, name, provider = "" }) => {
          if (type.startsWith("kubernetes:")) providers[`${type} ${name}`] = provider;
        },
      },
    );
    return { resources, providers };
  }

  const found: Calls[string] = ({ name }) => ({ ...shop, name });
  /** Pulumi takes an engine's words from the field `details`. */
  const failing =
    (details: string): Calls[string] =>
    () => {
      throw Object.assign(new Error(details), { details });
    };

  it("asks EKS by the cluster's name, and deploys every Kubernetes object by what it says", async () => {
    const { resources, providers } = await run("eks", found);
    const { kubeconfig } = inputsOf(resources, "kubernetes", "eks");
    assert.equal(kubeconfig, kubeconfigOf(shop, "work"));
    const used = Object.entries(providers);
    assert.equal(used.length, 8);
    for (const [object, provider] of used)
      assert.match(provider, /pulumi:providers:kubernetes::eks::/, object);
  });

  it("asks EKS nothing unless it is told to, and uses Pulumi's own provider", async () => {
    const { resources, providers } = await run("kubectl", failing("unexpected"));
    assert.deepEqual(
      namesOf(resources, "kubernetes").filter((name) => name === "eks"),
      [],
    );
    assert.deepEqual([...new Set(Object.values(providers))], [""]);
  });

  it("names the cluster that EKS does not have, and how to list those that there are", async () => {
    for (const said of [
      "reading EKS Cluster (shop): couldn't find resource",
      "ResourceNotFoundException: No cluster found for name: shop.",
    ]) {
      await assert.rejects(
        run("eks", failing(said)),
        /clusterName: EKS has no cluster "shop" in this account and region; aws eks list-clusters/,
      );
    }
  });

  it("says which credentials or plug-in are missing", async () => {
    await assert.rejects(
      run("eks", failing("No valid credential sources found")),
      /The EKS cluster shop cannot be looked up on AWS\. There are no AWS credentials/,
    );
    await assert.rejects(
      run("eks", failing("the lab's AWS plug-in has no such function")),
      /Install the official one, or set kubeconfigFrom to kubectl/,
    );
  });

  it("refuses an empty name of a cluster before it asks", async () => {
    await assert.rejects(
      run("eks", failing("unexpected"), { clusterName: "" }),
      /clusterName: "" is not allowed; allowed is some text/,
    );
  });
});
