/** AWS as the lab imitates it: an emulated API, an account as EKS furnishes it, Network Load Balancers, and the real cloud controller manager. */
import { join } from "node:path";
import type { LabCloud } from "../cloud.ts";
import { awsNames } from "./balancer/names.ts";
import { autoscalingGroupsOf, shapeNamed, shapes } from "./account/shapes/index.ts";
import { awsAddress, balancerStateFile, region, zoneOf } from "./layout.ts";
import { loadBalancerController } from "./loadBalancerController/controller.ts";
import { awsRequirements } from "./requirements.ts";
import { apiPort } from "./settings.ts";

/** The emulated API takes any credentials. */
const anyone = "test";

export const aws: LabCloud = {
  name: "aws",
  title: "AWS",
  apiAddress: awsAddress,
  apiPort,
  quotas: {
    // AWS grants as many inbound rules as outbound ones, and at most 1000 over all groups of a network interface.
    // https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
    rulesPerSecurityGroup: { usual: 60, most: 1000 },
  },
  python: { piece: "python", requirements: join(import.meta.dirname, "api/emulator/requirements.txt") },
  scalesTime: true,
  loadBalancerProxy: {
    name: "Envoy",
    requirements: join(import.meta.dirname, "balancer/proxy/requirements.txt"),
    program: "envoy/_bin/envoy",
    image: {
      name: "docker.io/envoyproxy/envoy:distroless-v1.40.0",
      program: "/usr/local/bin/envoy",
    },
  },
  requirements: awsRequirements,
  plugin: { name: "aws", folder: "clouds/aws/plugin" },
  shapes: Object.keys(shapes),
  machineGroups: (shape) => autoscalingGroupsOf(shapeNamed(shape)),
  account: {},
  processes: { api: ["aws-api"], controller: "aws-cloud-controller-manager" },
  loadBalancerController,
  zoneOf,
  // https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
  environment: (apiUrl) => ({
    AWS_ENDPOINT_URL: apiUrl,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: anyone,
    AWS_SECRET_ACCESS_KEY: anyone,
  }),
  names: (state) => awsNames(join(state, balancerStateFile)),
  certificates: async () => {
    const { importCertificate, deleteCertificate } = await import("./certificates.ts");
    return { add: importCertificate, remove: deleteCertificate };
  },
  evidence:
    "A result of the lab is evidence about Kubernetes, the AWS cloud controller manager, Pulumi and the program. About AWS it only shows what AWS documents.",
  behaviours: async () => (await import("./fidelity/table.ts")).behaviours,
  connect: async () => (await import("./connected.ts")).connectedAws,
};
