/** A kubeconfig from an EKS cluster's name, as `aws eks update-kubeconfig` writes it. */
import { Config, RunError } from "@pulumi/pulumi";
import { getCluster } from "@pulumi/aws/eks/getCluster.js";
import type { GetClusterResult } from "@pulumi/aws/eks/getCluster.js";
import { lookUpFailure } from "./lookUpFailure.ts";

/** What the EKS API says of a cluster, as far as a kubeconfig needs it. */
export type EksCluster = Pick<
  GetClusterResult,
  "arn" | "certificateAuthorities" | "endpoint" | "name" | "status"
>;

/**
 * A kubeconfig whose user gets its token from the AWS CLI, with the credentials that the CLI finds. It contains no secret.
 * https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
 *
 * @param profile of the AWS CLI. @default the CLI's own choice
 * @returns JSON, which is YAML too
 * @throws RunError if the cluster has no address, as while EKS makes it
 */
export function kubeconfigOf(cluster: EksCluster, profile?: string): string {
  const { arn, endpoint, name, status } = cluster;
  const certificate = cluster.certificateAuthorities[0]?.data ?? "";
  if (endpoint === "" || certificate === "")
    throw new RunError(
      `clusterName: the EKS cluster ${name} is ${status} and has no address yet; wait until aws eks describe-cluster says ACTIVE`,
    );
  // arn:aws:eks:REGION:ACCOUNT:cluster/NAME
  const region = arn.split(":")[3] ?? "";
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: ["--region", region, "eks", "get-token", "--cluster-name", name, "--output", "json"],
    ...(profile === undefined ? {} : { env: [{ name: "AWS_PROFILE", value: profile }] }),
    interactiveMode: "IfAvailable",
  };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: arn, cluster: { server: endpoint, "certificate-authority-data": certificate } }],
    users: [{ name: arn, user: { exec } }],
    contexts: [{ name: arn, context: { cluster: arn, user: arn } }],
    "current-context": arn,
  });
}

/** How the official plug-in and EKS say that there is no such cluster. https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeCluster.html */
const noSuchCluster = /couldn't find resource|ResourceNotFoundException|No cluster found/i;

/**
 * Asks EKS for the cluster. The token's profile is the one in `aws:profile`, if that is set.
 * @throws RunError if there is no such cluster, or if it cannot be asked for
 */
export async function findKubeconfig(clusterName: string): Promise<string> {
  const cluster = await getCluster({ name: clusterName }).catch((error: unknown) => {
    throw inWords(clusterName, error);
  });
  return kubeconfigOf(cluster, new Config("aws").get("profile"));
}

function inWords(clusterName: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (noSuchCluster.test(error.message))
    return new RunError(
      `clusterName: EKS has no cluster "${clusterName}" in this account and region; aws eks list-clusters names those that there are. Check clusterName, aws:region and AWS_PROFILE, or set kubeconfigFrom to kubectl for a cluster that EKS does not run.`,
    );
  const reason = lookUpFailure(`The EKS cluster ${clusterName}`, error.message);
  return reason === undefined ? error : new RunError(reason);
}
